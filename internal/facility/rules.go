package facility

import (
	"strings"

	"maatje/internal/core"
)

// check says everything that is wrong with what was typed about a facility. Rules without a source and a day cannot be
// trusted by a grandmother on a train, so they come together (PRI-2).
func check(f Facility, today core.Date) error {
	var wrong []*core.Fail
	if strings.TrimSpace(f.Name) == "" {
		wrong = append(wrong, core.Invalid("name", "facility_name_missing"))
	}
	if f.VisitRules != "" && f.Source == "" {
		wrong = append(wrong, core.Invalid("source", "facility_source_missing"))
	}
	if f.VisitRules != "" && f.CheckedOn.IsZero() {
		wrong = append(wrong, core.Invalid("checked_on", "facility_checked_missing"))
	}
	if f.CheckedOn.After(today) {
		wrong = append(wrong, core.Invalid("checked_on", "facility_checked_in_future"))
	}
	return core.Join(wrong...)
}

func nameGiven(name string) error {
	if strings.TrimSpace(name) == "" {
		return core.Invalid("name", "facility_name_missing")
	}
	return nil
}

// stale says that the visit rules were checked so long ago that somebody must look again.
func stale(f Facility, today core.Date) bool {
	return f.VisitRules != "" && f.CheckedOn.AddMonths(6).Before(today)
}
