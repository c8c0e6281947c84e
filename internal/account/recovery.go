package account

import (
	"context"

	"maatje/internal/account/recovery"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/db"
)

var qRecoveryLeft = db.Q("account.recovery_codes_left", authz.OwnAccount,
	`SELECT COUNT(*) FROM recovery_code WHERE account_id = :actor AND used_at IS NULL`, db.Probe{})

// RecoveryCodes makes a new set of recovery codes for who is signed in; the old ones are worth nothing from then on. Only
// their hashes are kept: this is the one time that they can be read.
func (s *Service) RecoveryCodes(ctx context.Context, a authz.Actor) (codes []string, err error) {
	list, err := recovery.New(ctx, s.hashes)
	if err != nil {
		return nil, err
	}
	return list.Codes, s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := list.Keep(t, a.Account()); err != nil {
			return err
		}
		return tellChange(t, a.Account())
	})
}

// RecoveryLeft says how many recovery codes who is signed in can still use.
func (s *Service) RecoveryLeft(ctx context.Context, a authz.Actor) (n int, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		n, err = db.Count(t, qRecoveryLeft, nil)
		return err
	})
	return n, err
}

// Recover makes a waiting session a full one for who shows a recovery code in place of a code of the app.
func (s *Service) Recover(ctx context.Context, a authz.Actor, token, code string) (Entered, error) {
	who, err := s.admitCode(ctx, a, token)
	if err != nil {
		return Entered{}, s.refused(ctx, a, refused.Recovery, who, err)
	}
	out, err := s.recover(ctx, a, token, code)
	return out, s.refused(ctx, a, refused.Recovery, who, err)
}

func (s *Service) recover(ctx context.Context, a authz.Actor, token, code string) (Entered, error) {
	kept, err := s.recoveryOf(ctx, a, token)
	if err != nil {
		return Entered{}, err
	}
	hash, err := recovery.Match(ctx, s.hashes, kept, code)
	if err != nil {
		return Entered{}, err
	}
	out := Entered{Token: newToken(), Full: true}
	return out, s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := s.pendingOf(t, token)
		if err != nil {
			return err
		}
		if err := recovery.Use(t, p.account, hash); err != nil {
			return err
		}
		if err := tellChange(t, p.account); err != nil {
			return err
		}
		return rotate(t, token, opening{out.Token, p.account, p.created, true, byRecovery, p.device})
	})
}

// recoveryOf lists the codes that are left of who waits. Who has no second factor yet sets one up instead.
func (s *Service) recoveryOf(ctx context.Context, a authz.Actor, token string) (kept []recovery.Kept, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err := s.pendingOf(t, token)
		if err != nil || p.confirmed.IsZero() {
			return orElse(err, recovery.ErrWrong)
		}
		kept, err = recovery.Of(t, p.account)
		return err
	})
	return kept, err
}
