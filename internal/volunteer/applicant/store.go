package applicant

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

const (
	newcomer = "nobody has a relation to somebody who is not there yet; whoever applies reads nothing back but a code"
	workload = "whose turn it is counts how many applications wait for each, and tells nothing about them"
)

// What the door needs. A visitor has no more than that.
var (
	qByToken = db.CrossQ("applicant.by_token", authz.Door, newcomer, `SELECT a.code FROM application a WHERE a.form_token = :token`, db.Probe{"token": "x"})

	qKnown = db.CrossQ("applicant.known", authz.Door, "a second application of the same person is put beside the first; the one who applies does not hear it", `
		SELECT v.id, v.municipality_id, v.facility_id FROM volunteer v WHERE LOWER(v.email) = :email AND v.email <> '' AND v.name_fold <> ''
		ORDER BY CASE WHEN v.status IN ('left', 'rejected') THEN 1 ELSE 0 END, v.id LIMIT 1`, db.Probe{"email": "nobody@example.org"})

	xVolunteer = db.CrossX("applicant.insert", authz.Door, newcomer, `
		INSERT INTO volunteer (id, name, name_fold, email, phone, municipality_id, status, status_since, capacity, languages, days)
		VALUES (:id, :name, :fold, :email, :phone, :municipality, 'applied', :today, 1, :languages, :days)`,
		db.Probe{"id": db.Ours("volunteer_made"), "name": "n", "fold": "n", "email": "", "phone": "", "municipality": core.ID(0), "languages": "", "days": ""})
	xKind = db.CrossX("applicant.kind", authz.Door, newcomer, `INSERT INTO volunteer_kind (volunteer_id, kind)
		SELECT v.id, CAST(:kind AS TEXT) FROM volunteer v WHERE v.id = :whose AND v.status = 'applied' AND NOT EXISTS (SELECT 1 FROM volunteer_status s WHERE s.volunteer_id = v.id)`,
		db.Probe{"whose": db.Theirs("volunteer"), "kind": "transport"})
	xHistory = db.CrossX("applicant.remember", authz.Door, newcomer, `INSERT INTO volunteer_status (id, volunteer_id, status, at, account_id)
		SELECT :id, v.id, 'applied', CAST(:now AS TEXT), 0 FROM volunteer v WHERE v.id = :whose AND v.status = 'applied'
			AND NOT EXISTS (SELECT 1 FROM volunteer_status s WHERE s.volunteer_id = v.id)`,
		db.Probe{"id": db.Ours("volunteer_status_made"), "whose": db.Theirs("volunteer")})
	xApplication = db.CrossX("applicant.keep", authz.Door, newcomer, `
		INSERT INTO application (id, volunteer_id, code, received_at, answer_before, municipality_name, form_token, words)
		VALUES (:id, :whose, :code, :now, :before, :town, :token, :words)`,
		db.Probe{"id": db.Ours("application_made"), "whose": db.Ours("volunteer"), "code": "x", "before": "2026-01-01T00:00:00.000Z", "town": "", "token": "y", "words": []byte("x")})

	qOfMunicipality = db.CrossQ("applicant.of_municipality", authz.Door, workload, coordinatorOf("account_municipality am", "am", "outside_coordinator", "am.municipality_id = :place"),
		db.Probe{"place": core.ID(7)})
	qOfFacility = db.CrossQ("applicant.of_facility", authz.Door, workload, coordinatorOf("account_facility af", "af", "inside_coordinator", "af.facility_id = :place"),
		db.Probe{"place": core.ID(7)})
	qLeader = db.Q("applicant.leader", authz.Door, `SELECT a.id FROM account a JOIN account_role ro ON ro.account_id = a.id AND ro.role = 'project_leader'
		WHERE a.ended_at IS NULL ORDER BY a.id LIMIT 1`, db.Probe{})
)

func coordinatorOf(from, as, role, where string) string {
	return `SELECT a.id FROM ` + from + ` JOIN account a ON a.id = ` + as + `.account_id AND a.ended_at IS NULL
		JOIN account_role ro ON ro.account_id = a.id AND ro.role = '` + role + `' WHERE ` + where + `
		ORDER BY (SELECT COUNT(*) FROM task k WHERE k.account_id = a.id AND k.kind = 'answer_application' AND k.done_at IS NULL), a.id LIMIT 1`
}

func who(t *db.Tx, q *db.Query, args db.Args) (core.AccountID, error) {
	a, _, err := db.Maybe(t, q, args, func(a *core.AccountID) []any { return []any{a} })
	return a, err
}
