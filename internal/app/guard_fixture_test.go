package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/vault"
)

// The neighbours: every table holds one row of a family that is not ours ("theirs") and one of a family that is ("ours"),
// in other towns and prisons, with other volunteers. A second volunteer, the sibling, helps in their family too.

type side struct {
	name string
	id   func(table string) core.ID
	now  situation
	says func(what string) string // its words, if not those by which a leak is recognised
}

// situation is a moment in the life of both families: what holds then in place of holds.
type situation map[string]any

// situations are those in which the probe runs, so that every query finds the rows that it is about.
var situations = map[string]situation{
	"running": {},
	"before": {
		"visit.state": "planned", "visit.held_at": nil, "visit_report.state": "draft", "visit_report.done_at": nil, "intake.outcome": "start", "intake.decided_on": "2026-10-01",
		"volunteer_match.state": "proposed", "volunteer_match.introduced_on": nil, "volunteer_match.accepted_on": nil,
		"trajectory.state": "waiting", "trajectory.start_on": nil, "trajectory.planned_end": nil, "material_loan.state": "asked", "expense_month.month": "2026-09",
	},
	"planned": {"visit.state": "planned", "visit.held_at": nil, "visit_report.state": "draft", "visit_report.done_at": nil},
	"ended":   {"volunteer_match.state": "ended", "volunteer_match.ended_on": "2026-11-20", "visit_report.state": "draft", "visit_report.done_at": nil},
	"escalated": {"signal.to_backup_at": "2026-11-20T10:00:00.000Z", "signal.to_leader_at": "2026-11-21T10:00:00.000Z",
		"task.kind": "signal_escalated", "volunteer.account_id": nil, "task.subject_id": func(s side) any { return s.id("signal") }},
	"back": {"volunteer.status": "applied", "account.ended_at": "2026-11-20T10:00:00.000Z", "account.email_fold": func(s side) any { return "ended " + s.name }},
	"over": {"account_role.role": "volunteer", "dossier.state": "closed", "dossier.closed_on": "2024-01-01", "referral.state": "declined", "referral.dossier_id": nil,
		"referral.answered_at": "2024-01-01T10:00:00.000Z", "volunteer.status": "left", "volunteer.status_since": "2024-01-01"},
	"shown": {"volunteer_reference.asked_on": "2026-11-01", "training_place.attended": "present", "module_progress.finished_on": "2026-11-20",
		"volunteer_course.course": func(s side) any { return "common course of " + s.name }, "data_request.outcome": "refused", "data_request.ended_on": "2026-11-20", "visit_report.opened": true, "signal.answered_at": "2026-11-20T10:00:00.000Z"},
}

// keyed are the texts by which probe arguments name a row of theirs.
var keyed = map[string]string{"expense_entry.form_token": "t", "volunteer_contact.form_token": "t", "material_loan.form_token": "t", "data_request.form_token": "t", "report_save.key": "x", "task.key": "probe"}

var (
	theirs = side{name: "theirs", id: db.Theirs}
	ours   = side{name: "ours", id: db.Ours}
	// sibling has an account, a volunteer file and a match of its own; all else is theirs.
	sibling = side{name: "sibling", id: func(table string) core.ID {
		if slices.Contains([]string{"account", "volunteer", "volunteer_match"}, table) {
			return db.Theirs(table) + 1
		}
		return db.Theirs(table)
	}}
)

// words is text by which a leak is recognised wherever it shows up.
func (s side) words(what string) string {
	if s.says != nil {
		return s.says(what)
	}
	return "zq" + s.name + " " + what
}

const onePage = `[{"kind":"text","title":{"nl":"t"},"text":{"nl":"w"}}]`

