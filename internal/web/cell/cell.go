// Package cell makes a text fit to stand in a cell of a table that a spreadsheet opens.
package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Harmless keeps a spreadsheet from taking a text for a formula, also behind what it may pass over and in wide letters: with an
// apostrophe before it.
func Harmless(s string) string {
	seen := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
	first, _ := utf8.DecodeRuneInString(seen)
	if seen != "" && strings.ContainsRune("=+-@＝＋－＠|%", first) || s != "" && strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
