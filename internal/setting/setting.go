// Package setting holds what an organisation chooses for itself, with a default for everything and bounds around it: the
// rules of the method read their terms here. A value that is not within its bounds is never kept.
package setting

import (
	"slices"
	"strconv"
)

// Practice is what a programme does about a contraindication (INT-5).
type Practice string

const (
	Exclude Practice = "exclude" // does not start
	Decide  Practice = "decide"  // starts after a decision with reasons, with a volunteer who can and wants to
	Note    Practice = "note"    // is written down
)

// Norm is which rhythm of checkpoints counts (TRA-4).
type Norm string

const (
	OwnNorm           Norm = "own"           // at intake, after three months, at the end
	InternationalNorm Norm = "international" // twice in the first month, then monthly
)

// Contact is how often a coordinator speaks with a volunteer (VOL-8).
type Contact string

const (
	ContactNone      Contact = ""
	ContactWeekly    Contact = "weekly"
	ContactTwoWeekly Contact = "two_weekly"
	ContactMonthly   Contact = "monthly"
)

// Contacts are the rhythms that can be chosen.
func Contacts() []Contact { return []Contact{ContactWeekly, ContactTwoWeekly, ContactMonthly} }

// Tenths is an amount of money in tenths of a cent: 235 is 23.5 cents.
type Tenths int

// Values are all settings. Load gives them with a default for what nobody chose.
type Values struct {
	Organisation string
	Programme    string

	ReferralWorkdays     int // REF-4: a referral is answered within so many workdays
	ApplicationWorkdays  int // VOL-1: whoever applies as a volunteer is answered within so many workdays
	KindcheckDays        int // REF-5: a kindcheck is followed up after so many days
	ManyHelpers          int // INT-7: from so many helpers on, ask what a volunteer adds
	WaitingWordDays      int // INT-10: a waiting family hears something every so many days
	CertificateAgeMonths int // VOL-3: a certificate is at most so old when a volunteer starts
	CertificateYears     int // VOL-3: and is renewed after so many years
	SignalWorkdays       int // SIG-2: a signal that is not urgent is answered within so many workdays
	VisitGraceDays       int // TRA-5: an overdue visit shows to the coordinator after so many days
	ConfirmPlacementDays int // a placement is confirmed every so many days
	NetworkRings         int // TOO-4: so many rings stand around somebody in the network map
	Checkpoints          Norm

	// VOL-8: how often a coordinator speaks with a volunteer, by the weight of the case, and what a kilometre is paid.
	ContactComplex Contact // a family that is complex runs
	ContactRunning Contact // a family runs
	ContactQuiet   Contact // active, without a family
	KmTenths       Tenths

	// PRV-3: how long what is kept after the last thing ended, and how long beforehand its erasing is announced.
	KeepRejectedDays     int // a volunteer who was rejected
	KeepLeftMonths       int // a volunteer who left
	KeepNotStartedMonths int // a referral or file for which no support started
	KeepClosedMonths     int // a file that was supported
	EraseNoticeDays      int

	// VOL-7: how much each soft condition counts at matching, and each week of waiting.
	WeightTravel     int
	WeightLanguage   int
	WeightDays       int
	WeightComplex    int
	WeightAges       int
	WeightContinuity int
	WeightSpread     int
	WeightWaiting    int

	OffenceAgainstChild Practice
	Psychiatric         Practice
	Addiction           Practice
	OutOfPicture        Practice
}

// Contraindications are the kinds of INT-5, as codes.
func Contraindications() []string {
	return []string{"offence_against_child", "psychiatric", "addiction", "out_of_picture"}
}

// Practice is what the programme does about a contraindication of this kind; one it does not know is decided on.
func (v Values) Practice(kind string) Practice {
	switch kind {
	case "offence_against_child":
		return v.OffenceAgainstChild
	case "psychiatric":
		return v.Psychiatric
	case "addiction":
		return v.Addiction
	case "out_of_picture":
		return v.OutOfPicture
	}
	return Decide
}

// Default is what an organisation has that chose nothing.
func Default() Values {
	return Values{
		Programme:        "Maatje",
		ReferralWorkdays: 5, ApplicationWorkdays: 5, KindcheckDays: 14, ManyHelpers: 4, WaitingWordDays: 28, CertificateAgeMonths: 3, CertificateYears: 3,
		SignalWorkdays: 5, VisitGraceDays: 7, ConfirmPlacementDays: 14, NetworkRings: 4, Checkpoints: OwnNorm,
		ContactComplex: ContactWeekly, ContactRunning: ContactTwoWeekly, ContactQuiet: ContactMonthly, KmTenths: 230,
		KeepRejectedDays: 28, KeepLeftMonths: 12, KeepNotStartedMonths: 12, KeepClosedMonths: 24, EraseNoticeDays: 30,
		WeightTravel: 25, WeightLanguage: 20, WeightDays: 15, WeightComplex: 10, WeightAges: 10, WeightContinuity: 15, WeightSpread: 5, WeightWaiting: 20,
		OffenceAgainstChild: Exclude, Psychiatric: Decide, Addiction: Decide, OutOfPicture: Decide,
	}
}

// field is one setting: its name in the table and on the page, where it lives in Values, and its bounds.
type field struct {
	name  string
	at    func(*Values) any // *int, *string, *Practice, *Norm, *Contact or *Tenths
	bound bound
}

