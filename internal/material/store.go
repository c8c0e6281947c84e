package material

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	theirs = db.Theirs("volunteer")
	loan   = db.Theirs("material_loan")
)

const columns = `m.id, m.name, m.kind, m.topic, m.age_from, m.age_to, m.about_detention, m.gift, m.copies, m.lend_days, m.ended_on, m.version FROM material m`

const whyCount = "how many copies are out counts those of every volunteer, also in areas of other coordinators; it gives a number only"

const loans = `SELECT l.id, v.id, v.name, l.material_id, m.name, m.kind, m.gift, m.lend_days, d.id, COALESCE(d.name, ''), l.state, l.asked_on, l.lent_on, l.due_on,
	l.ended_on, l.why FROM visible_volunteer v JOIN material_loan l ON l.volunteer_id = v.id JOIN material m ON m.id = l.material_id
	LEFT JOIN visible_dossier d ON d.id = l.dossier_id `

var (
	qAll = db.Q("material.all", authz.Directory, `SELECT `+columns+` ORDER BY m.kind, m.age_from, m.name, m.id LIMIT :limit`, db.Probe{"limit": 10})
	qOne = db.Q("material.one", authz.Directory, `SELECT `+columns+` WHERE m.id = :id`, db.Probe{"id": db.Theirs("material")})

	qGone = db.CrossQ("material.gone", authz.Directory, whyCount, `SELECT l.material_id, COUNT(*) FROM material_loan l
		WHERE l.state IN ('lent', 'given', 'lost') GROUP BY l.material_id`, db.Probe{})
	qGoneOf = db.CrossQ("material.gone_of", authz.Directory, whyCount, `SELECT COUNT(*) FROM material_loan l
		WHERE l.material_id = :id AND l.state IN ('lent', 'given', 'lost')`, db.Probe{"id": db.Theirs("material")})

	xAdd = db.X("material.add", authz.Directory, `INSERT INTO material (id, name, kind, topic, age_from, age_to, about_detention, gift, copies, lend_days)
		VALUES (:id, :name, :kind, :topic, :from, :to, :about, :gift, :copies, :days)`, db.Probe{"id": db.Ours("material_made"), "name": "", "kind": "", "topic": "",
		"from": 1, "to": 2, "about": false, "gift": false, "copies": 1, "days": 1})
	xChange = db.X("material.change", authz.Directory, `UPDATE material SET name = :name, kind = :kind, topic = :topic, age_from = :from, age_to = :to,
		about_detention = :about, gift = :gift, copies = :copies, lend_days = :days, ended_on = :ended, version = version + 1 WHERE id = :id AND version = :version`,
		db.Probe{"id": db.Theirs("material"), "version": 1, "name": "", "kind": "", "topic": "", "from": 1, "to": 2, "about": false, "gift": false, "copies": 1,
			"days": 1, "ended": nil})

	qOwn = db.Q("material.own", authz.Entries, loans+`WHERE v.account_id = :actor ORDER BY l.asked_on DESC, l.id DESC LIMIT :limit`, db.Probe{"limit": 10})
	qOf  = db.Q("material.of_volunteer", authz.Care, loans+`WHERE v.id = :id ORDER BY l.asked_on DESC, l.id DESC LIMIT :limit`, db.Probe{"id": theirs, "limit": 10})
	qOut = db.Q("material.out", authz.Care, loans+`WHERE l.state IN ('asked', 'lent') ORDER BY CASE WHEN l.due_on IS NULL THEN 0 ELSE 1 END, l.due_on, l.id LIMIT :limit`,
		db.Probe{"limit": 10})
	qLoan = db.Q("material.loan", authz.Care, loans+`WHERE l.id = :loan AND v.id = :id`, db.Probe{"id": theirs, "loan": loan})

	// The family is one whose running match is the volunteer's own; any other is none.
	xAsk = db.X("material.ask", authz.Entries, `INSERT INTO material_loan (id, volunteer_id, material_id, dossier_id, state, asked_on, form_token)
		SELECT :loan, v.id, CAST(:material AS BIGINT), CAST(:dossier AS BIGINT), 'asked', CAST(:today AS TEXT), CAST(:token AS TEXT) FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"loan": db.Ours("material_loan_made"), "id": theirs, "material": db.Theirs("material"), "dossier": core.DossierID(0), "token": "t2"})
	qSent = db.Q("material.sent", authz.Entries, `SELECT l.id FROM visible_volunteer v JOIN material_loan l ON l.volunteer_id = v.id WHERE v.id = :id AND l.form_token = :token`,
		db.Probe{"id": theirs, "token": "t"})
	qWaits = db.Q("material.waits", authz.Entries, `SELECT COUNT(*) FROM visible_volunteer v JOIN material_loan l ON l.volunteer_id = v.id
		WHERE v.id = :id AND l.material_id = :material AND l.state = 'asked'`, db.Probe{"id": theirs, "material": db.Theirs("material")})
	qAnyWaits = db.Q("material.any_waits", authz.Care, `SELECT COUNT(*) FROM visible_volunteer v JOIN material_loan l ON l.volunteer_id = v.id
		WHERE v.id = :id AND l.state = 'asked'`, db.Probe{"id": theirs})

	xStart = db.X("material.lend", authz.Care, `INSERT INTO material_loan (id, volunteer_id, material_id, dossier_id, state, asked_on, lent_on, due_on, ended_on, form_token)
		SELECT :loan, v.id, CAST(:material AS BIGINT), CAST(:dossier AS BIGINT), CAST(:state AS TEXT), CAST(:today AS TEXT), CAST(:today AS TEXT), CAST(:due AS TEXT),
			CAST(:ended AS TEXT), CAST(:token AS TEXT) FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"loan": db.Ours("material_loan_made"), "id": theirs, "material": db.Theirs("material"), "dossier": core.DossierID(0), "state": "lent",
			"due": "2026-12-01", "ended": nil, "token": "t3"})
	xGive = db.X("material.hand_over", authz.Care, `UPDATE material_loan SET state = :state, lent_on = :today, due_on = :due, ended_on = :ended
		WHERE id = :loan AND volunteer_id = :id AND state = 'asked' AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"loan": loan, "id": theirs, "state": "lent", "due": "2026-12-01", "ended": nil})
	xEnd = db.X("material.end", authz.Care, `UPDATE material_loan SET state = :state, ended_on = :today, why = :why
		WHERE id = :loan AND volunteer_id = :id AND state = :was AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"loan": loan, "id": theirs, "state": "returned", "was": "lent", "why": ""})

	qFamilies = db.Q("material.own_families", authz.OwnMatch, `SELECT t.id, d.id, d.name FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id
		JOIN trajectory t ON t.id = m.trajectory_id
		WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND m.declined_at IS NULL AND t.ended_on IS NULL
		ORDER BY d.name, t.id LIMIT :limit`, db.Probe{"limit": 10})
	qChildren = db.Q("material.children", authz.Identity, `SELECT p.id, p.name, p.birth FROM visible_dossier d JOIN person p ON p.dossier_id = d.id
		JOIN trajectory_person x ON x.person_id = p.id WHERE d.id = :dossier AND x.trajectory_id = :trajectory AND p.is_child ORDER BY p.birth, p.id`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})
)

