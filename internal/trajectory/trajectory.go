// Package trajectory keeps the support itself: which kind, for whom, from introduction to farewell (METHOD ch. 5). A family
// may have several, together or one after the other, and a volunteer may have several in one family. Nothing ends by
// itself: a release, a lapse of visits and a planned end each ask somebody to decide.
package trajectory

import (
	"slices"

	"maatje/internal/core"
)

// State is where a trajectory stands.
type State string

const (
	Waiting     State = "waiting"     // nobody is matched yet
	Introducing State = "introducing" // a volunteer said yes, the family did not yet
	Running     State = "running"
	Closing     State = "closing" // a farewell is planned
	Ended       State = "ended"
)

// IsOpen says that the volunteer comes, or will.
func (s State) IsOpen() bool { return s != Ended }

// Runs says that visits are expected.
func (s State) Runs() bool { return s == Running || s == Closing }

// Kind is a kind of support with its own defaults (TRA-1). Kinds are rows, not code.
type Kind struct {
	Code           string
	Name           string // of an organisation's own kind; shipped ones have their words in the catalogue
	Months         int
	MaxVisits      int // 0 is no limit
	VisitEveryDays int
	Inside         bool // the volunteer visits the parent inside
	WithParent     bool // it needs contact with the parent inside, and waits while restrictions run (INT-6)
	ForChildren    bool
	Reports        bool // the volunteer reports about the family; a driver does not (C9)
	Courses        []string
	Tools          []string
	AfterRelease   string // the kind that takes over when the parent is home (TRA-8)
}

// Person is somebody the trajectory is for.
type Person struct {
	ID       core.PersonID
	Name     string
	Birth    core.Date
	IsChild  bool
	IsParent bool
}

// Trajectory is the support of named people of one family (TRA-2).
type Trajectory struct {
	ID              core.TrajectoryID
	Dossier         core.DossierID
	Intake          core.ID
	Kind            string
	KindName        string
	Coordinator     core.AccountID
	CoordinatorName string
	State           State
	WaitingSince    core.Date
	StartOn         core.Date
	PlannedEnd      core.Date
	EndedOn         core.Date
	EndReason       string
	EndWords        string
	Abrupt          bool
	VisitEveryDays  int
	MaxVisits       int
	Complex         bool
	Continues       core.TrajectoryID
	Version         int
	People          []Person
}

// Children are those of the people who are children.
func (x Trajectory) Children() []Person {
	return slices.DeleteFunc(slices.Clone(x.People), func(p Person) bool { return !p.IsChild })
}

// Companion is the volunteer of a trajectory, with how far the match is.
type Companion struct {
	Match          core.ID
	Volunteer      core.VolunteerID
	Account        core.AccountID
	Name           string
	State          string
	IntroductionOn core.Date
	AcceptedOn     core.Date
}

// Checkpoint is one of the coordinator's own contacts with the family (TRA-4).
type Checkpoint struct {
	ID     core.ID
	Kind   string
	DueOn  core.Date
	HeldOn core.Date
	Words  string
	Why    string // of an extra one
}

// The kinds of checkpoints.
const (
	CheckIntake = "intake"
	CheckThree  = "three_months"
	CheckFinal  = "final"
	CheckNorm   = "norm"  // of the stricter international norm, where an organisation adopts it
	CheckExtra  = "extra" // because it is a heavy case
)

// Extension is a later planned end, with why (TRA-7).
type Extension struct {
	At     core.Instant
	OldEnd core.Date
	NewEnd core.Date
	Reason string
	Words  string
}

// RhythmChange is another number of days between visits, with why (TRA-5).
type RhythmChange struct {
	At         core.Instant
	Old, Every int
	Why        string
}

// ReleaseChoice asks the coordinator what becomes of a trajectory now that a parent comes home earlier (TRA-8).
type ReleaseChoice struct {
	ID        core.ID
	Detention core.ID
	AskedAt   core.Instant
	Choice    string // empty while nothing is decided
	DecidedAt core.Instant
	Words     string
}

// The choices of TRA-8.
const (
	ChoiceContinue = "continue"
	ChoiceHandOver = "hand_over"
	ChoiceEnd      = "end"
)

// Told is how a child hears that the volunteer will stop coming.
type Told struct {
	Child core.PersonID
	Words string
	On    core.Date
}

// Handed is a task of the volunteer, and who in the family's network takes it over.
type Handed struct {
	Task    string
	TakenBy string
}

// Farewell is the plan for the end, and how it went (TRA-9).
type Farewell struct {
	PlannedOn      core.Date
	LastVisits     int
	HeldOn         core.Date
	FamilyMood     string
	FamilyWords    string
	VolunteerMood  string
	VolunteerWords string
	FinalReport    string
	Children       []Told
	Tasks          []Handed
	Version        int
}

// IsZero says that no farewell is planned.
func (f Farewell) IsZero() bool { return f.PlannedOn.IsZero() }

// Aftercare is who takes over, until when (TRA-10).
type Aftercare struct {
	ID      core.ID
	TakenBy string
	Contact string
	From    core.Date
	Until   core.Date
}

// Policy is what the organisation chose.
type Policy struct {
	StrictNorm bool // adopts the international norm for checkpoints (TRA-4)
	GraceDays  int  // how long the volunteer alone sees that a visit is late (TRA-5)
}
