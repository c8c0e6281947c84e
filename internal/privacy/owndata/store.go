package owndata

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// What is read of a family, each under its own section: whoever may not see a part of the file makes no package of it.
var (
	theirs    = db.Probe{"dossier": db.Theirs("dossier")}
	theirOwns = db.Probe{"dossier": db.Theirs("dossier"), "person": db.Theirs("person")}

	qHomes = db.Q("owndata.homes", authz.Identity, `SELECT h.name, h.kind, h.address, h.town, m.from_date, m.until_date
		FROM visible_dossier d JOIN household_member m ON m.dossier_id = d.id JOIN household h ON h.id = m.household_id AND h.dossier_id = d.id
		WHERE d.id = :dossier AND m.person_id = :person ORDER BY m.from_date, m.id`, theirOwns)
	qRestrictions = db.Q("owndata.restrictions", authz.Detention, `SELECT r.from_date, r.expected_until, r.lifted_on
		FROM visible_dossier d JOIN restriction r ON r.dossier_id = d.id JOIN detention t ON t.id = r.detention_id AND t.dossier_id = d.id
		WHERE d.id = :dossier AND t.parent_id = :person ORDER BY r.from_date, r.id`, theirOwns)
	qLeaves = db.Q("owndata.leaves", authz.Detention, `SELECT l.from_date, l.until_date
		FROM visible_dossier d JOIN home_leave l ON l.dossier_id = d.id JOIN detention t ON t.id = l.detention_id AND t.dossier_id = d.id
		WHERE d.id = :dossier AND t.parent_id = :person ORDER BY l.from_date, l.id`, theirOwns)
	qReferrals = db.Q("owndata.referrals", authz.Referrals, `SELECT r.received_at, r.channel, r.referrer_organisation
		FROM visible_referral r WHERE r.dossier_id = :dossier ORDER BY r.received_at, r.id`, theirs)
	qIntakes = db.Q("owndata.intakes", authz.Intake, `SELECT i.opened_on, i.decided_on, i.outcome
		FROM visible_dossier d JOIN intake i ON i.dossier_id = d.id WHERE d.id = :dossier ORDER BY i.opened_on, i.id`, theirs)
	qTalks = db.Q("owndata.talks", authz.Intake, `SELECT k.id, k.held_on, k.with_group, k.person_id, k.place, k.minutes, k.said, k.next_step
		FROM visible_dossier d JOIN intake_talk k ON k.dossier_id = d.id WHERE d.id = :dossier ORDER BY k.held_on, k.id`, theirs)
	qQuestions = db.Q("owndata.questions", authz.Intake, `SELECT k.id, k.person_group, k.person_id, k.need, k.words
		FROM visible_dossier d JOIN support_question k ON k.dossier_id = d.id WHERE d.id = :dossier ORDER BY k.id`, theirs)
	qFollowUps = db.Q("owndata.follow_ups", authz.Intake, `SELECT k.id, k.due_on, k.with_group, k.person_id, k.try_words, k.done_on, k.outcome_words
		FROM visible_dossier d JOIN follow_up k ON k.dossier_id = d.id WHERE d.id = :dossier ORDER BY k.due_on, k.id`, theirs)
	qConditions = db.Q("owndata.conditions", authz.Intake, `SELECT s.letter, s.met_on, s.evidence
		FROM visible_dossier d JOIN start_condition s ON s.dossier_id = d.id WHERE d.id = :dossier AND s.person_id = :person ORDER BY s.met_on, s.id`, theirOwns)
	qWaiting = db.Q("owndata.waiting", authz.Intake, `SELECT w.told_on, w.how
		FROM visible_dossier d JOIN waiting_word w ON w.dossier_id = d.id WHERE d.id = :dossier ORDER BY w.told_on, w.id`, theirs)
	qUnmet = db.Q("owndata.unmet_needs", authz.Intake, `SELECT u.noted_on, u.kind, u.referred_to
		FROM visible_dossier d JOIN unmet_need u ON u.dossier_id = d.id WHERE d.id = :dossier ORDER BY u.noted_on, u.id`, theirs)

	qFor = db.Q("owndata.support_for", authz.Plan, `SELECT p.trajectory_id, p.person_id
		FROM visible_dossier d JOIN trajectory_person p ON p.dossier_id = d.id WHERE d.id = :dossier ORDER BY p.trajectory_id, p.person_id`, theirs)
	qSupports = db.Q("owndata.supports", authz.Plan, `SELECT x.id, x.kind, k.name, x.state, x.waiting_since, x.start_on, x.planned_end, x.ended_on, x.end_reason
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id JOIN trajectory_kind k ON k.code = x.kind
		WHERE d.id = :dossier ORDER BY x.start_on, x.id`, theirs)
	qFarewells = db.Q("owndata.farewells", authz.Plan, `SELECT f.trajectory_id, f.planned_on, f.held_on, f.family_mood, f.family_words, f.final_report
		FROM visible_dossier d JOIN farewell f ON f.dossier_id = d.id WHERE d.id = :dossier ORDER BY f.planned_on, f.trajectory_id`, theirs)
	qGoodbyes = db.Q("owndata.goodbyes", authz.Plan, `SELECT c.trajectory_id, c.words, c.told_on
		FROM visible_dossier d JOIN farewell_child c ON c.dossier_id = d.id WHERE d.id = :dossier AND c.child_id = :person ORDER BY c.trajectory_id`, theirOwns)
	qHandedOn = db.Q("owndata.handed_on", authz.Plan, `SELECT k.id, k.trajectory_id, k.words
		FROM visible_dossier d JOIN farewell_task k ON k.dossier_id = d.id WHERE d.id = :dossier ORDER BY k.id`, theirs)
	qBuddies = db.Q("owndata.buddies", authz.Matching, `SELECT m.trajectory_id, v.name, m.introduced_on, m.accepted_on, m.ended_on
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN visible_volunteer v ON v.id = m.volunteer_id
		WHERE d.id = :dossier AND m.state IN ('introduced', 'accepted', 'ended') AND m.declined_at IS NULL ORDER BY m.introduced_on, m.id`, theirs)
	qCheckpoints = db.Q("owndata.checkpoints", authz.Notes, `SELECT c.trajectory_id, c.kind, c.due_on, c.held_on
		FROM visible_dossier d JOIN checkpoint c ON c.dossier_id = d.id WHERE d.id = :dossier ORDER BY c.due_on, c.id`, theirs)
	qExtensions = db.Q("owndata.extensions", authz.Notes, `SELECT e.trajectory_id, e.at, e.old_end, e.new_end, e.reason
		FROM visible_dossier d JOIN extension e ON e.dossier_id = d.id WHERE d.id = :dossier ORDER BY e.at, e.id`, theirs)
	qAftercare = db.Q("owndata.aftercare", authz.Notes, `SELECT c.trajectory_id, c.taken_by, c.from_date, c.until_date
		FROM visible_dossier d JOIN aftercare c ON c.dossier_id = d.id WHERE d.id = :dossier ORDER BY c.from_date, c.id`, theirs)
	qSteps = db.Q("owndata.steps", authz.Steps, `SELECT s.id, s.trajectory_id, s.month, s.who, s.what, s.way, s.done_on
		FROM visible_dossier d JOIN step s ON s.dossier_id = d.id WHERE d.id = :dossier AND s.removed_at IS NULL ORDER BY s.trajectory_id, s.month, s.id`, theirs)
	qStepsPast = db.Q("owndata.steps_past", authz.Steps, `SELECT h.id, s.trajectory_id, h.month, h.who, h.what, h.way, h.done_on, h.until_at, h.deed
		FROM visible_dossier d JOIN step_past h ON h.dossier_id = d.id JOIN step s ON s.id = h.step_id AND s.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY s.trajectory_id, h.until_at, h.id`, theirs)
	qUses = db.Q("owndata.tools", authz.Tools, `SELECT u.used_on, u.tool, u.kind, u.why
		FROM visible_dossier d JOIN tool_use u ON u.dossier_id = d.id WHERE d.id = :dossier ORDER BY u.at, u.id`, theirs)

	qPresent = db.Q("owndata.present", authz.Visits, `SELECT p.visit_id, p.person_id
		FROM visible_dossier d JOIN visit_person p ON p.dossier_id = d.id WHERE d.id = :dossier ORDER BY p.visit_id, p.person_id`, theirs)
	qVisits = db.Q("owndata.visits", authz.Visits, `SELECT v.id, v.trajectory_id, v.state, COALESCE(v.held_at, v.planned_at), v.minutes, v.place,
		COALESCE(r.activities, ''), COALESCE(r.mood, ''), r.words, r.agreed
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id LEFT JOIN visit_report r ON r.visit_id = v.id AND r.state = 'done'
		WHERE d.id = :dossier AND v.state IN ('held', 'planned') ORDER BY COALESCE(v.held_at, v.planned_at), v.id`, theirs)
	qErasing = db.Q("owndata.erasing", authz.Requests, `SELECT e.announced_on, e.due_on
		FROM visible_dossier d JOIN dossier_erasure e ON e.dossier_id = d.id WHERE d.id = :dossier`, theirs)
	qRequests = db.Q("owndata.requests", authz.Requests, `SELECT r.id, r.kind, r.received_on, r.how, r.outcome, r.ended_on, r.words, r.says, r.should, r.answer, r.statement
		FROM visible_dossier d JOIN data_request r ON r.dossier_id = d.id WHERE d.id = :dossier AND r.person_id = :person ORDER BY r.received_on, r.id`, theirOwns)
)

// opener opens the sealed texts of one family and remembers the first that did not.
type opener struct {
	t   *db.Tx
	of  core.DossierID
	err error
}

func (o *opener) open(table, column string, row core.ID, sealed []byte) string {
	if o.err != nil {
		return ""
	}
	var said string
	said, o.err = o.t.Open(vault.Place{Table: table, Column: column, Row: row.Int64(), Owner: o.of.Int64()}, sealed)
	return said
}

// rows reads all rows unless something failed before.
func rows[T any](o *opener, q *db.Query, args db.Args, dest func(*T) []any) []T {
	if o.err != nil {
		return nil
	}
	var all []T
	all, o.err = db.All(o.t, q, args, dest)
	return all
}

// read reads a part of the file by another capability's function unless something failed before.
func read[T any](o *opener, from func(*db.Tx, core.DossierID) (T, error)) (v T) {
	if o.err == nil {
		v, o.err = from(o.t, o.of)
	}
	return v
}
