package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/crypto/argon2"
)

// A key file under a passphrase is one line: this word, the salt, and the key sealed under what argon2id makes of both.
const sealedMark = "maatje-sealed-1 "

const (
	saltSize      = 16
	stretchTime   = 3
	stretchMemory = 256 << 10 // KiB: once at a start, so it may cost a second
	shortest      = 16        // characters
)

var errPassphrase = errors.New("this passphrase does not open the key file: type it again. Nothing was made or changed")

// SealMaster writes the key as a line that the passphrase opens.
func SealMaster(m Master, passphrase string) (string, error) {
	if len(passphrase) < shortest {
		return "", fmt.Errorf("a passphrase of %d characters is too short: take %d or more, such as four words", len(passphrase), shortest)
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt)
	aead, err := gcm(stretched(passphrase, salt))
	if err != nil {
		return "", err
	}
	b := aead.Seal(salt, nil, m.key[:], []byte(sealedMark))
	return sealedMark + base64.StdEncoding.EncodeToString(b), nil
}

func stretched(passphrase string, salt []byte) []byte {
	return argon2.IDKey([]byte(passphrase), salt, stretchTime, stretchMemory, 2, keySize)
}

// IsSealed says whether the key file is under a passphrase.
func IsSealed(path string) bool {
	b, err := os.ReadFile(path)
	return err == nil && strings.HasPrefix(string(b), sealedMark)
}

// UnsealMaster opens a key file that is under a passphrase.
func UnsealMaster(path, passphrase string) (m Master, err error) {
	if err := ownAlone(path); err != nil {
		return m, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	salt, sealed, ok := parseSealed(string(text))
	if !ok {
		return m, fmt.Errorf("key file %s is not whole", path)
	}
	aead, err := gcm(stretched(passphrase, salt))
	if err != nil {
		return m, err
	}
	key, err := aead.Open(nil, nil, sealed, []byte(sealedMark))
	if err != nil || len(key) != keySize {
		return m, errPassphrase
	}
	copy(m.key[:], key)
	return m, nil
}

// parseSealed reads the line of a key file that is under a passphrase.
func parseSealed(text string) (salt, sealed []byte, ok bool) {
	rest, marked := strings.CutPrefix(text, sealedMark)
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(rest))
	if !marked || err != nil || len(b) < saltSize {
		return nil, nil, false
	}
	return b[:saltSize:saltSize], b[saltSize:], true
}
