// Package breach keeps the register of what went wrong with data (PRV-6, AVG art. 33 and 34): anybody who works here says
// so in a minute, the project leaders and administrators hear it at once, and a clock of 72 hours runs until it is decided
// whether the authority hears of it. The register only grows: what it said before stays readable.
package breach

import (
	"maatje/internal/core"
)

// Answer is a decision that is not taken yet, yes or no.
type Answer string

const (
	Undecided Answer = ""
	Yes       Answer = "yes"
	No        Answer = "no"
)

// Breach is one time that something went wrong with data.
type Breach struct {
	ID           core.ID        `json:"-"`
	Kind         string         `json:"kind"` // a code of [codes breach_kind]
	Reporter     core.AccountID `json:"-"`
	ReporterName string         `json:"-"`
	ReportedAt   core.Instant   `json:"-"`
	Discovered   core.Instant   `json:"discovered"`
	People       int            `json:"people"` // about how many it concerns; 0 is not known
	Authority    Answer         `json:"authority"`
	AuthorityAt  core.Instant   `json:"authority_at"`
	Told         Answer         `json:"told"` // the people concerned
	ToldOn       core.Date      `json:"told_on"`
	ClosedAt     core.Instant   `json:"closed_at"`
	Words        Words          `json:"words"`
	Stage        Stage          `json:"-"` // the last stage of the clock that was made known
	Version      int            `json:"-"`

	sealed []byte
}

// Words are the texts of the register (AVG art. 33, third and fifth paragraph). They are sealed.
type Words struct {
	Happened     string `json:"happened"`
	Whose        string `json:"whose"` // whose data, and which
	Consequences string `json:"consequences"`
	Measures     string `json:"measures"`
	Number       string `json:"number"`     // what the authority calls it
	WhyNoReport  string `json:"why_no"`     // why the authority need not hear
	WhyLate      string `json:"why_late"`   // why it heard after 72 hours
	WhyNotTold   string `json:"why_untold"` // why the people concerned need not hear
}

// IsClosed says that nothing has to be done about it any more.
func (b Breach) IsClosed() bool { return !b.ClosedAt.IsZero() }

// Change is what the register said after somebody changed it.
type Change struct {
	At  core.Instant
	Who string
	Breach
}
