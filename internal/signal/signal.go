// Package signal carries a worry from a volunteer to the coordinator and an answer back (METHOD ch. 8). It promises that no
// signal vanishes: each has a deadline, an answer or an escalation, and who gave it sees which (SIG-1, SIG-2, SIG-3). Who
// gave it is known to the family's coordinators alone (SIG-5).
package signal

import (
	"maatje/internal/core"
)

// Signal is one worry.
type Signal struct {
	ID           core.ID
	Dossier      core.DossierID
	Trajectory   core.TrajectoryID
	Volunteer    core.VolunteerID
	By           string // the volunteer's name, for coordinators
	Family       string
	RaisedAt     core.Instant
	Urgency      string
	Saw          string // what somebody saw and heard
	Thinks       string // kept apart from it: what they think
	AnswerBefore core.Instant
	AnsweredAt   core.Instant
	Outcome      string
	ToBackupAt   core.Instant
	ToLeaderAt   core.Instant
	Answers      []Answer
	Version      int

	saw, thinks []byte
}

// Answer is what the coordinator did and said.
type Answer struct {
	ID          core.ID
	At          core.Instant
	By          string
	Outcome     string
	Needed      string // what was needed to discuss it with parent or caregiver
	Words       string
	ReadAt      core.Instant
	NotEnoughAt core.Instant
	NotEnough   string

	needed, words, notEnough []byte
}

// Urgencies and outcomes; their words stand in the catalogue.
var (
	Urgencies = []string{"now", "week", "discuss"}
	Outcomes  = []string{"discussed", "tool_given", "joint_visit", "help_called", "reporting_code", "nothing_needed"}
)

// IsOpen says that somebody waits for an answer.
func (s Signal) IsOpen() bool { return s.AnsweredAt.IsZero() }

func (a Answer) isUnread() bool { return a.ReadAt.IsZero() }
