package network

import (
	"slices"
	"strings"
	"testing"
)

func TestTOO3_ManyNamesAtOnce(t *testing.T) {
	for typed, want := range map[string][]string{
		"":                           nil,
		" , ;\n":                     nil,
		"Oma":                        {"Oma"},
		" Oma  Wil ,Joke;\n\nJan \n": {"Oma Wil", "Joke", "Jan"},
		"Jan, jan, JAN":              {"Jan"},
	} {
		if got := Names(typed); !slices.Equal(got, want) {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"", "Oma, Wil", "\xff,\u0301;\n", strings.Repeat("a,", 500)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i, name := range Names(s) {
			if name == "" || strings.ContainsAny(name, ",;\n") || slices.ContainsFunc(Names(s)[:i], same(name)) {
				t.Errorf("%q becomes %q", s, Names(s))
			}
		}
	})
}
