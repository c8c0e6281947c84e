// Package visit keeps the meetings of volunteers with families and the short report after each (TRA-6). It promises a
// volunteer in a car park that what she typed is there when she looks again: after a time-out, a reload, a double tap, on a
// second tab, and that nothing of hers is ever overwritten unseen.
package visit

import (
	"maatje/internal/core"
)

// Report is the report of one visit as it is typed. A draft is a report that is not done.
type Report struct {
	Visit      core.ID
	Dossier    core.DossierID
	Trajectory core.TrajectoryID
	Volunteer  core.VolunteerID
	State      string // draft, done
	HeldAt     core.Instant
	Minutes    int // how long it took
	Km         int // driven, there and back
	Place      string
	Present    []core.PersonID
	Activities []string
	Mood       string
	Words      string
	Agreed     string
	Boundary   string // "is this mine to do?", answered by the coordinator
	Tools      []string
	Genogram   string    // made, not_yet, skipped
	StepPlan   bool      // looked at together
	Steps      []core.ID // of the plan that are done
	Opened     bool      // readable for the other volunteers of this family
	Version    int       // 0: not saved yet
	SavedAt    core.Instant
	DoneAt     core.Instant

	words, agreed, boundary []byte // sealed
	activities, tools       string
	steps                   string
	planned                 core.Instant
}

// Running is the volunteer's own match, as far as a visit needs it: running, or ended so shortly ago that a report of a
// visit before the end is still to come.
type Running struct {
	Dossier      core.DossierID
	Family       string // so that nobody writes about the wrong one
	Trajectory   core.TrajectoryID
	Volunteer    core.VolunteerID
	Kind         string
	Reports      bool // the kind wants reports; driving does not (C9)
	IntroducedOn core.Date
	PlannedEnd   core.Date
	MaxVisits    int
	EndedOn      core.Date // none while it runs
}

// Runs says that the match has not ended.
func (m Running) Runs() bool { return !m.Trajectory.IsZero() && m.EndedOn.IsZero() }

// ReportUntil is the last day on which a report can be written after the match ended.
func (m Running) ReportUntil() core.Date { return m.EndedOn.AddDays(lastReportDays) }

// Planned is a visit to come.
type Planned struct {
	Visit      core.ID
	Dossier    core.DossierID
	Trajectory core.TrajectoryID
	At         core.Instant
	Place      string
	Family     string
	HasReport  bool
	EndedOn    core.Date // of the match, none while it runs
}

// Saved is what the page needs to know after saving.
type Saved struct {
	Visit   core.ID
	At      core.Instant
	Version int
	Done    bool
}

// Codes of the report; their words stand in the catalogue.
var (
	Activities = []string{"relaxing", "talking", "practical", "parent_contact", "agencies"}
	Moods      = []string{"hard", "ordinary", "good"}
	Tools      = []string{"triptych", "genogram", "sociogram", "network_map", "step_plan", "picture_book", "diary"}
	Genograms  = []string{"made", "not_yet", "skipped"}
)
