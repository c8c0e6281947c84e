package goal

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "{}", "null", `{"person":7,"text":"samen","lines":["a","b","c","d","e"],"stopped":true,"why":"x"}`, `{"lines":["a","b","c","d","e","f"]}`, `{"text":1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := read(s)
		if err != nil || !utf8.ValidString(s) {
			return
		}
		words, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("%q is read and cannot be written: %v", s, err)
		}
		if again, err := read(string(words)); err != nil || again != c {
			t.Errorf("%q becomes %+v, then %+v: %v", s, c, again, err)
		}
	})
}
