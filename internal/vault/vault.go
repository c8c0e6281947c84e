// Package vault seals narrative text under a key per owner (a dossier, or a referral before there is one). The owner's
// keys are wrapped by the master key and kept in a store of their own, apart from the data: erasing one key erases that
// family's words from every backup of the data (PRV-2). Sealing is AES-256-GCM with a random nonce, and binds the text to
// its place, so that a ciphertext moved to another row, column or dossier does not open.
package vault

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

const keySize = 32

// ErrErased says that the owner's key is gone: the words are erased and stay so.
var ErrErased = errors.New("vault: the key of this owner is erased")

// ErrSealed says that a ciphertext does not open in this place: it was changed, or moved here.
var ErrSealed = errors.New("vault: this text does not open here")

// Wrapped is an owner's key as the store keeps it: sealed under the master key.
type Wrapped struct {
	Owner   int64
	Version int64
	Key     []byte
}

// Store keeps wrapped keys, apart from the data. Get of an unknown owner gives ErrErased.
type Store interface {
	Get(ctx context.Context, owner int64) (Wrapped, error)
	// All gives every key there is, in the order of their owners.
	All(ctx context.Context) ([]Wrapped, error)
	// Put keeps the key unless the owner has one, and returns the one that counts.
	Put(ctx context.Context, w Wrapped) (Wrapped, error)
	// PutAll keeps many at once, each unless its owner has one; all of them or none.
	PutAll(ctx context.Context, all []Wrapped) error
	// Erase removes the owner's key for good.
	Erase(ctx context.Context, owner int64) error
}

// Place is where a sealed text stands. All of it is bound to the ciphertext.
type Place struct {
	Table, Column string
	Row           int64
	Owner         int64
}

// Vault seals and opens. It is safe for concurrent use.
type Vault struct {
	key     Master
	master  cipher.AEAD
	secrets *Owner
	store   Store
}

// New makes a vault of a master key and the store of the owners' keys.
func New(ctx context.Context, master Master, store Store) (*Vault, error) {
	aead, err := master.wrapper()
	if err != nil {
		return nil, err
	}
	v := &Vault{key: master, master: aead, store: store}
	key, err := v.reserved(ctx, secrets, "maatje secrets", keySize)
	if err != nil {
		return nil, err
	}
	if aead, err = gcm(key); err != nil {
		return nil, err
	}
	v.secrets = &Owner{id: 0, version: 1, aead: aead}
	return v, nil
}

func (m Master) wrapper() (cipher.AEAD, error) { return gcm(m.derive("wrap owner keys")) }

// Secrets seals what belongs to no family, such as the seed of somebody's second factor. Its places have owner 0.
func (v *Vault) Secrets() *Owner { return v.secrets }

// NewOwner makes the key of a new owner. Making it twice is harmless.
func (v *Vault) NewOwner(ctx context.Context, owner int64) error {
	_, err := v.store.Put(ctx, v.fresh(owner))
	return err
}

// NewOwners makes the keys of many new owners and waits for the disk once.
func (v *Vault) NewOwners(ctx context.Context, owners []int64) error {
	all := make([]Wrapped, len(owners))
	for i, owner := range owners {
		all[i] = v.fresh(owner)
	}
	return v.store.PutAll(ctx, all)
}

func (v *Vault) fresh(owner int64) Wrapped {
	key := make([]byte, keySize)
	_, _ = rand.Read(key)
	return Wrapped{owner, 1, v.master.Seal(nil, nil, key, wrapping(owner, 1))}
}

// Erase forgets the owner's key. No text of the owner can be read again, wherever a copy lies.
func (v *Vault) Erase(ctx context.Context, owner int64) error { return v.store.Erase(ctx, owner) }

// The reserved owners hold keys of the installation itself. They are wrapped like the others, so that a new master key means
// wrapping them again: the data file is not encrypted again, and the log's old checkpoints keep their signatures.
const (
	dataFile = 1
	logbook  = 2
	recovery = 3
	secrets  = 4
)

