// Package matching brings a volunteer and a family together: proposed, agreed, introduced, accepted (TRA-3). Any of the
// three may say no, and the others are not told why. Nobody is proposed without a volunteer.Fit.
package matching

import (
	"maatje/internal/core"
)

// State is how far a match is.
type State string

const (
	Proposed   State = "proposed"   // to the volunteer, who knows no names yet
	Agreed     State = "agreed"     // the volunteer said yes
	Introduced State = "introduced" // they met, with the coordinator
	Accepted   State = "accepted"   // the family said yes: the trajectory runs
	Declined   State = "declined"
	Ended      State = "ended"
)

// Side is who said no.
type Side string

const (
	ByVolunteer   Side = "volunteer"
	ByFamily      Side = "family"
	ByCoordinator Side = "coordinator"
)

// Match is a volunteer with a trajectory.
type Match struct {
	ID              core.ID
	Dossier         core.DossierID
	Trajectory      core.TrajectoryID
	Volunteer       core.VolunteerID
	VolunteerName   string
	State           State
	ProposedAt      core.Instant
	ProposedBy      string
	AgreedAt        core.Instant
	IntroductionOn  core.Date
	IntroducedOn    core.Date
	AcceptedOn      core.Date
	EndedOn         core.Date
	DeclinedAt      core.Instant
	DeclinedBy      Side
	Reason          string // read by coordinators alone
	DoubleRole      string
	DoubleRoleWords string
	Advised         string // who was advised, when somebody else was chosen
	Deviation       Deviation
}

// IsOpen says that it was neither declined nor ended.
func (m Match) IsOpen() bool { return m.State != Declined && m.State != Ended }

// Choice is whom a coordinator asks, and what has to be said with it.
type Choice struct {
	Volunteer  core.VolunteerID
	DoubleRole DoubleRole
	Deviation  Deviation
	Planned    bool             // the proposal for everybody together has this pair
	Advised    core.VolunteerID // whom that proposal would have without what was fixed; nobody if this one
}

// Deviation is why another was chosen than the one that was advised.
type Deviation struct {
	Code  string
	Words string
}

// DoubleRole is the decision about a second role in one family (VOL-9).
type DoubleRole struct {
	Wanted bool
	Words  string
}

// Child is what a volunteer hears of a child before they meet: an age and what it knows, no name (INT-8).
type Child struct {
	Age   int // -1 if the birthday is not known
	Knows string
}

// Proposal is what a volunteer sees of a family before the introduction: the kind of support, the town and ages (TRA-3).
type Proposal struct {
	ID             core.ID
	State          State
	Kind, KindName string
	Town           string
	Every          int
	Months         int
	Complex        bool
	Children       []Child
	Adults         int
	IntroductionOn core.Date
	Coordinator    string
	own            ownMatch
}

type ownMatch struct {
	dossier     core.DossierID
	trajectory  core.TrajectoryID
	coordinator core.AccountID
}
