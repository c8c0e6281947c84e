// Package shares splits a secret over three sheets of paper of which any two give it back, and one alone says nothing
// about it (Shamir 1979, over GF(256)). A sheet carries words that a person can read aloud and type.
package shares

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

const (
	secretSize = 32
	checkSize  = 3
	sumSize    = 4
	sheets     = 3
)

// Share is one of the sheets. The check is of the whole secret: it tells whether two sheets belong together.
type Share struct {
	number byte
	check  [checkSize]byte
	point  [secretSize]byte
}

var (
	// ErrTogether means that each sheet is whole, and that they are of different secrets.
	ErrTogether = errors.New("these two sheets do not belong together: they were printed for different recovery keys")
	// ErrSame means that one sheet was given twice.
	ErrSame = errors.New("this is the same sheet twice: two different ones are needed")
)

// Split makes three shares of a secret of 32 bytes: points 1, 2 and 3 of a line, in every byte, that begins at the secret
// and rises by chance.
func Split(secret []byte, chance io.Reader) ([]Share, error) {
	if len(secret) != secretSize {
		return nil, fmt.Errorf("shares: a secret of %d bytes", len(secret))
	}
	var rise [secretSize]byte
	if _, err := io.ReadFull(chance, rise[:]); err != nil {
		return nil, err
	}
	all := make([]Share, sheets)
	for i := range all {
		s := &all[i]
		s.number, s.check = byte(i+1), checkOf(secret)
		for at := range secretSize {
			s.point[at] = secret[at] ^ times(rise[at], s.number)
		}
	}
	return all, nil
}

// Join finds the secret again: where the line through two points begins.
func Join(a, b Share) ([]byte, error) {
	if a.check != b.check {
		return nil, ErrTogether
	}
	if a.number == b.number {
		return nil, ErrSame
	}
	secret := make([]byte, secretSize)
	for at := range secret {
		up := times(a.point[at], b.number) ^ times(b.point[at], a.number)
		secret[at] = times(up, inverse(a.number^b.number))
	}
	if checkOf(secret) != a.check {
		return nil, ErrTogether
	}
	return secret, nil
}

// times multiplies in GF(256) modulo x^8 + x^4 + x^3 + x + 1, in the same steps whatever the numbers are.
func times(a, b byte) (product byte) {
	for range 8 {
		product ^= a & -(b & 1)
		a, b = a<<1^0x1b&-(a>>7), b>>1
	}
	return product
}

// inverse is a to the power 254.
func inverse(a byte) byte {
	out := byte(1)
	for range 254 {
		out = times(out, a)
	}
	return out
}

func checkOf(secret []byte) (c [checkSize]byte) {
	sum := sha256.Sum256(append([]byte("maatje recovery check"), secret...))
	copy(c[:], sum[:])
	return c
}

// bytes are the number, the check, the point, and the beginning of their hash.
func (s Share) bytes() []byte {
	b := append([]byte{s.number}, s.check[:]...)
	b = append(b, s.point[:]...)
	sum := sha256.Sum256(b)
	return append(b, sum[:sumSize]...)
}

func fromBytes(b []byte) (s Share, err error) {
	s.number = b[0]
	copy(s.check[:], b[1:])
	copy(s.point[:], b[1+checkSize:])
	if s.number < 1 || s.number > sheets || !bytes.Equal(s.bytes(), b) {
		return s, errors.New("one of the words is not what it was on the sheet: read it again, word by word")
	}
	return s, nil
}

// Number is 1, 2 or 3, as it stands on the sheet.
func (s Share) Number() int { return int(s.number) }
