// Package seek keeps what a family seeks in a volunteer and who is not brought together with it (VOL-7), and reads the
// families that wait in the shape in which they are weighed. Nothing of it has to be asked: what is not known does not count.
package seek

import (
	"maatje/internal/core"
	"maatje/internal/matching/weigh"
	"maatje/internal/trajectory"
)

// Want is what one family seeks for one trajectory.
type Want struct {
	Trajectory core.TrajectoryID
	Dossier    core.DossierID
	Languages  []string
	Needed     bool // without one of the languages it cannot be
	Days       []string
	Postcode   string
	Volunteers int
	Version    int // 0 while nothing was asked
}

// MostVolunteers come for one trajectory: more is many faces for a child.
const MostVolunteers = 4

// The sides from which an exclusion comes.
const (
	ByFamily     = "family"
	ByVolunteer  = "volunteer"
	ByDoubleRole = "double_role" // a second role was weighed, and is not wanted (VOL-9)
)

// Exclusion keeps a volunteer and a family apart, until it is lifted.
type Exclusion struct {
	ID        core.ID
	Dossier   core.DossierID
	Volunteer core.VolunteerID
	Name      string
	Side      string
	Words     string // read by coordinators alone
	At        core.Instant
	By        string
}

// Sought is a trajectory for which somebody is sought.
type Sought struct {
	weigh.Family
	State trajectory.State
	Total int // volunteers the family asks for
}
