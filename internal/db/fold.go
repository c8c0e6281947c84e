package db

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes the key under which text is searched: lower case, without accents and punctuation, single spaces. Both
// engines compare these keys byte by byte, so that they agree.
func Fold(s string) string { return strings.Join(Words(s), " ") }

// Words are the folded words of a name.
func Words(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteString(foldRune(unicode.ToLower(r)))
		case r == '\'' || r == '’' || r == '.':
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// foldRune spells letters that carry their mark inside, which decomposing leaves alone.
func foldRune(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	case 'ĳ':
		return "ij"
	}
	return string(r)
}

// Prefix gives the bounds of all keys that begin with the folded word: word >= from AND word < to.
func Prefix(word string) (from, to string) { return word, word + "\U0010FFFF" }
