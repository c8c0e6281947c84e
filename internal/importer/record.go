package importer

import "maatje/internal/core"

// The codes of docs/import.md. An empty one means: not known.
var (
	channels = []string{
		"parent", "caregiver", "young_person", "inside_coordinator", "parent_child_officer", "case_manager", "social_worker", "cjg",
		"neighbourhood_team", "youth_care", "foster_care", "probation", "school", "kindcheck", "municipality", "veiligheidshuis",
		"programme", "other",
	}
	reasons = []string{
		"children_not_in_picture", "no_support_question", "adequate_help_present", "other_help_needed", "contact_difficult",
		"detention_too_short", "contraindication", "household_does_not_want", "no_consent", "no_funding", "no_volunteer", "other",
	}
	kinds = []string{
		"family_buddy", "accompanied_visits", "tailored", "visiting_buddy", "parent_buddy", "reintegration_buddy", "transport",
	}
	outcomes = []string{"start", "keep_open", "other_help", "no_start"}
	sexes    = []string{"f", "m", "x"}
	statuses = []string{
		"applied", "talked", "home_visit", "references", "certificate", "confidentiality", "trained", "active", "resting", "left", "rejected",
	}
	withGroups = []string{"parent", "caregiver", "child", "other"}
	tools      = []string{"triptych", "genogram", "sociogram", "network_map", "step_plan", "picture_book", "diary"}
	urgencies  = []string{"now", "week", "discuss"}
	answers    = []string{"discussed", "tool_given", "joint_visit", "help_called", "reporting_code", "nothing_needed"}

	// otherWords are codes that mean the same as one of ours.
	otherWords = map[string]string{
		"this_week": "week", "to_discuss": "discuss", "young_person": "child", "children": "child",
		"discussed_with_them": "discussed", "help_called_in": "help_called", "reporting_code_followed": "reporting_code",
		"nothing_more_needed": "nothing_needed", "material_given": "tool_given",
	}
)

// record is one line that could be read. Its key is unique among the records of its kind.
type record struct {
	line int
	kind string
	key  string
	data data
	hash string // of everything in it, so that a line that says the same is known
}

// data is what a kind of record holds. check looks at it without knowing anything else, and tidies it.
type data interface {
	check(c *check)
}

type volunteer struct {
	Name             string   `json:"name"`
	Status           string   `json:"status"`
	CertificateUntil string   `json:"certificate_until"`
	Kinds            []string `json:"kinds"`

	until core.Date
}

type family struct {
	Municipality string      `json:"municipality"`
	Children     []child     `json:"children"`
	Parents      []parent    `json:"parents"`
	Caregivers   []caregiver `json:"caregivers"`
}

type child struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Birth string `json:"birth"`
	Sex   string `json:"sex"`

	birth core.Date
}

type parent struct {
	Key           string `json:"key"`
	Name          string `json:"name"`
	Sex           string `json:"sex"`
	Detained      *bool  `json:"detained"`
	Facility      string `json:"facility"`
	From          string `json:"from"`
	ExpectedUntil string `json:"expected_until"`
	Released      string `json:"released"`

	from, expectedUntil, released core.Date
}

// isDetained says whether the record tells of a detention; "detained": false with dates is one that is over.
func (p parent) isDetained() bool {
	return p.Detained != nil && *p.Detained || p.Facility != "" || !p.from.IsZero() || !p.expectedUntil.IsZero() || !p.released.IsZero()
}

type caregiver struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Relation string `json:"relation"`
}

type referral struct {
	Date         string `json:"date"`
	Channel      string `json:"channel"`
	Municipality string `json:"municipality"`
	Facility     string `json:"facility"`
	Family       string `json:"family"`

	date core.Date
}

type intake struct {
	Family      string    `json:"family"`
	Referral    string    `json:"referral"`
	Coordinator string    `json:"coordinator"`
	Talks       []talk    `json:"talks"`
	Decision    *decision `json:"decision"`
}

type talk struct {
	Date    string  `json:"date"`
	With    string  `json:"with"`
	Minutes float64 `json:"minutes"`

	date core.Date
}

type decision struct {
	Date    string   `json:"date"`
	Outcome string   `json:"outcome"`
	Reasons []string `json:"reasons"`

	date core.Date
}

type trajectory struct {
	Family      string   `json:"family"`
	Kind        string   `json:"kind"`
	Children    []string `json:"children"` // none said: all children of the family, where the kind is for children
	Parent      string   `json:"parent"`
	Volunteer   string   `json:"volunteer"`
	Coordinator string   `json:"coordinator"`
	Start       string   `json:"start"`
	PlannedEnd  string   `json:"planned_end"`
	End         string   `json:"end"`
	EndReason   string   `json:"end_reason"`
	Abrupt      bool     `json:"abrupt"`

	start, plannedEnd, end core.Date
}

type visit struct {
	Trajectory string   `json:"trajectory"`
	At         string   `json:"at"`
	Minutes    float64  `json:"minutes"`
	Km         float64  `json:"km"`
	Children   []string `json:"children"`
	Tools      []string `json:"tools"`

	at core.Instant
}

type signal struct {
	Trajectory string `json:"trajectory"`
	At         string `json:"at"`
	Urgency    string `json:"urgency"`
	AnsweredAt string `json:"answered_at"`
	Outcome    string `json:"outcome"`

	at, answeredAt core.Instant
}

// newData makes the empty data of a kind; an unknown kind is nil.
func newData(kind string) data {
	switch kind {
	case volunteerKind:
		return &volunteer{}
	case familyKind:
		return &family{}
	case referralKind:
		return &referral{}
	case intakeKind:
		return &intake{}
	case trajectoryKind:
		return &trajectory{}
	case visitKind:
		return &visit{}
	case signalKind:
		return &signal{}
	}
	return nil
}
