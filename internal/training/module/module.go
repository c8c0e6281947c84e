// Package module keeps e-learning: pages of text, pictures, questions and dilemmas that coordinators write and volunteers read by
// themselves (VOL-4). Nobody is scored. What is published is an edition that never changes, so that who is halfway ends what she
// began; what she chose and wrote is hers alone.
package module

import (
	"cmp"

	"maatje/internal/core"
	"maatje/internal/web/text"
)

// Said is a text in both languages; what has no English is said in Dutch.
type Said struct {
	NL string `json:"nl"`
	EN string `json:"en,omitempty"`
}

// In is the text in the reader's language.
func (s Said) In(l text.Lang) string {
	if l == text.EN {
		return cmp.Or(s.EN, s.NL)
	}
	return s.NL
}

// The kinds of page.
const (
	Text     = "text"
	Picture  = "picture"
	Question = "question"
	Dilemma  = "dilemma"
)

// Page is one page of a module.
type Page struct {
	Kind    string   `json:"kind"`
	Title   Said     `json:"title"`
	Text    Said     `json:"text"`
	Picture string   `json:"picture,omitempty"` // a code of the drawings that are shipped
	Answers []Answer `json:"answers,omitempty"` // of a question
	After   Said     `json:"after,omitzero"`    // of a dilemma: what others thought
}

// Asks says that the reader answers before she goes on.
func (p Page) Asks() bool { return p.Kind == Question || p.Kind == Dilemma }

// Answer is one that can be chosen, with why it is or is not a good idea.
type Answer struct {
	Text Said `json:"text"`
	Why  Said `json:"why"`
	Good bool `json:"good,omitempty"`
}

// Module is a module as its writers have it now.
type Module struct {
	ID      core.ID
	Name    Said
	Edition int // the number that volunteers read; 0 while there is none
	Changed bool
	Version int
	Pages   []Page
}

// Reading is one volunteer in a module: the edition she reads, and how far she is.
type Reading struct {
	Module   core.ID
	Name     Said
	Pages    []Page
	progress core.ID
	Page     int // the furthest that she came to, from 1; 0 when she did not begin
	Finished core.Date
	Answers  map[int]string // by page: the number of the answer, or her own words
}

// Begun says that she is somewhere in it.
func (r Reading) Begun() bool { return r.progress != 0 }