var (
	practices = bound{oneOf: []string{string(Exclude), string(Decide), string(Note)}}
	weight    = bound{number: true, least: 0, most: 100}
)

var contacts = bound{oneOf: []string{string(ContactWeekly), string(ContactTwoWeekly), string(ContactMonthly)}}

// fields are all settings, in the order of the page.
var fields = []field{
	{"organisation", func(v *Values) any { return &v.Organisation }, bound{most: 80}},
	{"programme", func(v *Values) any { return &v.Programme }, bound{least: 1, most: 80}},
	{"referral_workdays", func(v *Values) any { return &v.ReferralWorkdays }, bound{number: true, least: 1, most: 20}},
	{"application_workdays", func(v *Values) any { return &v.ApplicationWorkdays }, bound{number: true, least: 1, most: 20}},
	{"kindcheck_days", func(v *Values) any { return &v.KindcheckDays }, bound{number: true, least: 1, most: 60}},
	{"many_helpers", func(v *Values) any { return &v.ManyHelpers }, bound{number: true, least: 1, most: 20}},
	{"waiting_word_days", func(v *Values) any { return &v.WaitingWordDays }, bound{number: true, least: 7, most: 28}},
	{"certificate_age_months", func(v *Values) any { return &v.CertificateAgeMonths }, bound{number: true, least: 1, most: 12}},
	{"certificate_years", func(v *Values) any { return &v.CertificateYears }, bound{number: true, least: 1, most: 5}},
	{"signal_workdays", func(v *Values) any { return &v.SignalWorkdays }, bound{number: true, least: 1, most: 10}},
	{"visit_grace_days", func(v *Values) any { return &v.VisitGraceDays }, bound{number: true, least: 1, most: 28}},
	{"confirm_placement_days", func(v *Values) any { return &v.ConfirmPlacementDays }, bound{number: true, least: 1, most: 90}},
	{"network_rings", func(v *Values) any { return &v.NetworkRings }, bound{number: true, least: 3, most: 4}},
	{"checkpoints", func(v *Values) any { return &v.Checkpoints }, bound{oneOf: []string{string(OwnNorm), string(InternationalNorm)}}},
	{"contact_complex", func(v *Values) any { return &v.ContactComplex }, contacts},
	{"contact_running", func(v *Values) any { return &v.ContactRunning }, contacts},
	{"contact_quiet", func(v *Values) any { return &v.ContactQuiet }, contacts},
	{"km_cents", func(v *Values) any { return &v.KmTenths }, bound{tenths: true, least: 0, most: 1000}},
	{"keep_rejected_days", func(v *Values) any { return &v.KeepRejectedDays }, bound{number: true, least: 14, most: 90}},
	{"keep_left_months", func(v *Values) any { return &v.KeepLeftMonths }, bound{number: true, least: 1, most: 84}},
	{"keep_not_started_months", func(v *Values) any { return &v.KeepNotStartedMonths }, bound{number: true, least: 3, most: 24}},
	{"keep_closed_months", func(v *Values) any { return &v.KeepClosedMonths }, bound{number: true, least: 6, most: 180}},
	{"erase_notice_days", func(v *Values) any { return &v.EraseNoticeDays }, bound{number: true, least: 14, most: 90}},
	{"weight_travel", func(v *Values) any { return &v.WeightTravel }, weight},
	{"weight_language", func(v *Values) any { return &v.WeightLanguage }, weight},
	{"weight_days", func(v *Values) any { return &v.WeightDays }, weight},
	{"weight_complex", func(v *Values) any { return &v.WeightComplex }, weight},
	{"weight_ages", func(v *Values) any { return &v.WeightAges }, weight},
	{"weight_continuity", func(v *Values) any { return &v.WeightContinuity }, weight},
	{"weight_spread", func(v *Values) any { return &v.WeightSpread }, weight},
	{"weight_waiting", func(v *Values) any { return &v.WeightWaiting }, weight},
	{"offence_against_child", func(v *Values) any { return &v.OffenceAgainstChild }, practices},
	{"psychiatric", func(v *Values) any { return &v.Psychiatric }, practices},
	{"addiction", func(v *Values) any { return &v.Addiction }, practices},
	{"out_of_picture", func(v *Values) any { return &v.OutOfPicture }, practices},
}

// get is the setting as text.
func (f field) get(v *Values) string {
	switch at := f.at(v).(type) {
	case *int:
		return strconv.Itoa(*at)
	case *Practice:
		return string(*at)
	case *Norm:
		return string(*at)
	case *Contact:
		return string(*at)
	case *Tenths:
		return at.String()
	default:
		return *at.(*string)
	}
}

// put reads the setting from a text that is within its bounds.
func (f field) put(v *Values, text string) {
	switch at := f.at(v).(type) {
	case *int:
		*at, _ = strconv.Atoi(text) // the bounds have read it
	case *Practice:
		*at = Practice(text)
	case *Norm:
		*at = Norm(text)
	case *Contact:
		*at = Contact(text)
	case *Tenths:
		*at, _ = parseTenths(text) // the bounds have read it
	default:
		*at.(*string) = text
	}
}

func fieldNamed(name string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

func boundOf(name string) bound {
	f, _ := fieldNamed(name)
	return f.bound
}
