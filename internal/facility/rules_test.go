package facility

import (
	"testing"

	"maatje/internal/core"
)

func TestPRI2_RulesComeWithSourceAndDay(t *testing.T) {
	today := core.MustDate("2026-01-05")
	tests := []struct {
		name string
		f    Facility
		want int
	}{
		{"a name is enough", Facility{Name: "PI Oost"}, 0},
		{"no name", Facility{Name: "  "}, 1},
		{"rules without source and day", Facility{Name: "PI Oost", VisitRules: "op zaterdag"}, 2},
		{"rules checked today", Facility{Name: "PI Oost", VisitRules: "op zaterdag", Source: "site", CheckedOn: today}, 0},
		{"rules checked tomorrow", Facility{Name: "PI Oost", VisitRules: "op zaterdag", Source: "site", CheckedOn: today.AddDays(1)}, 1},
		{"everything wrong", Facility{VisitRules: "op zaterdag", CheckedOn: today.AddDays(1)}, 3},
	}
	for _, tt := range tests {
		n := 0
		if f, ok := core.AsFail(check(tt.f, today)); ok {
			n = len(f.All())
		}
		if n != tt.want {
			t.Errorf("%s: %d mistakes, want %d", tt.name, n, tt.want)
		}
	}
}

func TestPRI2_OldRulesAreStale(t *testing.T) {
	today := core.MustDate("2026-07-05")
	for _, tt := range []struct {
		checked string
		rules   string
		want    bool
	}{{"2026-01-05", "x", false}, {"2026-01-04", "x", true}, {"2020-01-01", "", false}} {
		if got := stale(Facility{VisitRules: tt.rules, CheckedOn: core.MustDate(tt.checked)}, today); got != tt.want {
			t.Errorf("checked on %s: stale is %v", tt.checked, got)
		}
	}
}
