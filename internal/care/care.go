// Package care looks after those who look after families (VOL-8): how often a coordinator speaks with each volunteer, what was
// said, whom nobody spoke to for too long, and who is to be thanked. A volunteer reads what is noted about the contacts with her:
// it is written so that she may. Other volunteers never do.
package care

import (
	"maatje/internal/core"
)

// Hows are the codes of the ways in which somebody speaks with a volunteer.
var Hows = []string{"phone", "visit", "office", "video", "message"}

// Thanked are the years after which a volunteer is thanked.
var Thanked = []int{1, 5, 10}

// Every is how often somebody is spoken to.
type Every string

const (
	Never     Every = ""
	Weekly    Every = "weekly"
	TwoWeekly Every = "two_weekly"
	Monthly   Every = "monthly"
)

// Everies are the rhythms that can be chosen.
func Everies() []Every { return []Every{Weekly, TwoWeekly, Monthly} }

// Rhythms are what the organisation chose, by the weight of the case.
type Rhythms struct{ Complex, Running, Quiet Every }

// Contact is one time that a coordinator and a volunteer spoke.
type Contact struct {
	ID    core.ID
	On    core.Date
	How   string
	Words string
	By    string
}

// Weight is what runs with a volunteer: how often she is spoken to follows from it.
type Weight struct {
	Running bool // a family runs
	Complex bool // one that runs is complex
}

// Standing is where the contact with one volunteer stands.
type Standing struct {
	Volunteer core.VolunteerID
	Name      string
	Status    string
	Since     core.Date // since when the rhythm counts if nobody spoke to her yet
	Active    core.Date // since when she is active
	Account   core.AccountID
	Chosen    Every // the rhythm that was chosen for her; empty is that of the weight
	Version   int   // of the choice; 0 is none
	Last      core.Date
	Weight

	Every Every     // the rhythm that counts
	Due   core.Date // the last day on which the next contact is on time; zero is none
}

// Moment is a number of years that a volunteer is there, on a day.
type Moment struct {
	Years int
	On    core.Date
}
