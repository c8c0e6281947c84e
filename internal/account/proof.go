package account

import (
	"context"

	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// xProve gives a session that goes on a new token: one that was copied before is worth nothing any more.
var xProve = db.X("account.prove", authz.OwnAccount,
	`UPDATE session SET token_hash = :next, proved_at = :now, seen_at = :now
	WHERE token_hash = :token AND account_id = :actor AND second_factor = TRUE`, db.Probe{"token": "", "next": "probe"})

// Prove takes the passphrase of who is signed in as proof that it is still they.
func (s *Service) Prove(ctx context.Context, a authz.Actor, in SignIn) (Entered, error) {
	if _, err := s.prove(ctx, a, in); err != nil {
		return Entered{}, err
	}
	return s.proved(ctx, a, in, func(*db.Tx) error { return nil })
}

// ProveWithPasskey takes one of their own passkeys as that proof.
func (s *Service) ProveWithPasskey(ctx context.Context, a authz.Actor, response string, in SignIn) (Entered, error) {
	answer, asked, err := s.usedPasskey(ctx, a, response)
	if err != nil {
		return Entered{}, s.refused(ctx, a, refused.Proof, 0, err)
	}
	out, err := s.proved(ctx, a, in, func(t *db.Tx) error {
		owner, err := s.judge(t, asked, answer)
		if err == nil && owner.ID != a.Account() {
			err = core.Refuse("", "account_passkey_of_other")
		}
		return err
	})
	return out, s.refused(ctx, a, refused.Proof, 0, err)
}

func (s *Service) proved(ctx context.Context, a authz.Actor, in SignIn, check func(*db.Tx) error) (Entered, error) {
	out := Entered{Token: newToken(), Device: in.Device, Full: true}
	err := s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := check(t); err != nil {
			return err
		}
		return db.Do(t, xProve, db.Args{"token": keptOf(in.Token), "next": keptOf(out.Token)})
	})
	return out, err
}
