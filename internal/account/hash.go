package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"maatje/internal/core"
)

// The cost of one hash (STACK.md): 64 MiB, one pass. Two at once is what memory and processors bear.
const (
	hashMemory  = 64 * 1024 // KiB
	hashPasses  = 1
	hashThreads = 1
	hashLength  = 32
	hashAtOnce  = 2
)

// hasher hashes passphrases, a few at a time; who comes later waits, as long as the request lasts.
type hasher struct {
	slots  chan struct{}
	memory uint32
	costs  string // how a hash of these costs begins
	dummy  string // compared with when there is no account, so that the answer takes as long
}

func newHasher(memory uint32) *hasher {
	h := &hasher{slots: make(chan struct{}, hashAtOnce), memory: memory,
		costs: fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, memory, hashPasses, hashThreads)}
	h.dummy = h.encode(make([]byte, 16), make([]byte, hashLength))
	return h
}

func (h *hasher) key(ctx context.Context, passphrase string, salt []byte) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, core.Busy("busy", ctx.Err())
	}
	return argon2.IDKey([]byte(norm.NFKC.String(passphrase)), salt, hashPasses, h.memory, hashThreads, hashLength), nil
}

// hash makes what is kept of a passphrase.
func (h *hasher) hash(ctx context.Context, passphrase string) (string, error) {
	salt := newSalt()
	key, err := h.key(ctx, passphrase, salt)
	if err != nil {
		return "", err
	}
	return h.encode(salt, key), nil
}

// matches compares a passphrase with what was kept. With nothing kept it works as hard and says no.
func (h *hasher) matches(ctx context.Context, passphrase, kept string) (bool, error) {
	known := kept != ""
	if !known {
		kept = h.dummy
	}
	salt, want, err := h.decode(kept)
	if err != nil {
		return false, err
	}
	key, err := h.key(ctx, passphrase, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1 && known, nil
}

func (h *hasher) encode(salt, key []byte) string {
	return h.costs + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// decode reads what encode wrote. A hash of other costs is none of ours.
func (h *hasher) decode(kept string) (salt, key []byte, err error) {
	rest, ours := strings.CutPrefix(kept, h.costs)
	salted, hashed, whole := strings.Cut(rest, "$")
	if !ours || !whole {
		return nil, nil, fmt.Errorf("account: a passphrase is kept in a form we do not know")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(salted); err == nil {
		key, err = base64.RawStdEncoding.DecodeString(hashed)
	}
	return salt, key, err
}

func newSalt() []byte {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	return salt
}

// newToken makes a secret of 32 random bytes that stands for somebody.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// keptOf is what is kept of a token: who reads the table cannot use it.
func keptOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// newCode makes a code of 80 random bits that somebody can type over from a terminal.
func newCode() string {
	b := make([]byte, 10)
	_, _ = rand.Read(b)
	s := base32.StdEncoding.EncodeToString(b)
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// sameCode compares codes as people type them, in a time that tells nothing.
func sameCode(typed, code string) bool {
	plain := func(s string) []byte {
		return []byte(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(s)))
	}
	return code != "" && subtle.ConstantTimeCompare(plain(typed), plain(code)) == 1
}
