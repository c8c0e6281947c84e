package cell

import (
	"strings"
	"testing"
)

func TestNoTextInATableIsAFormula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Wil": "Wil", "Jan-Willem": "Jan-Willem", "=1+1": "'=1+1", "+31": "'+31", "-x": "'-x", "@SUM(A1)": "'@SUM(A1)", " =1": "' =1",
		"\t=1": "'\t=1", "\r\n=1": "'\r\n=1", "\u200b=1": "'\u200b=1", "\uff1d1": "'\uff1d1", "|cmd": "'|cmd", "a=1": "a=1",
	} {
		if got := Harmless(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func FuzzHarmless(f *testing.F) {
	for _, s := range []string{"=1+1", "+31", "-Jan", "@x", "Ria", " =1", "\t=1", "＝1", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if out := Harmless(s); out != s && out != "'"+s || out != "" && strings.ContainsRune("=+-@", rune(out[0])) {
			t.Errorf("%q goes out as %q", s, out)
		}
	})
}
