// Package screening keeps what coordinators hear and see before somebody may start, and when somebody leaves: talks, the visit at home,
// and what two others say of them (VOL-1, VOL-2). Wished qualities are prompts for a talk and never scores. All of it is for coordinators
// alone, sealed under a key of the volunteer's own, and goes with the volunteer.
package screening

import (
	"maatje/internal/core"
	"maatje/internal/volunteer"
)

// The kinds of talk.
const (
	First     = "first"
	HomeVisit = "home_visit"
	Exit      = "exit"
)

// Talk is one talk with a volunteer, in the words of who held it.
type Talk struct {
	ID         core.ID
	Kind       string
	HeldOn     core.Date
	HeldBy     string
	Words      string
	Affinity   string // with upbringing
	Household  string // of a visit at home: who lives there, and what they think of it
	HomeAgrees bool   // of a visit at home: everybody there agrees
	Well       string // of an exit talk: what went well
	Better     string // of an exit talk: what should be better
	ComesBack  string // of an exit talk: a code of [codes comes_back]
}

// Reference is somebody who is asked about a volunteer. Who was asked and said something counts.
type Reference struct {
	ID       core.ID
	Name     string
	Relation string
	Phone    string
	Email    string
	AskedOn  core.Date
	AskedBy  string
	GivenOn  core.Date
	NotedBy  string
	Said     string
	Dropped  core.Date // it was decided not to ask, or not to count what was said
}

// Application is how somebody came in by the public form (VOL-1); a later one stands beside the first.
type Application struct {
	Code         string
	ReceivedAt   core.Instant
	AnswerBefore core.Instant
	Municipality string // as typed
	Words        string
}

// Sheet is everything about one volunteer on the way.
type Sheet struct {
	volunteer.Profile
	Next         volunteer.Status // the step that follows; none for who is not on the way
	Missing      []volunteer.Missing
	ForNext      []volunteer.Missing
	Applications []Application // the last one first
	Waits        bool          // the last one asks for an answer of somebody who is known already
	Talks        []Talk        // the last one first
	References   []Reference
}
