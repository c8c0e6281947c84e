// Package referral is how a family comes in: anybody asks for support, a coordinator answers within some working days, and
// a referral becomes a dossier, joins one, goes to a colleague or is declined with reasons (REF-1 to REF-6). What somebody
// wrote is sealed under the referral's own key. Nobody outside ever learns whether a family is known.
package referral

import (
	"maatje/internal/core"
	"maatje/internal/task"
)

// State says what became of a referral. Passing it on is no answer: it stays open.
type State string

const (
	Open     State = "open"
	Made     State = "made"   // a dossier was made of it
	Joined   State = "joined" // it joined a dossier that was there
	Declined State = "declined"
)

// channelCodes are the roads by which a referral comes (REF-1), in the order of the form.
var channelCodes = []string{
	"parent", "caregiver", "young_person", "inside_coordinator", "parent_child_officer", "case_manager", "social_worker", "cjg",
	"neighbourhood_team", "youth_care", "foster_care", "probation", "school", "kindcheck", "municipality", "veiligheidshuis",
	"programme", "other",
}

// Channels lists the roads by which a referral comes, as codes.
func Channels() []string { return append([]string(nil), channelCodes...) }

// The channels that mean something to a rule.
const (
	insideCoordinator = "inside_coordinator"
	kindcheck         = "kindcheck"
)

// reasonCodes say why nothing starts, the same ones after an intake (INT-9).
var reasonCodes = []string{
	"children_not_in_picture", "no_support_question", "adequate_help_present", "other_help_needed", "contact_difficult",
	"detention_too_short", "contraindication", "household_does_not_want", "no_consent", "no_funding", "no_volunteer", "other",
}

// Person is a parent or a child as the referrer knows them.
type Person struct {
	Name  string
	Birth core.Date
	Sex   string // f, m, x, or empty
}

// Referral is a request for support.
type Referral struct {
	ID         core.ID
	Code       string
	ReceivedAt core.Instant
	Channel    string

	Referrer, Organisation, Phone, Email string

	Municipality     core.ID
	MunicipalityName string // as typed when it is not in the directory
	Facility         core.ID
	FacilityName     string

	Parent            Person
	Caregiver         string
	CaregiverRelation string
	CaregiverPhone    string
	Children          []Person
	Words             string

	State        State
	Coordinator  core.AccountID
	For          string // the coordinator's name
	Dossier      core.DossierID
	AnswerBefore core.Instant
	AnsweredAt   core.Instant
	AnsweredBy   string
	Reasons      []string
	Answer       string
	Version      int
}

// IsLate says that an answer should have been given (REF-4).
func (r Referral) IsLate(now core.Instant) bool {
	return r.State == Open && !r.AnswerBefore.IsZero() && r.AnswerBefore.Before(now)
}

// The kinds of task that this capability opens.
var (
	answerTask    = task.Leads("answer_referral", "/referrals/{referral}")
	kindcheckTask = task.Leads("kindcheck", "/referrals/{referral}")
)

func answerKey(id core.ID) string    { return answerTask + ":" + id.String() }
func kindcheckKey(id core.ID) string { return kindcheckTask + ":" + id.String() }
