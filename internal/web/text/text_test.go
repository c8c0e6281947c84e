package text

import (
	"math"
	"testing"

	"maatje/internal/core"
)

func TestNotation(t *testing.T) {
	day := core.MustDate("2026-11-14")
	night := core.MustInstant("2026-07-31T22:03:00Z") // already August in the Netherlands
	tests := []struct{ name, nl, en, wantNL, wantEN string }{
		{"date", NL.Date(day), EN.Date(day), "14 november 2026", "14 November 2026"},
		{"no date", NL.Date(core.Date{}), EN.DateShort(core.Date{}), "", ""},
		{"short", NL.DateShort(core.MustDate("2026-03-01")), EN.DateShort(day), "1 mrt 2026", "14 Nov 2026"},
		{"weekday", NL.Weekday(day), EN.Weekday(day), "zaterdag", "Saturday"},
		{"no weekday", NL.Weekday(core.Date{}), EN.Weekday(core.Date{}), "", ""},
		{"time", NL.Time(core.MustInstant("2026-11-14T13:03:00Z")), EN.Time(night), "14:03", "00:03"},
		{"moment", NL.DateTime(night), EN.DateTime(night), "1 augustus 2026, 00:03", "1 August 2026, 00:03"},
		{"no moment", NL.DateTime(core.Instant{}), EN.Time(core.Instant{}), "", ""},
		{"number", NL.Number(1234567), EN.Number(1234567), "1.234.567", "1,234,567"},
		{"small", NL.Number(999), EN.Number(-1000), "999", "-1,000"},
		{"decimal", NL.Decimal(1234.56, 1), EN.Decimal(1234.56, 1), "1.234,6", "1,234.6"},
		{"no digits", NL.Decimal(88.1, 0), EN.Decimal(88.1, 3), "88", "88.100"},
		{"no figure", NL.Decimal(math.NaN(), 1), EN.Decimal(math.Inf(1), 1), "–", "–"},
		{"percent", NL.Percent(88.1), EN.Percent(88.1), "88,1 %", "88.1%"},
		{"and", NL.And([]string{"a", "b", "c"}), EN.And([]string{"a", "b"}), "a, b en c", "a and b"},
		{"and of few", NL.And([]string{"a"}), EN.And(nil), "a", ""},
		{"code", NL.Month("3"), EN.Month("13"), "maart", "13"},
	}
	for _, tt := range tests {
		if tt.nl != tt.wantNL || tt.en != tt.wantEN {
			t.Errorf("%s: got %q and %q, want %q and %q", tt.name, tt.nl, tt.en, tt.wantNL, tt.wantEN)
		}
	}
}

func TestDay(t *testing.T) {
	today := core.MustDate("2026-11-14")
	tests := []struct {
		add    int
		nl, en string
	}{
		{0, "vandaag", "today"}, {1, "morgen", "tomorrow"}, {-1, "gisteren", "yesterday"},
		{2, "over 2 dagen", "in 2 days"}, {-2, "2 dagen geleden", "2 days ago"},
		{13, "over 13 dagen", "in 13 days"}, {14, "28 november 2026", "28 November 2026"},
		{-13, "13 dagen geleden", "13 days ago"}, {-14, "31 oktober 2026", "31 October 2026"},
	}
	for _, tt := range tests {
		if nl, en := NL.Day(today.AddDays(tt.add), today), EN.Day(today.AddDays(tt.add), today); nl != tt.nl || en != tt.en {
			t.Errorf("%+d: got %q and %q, want %q and %q", tt.add, nl, en, tt.nl, tt.en)
		}
	}
	if got := NL.Day(core.Date{}, today); got != "" {
		t.Errorf("an unknown day is %q", got)
	}
}

func TestFail(t *testing.T) {
	if got := EN.Fail(core.NotFound()); got != "We cannot find this." {
		t.Errorf("got %q", got)
	}
	if got := NL.Fail(core.Refuse("INT-4", "no_such_key")); got != NL.CommonUnexpected() {
		t.Errorf("a key without a sentence gives %q", got)
	}
	values := []any{
		"Wil", core.MustDate("2026-11-14"), 1234, []string{"3", "x"}, core.MustInstant("2026-11-14T13:03:00Z"), core.PersonID(0),
	}
	tests := map[string]string{
		"{0} op {1}.":  "Wil op 14 november 2026.",
		"{2}":          "1.234",
		"{3:month}!":   "maart en x!",
		"{4}":          "14 november 2026, 14:03",
		"{5}":          "0000000000000",
		"niets: {9}.":  "niets: .",
		"zonder meer.": "zonder meer.",
	}
	for sentence, want := range tests {
		if got := NL.fill(sentence, values); got != want {
			t.Errorf("%s: got %q, want %q", sentence, got, want)
		}
	}
}

func TestLang(t *testing.T) {
	for _, l := range Langs() {
		if got, ok := ParseLang(l.Tag()); !ok || got != l {
			t.Errorf("%s does not come back", l.Tag())
		}
	}
	if l, ok := ParseLang("de"); ok || l != NL {
		t.Error("a language we do not have must be refused and be Dutch")
	}
}
