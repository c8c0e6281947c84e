// Package expense keeps what a volunteer did and paid (VOL-8): hours and kilometres of visits, which come from their reports, and what
// she notes herself. A month is noted by her, checked by a coordinator and paid by the project leader, each once; the list for the
// treasurer has names and amounts, and never a family.
package expense

import (
	"maatje/internal/core"
)

// Kinds are the codes of what is noted beside visits.
var Kinds = []string{"travel", "training", "meeting", "other"}

// State is how far a month is.
type State string

const (
	Noted   State = "noted"
	Checked State = "checked"
	Paid    State = "paid"
)

// Month is a month of the calendar, as its first day.
type Month struct{ first core.Date }

// MonthOf is the month in which the day lies.
func MonthOf(d core.Date) Month { return Month{core.NewDate(d.Year(), d.Month(), 1)} }

// ParseMonth reads 2026-11; nothing else is a month.
func ParseMonth(s string) (Month, error) {
	d, err := core.ParseDate(s + "-01")
	if err != nil || d.IsZero() || len(s) != len("2026-11") {
		return Month{}, core.NotFound()
	}
	return Month{d}, nil
}

func (m Month) String() string     { return m.first.String()[:len("2026-11")] }
func (m Month) First() core.Date   { return m.first }
func (m Month) Next() Month        { return Month{m.first.AddMonths(1)} }
func (m Month) Before() Month      { return Month{m.first.AddMonths(-1)} }
func (m Month) IsZero() bool       { return m.first.IsZero() }
func (m Month) After(o Month) bool { return m.first.After(o.first) }

// Entry is what somebody noted beside visits.
type Entry struct {
	ID          core.ID
	Month       Month // in which it counts
	On          core.Date
	Kind        string
	What        string
	Minutes, Km int
	Cents       int
	Receipt     string // who saw the receipt; empty is nobody
	Declined    string // why it is not paid; empty is that it counts
	DeclinedBy  string
}

// Counts says that it is not declined.
func (e Entry) Counts() bool { return e.DeclinedBy == "" }

// Ride is what the visits of one month bring to a month in which they are settled.
type Ride struct {
	Of          Month
	Minutes, Km int
}

// Sheet is one month of one volunteer.
type Sheet struct {
	Volunteer core.VolunteerID
	Name      string
	Month     Month
	State     State
	Entries   []Entry
	Rides     []Ride // of the month itself, and of checked months whose reports came late

	Minutes, Km int
	KmTenths    int // what a kilometre is paid, in tenths of a cent
	KmCents     int
	OwnCents    int
	CheckedBy   string
	CheckedAt   core.Instant
	PaidOn      core.Date
}

// Cents is what is to be paid.
func (s Sheet) Cents() int { return s.KmCents + s.OwnCents }
