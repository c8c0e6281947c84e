// Package pipeline shows everybody who is on the way to becoming a volunteer: at which step, for how long, and what is to be done next
// (VOL-1). Who waits too long stands on top.
package pipeline

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/volunteer"
)

// Walker is somebody on the way.
type Walker struct {
	volunteer.Profile
	Shown   volunteer.Shown
	Asked   int // references that were asked and did not answer yet
	Waits   int // days since the last step
	Missing []volunteer.Missing
}

// stuckDays is from how many days on somebody waits too long for the next step.
const stuckDays = 21

// IsStuck says that somebody waits too long.
func (w Walker) IsStuck() bool { return w.Waits >= stuckDays }

// Next is the step that follows.
func (w Walker) Next() volunteer.Status { return volunteer.Next(w.Status) }

// Board is everybody on the way.
type Board struct {
	Stuck []Walker // over all steps, who waits longest first
	Steps []Step
}

// Step is who stands at one step and does not wait too long, who waits longest first.
type Step struct {
	Status  volunteer.Status
	Walkers []Walker
}

// group lays out the board (VOL-1).
func group(all []Walker, on core.Date, terms volunteer.Terms) Board {
	for i := range all {
		w := &all[i]
		w.Waits = w.StatusSince.DaysUntil(on)
		w.Missing = volunteer.MissingFor(w.Profile, w.Shown, w.Next(), on, terms)
	}
	slices.SortStableFunc(all, func(a, b Walker) int { return b.Waits - a.Waits })
	var b Board
	for s := volunteer.Applied; volunteer.Next(s) != ""; s = volunteer.Next(s) {
		b.Steps = append(b.Steps, Step{Status: s})
	}
	for _, w := range all {
		if w.IsStuck() {
			b.Stuck = append(b.Stuck, w)
			continue
		}
		if i := slices.IndexFunc(b.Steps, func(s Step) bool { return s.Status == w.Status }); i >= 0 {
			b.Steps[i].Walkers = append(b.Steps[i].Walkers, w)
		}
	}
	return b
}

func (b Board) isEmpty() bool {
	return len(b.Stuck) == 0 && !slices.ContainsFunc(b.Steps, func(s Step) bool { return len(s.Walkers) > 0 })
}
