package begin

import (
	"context"

	"maatje/internal/account"
	"maatje/internal/account/budget"
	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/account/totp"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Codes shows who is signed in the codes that a passphrase of theirs needs beside it: none yet, a seed that waits to be
// confirmed, or codes that they use already (no enrolment, and had).
func (s *Service) Codes(ctx context.Context, a authz.Actor) (e *totp.Enrolment, had bool, err error) {
	var m mine
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err = mineOf(t)
		return err
	})
	if err != nil || !m.confirmed.IsZero() || len(m.seed) == 0 {
		return nil, err == nil && !m.confirmed.IsZero(), err
	}
	e, err = s.accounts.Enrolment(a.Account(), m.email, m.seed)
	return e, false, err
}

// mineOf is who is signed in, as long as they have no passphrase; who has one is not found.
func mineOf(t *db.Tx) (mine, error) {
	m, err := db.One(t, qMine, nil, (*mine).dest)
	if err == nil && m.hash != phrase.None {
		err = core.NotFound()
	}
	return m, err
}

// MakeCodes makes a seed for codes, which count from the moment that one was shown.
func (s *Service) MakeCodes(ctx context.Context, a authz.Actor) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := mineOf(t)
		if err != nil || !m.confirmed.IsZero() {
			return err
		}
		return account.NewSeed(t, a.Account())
	})
}

// AddPassphrase gives who is signed in a passphrase, beside codes that they use or show for the first time, and ends their
// sessions elsewhere.
func (s *Service) AddPassphrase(ctx context.Context, a authz.Actor, next, again, code string, in account.SignIn) error {
	return s.accounts.Refuse(ctx, a, refused.Code, a.Account(), s.addPassphrase(ctx, a, next, again, code, in))
}

func (s *Service) addPassphrase(ctx context.Context, a authz.Actor, next, again, code string, in account.SignIn) error {
	var m mine
	err := s.db.Write(ctx, a, func(t *db.Tx) (err error) {
		if m, err = mineOf(t); err != nil {
			return err
		}
		return budget.Admit(t, account.CodesOf(a.Account()))
	})
	if err == nil {
		err = core.Join(phrase.Check(next, m.email), phrase.Again(next, again))
	}
	if err != nil {
		return err
	}
	hash, err := s.accounts.Hasher().Hash(ctx, next)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if m, err = mineOf(t); err != nil {
			return err
		}
		if err := account.UseCode(t, a.Account(), m.seed, m.last, code); err != nil {
			return err
		}
		if err := db.Do(t, xAddPassphrase, db.Args{"hash": hash, "none": phrase.None}); err != nil {
			return err
		}
		if err := budget.Forget(t, account.CodesOf(a.Account())); err != nil {
			return err
		}
		if err := account.EndElsewhere(t, in.Token); err != nil {
			return err
		}
		return account.TellChange(t, a.Account())
	})
}
