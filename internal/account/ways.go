package account

import (
	"context"

	"maatje/internal/account/phrase"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Ways is how somebody can sign in.
type Ways struct {
	Phrase   bool // with a passphrase
	Factor   bool // and codes of an app, after the passphrase or after a provider that saw one factor
	Passkeys int
	Linked   bool // through the organisation's provider
}

var qMyWays = db.Q("account.my_ways", authz.OwnAccount,
	`SELECT a.passphrase_hash <> :none, a.totp_confirmed_at,
		(SELECT COUNT(*) FROM passkey p WHERE p.account_id = a.id), (SELECT COUNT(*) FROM provider_identity i WHERE i.account_id = a.id)
	FROM account a WHERE a.id = :actor`, db.Probe{"none": ""})

// Ways says how who is signed in can sign in.
func (s *Service) Ways(ctx context.Context, a authz.Actor) (w Ways, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		w, err = s.waysOf(t)
		return err
	})
	return w, err
}

func (s *Service) waysOf(t *db.Tx) (w Ways, err error) {
	type row struct {
		ways      Ways
		confirmed core.Instant
		linked    int
	}
	r, err := db.One(t, qMyWays, db.Args{"none": phrase.None}, func(r *row) []any {
		return []any{&r.ways.Phrase, &r.confirmed, &r.ways.Passkeys, &r.linked}
	})
	r.ways.Factor, r.ways.Linked = !r.confirmed.IsZero(), r.linked > 0 && s.provider != ""
	return r.ways, err
}

// checkPasskeyGoes says whether somebody can do without one of their passkeys.
func checkPasskeyGoes(w Ways) *core.Fail {
	if w.Passkeys <= 1 && !w.Phrase && !w.Linked {
		return core.Refuse("", "account_passkey_last")
	}
	return nil
}
