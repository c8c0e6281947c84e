// Package retention sees to it that nothing is kept for longer than it is needed (PRV-3, PRV-4). Every kind of data has a clock
// that begins when the last thing about somebody ended, and stands still while anything runs. What is due is announced, shown
// beforehand, and held up by anyone who has a reason; then it is erased, a family at a time, and a tombstone is all that is left. The
// figures keep counts without persons. Tombstones are replayed on every older copy that is put back.
package retention

import (
	"maatje/internal/authz"
	"maatje/internal/core"
)

// Kind is a kind of data with a term of its own.
type Kind string

const (
	RejectedVolunteer Kind = "rejected_volunteer" // said no to
	LeftVolunteer     Kind = "left_volunteer"     // stopped
	DeclinedReferral  Kind = "declined_referral"  // never became a file
	NotStarted        Kind = "not_started"        // became a file, and support never started
	ClosedDossier     Kind = "closed_dossier"     // was supported, and all of it has ended
)

// Reason is why something was erased, as a tombstone keeps it.
type Reason string

const (
	TermOver  Reason = "term"  // its term was over
	Asked     Reason = "asked" // whom it was about asked for it, and a second pair of eyes agreed
	WithOther Reason = "with"  // it went with the family it belonged to
)

// Subject is whose data: a dossier, a referral or a volunteer.
type Subject struct {
	Root authz.Root
	ID   core.ID
}
