package app

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// The mutants leak, each in a way that the check at registration cannot see. The probe must.
var mutants = map[*db.Query]string{
	db.Q("mutant.own_of_everybody", authz.OwnVisits, `SELECT r.visit_id, r.mood FROM visible_dossier d JOIN visit_report r ON r.dossier_id = d.id
		WHERE r.visit_id = :visit AND :volunteer = :volunteer`, db.Probe{"visit": db.Theirs("visit")}): "the other volunteer",
	db.Q("mutant.own_visit", authz.OwnVisits, `SELECT v.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id
		WHERE d.id = :dossier AND (v.volunteer_id = :volunteer OR v.km > 0)`, db.Probe{"dossier": db.Theirs("dossier")}): "the other volunteer",
	db.X("mutant.upsert_of_another", authz.OwnVisits, `INSERT INTO visit_report (visit_id, dossier_id, volunteer_id, state, saved_at)
		SELECT v.id, d.id, CAST(:volunteer AS BIGINT), 'draft', CAST(:now AS TEXT) FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id WHERE v.id = :visit
		ON CONFLICT (visit_id) DO UPDATE SET mood = 'hijacked'
		WHERE visit_report.dossier_id IN (SELECT id FROM visible_dossier) AND (:volunteer = :volunteer)`, db.Probe{"visit": db.Theirs("visit")}): "the other volunteer",
	db.Q("mutant.one_arm", authz.Visits, `SELECT v.id FROM (SELECT d.id FROM visible_dossier d UNION SELECT CAST(:dossier AS BIGINT) FROM municipality) x
		JOIN visit v ON v.dossier_id = x.id`, db.Probe{"dossier": db.Theirs("dossier")}): "our outside coordinator",
	db.Q("mutant.is_known", authz.Identity, `SELECT COUNT(*) FROM visible_dossier d WHERE CAST(:dossier AS BIGINT) IN (SELECT p.dossier_id FROM person p)`,
		db.Probe{"dossier": db.Theirs("dossier")}): "sees that they exist",
	db.X("mutant.joined_to_another", authz.Referrals, `UPDATE referral SET dossier_id = :dossier WHERE id = :id AND id IN (SELECT id FROM visible_referral)`,
		db.Probe{"id": db.Theirs("referral"), "dossier": db.Theirs("dossier")}): "with our :id",
}

func TestProbeCatchesMutants(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			p := newProbe(t, kind, situations["running"])
			for q, want := range mutants {
				leaks := p.leaks([]*db.Query{q})
				if len(leaks) == 0 || !slices.ContainsFunc(leaks, func(l string) bool { return strings.Contains(l, want) }) {
					t.Errorf("%s is not caught as %q: %v", q.Name(), want, leaks)
				}
			}
		})
	}
}

// kept are the tables that a volunteer must not read of a family, with the sections through which they may be touched at
// all (METHOD ch. 9). A query under a wrong section would pass every scope.
var kept = map[string][]authz.Section{
	"contraindication": {authz.Intake},
	"intake_talk":      {authz.Intake},
	"typed_talk":       {authz.Intake},
	"intake":           {authz.Intake, authz.Plan, authz.Figures},
	"support_question": {authz.Intake},
	"follow_up":        {authz.Intake},
	"start_condition":  {authz.Intake},
	"note":             {authz.Notes},
	"professional":     {authz.Contacts},
	"consent":          {authz.Consents, authz.Intake},
	"signal":           {authz.Signals, authz.OwnSignals, authz.Figures},
	"visit_report":     {authz.Visits, authz.OwnVisits, authz.OpenedVisits, authz.Figures},
	"volunteer_match": {authz.Matching, authz.Care, // how many families somebody has
		authz.OwnMatch, authz.OwnVisits, authz.OwnSignals, authz.OwnSteps, authz.Figures},
	"log_entry":      {authz.Log},
	"release_choice": {authz.Plan},
}

// ofOneself are the queries by which somebody reads what the programme keeps about themselves (PRV-4): days and numbers of their
// own work, and nothing of a family. They ask for the actor's own rows.
var ofOneself = map[string]bool{"owndata.matches": true, "owndata.worries": true, "owndata.did": true, "owndata.looked_at_volunteer": true}

func TestTablesAreTouchedUnderTheirSection(t *testing.T) {
	scoped, crossing := queries()
	for _, q := range append(scoped, crossing...) {
		for _, table := range q.Tables() {
			if ofOneself[q.Name()] && (strings.Contains(q.Text(), "= :volunteer") || strings.Contains(q.Text(), "account_id = :actor")) {
				continue
			}
			if may, ok := kept[table]; ok && !slices.Contains(may, q.Section()) && volunteers(q.Section()) {
				t.Errorf("%s touches %s as %q, which volunteers may read", q.Name(), table, q.Section())
			}
		}
	}
}

func volunteers(s authz.Section) bool {
	for _, r := range []authz.Relation{authz.RunningMatch, authz.ProposedMatch, authz.EndedMatch, authz.JustEnded, authz.OwnFile, authz.Member, authz.Anyone} {
		if authz.Cell(r, s) != authz.None {
			return true
		}
	}
	return false
}
