package seed

import (
	"strconv"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/db"
)

const why = "a benchmark fills an empty database of its own"

// row is a table with the columns that are filled, in the order in which put takes their values.
type row struct{ *db.Query }

func into(table, columns string) row {
	names := strings.Fields(columns)
	probe, marks := db.Probe{}, make([]string, len(names))
	for i := range names {
		marks[i] = ":" + parameter(i)
		probe[parameter(i)] = nil
	}
	return row{db.CrossX("seed."+table, authz.Works, why, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(marks, ", ")+")",
		probe).Quiet("the rows that a real programme leaves in the log are seeded too")}
}

func parameter(i int) string { return "c" + strconv.Itoa(i) }

func (r row) put(t *db.Tx, values ...any) error {
	args := make(db.Args, len(values))
	for i, v := range values {
		args[parameter(i)] = v
	}
	return db.Do(t, r.Query, args)
}

// Who works in the programme.
var (
	municipality        = into("municipality", "id name name_fold")
	facility            = into("facility", "id name name_fold town kind")
	account             = into("account", "id email email_fold name created_at")
	accountRole         = into("account_role", "account_id role")
	accountMunicipality = into("account_municipality", "account_id municipality_id")
	accountFacility     = into("account_facility", "account_id facility_id")
	volunteer           = into("volunteer", "id account_id name name_fold email municipality_id status status_since capacity")
	volunteerStatus     = into("volunteer_status", "id volunteer_id status at account_id")
	volunteerKind       = into("volunteer_kind", "volunteer_id kind")
	volunteerCourse     = into("volunteer_course", "volunteer_id course completed_on")
	certificate         = into("certificate", "id volunteer_id number issued_on renew_before")
)

// A family.
var (
	dossier         = into("dossier", "id name name_fold municipality_id coordinator_id inside_coordinator_id state state_since opened_at closed_on")
	person          = into("person", "id dossier_id name name_fold birth sex is_child is_parent is_caregiver relation")
	nameWord        = into("name_word", "word person_id dossier_id")
	parentage       = into("parentage", "dossier_id parent_id child_id")
	household       = into("household", "id dossier_id name kind town")
	householdMember = into("household_member", "id dossier_id household_id person_id from_date")
	authority       = into("authority", "id dossier_id child_id holder_id from_date")
	knowledge       = into("knowledge", "id dossier_id child_id level story told_by since recorded_at recorded_by")
	detention       = into("detention", "id dossier_id parent_id from_date expected_until released_on")
	placement       = into("placement", "id dossier_id detention_id facility_id wing from_date until_date confirmed_on")
	consent         = into("consent", "id dossier_id giver_id capacity purpose from_date until_date how recorded_at recorded_by")
	consentAbout    = into("consent_about", "consent_id dossier_id person_id")
)

// The work.
var (
	referral         = into("referral", "id code received_at channel municipality_id facility_id parent_name parent_fold state coordinator_id dossier_id answered_at")
	intake           = into("intake", "id dossier_id referral_id coordinator_id opened_on decided_on decided_by outcome")
	intakeReason     = into("intake_reason", "intake_id dossier_id reason position")
	intakeTalk       = into("intake_talk", "id dossier_id intake_id held_on with_group minutes said account_id")
	trajectory       = into("trajectory", "id dossier_id intake_id kind coordinator_id state start_on planned_end ended_on end_reason")
	trajectoryPerson = into("trajectory_person", "trajectory_id dossier_id person_id")
	volunteerMatch   = into("volunteer_match", "id dossier_id trajectory_id volunteer_id state proposed_at agreed_at introduced_on accepted_on ended_on")
	checkpoint       = into("checkpoint", "id dossier_id trajectory_id kind due_on held_on words account_id")
	visit            = into("visit", "id dossier_id trajectory_id volunteer_id state held_at minutes km tools")
	visitPerson      = into("visit_person", "visit_id dossier_id person_id")
	visitReport      = into("visit_report", "visit_id dossier_id volunteer_id state activities mood words agreed genogram saved_at done_at")
	signal           = into("signal", "id dossier_id trajectory_id volunteer_id raised_by raised_at urgency saw answer_before answered_at answered_by outcome")
	task             = into("task", "id key account_id kind urgency due_at dossier_id subject_id created_at done_at")
	logEntry         = into("log_entry", "seq version at account_id actor behalf_of action what dossier_id row_id route address device rule outcome hash seal")
)