// holds are values that a rule, a scope or a page needs; what is not here is filled in by name and type. A function gets
// whose row it is.
var holds = map[string]any{
	"refusal.since": "2026-01-01T00:00:00.000Z", "refusal.kind": "sign_in",
	"account.language": "nl", "account.ended_at": nil, "account.totp_secret": nil, "account.totp_confirmed_at": "2026-01-01T00:00:00.000Z", "account.passphrase_hash": "$argon2id$v=19$m=65536,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"account.imported": false, "account_role.role": "outside_coordinator", "facility.kind": "prison", "facility.holds": "both",
	"session.seen_at": dbtest.Start, "session.second_factor": true, "attempt.tokens": 1.0,
	"standing_in.until_date": "2027-01-01",
	"dossier.state":          "running", "dossier.closed_on": nil, "dossier.weight": "normal", "dossier.import_key": nil,
	"broken_glass.from_at": "2026-11-23T08:00:00.000Z", "broken_glass.until_at": "2026-11-23T12:00:00.000Z",
	"person.birth": "2014-03-01", "person.sex": "f", "person.is_child": true, "person.is_parent": true, "person.is_caregiver": true, "person.relation": "grandmother",
	"parentage.kind": "birth", "household.kind": "home", "authority.kind": "parental", "knowledge.level": "part",
	"detention.expected_until": "2027-05-01", "detention.country": "", "detention.released_on": nil, "restriction.expected_until": "2027-01-01", "restriction.lifted_on": nil, "consent.until_date": "2027-01-01", "consent.withdrawn_on": nil,
	"professional.kind": "youth_care", "consent.capacity": "authority", "consent.purpose": "start", "consent.how": "written", "consent.parts": "",
	"volunteer.status": "active", "volunteer.import_key": nil, "volunteer.days": "mon", "volunteer.languages": "", "volunteer_status.status": "active", "volunteer_status.until_on": nil, "screening_talk.kind": "first", "screening_talk.comes_back": "", "volunteer_reference.dropped_on": nil, "volunteer_reference.given_on": nil,
	"confidentiality.written_by": nil, "volunteer_kind.kind": "family_buddy",
	"volunteer_course.course": "general", "certificate.renew_before": "2028-01-01", "certificate.profile": "",
	"referral.channel": "school", "referral.state": "open", "referral.answered_at": nil, "referral.parent_sex": "f", "referral.caregiver_relation": "", "referral.reasons": "",
	"referral.parent_birth": "1990-01-01", "referral.answer_before": "2026-11-30T00:00:00.000Z", "referral_child.sex": "f", "referral_child.birth": "2014-03-01",
	"referral.import_key": nil, "intake.import_key": nil, "trajectory.import_key": nil, "visit.import_key": nil, "signal.import_key": nil,
	"intake.outcome": "", "intake.decided_on": nil, "intake_reason.reason": "other", "intake_talk.with_group": "caregiver",
	"support_question.person_group": "child", "support_question.need": "", "follow_up.with_group": "parent", "contraindication.kind": "addiction",
	"start_condition.letter": "a", "unmet_need.kind": "other", "unmet_need.referral_result": "", "referral_unmet_need.kind": "other_help",
	"trajectory.kind": "family_buddy", "trajectory.state": "running", "trajectory.start_on": "2026-09-01", "trajectory.planned_end": "2027-03-01",
	"trajectory.ended_on": nil, "trajectory.end_reason": "", "trajectory.continues_id": nil, "extension.new_end": "2027-06-01", "volunteer_match.state": "accepted", "volunteer_match.declined_by": "",
	"volunteer_match.double_role": "", "volunteer_match.introduced_on": "2026-09-01", "volunteer_match.accepted_on": "2026-09-02",
	"checkpoint.kind": "three_months", "checkpoint.held_on": nil, "extension.reason": "new_question", "release_choice.choice": "",
	"farewell.family_mood": "", "farewell.volunteer_mood": "", "farewell.held_on": nil,
	"material.kind": "picture_book", "material.topic": "missing", "material_loan.state": "lent",
	"expense_entry.month": "2026-11", "expense_entry.kind": "other", "expense_entry.receipt_by": nil, "expense_entry.declined_by": nil,
	"expense_month.month": "2026-11", "expense_month.state": "checked", "expense_ride.month": "2026-11", "expense_ride.of_month": "2026-11",
	"volunteer_contact.how": "phone", "volunteer_rhythm.every": "weekly",
	"visit.state": "held", "visit.held_at": "2026-11-20T14:00:00.000Z", "visit.planned_at": "2026-11-20T14:00:00.000Z", "visit.tools": "",
	"visit_report.state": "done", "visit_report.activities": "", "visit_report.mood": "good", "visit_report.genogram": "",
	"breach.kind": "other", "breach.authority": "", "breach.told": "", "breach.stage": "", "breach.discovered_at": "2026-11-20T10:00:00.000Z",
	"data_request.kind": "access", "data_request.how": "talk", "data_request.checked": "known", "data_request.outcome": "", "data_request.extended_on": nil,
	"data_request.ended_on": nil, "data_request.received_on": "2026-11-10",
	"course.published": true, "course_part.ended_on": nil, "learning_module.pages": onePage, "module_edition.pages": onePage, "training_session.starts": "19:30",
	"training_session.called_off_at": nil, "training_place.state": "enrolled", "training_place.attended": "", "module_progress.finished_on": nil, "module_answer.words": nil,
	"peer_day.called_off_at": nil, "peer_invitation.attended": "",
	"tool_use.tool": "triptych", "tool_use.kind": "used", "tool_use.why": "", "goal_change.seq": 1, "triptych.seq": 1, "goal_rating.score": int64(1),
	"step.who": "family", "step.removed_at": nil, "step_past.version": int64(7), "step_past.deed": "moved", "step_past.who": "family", "visit_report.steps": "", "signal.urgency": "this_week", "signal.outcome": "", "task.kind": "answer_signal", "task.show_from": "", "task.subject_id": 0,
	"kin_change.seq": 1, "kin_change.tool": "genogram",
	"dossier_hold.lifted_on": nil, "referral_hold.lifted_on": nil, "volunteer_hold.lifted_on": nil, "dossier_wish.confirmed_on": nil,
	"referral_wish.confirmed_on": nil, "volunteer_wish.confirmed_on": nil,
	"log_entry.action": "read", "log_entry.what": "identity", "log_entry.hash": make([]byte, 32), "log_entry.seal": make([]byte, 32),
}

