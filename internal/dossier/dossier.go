// Package dossier is the file of one family around one detention: who they are, who decides about whom, where everyone
// lives and stays, and what each child knows. Nothing in it overwrites history: a move, a transfer, a lifted restriction
// and a child that was told are rows with dates.
//
// Other capabilities use its functions on a transaction; screens go through the Service.
package dossier

import (
	"maatje/internal/core"
)

// State is where the support of a family stands.
type State string

const (
	Intake    State = "intake"    // talks are held, nothing is decided
	Waiting   State = "waiting"   // decided to start, no volunteer yet (INT-10)
	Running   State = "running"   // a trajectory runs
	Aftercare State = "aftercare" // after release, handed over or watched from a distance
	Closed    State = "closed"
)

// Dossier is what stands on the cover of the file.
type Dossier struct {
	ID                core.DossierID
	Name              string
	Municipality      core.ID
	MunicipalityName  string
	Coordinator       core.AccountID // outside
	CoordinatorName   string
	InsideCoordinator core.AccountID
	InsideName        string
	State             State
	Since             core.Date
	OpenedAt          core.Instant
	ClosedOn          core.Date
	Weight            string // light, normal, heavy
	Imported          bool
	Version           int
}

// Person is somebody of the family. One person may be several things: the other parent may be the caregiver, a young
// person alone may be the only one in the file.
type Person struct {
	ID          core.PersonID
	Name        string
	Birth       core.Date
	Sex         string // f, m, x, or not known
	IsChild     bool
	IsParent    bool
	IsCaregiver bool
	Relation    string // the family's own word: "grandmother"
	DiedOn      core.Date
	Phone       string
	Email       string
	Languages   string
	ImportKey   string
	Version     int
}

// Tie says that somebody is a parent of a child: by birth, adoption, step or foster.
type Tie struct {
	Parent, Child core.PersonID
	Kind          string
}

// Household is an address where people live together.
type Household struct {
	ID                   core.ID
	Name, Kind           string
	Address, Town, Phone string
	Version              int
}

// Member is a stay of one person in one household; somebody may be in two at once, and siblings in different ones.
type Member struct {
	ID            core.ID
	Household     core.ID
	HouseholdName string
	Person        core.PersonID
	From, Until   core.Date
	Version       int
}

// Authority says who decides about a child: a person of the file, or a guardian organisation by name.
type Authority struct {
	ID          core.ID
	Child       core.PersonID
	Holder      core.PersonID
	HolderName  string // of the organisation; of a person it is their name
	Kind        string
	From, Until core.Date
	Version     int
}

// Detention is one stay of a parent inside, from arrest to release. Country is set when it is abroad.
type Detention struct {
	ID            core.ID
	Parent        core.PersonID
	From          core.Date
	ExpectedUntil core.Date
	ReleasedOn    core.Date
	Country       string
	Version       int
}

// Placement is a dated stay in one facility, or in a place abroad. One that ended while no other began means: nobody knows
// where the parent is.
type Placement struct {
	ID           core.ID
	Detention    core.ID
	Facility     core.ID
	FacilityName string
	Place        string // abroad, or a place that is no facility
	Wing         string
	From, Until  core.Date
	ConfirmedOn  core.Date
	ConfirmedBy  string
	Version      int
}

// Restriction is a period without contact with the outside. It runs until it is lifted, whatever was expected.
type Restriction struct {
	ID            core.ID
	Detention     core.ID
	Parent        core.PersonID
	From          core.Date
	ExpectedUntil core.Date
	LiftedOn      core.Date
	Version       int
}

// Leave is a period of a detention that the parent may spend outside.
type Leave struct {
	ID          core.ID
	Detention   core.ID
	From, Until core.Date
	Version     int
}

// Professional is somebody of an agency around the family. That they are there is no share of anything.
type Professional struct {
	ID                 core.ID
	Name, Organisation string
	Kind               string
	Phone, Email       string
	From, Until        core.Date
	Note               string
	Version            int
}

// Level is how much a child knows about the detention (INT-8).
type Level string

const (
	NotAsked   Level = ""
	Nothing    Level = "nothing"
	Story      Level = "story"
	Part       Level = "part"
	Everything Level = "all"
)

// Knows is what one child knows, told by whom, since when. Every change is a new row; the newest counts.
type Knows struct {
	ID         core.ID
	Child      core.PersonID
	ChildName  string
	Level      Level
	Story      string
	ToldBy     string
	Since      core.Date
	RecordedAt core.Instant
	By         string
}

// Note is a coordinator's own.
type Note struct {
	ID    core.ID
	At    core.Instant
	By    string
	Words string
}
