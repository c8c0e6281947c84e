package peer

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/training"
)

const columns = `s.id, s.held_on, s.starts, s.place, s.about, s.municipality_id, s.facility_id, COALESCE(m.name, f.name, ''), s.cases, s.called_off_at, s.version`

const places = ` LEFT JOIN municipality m ON m.id = s.municipality_id LEFT JOIN facility f ON f.id = s.facility_id `

var (
	theirs = db.Theirs("volunteer")
	day    = db.Theirs("peer_day")

	qDays = db.Q("peer.days", authz.Training, `SELECT `+columns+` FROM peer_day s`+places+`WHERE s.held_on >= :from AND `+training.InArea+`
		ORDER BY s.held_on DESC, s.id LIMIT :limit`, db.Probe{"from": "2026-01-01", "all": false, "limit": 50})
	qDay = db.Q("peer.day", authz.Training, `SELECT `+columns+` FROM peer_day s`+places+`WHERE s.id = :id AND `+training.InArea, db.Probe{"id": day, "all": false})
	qOwn = db.Q("peer.own", authz.Learning, `SELECT `+columns+`, x.attended FROM visible_volunteer v JOIN peer_invitation x ON x.volunteer_id = v.id
		JOIN peer_day s ON s.id = x.peer_day_id`+places+`WHERE v.id = :volunteer ORDER BY s.held_on DESC, s.id LIMIT :limit`, db.Probe{"limit": 50})

	xPlan = db.X("peer.plan", authz.Training, `INSERT INTO peer_day (id, held_on, starts, place, about, municipality_id, facility_id)
		VALUES (:id, :on, :starts, :place, :about, :municipality, :facility)`,
		db.Probe{"id": db.Ours("peer_day_made"), "on": "2026-12-01", "starts": "", "place": "", "about": "", "municipality": nil, "facility": nil})
	xCallOff = db.X("peer.call_off", authz.Training, `UPDATE peer_day SET called_off_at = :now, version = version + 1 WHERE id = :id AND called_off_at IS NULL`, db.Probe{"id": day})
	xCases   = db.X("peer.cases", authz.Training, `UPDATE peer_day SET cases = :cases, version = version + 1 WHERE id = :id AND version = :version`,
		db.Probe{"id": day, "cases": "", "version": 1})

	qGuests = db.Q("peer.guests", authz.Learning, `SELECT v.id, v.name, x.attended FROM visible_volunteer v JOIN peer_invitation x ON x.volunteer_id = v.id
		WHERE x.peer_day_id = :day ORDER BY v.name_fold, v.id`, db.Probe{"day": day})
	qToInvite = db.Q("peer.to_invite", authz.Learning, `SELECT v.id, v.account_id FROM visible_volunteer v JOIN peer_day s ON s.id = :day
		WHERE v.status = 'active' AND `+training.OpenTo+` AND NOT EXISTS (SELECT 1 FROM peer_invitation x WHERE x.volunteer_id = v.id AND x.peer_day_id = :day) ORDER BY v.id`,
		db.Probe{"day": day})
	qAccounts = db.Q("peer.accounts", authz.Learning, `SELECT v.id, v.account_id FROM visible_volunteer v JOIN peer_invitation x ON x.volunteer_id = v.id
		WHERE x.peer_day_id = :day AND v.account_id IS NOT NULL ORDER BY v.id`, db.Probe{"day": day})
	xInvite = db.X("peer.invite", authz.Learning, `INSERT INTO peer_invitation (id, peer_day_id, volunteer_id)
		SELECT :row, s.id, v.id FROM visible_volunteer v JOIN peer_day s ON s.id = :day WHERE v.id = :id`,
		db.Probe{"row": db.Ours("peer_invitation_made"), "day": day, "id": theirs})
	xAttended = db.X("peer.attended", authz.Learning, `UPDATE peer_invitation SET attended = :attended WHERE peer_day_id = :day AND volunteer_id = :id
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"day": day, "id": theirs, "attended": absent})
	qAttendance = db.Q("peer.attendance", authz.Learning, `SELECT v.id, v.name, x.attended FROM visible_volunteer v JOIN peer_invitation x ON x.volunteer_id = v.id
		JOIN peer_day s ON s.id = x.peer_day_id WHERE v.status = 'active' AND s.called_off_at IS NULL ORDER BY v.name_fold, v.id, s.held_on DESC, s.id DESC`, db.Probe{})
)

func (d *Day) columns() []any {
	return []any{&d.ID, &d.On, &d.Starts, &d.Place, &d.About, &d.Area.Municipality, &d.Area.Facility, &d.Area.Name, &d.Cases, &d.CalledOff, &d.Version}
}

func load(t *db.Tx, id core.ID) (Day, error) {
	return db.One(t, qDay, db.Args{"id": id, "all": training.Everywhere(t)}, (*Day).columns)
}

func guests(t *db.Tx, q *db.Query, args db.Args) ([]Guest, error) {
	return db.All(t, q, args, func(g *Guest) []any { return []any{&g.Volunteer, &g.Name, &g.Attended} })
}
