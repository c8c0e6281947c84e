package account

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"

	"github.com/pquerna/otp/hotp"

	"maatje/internal/account/budget"
	"maatje/internal/account/refused"
	"maatje/internal/account/totp"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// seedPlace is where the seed of somebody's second factor is sealed.
func seedPlace(id core.AccountID) vault.Place {
	return vault.Place{Table: "account", Column: "totp_secret", Row: id.Int64()}
}

// NewSeed gives an account that has no confirmed second factor a new seed for one.
func NewSeed(t *db.Tx, id core.AccountID) error {
	b := make([]byte, 20)
	_, _ = rand.Read(b)
	sealed, err := t.Secrets().Seal(seedPlace(id), base32.StdEncoding.EncodeToString(b))
	if err != nil {
		return err
	}
	_, err = db.Exec(t, xNewSeed, db.Args{"id": id, "secret": sealed})
	return err
}

// Waiting finds the session that waits for its second factor; none is not found. The enrolment is there for who has not
// set one up yet.
func (s *Service) Waiting(ctx context.Context, a authz.Actor, token string) (e *totp.Enrolment, err error) {
	var p pending
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err = s.pendingOf(t, token)
		return err
	})
	if err != nil || !p.confirmed.IsZero() {
		return nil, err
	}
	return s.Enrolment(p.account, p.email, p.seed)
}

func (s *Service) pendingOf(t *db.Tx, token string) (pending, error) {
	p, err := db.One(t, qPending, db.Args{"token": keptOf(token)}, (*pending).dest)
	if err == nil && !alive(p.created, p.seen, t.Now()) {
		err = core.NotFound()
	}
	return p, err
}

// Enrolment shows the seed of somebody's codes, to set up the app with.
func (s *Service) Enrolment(id core.AccountID, email string, sealed []byte) (*totp.Enrolment, error) {
	seed, err := s.db.Vault().Secrets().Open(seedPlace(id), sealed)
	if err != nil {
		return nil, err
	}
	return totp.Enrol(seed, email)
}

// SecondFactor makes a waiting session a full one, under a new token, for who shows a code that was not used before. The
// twelve hours count from the passphrase.
func (s *Service) SecondFactor(ctx context.Context, a authz.Actor, token, code string) (Entered, error) {
	out := Entered{Token: newToken(), Full: true}
	who, err := s.admitCode(ctx, a, token)
	if err != nil {
		return Entered{}, s.refused(ctx, a, refused.Code, who, err)
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := s.pendingOf(t, token)
		if err != nil {
			return err
		}
		if err := UseCode(t, p.account, p.seed, p.last, code); err != nil {
			return err
		}
		if err := budget.Forget(t, CodesOf(p.account)); err != nil {
			return err
		}
		return rotate(t, token, opening{out.Token, p.account, p.created, true, cmp.Or(p.how, byCode), p.device})
	})
	return out, s.refused(ctx, a, refused.Code, who, err)
}

// admitCode takes one try, in a transaction of its own: a refused code must not give the try back. It says whose try it is.
func (s *Service) admitCode(ctx context.Context, a authz.Actor, token string) (who core.AccountID, err error) {
	return who, s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := s.pendingOf(t, token)
		if err != nil {
			return err
		}
		who = p.account
		return budget.Admit(t, CodesOf(p.account))
	})
}

// CodesOf is the bucket of the codes that somebody shows.
func CodesOf(id core.AccountID) budget.One { return budget.Of("code", id.String(), budget.Code) }

// UseCode accepts the code of this half minute or one beside it, once. Without a seed there is none.
func UseCode(t *db.Tx, id core.AccountID, sealed []byte, last int64, code string) error {
	if len(sealed) == 0 {
		return core.Invalid("code", "account_wrong_code")
	}
	seed, err := t.Secrets().Open(seedPlace(id), sealed)
	if err != nil {
		return err
	}
	for _, step := range steps(t.Now()) {
		want, err := hotp.GenerateCode(seed, uint64(step))
		if err != nil {
			return err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && fresh(step, last) {
			n, err := db.Exec(t, xUseStep, db.Args{"id": id, "step": step})
			if err == nil && n == 0 {
				err = core.Invalid("code", "account_wrong_code")
			}
			return err
		}
	}
	return core.Invalid("code", "account_wrong_code")
}
