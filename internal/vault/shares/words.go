package shares

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// A word is 16 bits as consonant, vowel, consonant, vowel, consonant (proquints, Wilkerson 2009): it can be read aloud
// in any language of Europe, and no two look much alike.
const (
	consonants = "bdfghjklmnprstvz"
	vowels     = "aiou"
	// WordCount is how many words stand on a sheet.
	WordCount = (1 + checkSize + secretSize + sumSize) / 2
)

// Words are the words of the sheet, in order.
func (s Share) Words() []string {
	b := s.bytes()
	out := make([]string, 0, WordCount)
	for ; len(b) > 0; b = b[2:] {
		out = append(out, word(binary.BigEndian.Uint16(b)))
	}
	return out
}

func word(n uint16) string {
	return string([]byte{consonants[n>>12], vowels[n>>10&3], consonants[n>>6&15], vowels[n>>4&3], consonants[n&15]})
}

// Typed picks the words out of what somebody typed. Capitals, digits, commas and new lines do not matter.
func Typed(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
}

// Parse reads a sheet that somebody typed.
func Parse(text string) (Share, error) {
	words := Typed(text)
	var b []byte
	for i, w := range words {
		n, ok := number(w)
		if !ok {
			return Share{}, fmt.Errorf("word %d, %q, cannot be on a sheet: each has five letters, such as %s", i+1, w, word(0x4d61))
		}
		b = binary.BigEndian.AppendUint16(b, n)
	}
	if len(words) != WordCount {
		return Share{}, fmt.Errorf("there are %d words on a sheet, and these are %d", WordCount, len(words))
	}
	return fromBytes(b)
}

func number(w string) (n uint16, ok bool) {
	if len(w) != 5 {
		return 0, false
	}
	for i, letters := range []string{consonants, vowels, consonants, vowels, consonants} {
		at := strings.IndexByte(letters, w[i])
		if at < 0 {
			return 0, false
		}
		n = n*uint16(len(letters)) + uint16(at)
	}
	return n, true
}