func (m *Material) columns() []any {
	return []any{&m.ID, &m.Name, &m.Kind, &m.Topic, &m.AgeFrom, &m.AgeTo, &m.AboutDetention, &m.Gift, &m.Copies, &m.LendDays, &m.EndedOn, &m.Version}
}

func (l *Loan) columns() []any {
	return []any{&l.ID, &l.Volunteer, &l.VolunteerName, &l.Material, &l.Name, &l.Kind, &l.Gift, &l.LendDays, &l.Dossier, &l.Family, &l.State, &l.AskedOn,
		&l.LentOn, &l.DueOn, &l.EndedOn, &l.Why}
}

const (
	shelf = 500 // titles; a cupboard has fewer
	lines = 200 // loans on a page
)

func all(t *db.Tx) ([]Material, error) {
	found, err := db.All(t, qAll, db.Args{"limit": shelf}, (*Material).columns)
	if err != nil {
		return nil, err
	}
	type out struct {
		id core.ID
		n  int
	}
	gone, err := db.All(t, qGone, nil, func(o *out) []any { return []any{&o.id, &o.n} })
	for i := range found {
		for _, o := range gone {
			if o.id == found[i].ID {
				found[i].Gone = o.n
			}
		}
	}
	return found, err
}

func one(t *db.Tx, id core.ID) (m Material, err error) {
	if m, err = db.One(t, qOne, db.Args{"id": id}, (*Material).columns); err != nil {
		return m, err
	}
	m.Gone, err = db.Count(t, qGoneOf, db.Args{"id": id})
	return m, err
}

func (m Material) args() db.Args {
	return db.Args{"id": m.ID, "name": m.Name, "kind": m.Kind, "topic": m.Topic, "from": m.AgeFrom, "to": m.AgeTo, "about": m.AboutDetention, "gift": m.Gift,
		"copies": m.Copies, "days": m.LendDays}
}
