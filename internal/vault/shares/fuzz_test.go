package shares_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"maatje/internal/vault/shares"
)

// FuzzParse types sheets. One that is taken has exactly the words that were typed.
func FuzzParse(f *testing.F) {
	all, err := shares.Split(bytes.Repeat([]byte{7}, 32), bytes.NewReader(bytes.Repeat([]byte{9}, 32)))
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range all {
		f.Add(strings.Join(s.Words(), " "))
	}
	f.Add("babab " + strings.Repeat("LUSAB,\n12 ", 19))
	f.Add("é\x00\xff")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := shares.Parse(text)
		if err != nil {
			return
		}
		if s.Number() < 1 || s.Number() > 3 || !slices.Equal(s.Words(), shares.Typed(text)) {
			t.Errorf("%q was taken as sheet %d: %q", text, s.Number(), s.Words())
		}
		if _, err := shares.Join(s, s); err == nil {
			t.Error("one sheet opened it twice over")
		}
	})
}
