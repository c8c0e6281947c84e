package standin

import (
	"testing"

	"maatje/internal/core"
)

func TestStandInEdges(t *testing.T) {
	today := core.MustDate("2026-11-23")
	for _, c := range []struct {
		name           string
		absent, backup core.AccountID
		from, until    core.Date
		wrong          string
	}{
		{"today alone", 1, 2, today, today, ""},
		{"from yesterday", 1, 2, today.AddDays(-1), today, "from"},
		{"ends before it begins", 1, 2, today.AddDays(2), today.AddDays(1), "until"},
		{"no days", 1, 2, core.Date{}, core.Date{}, "from"},
		{"no end", 1, 2, today, core.Date{}, "until"},
		{"366 days", 1, 2, today, today.AddDays(366), ""},
		{"367 days", 1, 2, today, today.AddDays(367), "until"},
		{"oneself", 1, 1, today, today, "backup"},
		{"nobody", 1, 0, today, today, "backup"},
	} {
		got := ""
		if f, ok := core.AsFail(check(c.absent, c.backup, c.from, c.until, today)); ok {
			got = f.Field
		}
		if got != c.wrong {
			t.Errorf("%s: %q, want %q", c.name, got, c.wrong)
		}
	}
}
