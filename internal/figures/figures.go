// Package figures counts a period: the funnel from referral to start, and the work that ran (METHOD ch. 11). Every figure
// says what it counts and on which basis (FIG-1), because a year looks different by what started in it and by what ran in
// it. It reads counts and never a person; docs/figures.md tells what each figure means.
package figures

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"maatje/internal/core"
)

//go:generate go run ./years

// Period is from its first day to its last, both counted.
type Period struct{ From, To core.Date }

// Year is a calendar year.
func Year(y int) Period { return Period{core.NewDate(y, 1, 1), core.NewDate(y, 12, 31)} }

// What a figure counts.
const (
	unitReferral   = "referral"
	unitIntake     = "intake"
	unitMention    = "mention"
	unitTrajectory = "trajectory"
	unitChild      = "child"
	unitParent     = "parent"
	unitVolunteer  = "volunteer"
	unitVisit      = "visit"
	unitHour       = "hour"
	unitKm         = "km"
	unitDay        = "day"
)

// On which basis something belongs to the period.
const (
	received = "received" // the referral came in it
	decided  = "decided"  // the decision was taken in it
	held     = "held"     // the visit was held in it
	started  = "started"  // the trajectory began in it
	running  = "running"  // the trajectory ran on at least one day of it
	ended    = "ended"    // the trajectory ended in it
)

// The names of the figures.
const (
	Referrals      = "referrals"
	Decided        = "intakes_decided"
	Started        = "intakes_started"
	NotStarted     = "intakes_not_started"
	KeptOpen       = "intakes_kept_open"
	ReasonCount    = "non_starts_by_reason_count"
	Reasons        = "non_start_reasons"
	Trajectories   = "trajectories"
	Children       = "children"
	Parents        = "detained_parents"
	Volunteers     = "volunteers"
	Visits         = "visits"
	Hours          = "hours"
	Km             = "km"
	Duration       = "duration_days"
	Waiting        = "waiting_days"
	ToFirstVisit   = "days_to_first_visit"
	dimKind        = "kind"
	dimSex         = "sex"
	dimChannel     = "channel"
	dimReason      = "reason"
	dimReasonCount = "reason_count"
	dimFacility    = "facility"
	dimPlace       = "municipality"
	dimCoordinator = "coordinator"
	unknown        = "unknown"
)

// Cell is one number. By says of what part it is, or is empty for the whole. Of is what it is a part of; for a median it
// is how many it was taken of, and there is no percentage.
type Cell struct {
	Figure, Unit, Basis string
	By                  map[string]string
	Value               float64
	Of                  *float64
	Percent             *float64
	Hidden              bool // too small to be shown to outsiders, or giving away one that is

	whole string // the cell that Of repeats, by its name
}

// name tells a cell from every other.
func (c Cell) name() string { return name(c.Figure, c.Basis, c.By) }

func name(figure, basis string, by map[string]string) string {
	parts := []string{figure, basis}
	for _, dim := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, dim+"="+by[dim])
	}
	return strings.Join(parts, "\x00")
}

// MarshalJSON writes the cell with every field, so that readers need no defaults. A hidden value is null.
func (c Cell) MarshalJSON() ([]byte, error) {
	out := struct {
		Figure  string            `json:"figure"`
		Unit    string            `json:"unit"`
		Basis   string            `json:"basis"`
		By      map[string]string `json:"by"`
		Value   *float64          `json:"value"`
		Of      *float64          `json:"of"`
		Percent *float64          `json:"percent"`
		Hidden  bool              `json:"hidden,omitempty"`
	}{c.Figure, c.Unit, c.Basis, c.By, &c.Value, c.Of, c.Percent, c.Hidden}
	if c.Hidden {
		out.Value = nil
	}
	if out.By == nil {
		out.By = map[string]string{}
	}
	return json.Marshal(out)
}

// Find gives the cell of a figure: Find(cells, Trajectories, "started", "kind", "tailored").
func Find(cells []Cell, figure, basis string, by ...string) (Cell, bool) {
	want := named(figure, basis, by)
	for _, c := range cells {
		if c.name() == want {
			return c, true
		}
	}
	return Cell{}, false
}

// named is the name of a cell whose dimensions and codes take turns in by.
func named(figure, basis string, by []string) string {
	dims := map[string]string{}
	for i := 0; i+1 < len(by); i += 2 {
		dims[by[i]] = by[i+1]
	}
	return name(figure, basis, dims)
}
