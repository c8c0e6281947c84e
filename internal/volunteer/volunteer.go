// Package volunteer keeps the people who visit families: how they came in, their certificate, what they learnt, what they
// want and can (METHOD ch. 4). Its Fit is the only way into a match and into a visit: who has no valid certificate gets
// neither, and whoever asks is told why.
package volunteer

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
)

// Status is where somebody stands between the first word and the farewell (VOL-1).
type Status string

// The statuses in the order in which most people pass them.
const (
	Applied         Status = "applied"
	Talked          Status = "talked"
	HomeVisited     Status = "home_visit"
	References      Status = "references"
	Certified       Status = "certificate"
	Confidentiality Status = "confidentiality"
	Trained         Status = "trained"
	Active          Status = "active"
	Resting         Status = "resting"
	Left            Status = "left"
	Rejected        Status = "rejected"
)

// Statuses lists them in that order.
func Statuses() []Status {
	return []Status{Applied, Talked, HomeVisited, References, Certified, Confidentiality, Trained, Active, Resting, Left, Rejected}
}

// Days are the codes of the days on which somebody can; the week begins on Monday.
func Days() []string { return []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} }

// Certificate is a certificate of conduct: numbers and dates, never the paper itself (VOL-3). RenewBefore is the last day
// on which it counts.
type Certificate struct {
	ID          core.ID
	Profile     string
	Number      string
	IssuedOn    core.Date // not known for some that were imported
	RenewBefore core.Date
	SeenOn      core.Date
	SeenBy      string
}

// IsZero says that there is none.
func (c Certificate) IsZero() bool { return c.RenewBefore.IsZero() }

// Course is a training that was completed. Months is after how long it is done again, 0 is never; Name is empty for a shipped
// one, whose name stands in the catalogue.
type Course struct {
	Code   string
	On     core.Date
	Name   string
	Months int
}

// Due is until when it counts as fresh; none if it is never done again (VOL-4).
func (c Course) Due() core.Date {
	if c.Months <= 0 || c.On.IsZero() {
		return core.Date{}
	}
	return c.On.AddMonths(c.Months)
}

// Wishes are what a volunteer decides alone (VOL-7).
type Wishes struct {
	Phone     string
	Kinds     []string // codes of kinds of trajectory
	Complex   bool     // can and wants complex situations
	Speaks    []string // codes of languages beside Dutch
	Languages string   // others, in their own words
	Days      []string
	Car       bool
	Youngest  int    // of the children they would like; 0 is no wish
	Oldest    int    // 0 is no wish
	Postcode  string // its four digits
	Travel    int    // minutes they want to travel at most, one way; 0 is no wish
	Words     string // who or what, and who or what not
}

// Profile is everything on which a match stands.
type Profile struct {
	ID               core.VolunteerID
	Account          core.AccountID
	Name             string
	Email            string
	Municipality     core.ID
	MunicipalityName string
	Facility         core.ID
	FacilityName     string
	Status           Status
	StatusSince      core.Date
	Capacity         int // families at the same time
	ComplexConfirmed bool
	Wishes           Wishes
	Courses          []Course
	Certificate      Certificate // the one that counts longest
	Families         int         // families with a match that is open now
	Version          int
}

// Completed says whether the course was completed by that day.
func (p Profile) Completed(course string, on core.Date) bool {
	return slices.ContainsFunc(p.Courses, func(c Course) bool { return c.Code == course && !c.On.After(on) })
}

// Terms are what the organisation chose about certificates.
type Terms struct {
	ValidMonths int // how long a certificate counts from its issue
	FreshMonths int // how old it may be when somebody starts
}

// DefaultTerms are three years, and three months at the start (VOL-3).
var DefaultTerms = Terms{ValidMonths: 36, FreshMonths: 3}

// Unchanged gives the default terms, whatever was chosen; for who has no settings.
func Unchanged(*db.Tx) (Terms, error) { return DefaultTerms, nil }

// Moved is one line of the history of statuses; it is never changed (VOL-1).
type Moved struct {
	Status Status
	At     core.Instant
	By     string
	Why    string
	Until  core.Date // the last day of a rest

	WithoutTalk string // why there was no talk when they left
}
