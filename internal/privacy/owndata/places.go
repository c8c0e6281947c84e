package owndata

// Treatment is what becomes of a table in the package of one person.
type Treatment string

const (
	Own      Treatment = "own"      // its rows about the person go in
	Shared   Treatment = "shared"   // its rows are of several people; what is not private to another goes in
	Withheld Treatment = "withheld" // it stays out, and the package says that and why
	Nothing  Treatment = "nothing"  // it holds nothing of this kind of person
)

// Place is what becomes of one table: in the package of somebody of a family, and of somebody with an account. Why is the code
// of [codes own_left] under which the package says that something of it stays out.
type Place struct {
	Table           string
	Family, Account Treatment
	Why             string
}

// Places holds every table of the schema; a test refuses a table that is not here, and one that is no table any more. Where
// Why stands beside Own or Shared, a part of the rows or columns stays out.
var Places = []Place{
	// the programme
	{"municipality", Nothing, Nothing, ""},
	{"facility", Nothing, Nothing, ""},
	{"setting", Nothing, Nothing, ""},
	{"job", Nothing, Nothing, ""},
	{"attempt", Nothing, Withheld, "technical"},
	{"import_record", Nothing, Nothing, ""},
	{"trajectory_kind", Nothing, Nothing, ""},
	{"material", Nothing, Nothing, ""},
	{"course", Nothing, Nothing, ""},
	{"course_part", Nothing, Nothing, ""},
	{"learning_module", Nothing, Nothing, ""},
	{"module_edition", Nothing, Nothing, ""},
	{"training_session", Nothing, Shared, ""},
	{"dilemma", Nothing, Nothing, ""},
	{"dilemma_talk", Nothing, Nothing, ""},
	{"peer_day", Nothing, Shared, ""},
	{"confidentiality", Nothing, Nothing, ""},
	// accounts
	{"account", Withheld, Own, "workers"},
	{"account_role", Nothing, Own, ""},
	{"account_municipality", Nothing, Own, ""},
	{"account_facility", Nothing, Own, ""},
	{"standing_in", Nothing, Own, ""},
	{"session", Nothing, Own, "technical"},
	{"invitation", Nothing, Own, "technical"},
	{"leader_candidate", Nothing, Own, ""},
	{"passkey", Nothing, Own, "technical"},
	{"recovery_code", Nothing, Own, "technical"},
	{"ceremony", Nothing, Withheld, "technical"},
	{"outbox", Nothing, Own, "technical"},
	{"breach", Nothing, Own, ""},
	{"breach_change", Nothing, Withheld, "register"},
	{"task", Nothing, Own, "families"},
	{"provider_identity", Nothing, Own, "technical"},
	{"refusal", Nothing, Withheld, "technical"},
	// counts without persons
	{"tombstone", Nothing, Nothing, ""},
	{"fact_count", Nothing, Nothing, ""},
	{"fact_spans", Nothing, Nothing, ""},
	// volunteers
	{"helped", Nothing, Own, ""},
	{"volunteer_erasure", Nothing, Own, ""},
	{"volunteer_hold", Nothing, Own, ""},
	{"volunteer_wish", Nothing, Own, ""},
	{"volunteer", Shared, Own, "workers"},
	{"volunteer_status", Withheld, Own, "workers"},
	{"volunteer_kind", Withheld, Own, "workers"},
	{"volunteer_course", Withheld, Own, "workers"},
	{"certificate", Withheld, Own, "workers"},
	{"material_loan", Withheld, Own, "workers"},
	{"expense_entry", Withheld, Own, "workers"},
	{"expense_month", Withheld, Own, "workers"},
	{"expense_ride", Withheld, Own, "workers"},
	{"volunteer_contact", Withheld, Own, "workers"},
	{"volunteer_rhythm", Withheld, Own, "workers"},
	{"volunteer_thanks", Withheld, Own, "workers"},
	{"training_place", Withheld, Own, "workers"},
	{"module_progress", Withheld, Own, "workers"},
	{"module_answer", Withheld, Own, "workers"},
	{"peer_invitation", Withheld, Own, "workers"},
	{"application", Nothing, Own, ""},
	{"confidentiality_signature", Nothing, Own, ""},
	{"screening_talk", Nothing, Withheld, "to_discuss"},
	{"volunteer_reference", Nothing, Withheld, "confidence"},
	// referrals
	{"referral", Shared, Withheld, "referrer"},
	{"referral_child", Withheld, Nothing, "others"},
	{"referral_erasure", Withheld, Nothing, "referrer"},
	{"referral_hold", Withheld, Nothing, "referrer"},
	{"referral_wish", Withheld, Nothing, "referrer"},
	{"referral_unmet_need", Nothing, Nothing, ""},
	// the family
	{"dossier", Shared, Withheld, "families"},
	{"person", Own, Withheld, "others"},
	{"name_word", Withheld, Nothing, "technical"},
	{"parentage", Shared, Withheld, "families"},
	{"household", Shared, Withheld, "others"},
	{"household_member", Own, Withheld, "others"},
	{"authority", Shared, Withheld, "others"},
	{"knowledge", Own, Withheld, "others"},
	{"detention", Own, Withheld, "others"},
	{"placement", Own, Withheld, "others"},
	{"restriction", Own, Withheld, "others"},
	{"home_leave", Own, Withheld, "others"},
	{"professional", Shared, Withheld, "mixed"},
	{"note", Withheld, Withheld, "mixed"},
	{"consent", Own, Withheld, "others"},
	{"consent_about", Own, Withheld, "others"},
	{"broken_glass", Shared, Withheld, "mixed"},
	{"log_entry", Shared, Own, "confidence"},
	{"dossier_erasure", Shared, Withheld, "families"},
	{"dossier_hold", Withheld, Withheld, "mixed"},
	{"dossier_wish", Withheld, Withheld, "mixed"},
	{"data_request", Own, Withheld, "others"},
	// intake
	{"intake", Shared, Withheld, "mixed"},
	{"intake_reason", Withheld, Withheld, "contraindications"},
	{"intake_talk", Own, Withheld, "others"},
	{"typed_talk", Withheld, Withheld, "mixed"},
	{"support_question", Own, Withheld, "others"},
	{"follow_up", Own, Withheld, "others"},
	{"contraindication", Withheld, Withheld, "contraindications"},
	{"start_condition", Own, Withheld, "others"},
	{"waiting_word", Shared, Withheld, "mixed"},
	{"unmet_need", Shared, Withheld, "mixed"},
	// support
	{"trajectory", Own, Withheld, "mixed"},
	{"trajectory_person", Own, Withheld, "others"},
	{"volunteer_match", Shared, Own, "workers"},
	{"trajectory_want", Withheld, Withheld, "mixed"},
	{"match_exclusion", Withheld, Withheld, "confidence"},
	{"checkpoint", Shared, Withheld, "mixed"},
	{"extension", Shared, Withheld, "mixed"},
	{"release_choice", Withheld, Withheld, "mixed"},
	{"rhythm_change", Withheld, Withheld, "mixed"},
	{"farewell", Shared, Withheld, "mixed"},
	{"farewell_child", Own, Withheld, "others"},
	{"farewell_task", Shared, Withheld, "others"},
	{"aftercare", Shared, Withheld, "others"},
	{"step", Shared, Withheld, "mixed"},
	{"step_past", Shared, Withheld, "mixed"},
	{"kin_change", Shared, Withheld, "mixed"},
	{"tool_use", Shared, Withheld, "mixed"},
	{"triptych", Own, Withheld, "others"},
	{"goal", Own, Withheld, "mixed"},
	{"goal_change", Own, Withheld, "mixed"},
	{"goal_rating", Own, Withheld, "mixed"},
	{"visit", Own, Own, "families"},
	{"visit_person", Own, Withheld, "others"},
	{"visit_report", Own, Withheld, "mixed"},
	{"report_save", Withheld, Withheld, "technical"},
	// worries: that there is one would give away who passed it on (SIG-5)
	{"signal", Withheld, Own, "confidence"},
	{"signal_answer", Withheld, Withheld, "confidence"},
}
