package kin

import (
	"testing"

	"maatje/internal/core"
)

func TestTOO2_ADayIsAsExactAsSomebodyKnowsIt(t *testing.T) {
	for text, want := range map[string][2]string{
		"":           {"", ""},
		"1950":       {"1950-01-01", "1950-12-31"},
		"~1950":      {"1950-01-01", "1950-12-31"},
		"2024-02":    {"2024-02-01", "2024-02-29"},
		"2023-12":    {"2023-12-01", "2023-12-31"},
		"2024-02-29": {"2024-02-29", "2024-02-29"},
	} {
		w, err := ParseWhen(text)
		if err != nil || w.First().String() != want[0] || w.Last().String() != want[1] || w.String() != text {
			t.Errorf("%q is %s to %s, written as %q: %v", text, w.First(), w.Last(), w, err)
		}
	}
	for _, text := range []string{"x", "~", "2023-02-29", "0000", "-1", "19500", "1950-13", "1950-1", "~~1950", "2024-02-30"} {
		if w, err := ParseWhen(text); err == nil {
			t.Errorf("%q is read as %s", text, w)
		}
	}
	if On(core.MustDate("2024-05-06")).String() != "2024-05-06" || !On(core.Date{}).IsZero() {
		t.Error("a day is not the day it is of")
	}
}

func FuzzWhen(f *testing.F) {
	for _, s := range []string{"", "1950", "~1950-04", "2024-02-29", "9999-99-99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWhen(s)
		if err != nil {
			return
		}
		if w.String() != s || w.Last().Before(w.First()) {
			t.Errorf("%q becomes %q, from %s to %s", s, w, w.First(), w.Last())
		}
	})
}