// FileKey is the 64-byte key under which the data file is encrypted (AES-256-XTS); the first call makes it.
func (v *Vault) FileKey(ctx context.Context) ([]byte, error) {
	return v.reserved(ctx, dataFile, "maatje data file", 2*keySize)
}

// LogSeed is the secret from which the log's keys are made; the first call makes it.
func (v *Vault) LogSeed(ctx context.Context) ([]byte, error) {
	return v.reserved(ctx, logbook, "maatje log", keySize)
}

// RecoveryKey opens the backups and shows that they are ours; the first call makes it. It is what the printed shares hold.
func (v *Vault) RecoveryKey(ctx context.Context) ([]byte, error) {
	return v.reserved(ctx, recovery, "maatje recovery", keySize)
}

func (v *Vault) reserved(ctx context.Context, owner int64, use string, size int) ([]byte, error) {
	if err := v.NewOwner(ctx, owner); err != nil {
		return nil, err
	}
	key, _, err := v.unwrap(ctx, owner)
	if err != nil {
		return nil, err
	}
	return hkdf.Key(sha256.New, key, nil, use, size)
}

// Owner unwraps the owner's key for use within one transaction.
func (v *Vault) Owner(ctx context.Context, owner int64) (*Owner, error) {
	key, version, err := v.unwrap(ctx, owner)
	if err != nil {
		return nil, err
	}
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	return &Owner{id: owner, version: version, aead: aead}, nil
}

func (v *Vault) unwrap(ctx context.Context, owner int64) (key []byte, version int64, err error) {
	w, err := v.store.Get(ctx, owner)
	if err != nil {
		return nil, 0, err
	}
	key, err = v.open(w)
	return key, w.Version, err
}

func (v *Vault) open(w Wrapped) ([]byte, error) {
	key, err := v.master.Open(nil, nil, w.Key, wrapping(w.Owner, w.Version))
	if err != nil {
		return nil, fmt.Errorf("vault: key of owner %d: %w", w.Owner, ErrSealed)
	}
	return key, nil
}

// Owner seals and opens the texts of one owner.
type Owner struct {
	id, version int64
	aead        cipher.AEAD
}

// Seal encrypts text for its place. The result begins with the key's version (8 bytes), then nonce and ciphertext.
func (o *Owner) Seal(p Place, text string) ([]byte, error) {
	if p.Owner != o.id {
		return nil, fmt.Errorf("vault: place of owner %d under the key of %d", p.Owner, o.id)
	}
	out := binary.BigEndian.AppendUint64(nil, uint64(o.version))
	return o.aead.Seal(out, nil, []byte(text), p.bound(o.version)), nil
}

// Open decrypts what Seal made for the same place.
func (o *Owner) Open(p Place, sealed []byte) (string, error) {
	if p.Owner != o.id || len(sealed) < 8 {
		return "", ErrSealed
	}
	if int64(binary.BigEndian.Uint64(sealed)) != o.version {
		return "", fmt.Errorf("vault: sealed under another version: %w", ErrSealed)
	}
	text, err := o.aead.Open(nil, nil, sealed[8:], p.bound(o.version))
	if err != nil {
		return "", ErrSealed
	}
	return string(text), nil
}

// bound is the associated data: every part with its length before it, so that no two places read alike.
func (p Place) bound(version int64) []byte {
	b := []byte("maatje.text.1")
	for _, s := range []string{p.Table, p.Column} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	for _, n := range []int64{p.Row, p.Owner, version} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return b
}

func wrapping(owner, version int64) []byte {
	b := []byte("maatje.key.1")
	b = binary.BigEndian.AppendUint64(b, uint64(owner))
	return binary.BigEndian.AppendUint64(b, uint64(version))
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// derive makes a key for one use of the master key.
func (m Master) derive(use string) []byte {
	key, err := hkdf.Key(sha256.New, m.key[:], nil, "maatje "+use, keySize)
	if err != nil {
		panic(err) // only a length the hash cannot give; ours is fixed
	}
	return key
}

// Reserved says that the key is the installation's own, and no family's.
func (w Wrapped) Reserved() bool { return w.Owner <= secrets }
