package provider

import "testing"

// FuzzAsked: what was kept of a question is read or refused, and a way back that it holds stays ours.
func FuzzAsked(f *testing.F) {
	for _, seed := range []string{`{"Purpose":"provider_enter","Next":"/account"}`, `{"Next":"//evil"}`, `{`, ``, `[]`, `{"Account":"x"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if q, ok := readAsked(text); !ok && q != (asked{}) {
			t.Errorf("%q is refused and read", text)
		}
	})
}
