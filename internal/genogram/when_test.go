package genogram

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

func TestTOO2_ADayIsReadAsPeopleWriteIt(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "1961": "1961", "3-5-1961": "1961-05-03", "03/05/1961": "1961-05-03", "3.5.1961": "1961-05-03", "1961-05-03": "1961-05-03",
		"mei 1961": "1961-05", "3 mei 1961": "1961-05-03", "Sept 1961": "1961-09", "5-1961": "1961-05", "ongeveer 1961": "~1961",
		"rond mei 1961": "~1961-05", "± 1961": "~1961", "~1961": "~1961", " 1961 ": "1961", "29-2-2024": "2024-02-29",
	} {
		if w, ok := ReadWhen(text.NL, typed); !ok || w.String() != want {
			t.Errorf("%q is read as %q (%v), not as %q", typed, w, ok, want)
		}
	}
	for _, typed := range []string{"x", "61", "29-2-2023", "me 1961", "13-1961", "ongeveer", "1 2 3 1961", "mei", "1961-13", "32-1-1961", "-"} {
		if w, ok := ReadWhen(text.NL, typed); ok {
			t.Errorf("%q is read as %q", typed, w)
		}
	}
	for _, s := range []string{"1961", "1961-05", "1961-05-03", "~1961", "~1961-05-03", "0950"} {
		w, _ := kin.ParseWhen(s)
		for _, l := range text.Langs() {
			if again, ok := ReadWhen(l, typed(l, w)); !ok || again != w {
				t.Errorf("%s is written as %q and read as %s", s, typed(l, w), again)
			}
		}
	}
}

func FuzzReadWhen(f *testing.F) {
	for _, s := range []string{"", "1961", "3-5-1961", "mei 1961", "ongeveer 3 mei 1961", "~~", "--- 1961"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range text.Langs() {
			w, ok := ReadWhen(l, s)
			if !ok || w.IsZero() {
				continue
			}
			if again, ok := ReadWhen(l, typed(l, w)); !ok || again != w {
				t.Errorf("%q is %s, is written %q, is %s", s, w, typed(l, w), again)
			}
		}
	})
}

func FuzzArranged(f *testing.F) {
	family := kin.Family{
		Persons: []kin.Person{{ID: 1}, {ID: 2}, {ID: 3}}, Unions: []kin.Union{{ID: 4, Partners: []core.ID{1, 2}}},
		Links: []kin.Link{{ID: 5, Child: 3, Union: 4, Kind: kin.Birth}},
	}
	f.Add(keep(family, nil))
	f.Add([]byte(`{"Places":[{"Person":"x"}]}`))
	f.Add([]byte(`{"Places":[{"X":1e308,"Y":-1e308}],"Rows":99999999}`))
	f.Fuzz(func(t *testing.T, last []byte) {
		if n, want := len(arranged(family, last).Places), len(arrange.Of(family, nil).Places); n != want {
			t.Errorf("%d people stand in it, not %d", n, want)
		}
	})
}
