// Package phrase judges new passphrases and keeps what is needed to recognise one: an argon2id hash. It promises that a
// stolen table signs nobody in, and that hashing never takes more memory than the machine bears.
package phrase

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"maatje/internal/core"
)

// The cost of one hash (STACK.md): 64 MiB, one pass. Two at once is what memory and processors bear.
const (
	Memory      = 64 * 1024 // KiB
	hashPasses  = 1
	hashThreads = 1
	hashLength  = 32
	AtOnce      = 2
)

// None stands where somebody who joined keeps no passphrase: they come in another way, and nothing matches it.
const None = "none"

// Hasher hashes passphrases, a few at a time; who comes later waits, as long as the request lasts.
type Hasher struct {
	slots  chan struct{}
	memory uint32
	costs  string // how a hash of these costs begins
	dummy  string // compared with when there is no account, so that the answer takes as long
}

// New makes a hasher at the cost of so many KiB.
func New(memory uint32) *Hasher {
	h := &Hasher{slots: make(chan struct{}, AtOnce), memory: memory,
		costs: fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, memory, hashPasses, hashThreads)}
	h.dummy = h.encode(make([]byte, 16), make([]byte, hashLength))
	return h
}

// Key is what a secret comes to with a salt.
func (h *Hasher) Key(ctx context.Context, passphrase string, salt []byte) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, core.Busy("busy", ctx.Err())
	}
	return argon2.IDKey([]byte(norm.NFKC.String(passphrase)), salt, hashPasses, h.memory, hashThreads, hashLength), nil
}

// Hold takes every turn until it is released: nobody else hashes meanwhile.
func (h *Hasher) Hold() (release func()) {
	for range AtOnce {
		h.slots <- struct{}{}
	}
	return func() {
		for range AtOnce {
			<-h.slots
		}
	}
}

// Hash makes what is kept of a passphrase.
func (h *Hasher) Hash(ctx context.Context, passphrase string) (string, error) {
	salt := Salt()
	key, err := h.Key(ctx, passphrase, salt)
	if err != nil {
		return "", err
	}
	return h.encode(salt, key), nil
}

// Matches compares a passphrase with what was kept. With nothing kept it works as hard and says no.
func (h *Hasher) Matches(ctx context.Context, passphrase, kept string) (bool, error) {
	known := kept != "" && kept != None
	if !known {
		kept = h.dummy
	}
	salt, want, err := h.decode(kept)
	if err != nil {
		return false, err
	}
	key, err := h.Key(ctx, passphrase, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1 && known, nil
}

func (h *Hasher) encode(salt, key []byte) string {
	return h.costs + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// decode reads what encode wrote. A hash of other costs is none of ours.
func (h *Hasher) decode(kept string) (salt, key []byte, err error) {
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

// Salt is new random salt.
func Salt() []byte {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	return salt
}
