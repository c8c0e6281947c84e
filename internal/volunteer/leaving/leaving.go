// Package leaving is how somebody rests, stops, or is not taken on (VOL-1). A rest has a last day; who stops is asked how it was, and
// leaves no family behind; who is rejected hears it, with the day on which nothing is left of them.
package leaving

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/volunteer"
)

// Farewell is how somebody stops: why, and a talk, or why there was none.
type Farewell struct {
	Why         string
	Talked      bool
	WithoutTalk string
}

// AsksTalk says whether a talk belongs to it: with who was active. Who stops on the way in only says so.
func AsksTalk(s volunteer.Status) bool { return s == volunteer.Active || s == volunteer.Resting }

// CheckFarewell says what is missing: without a talk somebody may stop, it is said why (VOL-1).
func CheckFarewell(s volunteer.Status, f Farewell) error {
	if AsksTalk(s) && !f.Talked && strings.TrimSpace(f.WithoutTalk) == "" {
		bad := core.Invalid("without_talk", "leaving_without_talk")
		bad.Rule = "VOL-1"
		return bad
	}
	return nil
}

// ErasedOn is the first day on which nothing is left of somebody who is rejected on a day (PRV-3).
func ErasedOn(on core.Date, keepDays int) core.Date { return on.AddDays(keepDays + 1) }