// holdsForm are sealed columns that hold a form of their own, with words in it.
var holdsForm = map[string]string{
	"kin_change.drawing":  `{"of":"%s"}`,
	"goal_change.content": `{"text":"%s","lines":["a","b","c","d","e"]}`,
	"kin_change.words":    `{"did":"person_added","about":7,"put":{"index":[7],"persons":[{"id":7,"name":"%s"},{"id":8,"name":"b"}],"places":[{"id":9,"centre":7,"person":8,"ring":1}]}}`,
}

// value is what a row of the side holds in a column.
func (s side) value(tx *db.Tx, t table, c column) (any, error) {
	if v, ok := s.now[t.name+"."+c.name]; ok {
		if of, ok := v.(func(side) any); ok {
			return of(s), nil
		}
		return v, nil
	}
	if v, ok := holds[t.name+"."+c.name]; ok {
		return v, nil
	}
	if v, ok := keyed[t.name+"."+c.name]; ok && s.name == theirs.name {
		return v, nil
	}
	switch {
	case c.points == "trajectory_kind":
		return "family_buddy", nil
	case c.points != "":
		return s.id(c.points), nil
	case c.name == "id" || c.name == "seq":
		return s.id(t.name), nil
	case c.name == "row_id" || c.name == "dossier_id":
		return s.id("dossier"), nil
	case c.kind == "BIGINT" && (c.name == "account_id" || strings.HasSuffix(c.name, "_by")):
		return s.id("account"), nil
	case c.kind == "BIGINT":
		return int64(1), nil
	case c.kind == "BOOLEAN":
		return false, nil
	case c.kind == "DOUBLE PRECISION":
		return 1.0, nil
	case c.kind == "BYTEA" && holdsForm[t.name+"."+c.name] != "":
		return tx.Seal(s.place(t, c), fmt.Sprintf(holdsForm[t.name+"."+c.name], s.words(t.name+" "+c.name)))
	case c.kind == "BYTEA":
		if t.root == "none" {
			return nil, nil
		}
		return tx.Seal(s.place(t, c), s.words(t.name+" "+c.name))
	case c.optional:
		return nil, nil
	case strings.HasSuffix(c.name, "_at") || strings.HasSuffix(c.name, "_before") || c.name == "at":
		return "2026-11-01T10:00:00.000Z", nil
	case strings.HasSuffix(c.name, "_on") || strings.HasSuffix(c.name, "_date") || strings.HasSuffix(c.name, "_since"):
		return "2026-11-01", nil
	}
	if common(t) && s.says == nil {
		return "common " + t.name + " of " + s.name, nil
	}
	return s.words(t.name + " " + c.name), nil
}

// place is where a sealed column stands: under the row's own identifier, or that of what it hangs on.
func (s side) place(t table, c column) vault.Place {
	p := vault.Place{Table: t.name, Column: c.name, Owner: s.id("dossier").Int64(), Row: s.id(t.name).Int64()}
	if t.root == "referral" || t.root == "volunteer" {
		p.Owner = s.id(t.root).Int64()
	}
	if t.column("id") == nil {
		for _, k := range t.key {
			if points := t.column(k).points; points != "" {
				p.Row = s.id(points).Int64()
				break
			}
		}
	}
	switch t.name { // several in one place say which
	case "farewell_child":
		p.Row, p.Column = s.id("trajectory").Int64(), "words about "+s.id("person").String()
	case "contraindication":
		p.Column = "decision_words of addiction"
	}
	return p
}

