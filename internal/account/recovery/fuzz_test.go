package recovery

import "testing"

// FuzzSame types codes: only the code itself is the code, however it is spaced.
func FuzzSame(f *testing.F) {
	f.Add("abcd-efgh-ijkl-mnop", "ABCD-EFGH-IJKL-MNOP")
	f.Add("", "")
	f.Add("ıbcd", "IBCD")
	f.Add("--  ", "")
	f.Fuzz(func(t *testing.T, typed, code string) {
		same := Same(typed, code)
		if same && code == "" {
			t.Errorf("%q opens without a code", typed)
		}
		if code != "" && !Same(code, code) {
			t.Errorf("%q is not itself", code)
		}
		if same != Same(typed+" -", code) {
			t.Errorf("a space makes %q another code", typed)
		}
	})
}
