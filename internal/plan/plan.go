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
	DoneOn  core.Date // zero while it is to be done
	Version int

	what []byte
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
