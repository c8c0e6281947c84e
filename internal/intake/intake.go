// Package intake finds out what a family wants help with, and whether, how and when support can start (INT-1 to INT-10).
// Several talks belong to one intake. "No support question" is never the end of it by itself; a no can become a yes in a new
// intake, and the old one stays as it was. Started is the proof that everything needed to start is there: a trajectory
// cannot begin without it.
package intake

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/task"
)

// Outcome is what was decided (INT-9).
type Outcome string

const (
	Undecided Outcome = ""
	Begin     Outcome = "start"
	KeepOpen  Outcome = "keep_open"
	OtherHelp Outcome = "other_help"
	NoStart   Outcome = "no_start"
)

var outcomeCodes = []string{string(Begin), string(KeepOpen), string(OtherHelp), string(NoStart)}

// reasonCodes say why nothing starts (INT-9).
var reasonCodes = []string{
	"children_not_in_picture", noSupportQuestion, "adequate_help_present", otherHelpNeeded, "contact_difficult",
	"detention_too_short", "contraindication", "household_does_not_want", "no_consent", noFunding, "no_volunteer", other,
}

const (
	noSupportQuestion = "no_support_question"
	otherHelpNeeded   = "other_help_needed"
	noFunding         = "no_funding"
	other             = "other"
)

// The groups with whom talks are held and whose needs are asked (INT-1, INT-2).
const (
	Parent    = "parent"
	Child     = "child"
	Caregiver = "caregiver"
)

var (
	withCodes  = []string{Parent, Caregiver, Child, "professional", other}
	placeCodes = []string{"inside", atHome, "telephone", "video", "elsewhere"}
)

const atHome = "home"

// needs are the prompts of the evaluation (METHOD ch. 12), per group; the person's own words stand beside them.
var needs = map[string][]string{
	Parent: {"parent_hear_from_home", "parent_listening_ear", "parent_youth_care", "parent_money_and_papers", "parent_contact_children",
		"parent_somebody_for_children", "parent_safe_place"},
	Child: {"child_talk", "child_support", "child_information", "child_relaxation", "child_safe_contact", "child_school"},
	Caregiver: {"caregiver_in_order", "caregiver_agencies", "caregiver_dealing", "caregiver_relief", "caregiver_contact_parent",
		"caregiver_money", "caregiver_upbringing"},
}

// Needs lists the prompts of a group.
func Needs(group string) []string { return slices.Clone(needs[group]) }

// Intake is one round of finding out, from its opening to its decision.
type Intake struct {
	ID          core.ID
	Referral    core.ID
	Coordinator core.AccountID
	With        string // the coordinator's name
	OpenedOn    core.Date
	DecidedOn   core.Date
	DecidedBy   string
	Outcome     Outcome
	Reasons     []string
	Words       string
	Added       string // what a volunteer adds to the helpers who are there (INT-7)
	Version     int
}

// IsOpen says that nothing final was decided: keeping open is no end (INT-3).
func (i Intake) IsOpen() bool { return i.Outcome == Undecided || i.Outcome == KeepOpen }

// Talk is one of several (INT-1).
type Talk struct {
	ID         core.ID
	HeldOn     core.Date
	With       string
	Person     core.PersonID
	PersonName string
	Place      string
	Minutes    int
	Said       string
	Next       string
}

// Question is what somebody wants help with, in their own words; a hidden one was heard and not asked (INT-2).
type Question struct {
	ID         core.ID
	Group      string
	Person     core.PersonID
	PersonName string
	Need       string
	Hidden     bool
	Words      string
}

// FollowUp keeps an intake without a support question going: when, with whom, what to try (INT-3).
type FollowUp struct {
	ID         core.ID
	DueOn      core.Date
	With       string
	Person     core.PersonID
	PersonName string
	Try        string
	DoneOn     core.Date
	Came       string
}

// Contraindication says that something was asked and whether it is there. What it is about is not kept (INT-5).
type Contraindication struct {
	Kind      string
	Checked   bool
	Present   bool
	DecidedOn core.Date
	ByLeader  bool
	Anyway    bool // start in spite of it
	Words     string
}

// Word is what a family that waits was told (INT-10).
type Word struct {
	ID     core.ID
	ToldOn core.Date
	How    string
	Said   string
}

// The kinds of task that this capability opens.
var (
	talkTask    = task.Leads("intake_talk", "/dossiers/{dossier}/intake#f-talk_on")
	followTask  = task.Leads("intake_follow_up", "/dossiers/{dossier}/intake#f-came_{subject}")
	waitingTask = task.Leads("waiting_word", "/dossiers/{dossier}/intake#f-word_said")
)

func talkKey(id core.DossierID) string    { return talkTask + ":" + id.String() }
func followKey(id core.ID) string         { return followTask + ":" + id.String() }
func waitingKey(id core.DossierID) string { return waitingTask + ":" + id.String() }
