// Package kin holds the people around a family and what ties them: who is whose parent, who lives with whom, who stays
// inside, who knows whom. The genogram, the sociogram and the network map are pictures of it (TOO-2, TOO-3, TOO-4), so that
// somebody who stands in one of them is the same person in the others.
//
// Nothing of it is ever rewritten. A family is the sum of its changes, in the order in which they were made; taking something
// back is a change too. What was true from when until when stands in the dates of each fact.
package kin

import "maatje/internal/core"

// Family is everybody and everything, in the order in which it was first told.
type Family struct {
	Index      []core.ID   `json:"index,omitzero"` // whose picture it is: drawn double
	Persons    []Person    `json:"persons,omitzero"`
	Unions     []Union     `json:"unions,omitzero"`
	Links      []Link      `json:"links,omitzero"`
	Twins      []Twins     `json:"twins,omitzero"`
	Households []Household `json:"households,omitzero"`
	Stays      []Stay      `json:"stays,omitzero"`
	Detentions []Detention `json:"detentions,omitzero"`
	Contacts   []Contact   `json:"contacts,omitzero"`
	Cares      []Care      `json:"cares,omitzero"`
	Ties       []Tie       `json:"ties,omitzero"`
	Places     []Place     `json:"places,omitzero"`
}

// Person is somebody of the family, or beyond it.
type Person struct {
	ID     core.ID       `json:"id"`
	Name   string        `json:"name"` // may be empty: "a brother"
	Sex    string        `json:"sex,omitempty"`
	Life   string        `json:"life,omitempty"`
	Born   When          `json:"born,omitzero"`
	Died   When          `json:"died,omitzero"`
	Dead   bool          `json:"dead,omitempty"`   // also when nobody knows since when
	Beyond string        `json:"beyond,omitempty"` // where somebody belongs who is no family and is not drawn in the genogram
	Is     string        `json:"is,omitempty"`     // the family's own word: "neighbour of number 12", "grandmother"
	File   core.PersonID `json:"file,omitempty"`   // who it is in the dossier, if they stand there
	Key    string        `json:"key,omitempty"`    // under what name a file knew them
}

// Sexes are the shapes of McGoldrick: a circle, a square, a dome; not known is drawn with a question mark.
var Sexes = []string{"f", "m", "x"}

// Lives are those that were not born alive, or not yet.
var Lives = []string{"pregnancy", "miscarriage", "stillbirth"}

// Beyonds are the quarters outside the family in which the people of a network stand.
var Beyonds = []string{"friends", "neighbourhood", "professionals"}

// IsKin says that somebody is drawn in the genogram.
func (p Person) IsKin() bool { return p.Beyond == "" }

// HasDied says whether somebody is not alive any more.
func (p Person) HasDied() bool { return p.Dead || !p.Died.IsZero() }

// Union is a bond of one to any number of partners from which children can come. One partner means that nobody knows, or
// nobody says, who the other is.
type Union struct {
	ID       core.ID   `json:"id"`
	Partners []core.ID `json:"partners"`
	States   []State   `json:"states,omitempty"` // in the order in which they came
	Key      string    `json:"key,omitempty"`
}

// State is what a union was from a day on.
type State struct {
	Kind string `json:"kind"`
	From When   `json:"from,omitzero"`
}

// States are what a union can be; the line of each differs.
var States = []string{"married", "together", "affair", "separated", "divorced", "reunited"}

// Now is the newest state, or "" if nobody said.
func (u Union) Now() string {
	if len(u.States) == 0 {
		return ""
	}
	return u.States[len(u.States)-1].Kind
}

// Link makes somebody a child of a union, from when until when. A child can have several.
type Link struct {
	ID    core.ID `json:"id"`
	Child core.ID `json:"child"`
	Union core.ID `json:"union"`
	Kind  string  `json:"kind"`
	From  When    `json:"from,omitzero"`
	Until When    `json:"until,omitzero"`
}

// Birth drives the drawing; the other kinds are routed after it.
const Birth = "birth"

