// Package uniformity sets how coordinators work side by side (FIG-4), so that they learn from each other: contacts and reports on time,
// tools used, worries answered in time, abrupt endings. It is no ranking: lines stand in the order of names, and behind each share
// stands of how many it is. It counts what is kept now; families that were erased are not in it any more.
package uniformity

import (
	"maatje/internal/core"
)

// The figures of FIG-4, with their unit and basis (FIG-1).
const (
	Checkpoints = "checkpoints_on_time" // unit checkpoint, basis due
	Reports     = "reports_on_time"     // unit report, basis due
	Tools       = "reports_with_tool"   // unit report, basis held
	Signals     = "signals_on_time"     // unit signal, basis due
	Abrupt      = "abrupt_endings"      // unit trajectory, basis ended
)

// Figures lists them in the order of the page.
var Figures = []string{Checkpoints, Reports, Tools, Signals, Abrupt}

// Units and Bases say of each figure what it counts, and how something belongs to the period.
var (
	Units = map[string]string{Checkpoints: "checkpoint", Reports: "report", Tools: "report", Signals: "signal", Abrupt: "trajectory"}
	Bases = map[string]string{Checkpoints: "due", Reports: "due", Tools: "held", Signals: "due", Abrupt: "ended"}
)

// Case is one thing of one coordinator that a figure may count.
type Case struct {
	Coordinator core.AccountID
	Name        string
	Due         core.Date    // the last day on which it is on time, or the day to which it belongs
	DueAt       core.Instant // the same to the minute, for what has an hour
	Done        core.Instant // zero: not done yet
	Is          bool         // of what is no question of time: a tool was used, the ending was abrupt
	Tools       []string
}

// Share is n of m.
type Share struct{ N, M int }

// Line is one coordinator, or the programme as a whole.
type Line struct {
	Coordinator core.AccountID
	Name        string
	Shares      map[string]Share
	Tools       map[string]int // in how many reports each tool was used
}

// Table is the lines side by side, and the whole programme beside them.
type Table struct {
	From, To core.Date
	Lines    []Line
	All      Line

	// What was done with the tools themselves, whatever reports say: on how many days each was used, by whose family it was and by
	// which volunteer.
	Used        []Line
	ByVolunteer []Line
	AllUsed     Line
}
