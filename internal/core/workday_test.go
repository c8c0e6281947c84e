package core

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWorkdaysSkipWeekendsAndPublicHolidays(t *testing.T) {
	for _, c := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"a week", "2026-11-09", 5, "2026-11-16"},
		{"Friday", "2026-11-13", 1, "2026-11-16"},
		{"Saturday", "2026-11-14", 1, "2026-11-16"},
		{"Sunday", "2026-11-15", 5, "2026-11-20"},
		{"none", "2026-11-13", 0, "2026-11-13"},
		{"over New Year", "2026-12-31", 1, "2027-01-04"},
		{"over Christmas", "2026-12-23", 5, "2026-12-31"},
		{"over Good Friday and Easter Monday", "2026-04-02", 1, "2026-04-07"},
		{"over King's Day on a Monday", "2026-04-24", 1, "2026-04-28"},
		{"over King's Day kept on a Saturday", "2025-04-25", 1, "2025-04-28"},
		{"over Liberation Day, no lustrum", "2026-05-04", 1, "2026-05-06"},
		{"over Ascension Day, not the Friday after", "2026-05-13", 1, "2026-05-15"},
		{"over Whit Monday", "2026-05-22", 1, "2026-05-26"},
	} {
		if got := MustDate(c.from).AddWorkdays(c.n).String(); got != c.want {
			t.Errorf("%s: %s and %d workdays: %s, want %s", c.name, c.from, c.n, got, c.want)
		}
	}
}

func TestPublicHolidaysOfAYear(t *testing.T) {
	for year, want := range map[int]string{
		2013: "01-01 03-29 03-31 04-01 04-30 05-05 05-09 05-19 05-20 12-25 12-26",
		2014: "01-01 04-18 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26",
		2025: "01-01 04-18 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26",
		2026: "01-01 04-03 04-05 04-06 04-27 05-05 05-14 05-24 05-25 12-25 12-26",
		2027: "01-01 03-26 03-28 03-29 04-27 05-05 05-06 05-16 05-17 12-25 12-26",
	} {
		var got []string
		for d := NewDate(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
			if d.IsHoliday() {
				got = append(got, d.String()[5:])
			}
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%d: %v, want %s", year, got, want)
		}
	}
}

func TestEasterAtItsEdges(t *testing.T) {
	for year, want := range map[int]string{1818: "1818-03-22", 1943: "1943-04-25", 1954: "1954-04-18", 1981: "1981-04-19", 2000: "2000-04-23", 2019: "2019-04-21", 2038: "2038-04-25", 2049: "2049-04-18", 2285: "2285-03-22"} {
		if got := Easter(year).String(); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}
