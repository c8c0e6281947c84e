package account

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	xForgetRecovery = db.X("account.forget_recovery_codes", authz.Door,
		`DELETE FROM recovery_code WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	xKeepRecovery = db.X("account.keep_recovery_code", authz.OwnAccount,
		`INSERT INTO recovery_code (account_id, hash, salt, made_at) VALUES (:actor, :hash, :salt, :now)`, db.Probe{"hash": "", "salt": ""})
	qRecoveryLeft = db.Q("account.recovery_codes_left", authz.OwnAccount,
		`SELECT COUNT(*) FROM recovery_code WHERE account_id = :actor AND used_at IS NULL`, db.Probe{})
	qRecovery = db.Q("account.recovery_codes", authz.Door,
		`SELECT hash, salt FROM recovery_code WHERE account_id = :id AND used_at IS NULL`, db.Probe{"id": db.Theirs("account")})
	xUseRecovery = db.X("account.use_recovery_code", authz.Door,
		`UPDATE recovery_code SET used_at = :now WHERE account_id = :id AND hash = :hash AND used_at IS NULL`,
		db.Probe{"id": db.Theirs("account"), "hash": ""})
)

const recoveryCodes = 10

// RecoveryCodes makes a new set of recovery codes for who is signed in; the old ones are worth nothing from then on. Only
// their hashes are kept: this is the one time that they can be read.
func (s *Service) RecoveryCodes(ctx context.Context, a authz.Actor) (codes []string, err error) {
	salt := phrase.Salt()
	var hashes []string
	for range recoveryCodes {
		code := newCode()
		hash, err := s.recoveryHash(ctx, code, salt)
		if err != nil {
			return nil, err
		}
		codes, hashes = append(codes, code), append(hashes, hash)
	}
	return codes, s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := db.Exec(t, xForgetRecovery, db.Args{"id": a.Account()}); err != nil {
			return err
		}
		for _, hash := range hashes {
			if err := db.Do(t, xKeepRecovery, db.Args{"hash": hash, "salt": hex.EncodeToString(salt)}); err != nil {
				return err
			}
		}
		return tellChange(t, a.Account())
	})
}

// recoveryHash is what is kept of a recovery code: its 80 random bits cost a guesser as much as a passphrase's.
func (s *Service) recoveryHash(ctx context.Context, code string, salt []byte) (string, error) {
	plain := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	key, err := s.hashes.Key(ctx, plain, salt)
	return hex.EncodeToString(key), err
}

// RecoveryLeft says how many recovery codes who is signed in can still use.
func (s *Service) RecoveryLeft(ctx context.Context, a authz.Actor) (n int, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		n, err = db.Count(t, qRecoveryLeft, nil)
		return err
	})
	return n, err
}

type recovery struct{ hash, salt string }

func (r *recovery) dest() []any { return []any{&r.hash, &r.salt} }

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
	hash, err := s.matchRecovery(ctx, kept, code)
	if err != nil {
		return Entered{}, err
	}
	out := Entered{Token: newToken(), Full: true}
	return out, s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := s.pendingOf(t, token)
		if err != nil {
			return err
		}
		n, err := db.Exec(t, xUseRecovery, db.Args{"id": p.account, "hash": hash})
		if err != nil || n == 0 {
			return orElse(err, errWrongRecovery)
		}
		if err := tellChange(t, p.account); err != nil {
			return err
		}
		return rotate(t, token, opening{out.Token, p.account, p.created, true, byRecovery, p.device})
	})
}

var errWrongRecovery = core.Invalid("code", "account_wrong_recovery_code")

// recoveryOf lists the codes that are left of who waits. Who has no second factor yet sets one up instead.
func (s *Service) recoveryOf(ctx context.Context, a authz.Actor, token string) (kept []recovery, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err := s.pendingOf(t, token)
		if err != nil || p.confirmed.IsZero() {
			return orElse(err, errWrongRecovery)
		}
		kept, err = db.All(t, qRecovery, db.Args{"id": p.account}, (*recovery).dest)
		return err
	})
	return kept, err
}

// matchRecovery finds the code among those of one set, which share their salt.
func (s *Service) matchRecovery(ctx context.Context, kept []recovery, code string) (string, error) {
	if len(kept) == 0 { // as much work as when there are some
		kept = []recovery{{salt: hex.EncodeToString(phrase.Salt())}}
	}
	salt, err := hex.DecodeString(kept[0].salt)
	if err != nil {
		return "", err
	}
	hash, err := s.recoveryHash(ctx, code, salt)
	if err != nil {
		return "", err
	}
	for _, one := range kept {
		if subtle.ConstantTimeCompare([]byte(one.hash), []byte(hash)) == 1 {
			return hash, nil
		}
	}
	return "", errWrongRecovery
}
