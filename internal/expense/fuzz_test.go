package expense

import "testing"

func FuzzParseCents(f *testing.F) {
	for _, s := range []string{"12,50", "€ 12", "-1", "1.2.3", "٣", "2026-11"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := ParseCents(s); ok && (n < 0 || n > 99_999_999) {
			t.Errorf("%q is %d cents", s, n)
		}
		if m, err := ParseMonth(s); err == nil && m.String() != s {
			t.Errorf("%q is the month %v", s, m)
		}
	})
}
