// Package tool knows which of the five tools were used with a family, and which were left and why (METHOD chapter 6). Each can
// be skipped: many families do not want their network drawn, and then nobody asks again. It says nothing of how anybody does.
package tool

import (
	"slices"

	"maatje/internal/core"
)

// The five tools.
const (
	Triptych   = "triptych"    // TOO-1
	Genogram   = "genogram"    // TOO-2
	Sociogram  = "sociogram"   // TOO-3
	NetworkMap = "network_map" // TOO-4
	StepPlan   = "step_plan"   // TOO-5
)

// Tools lists them in the order in which they are learned; a page counts on there being five.
var Tools = []string{Triptych, Genogram, Sociogram, NetworkMap, StepPlan}

// Whys are the reasons to skip a tool; their words stand in the catalogue.
var Whys = []string{"family_no", "not_now", "no_need", "too_heavy", "other"}

// State is how it stands with one tool in a family.
type State struct {
	Tool      string
	UsedAt    core.Instant // the last time, zero if never
	SkippedAt core.Instant // the last time, zero if never
	Why       string       // a code of Whys
	Words     string       // why, in somebody's own words

	row   core.ID
	kind  string
	at    core.Instant
	words []byte // sealed
}

// IsUsed says that the tool was used at least once.
func (s State) IsUsed() bool { return !s.UsedAt.IsZero() }

// IsSkipped says that the tool is left for now: it was skipped, and not used since.
func (s State) IsSkipped() bool { return !s.SkippedAt.IsZero() && !s.UsedAt.After(s.SkippedAt) }

// Skip is that a tool is left, and why. Its identifier comes from the screen, so that a double tap is one line.
type Skip struct {
	ID         core.ID
	Tool       string
	Why, Words string
}

// Find is the state of one tool among those of a family.
func Find(all []State, name string) State {
	i := slices.IndexFunc(all, func(s State) bool { return s.Tool == name })
	if i < 0 {
		return State{Tool: name}
	}
	return all[i]
}
