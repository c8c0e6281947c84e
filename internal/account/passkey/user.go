package passkey

import (
	"encoding/json"

	"github.com/go-webauthn/webauthn/webauthn"
)

// user shows an owner to the library as it asks for one.
type user struct {
	Owner
	keys []webauthn.Credential
}

func userOf(o Owner) (user, error) {
	u := user{Owner: o}
	for _, k := range o.Keys {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(k.Record), &c); err != nil {
			return u, err
		}
		u.keys = append(u.keys, c)
	}
	return u, nil
}

// WebAuthnID goes into the passkey and comes back from it: the account's identifier, which tells nothing of anybody.
func (u user) WebAuthnID() []byte                         { return []byte(u.ID.String()) }
func (u user) WebAuthnName() string                       { return u.Email }
func (u user) WebAuthnDisplayName() string                { return u.Name }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }
