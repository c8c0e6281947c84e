package care

import (
	"math"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/volunteer/support"
)

var theirs = db.Theirs("volunteer")

const standing = `SELECT v.id, v.name, v.status, v.status_since, ` + support.Active + `, ` + support.ByArea + `, COALESCE(r.every, ''), COALESCE(r.version, 0),
	(SELECT MAX(c.held_on) FROM volunteer_contact c WHERE c.volunteer_id = v.id), (SELECT COALESCE(MAX(h.years), 0) FROM volunteer_thanks h WHERE h.volunteer_id = v.id)
	FROM visible_volunteer v LEFT JOIN volunteer_rhythm r ON r.volunteer_id = v.id `

// whyWeight lets the weight of a volunteer's cases count those in areas of other coordinators too. It gives yes or no, no family.
const whyWeight = "how often somebody is spoken to follows from all her cases, also in areas of other coordinators; it says no family"

const weight = `SELECT m.volunteer_id, MAX(CASE WHEN t.complex THEN 1 ELSE 0 END) FROM volunteer_match m JOIN trajectory t ON t.id = m.trajectory_id
	WHERE m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND m.declined_at IS NULL AND t.ended_on IS NULL `

var (
	qAll = db.Q("care.standings", authz.Care, standing+`WHERE v.name_fold <> '' AND v.status NOT IN ('left', 'rejected') ORDER BY v.name_fold, v.id LIMIT :limit`,
		db.Probe{"limit": 10})
	qOne   = db.Q("care.standing", authz.Care, standing+`WHERE v.id = :id`, db.Probe{"id": theirs})
	qOwn   = db.Q("care.own", authz.Care, standing+`WHERE v.account_id = :actor`, db.Probe{})
	qToday = db.Q("care.today", authz.Care, standing+`WHERE v.name_fold <> '' AND v.status NOT IN ('left', 'rejected') AND v.id > :after AND v.id <= :upto ORDER BY v.id LIMIT :limit`,
		db.Probe{"after": 0, "upto": math.MaxInt64, "limit": 10})

	qWeights = db.CrossQ("care.weights", authz.Care, whyWeight, weight+`GROUP BY m.volunteer_id`, db.Probe{})
	qWeight  = db.CrossQ("care.weight", authz.Care, whyWeight, weight+`AND m.volunteer_id = :id GROUP BY m.volunteer_id`, db.Probe{"id": theirs})

	qLog = db.Q("care.log", authz.Care, `SELECT c.id, c.held_on, c.how, c.words, COALESCE(a.name, '') FROM visible_volunteer v
		JOIN volunteer_contact c ON c.volunteer_id = v.id LEFT JOIN account a ON a.id = c.account_id
		WHERE v.id = :id ORDER BY c.held_on DESC, c.id DESC LIMIT :limit`, db.Probe{"id": theirs, "limit": 10})
	qSent = db.Q("care.sent", authz.Care, `SELECT c.id FROM visible_volunteer v JOIN volunteer_contact c ON c.volunteer_id = v.id
		WHERE v.id = :id AND c.form_token = :token`, db.Probe{"id": theirs, "token": "t"})
	xNote = db.X("care.note", authz.Care, `INSERT INTO volunteer_contact (id, volunteer_id, held_on, how, words, account_id, noted_at, form_token)
		SELECT :contact, v.id, CAST(:on AS TEXT), CAST(:how AS TEXT), CAST(:words AS TEXT), CAST(:actor AS BIGINT), CAST(:now AS TEXT), CAST(:token AS TEXT)
		FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"contact": db.Ours("volunteer_contact_made"), "id": theirs, "on": "2026-11-01", "how": "phone", "words": "", "token": "t2"})

	xChoose = db.X("care.choose", authz.Care, `INSERT INTO volunteer_rhythm (volunteer_id, every) SELECT v.id, CAST(:every AS TEXT) FROM visible_volunteer v WHERE v.id = :id
		ON CONFLICT (volunteer_id) DO UPDATE SET every = excluded.every, version = volunteer_rhythm.version + 1
		WHERE volunteer_rhythm.version = :version AND volunteer_rhythm.volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"id": theirs, "every": "weekly", "version": 1})
	xThank = db.X("care.thank", authz.Care, `INSERT INTO volunteer_thanks (volunteer_id, years, thanked_on, account_id)
		SELECT v.id, CAST(:years AS BIGINT), CAST(:today AS TEXT), CAST(:actor AS BIGINT) FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"id": theirs, "years": 5})
)

// row is a standing as it comes from the database.
type row struct {
	Standing
	active  core.Instant
	thanked int
}

func (r *row) columns() []any {
	return []any{&r.Volunteer, &r.Name, &r.Status, &r.Since, &r.active, &r.Account, &r.Chosen, &r.Version, &r.Last, &r.thanked}
}

// whole is the standing with the day since when somebody is active: who came in from elsewhere has no history, but a status.
func (r row) whole(w map[core.VolunteerID]Weight) Standing {
	s := r.Standing
	s.Weight = w[s.Volunteer]
	if s.Active = r.active.Date(); r.active.IsZero() {
		s.Active = core.Date{}
		if s.Status == "active" {
			s.Active = s.Since
		}
	}
	return s
}

func weights(t *db.Tx, q *db.Query, args db.Args) (map[core.VolunteerID]Weight, error) {
	type line struct {
		id core.VolunteerID
		n  int
	}
	all, err := db.All(t, q, args, func(l *line) []any { return []any{&l.id, &l.n} })
	out := map[core.VolunteerID]Weight{}
	for _, l := range all {
		out[l.id] = Weight{Running: true, Complex: l.n > 0}
	}
	return out, err
}
