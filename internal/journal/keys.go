package journal

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
)

// Keys are what the program has and whoever can only write to its database has not.
type Keys struct {
	sealing []byte
	signing ed25519.PrivateKey
}

// NewKeys makes the keys of one installation from its secret seed.
func NewKeys(seed []byte) Keys {
	return Keys{derive(seed, "seal entries"), ed25519.NewKeyFromSeed(derive(seed, "sign checkpoints"))}
}

func derive(seed []byte, use string) []byte {
	key, err := hkdf.Key(sha256.New, seed, nil, "maatje log: "+use, 32)
	if err != nil {
		panic(err) // only a length the hash cannot give; ours is fixed
	}
	return key
}

// Public checks checkpoints; it is no secret.
func (k Keys) Public() ed25519.PublicKey { return ed25519.PublicKey(k.signing[ed25519.PublicKeySize:]) }

// seal is HMAC-SHA256 over an entry's hash. Without it, whoever can write to the database could write the end of the log
// again and hash it anew, up to the last checkpoint.
func (k Keys) seal(h Hash) []byte {
	m := hmac.New(sha256.New, k.sealing)
	m.Write(h[:])
	return m.Sum(nil)
}

func (k Keys) sealed(e Entry) bool {
	h, ok := e.hash()
	return ok && hmac.Equal(k.seal(h), e.Seal)
}
