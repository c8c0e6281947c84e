// Package passkey speaks WebAuthn with browsers: it asks for a new passkey or for the use of one, and judges what comes
// back. It keeps nothing: what was asked and which keys there are is the caller's to remember. It promises that an answer
// counts only for the challenge it was asked with, at the product's own address, and only after the device checked that its
// owner is there (user verification): so a passkey is both factors at once.
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"maatje/internal/core"
)

// Place is the product at its own address, to which every passkey is bound.
type Place struct{ w *webauthn.WebAuthn }

// At makes the place of an address. Browsers bind passkeys to a name over TLS (or to localhost): at another address there
// are none, and the place is nil.
func At(base string) *Place {
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Maatje", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil
	}
	return &Place{w}
}

// Owner is whose passkeys they are.
type Owner struct {
	ID          core.AccountID
	Name, Email string
	Keys        []Key
}

// Key is one passkey: its name among all passkeys, and the public half with what belongs to it.
type Key struct {
	ID     string
	Record string
}

// Question is what a browser is asked: the options it gets, and what has to be remembered until it answers.
type Question struct {
	Options   []byte
	Challenge string
	Asked     string
}

// New asks for a new passkey. Devices that hold one of this owner already are left out.
func (p *Place) New(o Owner) (Question, error) {
	u, err := userOf(o)
	if err != nil {
		return Question{}, err
	}
	options, s, err := p.w.BeginRegistration(u, webauthn.WithExclusions(webauthn.Credentials(u.keys).CredentialDescriptors()))
	if err != nil {
		return Question{}, err
	}
	return question(options, s)
}

// Use asks for the use of any passkey: whose it is, the answer says.
func (p *Place) Use() (Question, error) {
	options, s, err := p.w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Question{}, err
	}
	return question(options, s)
}

func question(options any, s *webauthn.SessionData) (q Question, err error) {
	asked, err := json.Marshal(s)
	if err == nil {
		q.Options, err = json.Marshal(options)
	}
	q.Asked, q.Challenge = string(asked), s.Challenge
	return q, err
}

// ErrAnswer is what every answer gets that does not count; why is for the program's log.
var ErrAnswer = errors.New("passkey: the answer does not count")

func refuse(why error) error { return errors.Join(ErrAnswer, why) }

// Made is a browser's answer to New, read and not judged yet.
type Made struct {
	data *protocol.ParsedCredentialCreationData
}

// ReadMade reads a browser's answer to New.
func ReadMade(response string) (Made, error) {
	data, err := protocol.ParseCredentialCreationResponseBytes([]byte(response))
	if err != nil {
		return Made{}, refuse(err)
	}
	return Made{data}, nil
}

// Challenge is the challenge that the answer says it answers.
func (m Made) Challenge() string { return m.data.Response.CollectedClientData.Challenge }

// Accept judges the answer and gives the new key.
func (p *Place) Accept(o Owner, asked string, m Made) (Key, error) {
	u, err := userOf(o)
	if err != nil {
		return Key{}, err
	}
	s, err := askedOf(asked)
	if err != nil {
		return Key{}, err
	}
	c, err := p.w.CreateCredential(u, s, m.data)
	if err != nil {
		return Key{}, refuse(err)
	}
	return keyOf(c)
}

// Used is a browser's answer to Use, read and not judged yet.
type Used struct {
	data *protocol.ParsedCredentialAssertionData
}

// ReadUsed reads a browser's answer to Use.
func ReadUsed(response string) (Used, error) {
	data, err := protocol.ParseCredentialRequestResponseBytes([]byte(response))
	if err != nil {
		return Used{}, refuse(err)
	}
	return Used{data}, nil
}

// Challenge is the challenge that the answer says it answers.
func (u Used) Challenge() string { return u.data.Response.CollectedClientData.Challenge }

// Key names the passkey that the answer says it used.
func (u Used) Key() string { return idOf(u.data.RawID) }

// Judge holds the answer against the key that it names, and gives the key as it is to be kept from now on. A key whose
// counter went back was copied, and counts no more.
func (p *Place) Judge(o Owner, asked string, answer Used) (Key, error) {
	u, err := userOf(o)
	if err != nil {
		return Key{}, err
	}
	s, err := askedOf(asked)
	if err != nil {
		return Key{}, err
	}
	whose := func(_, _ []byte) (webauthn.User, error) { return u, nil }
	c, err := p.w.ValidateDiscoverableLogin(whose, s, answer.data)
	if err == nil && c.Authenticator.CloneWarning {
		err = errors.New("the passkey was copied")
	}
	if err != nil {
		return Key{}, refuse(err)
	}
	return keyOf(c)
}

func askedOf(asked string) (s webauthn.SessionData, err error) {
	err = json.Unmarshal([]byte(asked), &s)
	return s, err
}

func keyOf(c *webauthn.Credential) (Key, error) {
	record, err := json.Marshal(c)
	return Key{ID: idOf(c.ID), Record: string(record)}, err
}

func idOf(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }
