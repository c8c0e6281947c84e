package kin

import (
	"reflect"
	"testing"

	"maatje/internal/core"
)

// Whatever stands in a change, a family comes of it that can be checked; and it is kept as it was.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"did":"person_added","put":{"index":[7],"persons":[{"id":7,"name":"Riet","born":"~1951-04"}]}}`, `{"drop":[7,7,0]}`,
		`{"put":{"unions":[{"id":8,"partners":[7,7]}],"links":[{"id":9,"child":7,"union":8,"kind":"birth"}],"ties":[{"id":9}]}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, words []byte) {
		c, err := read(words)
		if err != nil {
			return
		}
		_ = Check(Fold([]Change{c, c}), core.MustDate("2026-11-22"))
		once, err := c.kept()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := once.kept(); err != nil || !reflect.DeepEqual(once, again) {
			t.Errorf("%+v becomes %+v: %v", once, again, err)
		}
	})
}
