package core

import (
	"fmt"
	"io"
	"strings"
)

const (
	consonants = "bdfgkmnprstvz"
	vowels     = "aeou"
)

// NewCode makes a reference code to say over the telephone: three syllables such as "bad-kof-mur", without letters that
// look or sound alike. Three hundred million of them make guessing useless, and knowing one opens nothing.
func NewCode(random io.Reader) (string, error) {
	var b [9]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("core: no chance to make a code of: %w", err)
	}
	var code strings.Builder
	for i, n := range b {
		letters := consonants
		if i%3 == 1 {
			letters = vowels
		}
		if i > 0 && i%3 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(letters[int(n)%len(letters)])
	}
	return code.String(), nil
}

// IsCode says whether the text could be one of our codes, so that a page shows nothing that somebody made up.
func IsCode(s string) bool {
	parts := strings.Split(s, "-")
	if len(parts) != 3 {
		return false
	}
	for _, p := range parts {
		if len(p) != 3 || !strings.Contains(consonants, p[:1]) || !strings.Contains(vowels, p[1:2]) || !strings.Contains(consonants, p[2:]) {
			return false
		}
	}
	return true
}
