// Package request is the register of what families ask about their data (PRV-4, AVG art. 12 to 21): to have them, to have them
// corrected or erased, or to object. Families have no accounts; their coordinator writes down who asked, how and on what day, a
// clock of one month runs, and the coordinator answers. The package with somebody's own data goes out under a consent.Grant.
package request

import (
	"maatje/internal/core"
)

// Kind is what is asked; a code of [codes request_kind].
type Kind string

const (
	Access     Kind = "access"
	Correction Kind = "correction"
	Erasure    Kind = "erasure"
	Objection  Kind = "objection"
)

// Outcome is how a request ended.
type Outcome string

const (
	Open    Outcome = ""
	Done    Outcome = "done"
	Refused Outcome = "refused"
)

// Request is one question about the data of one person.
type Request struct {
	ID         core.ID
	Kind       Kind
	About      core.PersonID
	AboutName  string
	Asker      core.PersonID // none for an organisation
	AskerName  string
	Received   core.Date
	How        string // a code of [codes request_how]
	Checked    string // how it was made sure that it is they; empty is not yet
	Agrees     bool   // the child from 12 to 16 agrees that its own words go along
	ExtendedOn core.Date
	MadeAt     core.Instant // when the package was made last
	Outcome    Outcome
	EndedOn    core.Date
	Recorded   core.Instant
	By         string
	Version    int
	Words

	sealed [len(columns)][]byte
}

// Words are the texts of a request. They are sealed.
type Words struct {
	Asked      string // what they asked; of a correction: which data
	Says       string // what it says now
	Should     string // what it should say
	WhyLonger  string
	Answer     string // what was done, or why not
	Recipients string // who had the old data and was told
	Statement  string // what they want to stand beside the data that stay
}

// columns are where the texts stand, in the order of texts.
var columns = [7]string{"words", "says", "should", "why_longer", "answer", "recipients", "statement"}

func (w *Words) texts() [len(columns)]*string {
	return [...]*string{&w.Asked, &w.Says, &w.Should, &w.WhyLonger, &w.Answer, &w.Recipients, &w.Statement}
}
