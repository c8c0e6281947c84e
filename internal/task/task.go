// Package task holds what waits for somebody. A capability opens a task under a key of its own and closes it by that key;
// the worklist is all that is open for an account and for those it stands in for. A task carries no words about a family:
// its kind is a code, and its name is looked up through what the reader may see now.
package task

import (
	"cmp"
	"fmt"
	"strings"

	"maatje/internal/core"
)

// How soon a task asks to be done. Signals come first whatever else is waiting (LOOK, the coordinator's home).
const (
	Safety  = 0 // signals, and what is unsafe when it waits
	Normal  = 1
	CanWait = 2
)

// Task is one thing that somebody has to do. Key says what it is about, so that asking twice makes one task:
// "answer_referral:" + the referral's identifier.
type Task struct {
	Key       string
	Account   core.AccountID // whose it is
	Kind      string         // a code with words in [codes task] and [codes task_action]
	Urgency   int            // Safety, Normal, CanWait
	Due       core.Instant
	ShowFrom  core.Instant // not on the worklist before; zero is at once
	Dossier   core.DossierID
	Referral  core.ID
	Volunteer core.VolunteerID
	Subject   core.ID // what it is about inside the dossier: a signal, a checkpoint
}

// Row is one line of the worklist. The names are those that the reader may see.
type Row struct {
	Task
	ID            core.ID
	DossierName   string
	VolunteerName string
	Asked         Asked
	For           string // whose task it is, when the reader stands in for somebody; empty for the own ones
}

// IsLate says that the task should have been done before now.
func (r Row) IsLate(now core.Instant) bool { return r.Due.Before(now) }

// Asked is what a worklist says of a referral: by which road it came, from where and when. It names nobody, because a
// worklist lies open on a desk (INT-8, PRV-5).
type Asked struct {
	Code, Channel, Municipality string
	At                          core.Instant
}

// Name is the family's or the volunteer's that the task is about; a referral has none yet.
func (r Row) Name() string { return cmp.Or(r.DossierName, r.VolunteerName) }

// Filter narrows the worklist. The zero Filter is everything, up to DefaultLimit lines.
type Filter struct {
	Kind    string
	Dossier core.DossierID
	Limit   int
}

// DefaultLimit is how many lines a worklist shows when the filter does not say.
const DefaultLimit = 100

func (f Filter) limit() int {
	if f.Limit <= 0 || f.Limit > 1000 {
		return DefaultLimit
	}
	return f.Limit
}

// Count is how many tasks of a kind are open.
type Count struct {
	Kind string
	Open int
	Late int
}

var leads = map[string]string{}

// Leads says to which page a task of this kind leads: a path in which {dossier}, {referral}, {volunteer} and {subject}
// are filled in. A capability names it once for each of its kinds, at start.
func Leads(kind, path string) string {
	if leads[kind] != "" {
		panic("task: two paths for " + kind)
	}
	leads[kind] = path
	return kind
}

// Kinds lists the kinds that said where they lead, for the test that each has its words.
func Kinds() []string {
	out := make([]string, 0, len(leads))
	for kind := range leads {
		out = append(out, kind)
	}
	return out
}

// Href is the page where the task is done. A kind that did not say leads to what the task is about.
func (t Task) Href() string {
	path := leads[t.Kind]
	switch {
	case path != "":
	case !t.Dossier.IsZero():
		path = "/dossiers/{dossier}"
	case !t.Referral.IsZero():
		path = "/referrals/{referral}"
	case !t.Volunteer.IsZero():
		path = "/volunteers/{volunteer}"
	default:
		return "/"
	}
	path = fill(path, "{dossier}", t.Dossier)
	path = fill(path, "{referral}", t.Referral)
	path = fill(path, "{volunteer}", t.Volunteer)
	return fill(path, "{subject}", t.Subject)
}

func fill[T fmt.Stringer](path, name string, id T) string {
	before, after, found := strings.Cut(path, name)
	if !found {
		return path
	}
	return before + id.String() + after
}