// Links are the kinds of being somebody's child: foster care within the own network or by an agency.
var Links = []string{Birth, "adopted", "foster_network", "foster_agency", "guardian", "unknown"}

// Twins are children born together: two or more.
type Twins struct {
	ID        core.ID   `json:"id"`
	Children  []core.ID `json:"children"`
	Identical bool      `json:"identical,omitempty"`
}

// Household is where people live together: an outline in the genogram.
type Household struct {
	ID   core.ID `json:"id"`
	Name string  `json:"name"`
	File core.ID `json:"file,omitempty"` // which household of the dossier it is
}

// Stay is a dated stay of one person in one household; somebody can be in two.
type Stay struct {
	ID        core.ID `json:"id"`
	Household core.ID `json:"household"`
	Person    core.ID `json:"person"`
	From      When    `json:"from,omitzero"`
	Until     When    `json:"until,omitzero"`
}

// Detention is a stay inside. Its mark is neutral, and can be hidden from who does not know (INT-8).
type Detention struct {
	ID     core.ID `json:"id"`
	Person core.ID `json:"person"`
	From   When    `json:"from,omitzero"`
	Until  When    `json:"until,omitzero"`
	File   core.ID `json:"file,omitempty"` // which detention of the dossier it is
}

// Contact is how a child and a parent are in touch.
type Contact struct {
	ID     core.ID `json:"id"`
	Child  core.ID `json:"child"`
	Parent core.ID `json:"parent"`
	How    string  `json:"how"`
	Often  string  `json:"often,omitempty"`
	Last   When    `json:"last,omitzero"`
	From   When    `json:"from,omitzero"`
	Until  When    `json:"until,omitzero"`
}

// Hows are the ways of being in touch, and Oftens how often.
var (
	Hows   = []string{"visit", "phone", "letter", "video", "supervised", "none", "forbidden"}
	Oftens = []string{"daily", "weekly", "fortnightly", "monthly", "seldom"}
)

// Care says who looks after whom meanwhile: the arrow of the caregiver.
type Care struct {
	ID    core.ID `json:"id"`
	Carer core.ID `json:"carer"`
	Child core.ID `json:"child"`
	From  When    `json:"from,omitzero"`
	Until When    `json:"until,omitzero"`
}

// Tie is what is between two people, and who said so.
type Tie struct {
	ID     core.ID `json:"id"`
	A      core.ID `json:"a"` // of kinds with a direction, from A to B
	B      core.ID `json:"b"`
	Kind   string  `json:"kind"`
	SaidBy string  `json:"said_by,omitempty"` // in the family's words
	From   When    `json:"from,omitzero"`
	Until  When    `json:"until,omitzero"`
}

// Ties are the sixteen lines of interaction after McGoldrick, and Acquainted, which the sociogram needs and the genogram leaves out.
// Some are Unspoken.
var Ties = []string{
	Acquainted, "close", "very_close", "fused", "best_friends", "love", "distant", "indifferent", "cut_off", "repaired", "discord",
	"hostile", "fused_hostile", "violent", "controlling", "abuse", "neglect",
}

// Unspoken says that a tie is violence, abuse or neglect. The pictures are made with the family and with a child looking on: such a
// line is drawn, and said, by a deliberate choice alone (TOO-2).
func Unspoken(tie string) bool { return tie == "violent" || tie == "abuse" || tie == "neglect" }

// Acquainted says that two people know each other.
const Acquainted = "acquainted"

// Place is where somebody stands in the network of a family member, what they give, and what they could take over.
type Place struct {
	ID     core.ID  `json:"id"`
	Centre core.ID  `json:"centre"` // whose network it is
	Person core.ID  `json:"person"`
	Ring   int      `json:"ring,omitempty"`  // 1 is nearest; 0: named, not placed yet
	Gives  []string `json:"gives,omitempty"` // kinds of support
	Could  []string `json:"could,omitempty"` // kinds of support they could give
	Tasks  []string `json:"tasks,omitempty"` // of the volunteer's tasks those that they could take over, in the family's words
}

// Supports are the kinds of support somebody gives or could give.
var Supports = []string{"practical", "company", "advice", "emotional"}
