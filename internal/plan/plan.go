// Package plan keeps the step plan of a trajectory: six months, and for each month who does what in which way, ticked off
// at visits (TOO-5). The family reads it over somebody's shoulder, so nothing of the detention stands around it.
package plan

import "maatje/internal/core"

// Step is one line of the plan.
type Step struct {
	ID      core.ID
	Month   int // counted from the start of the trajectory, the first is 1
	Who     string
	What    string
	Way     string    // in which way
	Goal    core.ID   // which goal it serves; zero: none
	DoneOn  core.Date // zero while it is to be done
	Version int

	what, way []byte
}

// Past is a step as it was until a moment, and what was done to it then. Nothing of a step is lost: not its month, its words or its
// ticks, and not the step itself when it is taken out.
type Past struct {
	Step
	Until core.Instant
	Deed  string

	row core.ID
}

// Deeds are what can be done to a step.
var Deeds = []string{Changed, Moved, Ticked, Unticked, Removed}

// What can be done to a step; their words stand in the catalogue.
const (
	Changed  = "changed"
	Moved    = "moved"
	Ticked   = "ticked"
	Unticked = "unticked"
	Removed  = "removed"
)

// says is what a step says, to see whether a change changes anything.
func (s Step) says() any {
	return [...]any{s.Month, s.Who, s.What, s.Way, s.Goal, s.DoneOn}
}

// IsDone says that the step is ticked off.
func (s Step) IsDone() bool { return !s.DoneOn.IsZero() }

// Whos are those who can do a step; their words stand in the catalogue.
var Whos = []string{"family", "network", "volunteer", "coordinator"}

// Plan is the step plan of one trajectory.
type Plan struct {
	Trajectory core.TrajectoryID
	Dossier    core.DossierID
	Family     string
	Start, End core.Date // zero before the trajectory runs
	EndedOn    core.Date
	Steps      []Step
}

// Months is how many months the plan has.
func (p Plan) Months() int { return Months(p.Start, p.End) }

// Of lists the steps of a month.
func (p Plan) Of(month int) (out []Step) {
	for _, s := range p.Steps {
		if s.Month == month {
			out = append(out, s)
		}
	}
	return out
}
