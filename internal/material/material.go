// Package material keeps what may be lent or given to families: picture books, diaries, stories, leaflets (VOL-6). It says who has
// a copy and until when, lends nothing twice, and suggests for a visit what suits the child's age and what the child knows (INT-8).
package material

import (
	"maatje/internal/core"
)

// Kinds and Topics are the codes by which the cupboard is ordered.
var (
	Kinds  = []string{"picture_book", "diary", "story", "game", "leaflet"}
	Topics = []string{"missing", "feelings", "visit", "detention", "telling", "farewell", "everyday"}
)

// Material is one title in the cupboard.
type Material struct {
	ID             core.ID
	Name           string
	Kind, Topic    string
	AgeFrom, AgeTo int
	AboutDetention bool // it talks about prison: not for a child that does not know (INT-8)
	Gift           bool // given away, never to come back
	Copies         int  // in all; of a gift, what is left is what was not given yet
	LendDays       int
	EndedOn        core.Date
	Version        int

	Gone int // copies that are out, or given away
}

// Left is how many copies lie in the cupboard.
func (m Material) Left() int { return max(m.Copies-m.Gone, 0) }

// State is where a copy is.
type State string

const (
	Asked    State = "asked"
	Lent     State = "lent"
	Returned State = "returned"
	Given    State = "given"
	Lost     State = "lost"
	Declined State = "declined"
)

// Loan is a copy on its way to a volunteer, with her, or back.
type Loan struct {
	ID            core.ID
	Volunteer     core.VolunteerID
	VolunteerName string
	Material      core.ID
	Name, Kind    string
	Gift          bool
	LendDays      int
	Dossier       core.DossierID
	Family        string // as far as the reader may see it
	State         State
	AskedOn       core.Date
	LentOn, DueOn core.Date
	EndedOn       core.Date
	Why           string
}

// Child is whom a visit is prepared for.
type Child struct {
	Name  string
	Birth core.Date
	Knows string // nothing, story, part, all; empty is not asked yet
}