// The fixture writes and reads tables by queries of its own, made for every table once.
var fillers, dumpers = map[string]*db.Query{}, map[string]*db.Query{}

const testOnly = "the probe's own rows"

func prepare(t testing.TB) []table {
	t.Helper()
	all := tables(t)
	for _, one := range all {
		if fillers[one.name] != nil {
			continue
		}
		var names, values []string
		probe := db.Probe{}
		for _, c := range one.columns {
			names, values = append(names, c.name), append(values, ":c_"+c.name)
			probe["c_"+c.name] = nil
		}
		fillers[one.name] = db.CrossX("guard.fill_"+one.name, authz.Works, testOnly,
			"INSERT INTO "+one.name+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(values, ", ")+")", probe)
		dumpers[one.name] = db.CrossQ("guard.dump_"+one.name, authz.Door, testOnly,
			"SELECT "+strings.Join(names, ", ")+" FROM "+one.name+" ORDER BY "+strings.Join(one.key, ", "), db.Probe{})
	}
	return all
}

// fill puts a side's row into the tables for which wanted says so.
func fill(t testing.TB, d *db.DB, s side, wanted func(table) bool) {
	t.Helper()
	err := d.Write(context.Background(), authz.System("guard"), func(tx *db.Tx) error {
		if s.name != sibling.name {
			if err := tx.NewOwner(s.id("dossier").Int64()); err != nil {
				return err
			}
			if err := tx.NewOwner(s.id("referral").Int64()); err != nil {
				return err
			}
		}
		if err := tx.NewOwner(s.id("volunteer").Int64()); err != nil {
			return err
		}
		for _, one := range prepare(t) {
			if one.name == "trajectory_kind" || !wanted(one) {
				continue
			}
			if err := s.fillOne(tx, one); err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s side) fillOne(tx *db.Tx, one table) error {
	args := db.Args{}
	for _, c := range one.columns {
		v, err := s.value(tx, one, c)
		if err != nil {
			return err
		}
		args["c_"+c.name] = v
	}
	return db.Do(tx, fillers[one.name], args)
}

func everything(table) bool { return true }

// common are the tables without a root, which neighbours share: that a town or a prison exists tells nothing.
func common(t table) bool {
	return t.root == "none" && !slices.Contains([]string{"broken_glass", "log_entry"}, t.name)
}

func ofSibling(t table) bool {
	return slices.Contains([]string{"account", "account_role", "volunteer", "volunteer_match"}, t.name)
}

// neighbours opens a database with both families, or with ours alone beside the towns and accounts of both.
func neighbours(t *testing.T, kind db.Kind, now situation, both bool) *db.DB {
	t.Helper()
	return neighboursWho(t, kind, now, both, nil)
}

// neighboursWho say what they are given to say, in place of the words by which a leak is recognised.
func neighboursWho(t *testing.T, kind db.Kind, now situation, both bool, says func(string) string) *db.DB {
	t.Helper()
	d := dbtest.Open(t, kind, &dbtest.Clock{})
	ours, theirs, sibling := ours, theirs, sibling
	ours.now, theirs.now, sibling.now = now, now, now
	theirs.says = says
	fill(t, d, ours, everything)
	if both {
		fill(t, d, theirs, everything)
		fill(t, d, sibling, ofSibling)
	} else {
		fill(t, d, theirs, common)
		fill(t, d, sibling, func(t table) bool { return ofSibling(t) && common(t) })
	}
	return d
}

// asker is one kind of somebody who is not of their family.
type asker struct {
	name string
	authz.Actor
}

func askers(s side) []asker {
	as := func(name string, v core.ID, r authz.Role) asker {
		from := authz.Origin{Address: "192.0.2.1", Route: "GET /probe"}
		return asker{name, authz.SignedIn(core.AccountID(s.id("account")), core.VolunteerID(v), s.name, r, from)}
	}
	return []asker{
		as("volunteer", s.id("volunteer"), authz.Volunteer),
		as("outside coordinator", 0, authz.OutsideCoordinator),
		as("inside coordinator", 0, authz.InsideCoordinator),
		as("both coordinators", 0, authz.OutsideCoordinator|authz.InsideCoordinator),
		as("project leader", 0, authz.ProjectLeader),
		as("administrator", 0, authz.Administrator),
		{"visitor", authz.Visitor(authz.Origin{})},
	}
}
