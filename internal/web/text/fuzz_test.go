package text

import "testing"

func FuzzParseLang(f *testing.F) {
	for _, s := range []string{"nl", "EN", "en-GB", "nl;q=0.9", "", "\x00", "xx"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		if l, ok := ParseLang(tag); ok && l != NL && l != EN {
			t.Errorf("%q is language %v", tag, l)
		}
	})
}
