package kin

import (
	"fmt"
	"strings"
	"time"

	"maatje/internal/core"
)

// When is a day, a month, a year, or about a year: as exact as somebody knows it. The zero When is not known.
type When struct {
	Year, Month, Day int16
	About            bool
}

// On is the When of a day.
func On(d core.Date) When {
	if d.IsZero() {
		return When{}
	}
	return When{int16(d.Year()), int16(d.Month()), int16(d.Day()), false}
}

// ParseWhen reads 2006-01-02, 2006-01, 2006, and each of them after a ~, which means about. The empty text is not known.
func ParseWhen(s string) (When, error) {
	if s == "" {
		return When{}, nil
	}
	rest, about := strings.CutPrefix(s, "~")
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, rest)
		if err != nil || t.Year() < 1 {
			continue
		}
		w := When{Year: int16(t.Year()), About: about}
		if len(layout) > 4 {
			w.Month = int16(t.Month())
		}
		if len(layout) > 7 {
			w.Day = int16(t.Day())
		}
		return w, nil
	}
	return When{}, fmt.Errorf("not a date: %.20q", s)
}

// String writes what ParseWhen reads.
func (w When) String() string {
	if w.IsZero() {
		return ""
	}
	out := ""
	if w.About {
		out = "~"
	}
	out += fmt.Sprintf("%04d", w.Year)
	if w.Month > 0 {
		out += fmt.Sprintf("-%02d", w.Month)
	}
	if w.Day > 0 {
		out += fmt.Sprintf("-%02d", w.Day)
	}
	return out
}

// IsZero says that nobody knows.
func (w When) IsZero() bool { return w.Year == 0 }

// First is the earliest day that is meant; the zero Date if nobody knows.
func (w When) First() core.Date {
	if w.IsZero() {
		return core.Date{}
	}
	return core.NewDate(int(w.Year), time.Month(max(w.Month, 1)), int(max(w.Day, 1)))
}

// Last is the last day that is meant.
func (w When) Last() core.Date {
	switch {
	case w.IsZero():
		return core.Date{}
	case w.Month == 0:
		return core.NewDate(int(w.Year), time.December, 31)
	case w.Day == 0:
		return core.NewDate(int(w.Year), time.Month(w.Month), 1).AddMonths(1).AddDays(-1)
	}
	return w.First()
}

// Compare is negative when w lies before v by their first days; not known comes first.
func (w When) Compare(v When) int {
	switch {
	case w.IsZero() && v.IsZero():
		return 0
	case w.IsZero():
		return -1
	case v.IsZero():
		return 1
	}
	return w.First().Compare(v.First())
}

// MarshalText writes it as String does.
func (w When) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads it as ParseWhen does.
func (w *When) UnmarshalText(b []byte) (err error) {
	*w, err = ParseWhen(string(b))
	return err
}
