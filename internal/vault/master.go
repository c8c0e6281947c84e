package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Master is the key above all others. It never lies in a database.
type Master struct{ key [keySize]byte }

// ErrNoKey says that there is no master key where one was looked for.
var ErrNoKey = errors.New("no key")

// NewMaster makes a fresh master key.
func NewMaster() Master {
	var m Master
	_, _ = rand.Read(m.key[:])
	return m
}

// ParseMaster reads a master key from its text: 32 bytes in base64.
func ParseMaster(text string) (Master, error) {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) != keySize {
		return Master{}, errors.New("the key is not 32 bytes in base64")
	}
	var m Master
	copy(m.key[:], b)
	return m, nil
}

// Text writes the key as ParseMaster reads it.
func (m Master) Text() string { return base64.StdEncoding.EncodeToString(m.key[:]) }

// StoreKey is the 64-byte key under which the file with the wrapped keys is encrypted (AES-256-XTS).
func (m Master) StoreKey() []byte { return append(m.derive("key store 1"), m.derive("key store 2")...) }

// ReadMaster reads the key file. It refuses a file that others may read: a key that the whole machine sees is no key.
func ReadMaster(path string) (Master, error) {
	if err := ownAlone(path); err != nil {
		return Master{}, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return Master{}, err
	}
	m, err := ParseMaster(string(b))
	if err != nil {
		return Master{}, fmt.Errorf("key file %s: %w", path, err)
	}
	return m, nil
}

// ownAlone refuses a file that others may read.
func ownAlone(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s does not exist", ErrNoKey, path)
	}
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("others may read the key file %s (mode %o); run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	return nil
}

// WriteMaster makes a new key file with mode 0600 and never overwrites one.
func WriteMaster(path string, m Master) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(m.Text() + "\n"); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
