package core

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDatesThatExist(t *testing.T) {
	for in, ok := range map[string]bool{
		"2026-02-28": true, "2024-02-29": true, "2026-02-29": false, "2026-02-31": false, "2026-13-01": false, "0000-01-01": false,
		"2026-1-1": false, "14-11-2026": false, "2026-11-14T00:00:00Z": false, "": true, "' OR 1=1": false,
	} {
		d, err := ParseDate(in)
		if (err == nil) != ok {
			t.Errorf("%q: %v", in, err)
		}
		if ok && d.String() != in {
			t.Errorf("%q became %q", in, d)
		}
	}
}

func TestAgeOnTheBirthday(t *testing.T) {
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"2014-11-14", "2026-11-13", 11}, {"2014-11-14", "2026-11-14", 12}, {"2012-02-29", "2024-02-28", 11}, {"2012-02-29", "2024-02-29", 12},
		{"2012-02-29", "2025-02-28", 12}, {"2012-02-29", "2025-03-01", 13}, {"2026-11-14", "2026-11-14", 0},
	} {
		if got := MustDate(c.born).AgeOn(MustDate(c.on)); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.born, c.on, got, c.want)
		}
	}
}

func TestAddMonthsStaysInTheMonth(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-08-31", 6, "2027-02-28"}, {"2027-08-31", 6, "2028-02-29"}, {"2026-12-31", 2, "2027-02-28"}, {"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", 15, "2027-04-15"}, {"2026-01-31", 0, "2026-01-31"},
	} {
		if got := MustDate(c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestTheDayBeginsInAmsterdam(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-14T22:59:59.999Z": "2026-11-14", "2026-11-14T23:00:00.000Z": "2026-11-15",
		"2026-07-14T21:59:59.999Z": "2026-07-14", "2026-07-14T22:00:00.000Z": "2026-07-15",
		"2026-10-25T00:59:59.999Z": "2026-10-25", "2026-12-31T23:00:00.000Z": "2027-01-01",
	} {
		if got := MustInstant(in).Date().String(); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

// Text in the database sorts as it happened: that is why it is kept so.
func TestInstantsSortAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Instant {
			return MustInstant("2000-01-01T00:00:00.000Z").Add(time.Duration(rapid.Int64Range(0, 3e12).Draw(t, name)) * time.Millisecond)
		}
		a, b := draw("a"), draw("b")
		if a.Before(b) != (a.String() < b.String()) {
			t.Fatalf("%s and %s", a, b)
		}
		back, err := ParseInstant(a.String())
		if err != nil || back != a {
			t.Fatalf("%s came back as %s: %v", a, back, err)
		}
	})
}

func TestDatesSortAsTextAndCountDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := MustDate("1900-01-01").AddDays(rapid.IntRange(0, 80000).Draw(t, "a"))
		n := rapid.IntRange(-40000, 40000).Draw(t, "n")
		b := a.AddDays(n)
		if a.DaysUntil(b) != n || a.Before(b) != (n > 0) || a.Before(b) != (a.String() < b.String()) {
			t.Fatalf("%s and %d days is %s", a, n, b)
		}
	})
}

func TestIdentifiersComeBackAndDoNotRepeat(t *testing.T) {
	now := MustInstant("2026-11-14T12:00:00Z")
	seen := map[DossierID]bool{}
	var last DossierID
	for range 100_000 {
		id := NewID[DossierID](now)
		back, err := ParseID[DossierID](id.String())
		if err != nil || back != id || seen[id] || id <= last || len(id.String()) != 13 {
			t.Fatalf("%d %s came back as %d (%v), seen before: %v", id, id, back, err, seen[id])
		}
		seen[id], last = true, id
	}
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"", "1jfftbe07ytht", "zzzzzzzzzzzzz", "../../etc", "1JFFTBE07YTHT", "🙂", "0000000000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseID[ID](s)
		if err != nil && !IsKind(err, KindNotFound) {
			t.Errorf("%q: %v", s, err)
		}
		if err == nil && id < 0 {
			t.Errorf("%q is %d", s, id)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-02-31", "2024-02-29", "", "9999-12-31", "-001-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q became %q", s, d)
		}
	})
}

func TestFailsAreSaidTogetherAndCauseNothingElse(t *testing.T) {
	if err := Join(nil, nil); err != nil {
		t.Errorf("of nothing: %v", err)
	}
	one, two := Invalid("birth", "a"), Refuse("INT-4", "b", 3)
	err := Join(nil, one, nil, two)
	f, ok := AsFail(err)
	if !ok || len(f.All()) != 2 || f.All()[1].Rule != "INT-4" || len(one.Also) != 0 {
		t.Errorf("of two: %v", err)
	}
	if !IsKind(NotFound(), KindNotFound) || IsKind(errors.New("x"), KindNotFound) {
		t.Error("kinds are mixed up")
	}
}
