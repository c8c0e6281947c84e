// Package recovery makes the codes on paper that let somebody back in, and recognises one. It promises that only hashes are
// kept, that a code costs a guesser as much as a passphrase, that it counts once, and that a new list ends the old one.
package recovery

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"maatje/internal/account/phrase"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	xForget = db.X("account.forget_recovery_codes", authz.Door,
		`DELETE FROM recovery_code WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	xKeep = db.X("account.keep_recovery_code", authz.Door,
		`INSERT INTO recovery_code (account_id, hash, salt, made_at) VALUES (:id, :hash, :salt, :now)`,
		db.Probe{"id": db.Theirs("account"), "hash": "", "salt": ""})
	qKept = db.Q("account.recovery_codes", authz.Door,
		`SELECT hash, salt FROM recovery_code WHERE account_id = :id AND used_at IS NULL`, db.Probe{"id": db.Theirs("account")})
	xUse = db.X("account.use_recovery_code", authz.Door,
		`UPDATE recovery_code SET used_at = :now WHERE account_id = :id AND hash = :hash AND used_at IS NULL`,
		db.Probe{"id": db.Theirs("account"), "hash": ""})
)

// Codes is how many there are on one list.
const Codes = 10

// List is a new list: what its owner reads once, and what is kept of it.
type List struct {
	Codes  []string
	hashes []string
	salt   []byte
}

// New makes a list. Nothing is kept of it yet.
func New(ctx context.Context, h *phrase.Hasher) (l List, err error) {
	l.salt = phrase.Salt()
	for range Codes {
		code := Code()
		hash, err := hashed(ctx, h, code, l.salt)
		if err != nil {
			return List{}, err
		}
		l.Codes, l.hashes = append(l.Codes, code), append(l.hashes, hash)
	}
	return l, nil
}

// Keep keeps what recognises the codes of a list, in place of the list that somebody had.
func (l List) Keep(t *db.Tx, id core.AccountID) error {
	if err := Forget(t, id); err != nil {
		return err
	}
	for _, hash := range l.hashes {
		if err := db.Do(t, xKeep, db.Args{"id": id, "hash": hash, "salt": hex.EncodeToString(l.salt)}); err != nil {
			return err
		}
	}
	return nil
}

// Forget ends the list that somebody has.
func Forget(t *db.Tx, id core.AccountID) error {
	_, err := db.Exec(t, xForget, db.Args{"id": id})
	return err
}

// Kept is what is kept of one code.
type Kept struct{ hash, salt string }

func (k *Kept) dest() []any { return []any{&k.hash, &k.salt} }

// Of lists the codes that are left of somebody.
func Of(t *db.Tx, id core.AccountID) ([]Kept, error) {
	return db.All(t, qKept, db.Args{"id": id}, (*Kept).dest)
}

// ErrWrong is for a code that is none of theirs, or was used.
var ErrWrong = core.Invalid("code", "account_wrong_recovery_code")

// Match finds the code among those of one list, which share their salt. With none kept it works as hard and says no.
func Match(ctx context.Context, h *phrase.Hasher, kept []Kept, code string) (string, error) {
	if len(kept) == 0 {
		kept = []Kept{{salt: hex.EncodeToString(phrase.Salt())}}
	}
	salt, err := hex.DecodeString(kept[0].salt)
	if err != nil {
		return "", err
	}
	hash, err := hashed(ctx, h, code, salt)
	if err != nil {
		return "", err
	}
	for _, one := range kept {
		if subtle.ConstantTimeCompare([]byte(one.hash), []byte(hash)) == 1 {
			return hash, nil
		}
	}
	return "", ErrWrong
}

// Use spends a code that was matched. One that somebody else spent meanwhile is wrong.
func Use(t *db.Tx, id core.AccountID, hash string) error {
	n, err := db.Exec(t, xUse, db.Args{"id": id, "hash": hash})
	if err == nil && n == 0 {
		err = ErrWrong
	}
	return err
}

// hashed is what is kept of a code: its 80 random bits cost a guesser as much as a passphrase's.
func hashed(ctx context.Context, h *phrase.Hasher, code string, salt []byte) (string, error) {
	key, err := h.Key(ctx, string(plain(code)), salt)
	return hex.EncodeToString(key), err
}

// Code makes a code of 80 random bits that somebody can type over from paper or a terminal.
func Code() string {
	b := make([]byte, 10)
	_, _ = rand.Read(b)
	s := base32.StdEncoding.EncodeToString(b)
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// Same compares codes as people type them, in a time that tells nothing.
func Same(typed, code string) bool {
	return code != "" && subtle.ConstantTimeCompare(plain(typed), plain(code)) == 1
}

// plain is a code without what people add to it.
func plain(code string) []byte {
	return []byte(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code)))
}
