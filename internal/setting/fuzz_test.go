package setting

import (
	"strconv"
	"testing"
	"unicode/utf8"
)

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"23,5", "14", "-0", "+5", "1e3", "99999999999999999999", "٣", "a", ""} {
		f.Add(s)
	}
	number, choice, words := bound{number: true, least: 1, most: 60}, bound{oneOf: []string{"a", "b"}}, bound{least: 2, most: 5}
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := strconv.Atoi(s); number.check("x", s) == nil && (err != nil || n < 1 || n > 60) {
			t.Errorf("%q is taken as a number", s)
		}
		if n, ok := parseTenths(s); ok && (n < 0 || n > 10_000_009) {
			t.Errorf("%q is taken as %d tenths", s, n)
		}
		if choice.check("x", s) == nil && s != "a" && s != "b" {
			t.Errorf("%q is taken as a choice", s)
		}
		if n := utf8.RuneCountInString(s); words.check("x", s) == nil && (n < 2 || n > 5) {
			t.Errorf("%q is taken as a text", s)
		}
	})
}
