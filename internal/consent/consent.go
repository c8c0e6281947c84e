// Package consent keeps what was agreed: by whom, in which capacity, about whom, for what, with whom, until when, and how
// (CON-1). What was only spoken is kept and opens nothing. Whatever needs a consent asks Require for a Grant; a Grant can
// be made in no other way.
package consent

import (
	"maatje/internal/core"
)

// Purpose is what a consent is for.
type Purpose string

const (
	StartSupport      Purpose = "start_support"           // INT-4 (a): support about this child may start
	HouseholdReceives Purpose = "household_receives"      // INT-4 (b): this person wants a volunteer at home
	TellChildren      Purpose = "tell_children"           // INT-4 (c): this parent is willing that the children are told
	ShareWith         Purpose = "share_with_professional" // something about this person may go to the recipient
	VisitInside       Purpose = "visit_inside"            // this child may visit the parent with the volunteer
	Transport         Purpose = "transport"               // this child may go along in the volunteer's car

	// OwnData is for no consent: that the data about somebody go to whoever may ask for them (PRV-4). RequireOwnData grants it.
	OwnData Purpose = "own_data"
)

// Capacity is as what somebody consents.
type Capacity string

const (
	AsAuthority Capacity = "authority"
	AsSelf      Capacity = "self"
	AsCaregiver Capacity = "caregiver"
)

// How says in which way a consent was given.
type How string

const (
	Written  How = "written"   // on paper; Evidence says where the paper lies
	OnScreen How = "on_screen" // signed on the screen
	Spoken   How = "spoken"    // kept, opens nothing
)

// Consent is one agreement of one person. A guardian organisation gives it under its name, without a person.
type Consent struct {
	ID          core.ID
	Giver       core.PersonID
	GiverName   string
	Capacity    Capacity
	About       []core.PersonID
	Purpose     Purpose
	To          Recipient
	Parts       []string // what may be shared; codes of [codes consent_part]
	From, Until core.Date
	How         How
	Evidence    string
	WithdrawnOn core.Date
	RecordedAt  core.Instant
	RecordedBy  string
}

// Recipient is to whom something may go. Most purposes have none.
type Recipient struct{ Name, Organisation string }

// Holder decides about a child: a person of the family, or a guardian organisation by name.
type Holder struct {
	Person core.PersonID
	Name   string
}

// Subject is somebody about whom consent is asked, with who decides about them on the day.
type Subject struct {
	Person  core.PersonID
	Name    string
	IsChild bool
	Birth   core.Date
	Holders []Holder
}

// Needed is somebody without whose agreement nothing opens.
type Needed struct {
	Holder
	Capacity Capacity
}

// Asked is the wish to have all that is kept about a person, as a coordinator wrote it down (PRV-4).
type Asked struct {
	By      Holder
	Checked bool // somebody made sure that it is they
}

// Grant is the proof that on a day a purpose was allowed about somebody. Only Require and RequireOwnData make one.
type Grant struct {
	purpose  Purpose
	about    core.PersonID
	to       Recipient
	on       core.Date
	consents []core.ID
	parts    []string
}

func (g Grant) IsZero() bool            { return g.on.IsZero() }
func (g Grant) Purpose() Purpose        { return g.purpose }
func (g Grant) About() core.PersonID    { return g.about }
func (g Grant) To() Recipient           { return g.to }
func (g Grant) On() core.Date           { return g.on }
func (g Grant) Consents() []core.ID     { return append([]core.ID{}, g.consents...) }
func (g Grant) Allows(part string) bool { return has(g.parts, part) }
