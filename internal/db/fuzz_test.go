package db_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"maatje/internal/db"
)

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Zoë Çelik-Ğ", "ĳsbrand", "Şükrü İ ı", "ﬃ ½ ㎏", "a\u0301\u0302", "\xff\xfe", "O’Neill d.w.", "\u202eabc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := db.Fold(s)
		if !utf8.ValidString(key) || key != strings.TrimSpace(key) || strings.Contains(key, "  ") {
			t.Errorf("%q is searched as %q", s, key)
		}
		if again := db.Fold(key); again != key {
			t.Errorf("%q is searched as %q, and that as %q", s, key, again)
		}
		from, to := db.Prefix(key)
		if from > to {
			t.Errorf("the bounds of %q are the wrong way round", key)
		}
	})
}
