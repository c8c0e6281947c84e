package training

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var theirs = db.Theirs("volunteer")

const (
	whyRoll = "places go by the order of asking, whoever asks: the identifiers stay in the program, what is shown is a number"

	// InArea holds what is held for a place, under the name s, to the places of who asks; what is for everybody is everybody's.
	InArea = `(:all OR s.municipality_id IS NULL AND s.facility_id IS NULL
		OR s.municipality_id IN (SELECT am.municipality_id FROM account_municipality am WHERE am.account_id = :actor UNION ALL
			SELECT am.municipality_id FROM account_municipality am JOIN standing_in si ON si.absent_id = am.account_id
			WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today)
		OR s.facility_id IN (SELECT af.facility_id FROM account_facility af WHERE af.account_id = :actor UNION ALL
			SELECT af.facility_id FROM account_facility af JOIN standing_in si ON si.absent_id = af.account_id
			WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today))`

	// OpenTo holds what is held for a place, under the name s, to where the volunteer v belongs.
	OpenTo = `(s.municipality_id IS NULL AND s.facility_id IS NULL OR s.municipality_id = v.municipality_id OR s.facility_id = v.facility_id)`

	sessionColumns = `s.id, s.held_on, s.starts, s.ends, s.place, s.places, s.trainer, s.municipality_id, s.facility_id, COALESCE(m.name, f.name, ''), s.called_off_at,
		s.version, p.id, p.module_id, p.code, COALESCE(l.name, p.name), COALESCE(l.name_en, ''), c.id, c.code, c.name, c.published`
	sessionTables = `JOIN course_part p ON p.id = s.part_id JOIN course c ON c.id = p.course_id LEFT JOIN learning_module l ON l.id = p.module_id
		LEFT JOIN municipality m ON m.id = s.municipality_id LEFT JOIN facility f ON f.id = s.facility_id`
)

// Everywhere says whether the actor reaches what is held for any place: the project leader does.
func Everywhere(t *db.Tx) bool {
	return t.Actor().Roles().Has(authz.ProjectLeader) || t.Actor().IsSystem()
}

// Sessions.
var (
	qSessions = db.Q("training.sessions", authz.Training, `SELECT `+sessionColumns+` FROM training_session s `+sessionTables+`
		WHERE s.held_on >= :from AND s.held_on <= :until AND `+InArea+` ORDER BY s.held_on, s.starts, s.id LIMIT :limit`,
		db.Probe{"from": "2026-01-01", "until": "2027-01-01", "all": false, "limit": 50})
	qSession = db.Q("training.session", authz.Training, `SELECT `+sessionColumns+` FROM training_session s `+sessionTables+`
		WHERE s.id = :id AND `+InArea, db.Probe{"id": db.Theirs("training_session"), "all": false})

	xPlan = db.X("training.plan", authz.Training, `INSERT INTO training_session (id, part_id, held_on, starts, ends, place, places, trainer, municipality_id, facility_id)
		VALUES (:id, :part, :on, :starts, :ends, :place, :places, :trainer, :municipality, :facility)`,
		db.Probe{"id": db.Ours("training_session_made"), "part": 1, "on": "2026-12-01", "starts": "", "ends": "", "place": "", "places": 1, "trainer": "",
			"municipality": nil, "facility": nil})
	xChange = db.X("training.change", authz.Training, `UPDATE training_session SET held_on = :on, starts = :starts, ends = :ends, place = :place, places = :places,
		trainer = :trainer, municipality_id = :municipality, facility_id = :facility, version = version + 1 WHERE id = :id AND version = :version AND called_off_at IS NULL`,
		db.Probe{"id": db.Theirs("training_session"), "on": "2026-12-01", "starts": "", "ends": "", "place": "", "places": 1, "trainer": "",
			"municipality": nil, "facility": nil, "version": 1})
	xCallOff = db.X("training.call_off", authz.Training, `UPDATE training_session SET called_off_at = :now, version = version + 1
		WHERE id = :id AND called_off_at IS NULL`, db.Probe{"id": db.Theirs("training_session")})
)

// Places at sessions.
var (
	qRoll = db.CrossQ("training.roll", authz.Learning, whyRoll, `SELECT x.volunteer_id, x.state FROM training_place x WHERE x.session_id = :session
		ORDER BY x.asked_at, x.id`, db.Probe{"session": db.Theirs("training_session")})
	qRolls = db.CrossQ("training.rolls", authz.Learning, whyRoll, `SELECT x.session_id, x.volunteer_id, x.state FROM training_session s
		JOIN training_place x ON x.session_id = s.id WHERE s.held_on >= :from AND s.held_on <= :until ORDER BY x.asked_at, x.id`,
		db.Probe{"from": "2026-01-01", "until": "2027-01-01"})
	qSeats = db.Q("training.seats", authz.Learning, `SELECT v.id, v.name, x.state, x.attended FROM visible_volunteer v
		JOIN training_place x ON x.volunteer_id = v.id WHERE x.session_id = :session ORDER BY x.asked_at, x.id`, db.Probe{"session": db.Theirs("training_session")})
	qOpenTo = db.Q("training.open_to", authz.Learning, `SELECT `+sessionColumns+`, COALESCE(x.state, ''), COALESCE(x.attended, '') FROM visible_volunteer v
		JOIN training_session s ON s.held_on >= :from `+sessionTables+` LEFT JOIN training_place x ON x.session_id = s.id AND x.volunteer_id = v.id
		WHERE v.id = :id AND (`+OpenTo+` OR x.id IS NOT NULL) ORDER BY s.held_on, s.starts, s.id`, db.Probe{"id": theirs, "from": "2026-01-01"})
	qOthers = db.Q("training.others", authz.Learning, `SELECT v.id, v.name FROM visible_volunteer v JOIN training_session s ON s.id = :session
		WHERE v.status NOT IN ('left', 'rejected') AND v.name_fold <> '' AND `+OpenTo+`
			AND NOT EXISTS (SELECT 1 FROM training_place x WHERE x.volunteer_id = v.id AND x.session_id = :session) ORDER BY v.name_fold, v.id LIMIT :limit`,
		db.Probe{"session": db.Theirs("training_session"), "limit": 500})

	xEnrol = db.X("training.enrol", authz.Learning, `INSERT INTO training_place (id, session_id, volunteer_id, state, asked_at)
		SELECT :row, s.id, v.id, CAST(:state AS TEXT), CAST(:now AS TEXT) FROM visible_volunteer v JOIN training_session s ON s.id = :session WHERE v.id = :id`,
		db.Probe{"row": db.Ours("training_place_made"), "session": db.Theirs("training_session"), "id": theirs, "state": Waiting})
	xWithdraw = db.X("training.withdraw", authz.Learning, `DELETE FROM training_place WHERE session_id = :session AND volunteer_id = :id
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"session": db.Theirs("training_session"), "id": theirs})
	xMoveUp = db.CrossX("training.move_up", authz.Learning, "who withdraws makes room for whoever waits longest, whom they do not see", `UPDATE training_place
		SET state = 'enrolled' WHERE session_id = :session AND volunteer_id = :id AND state = 'waiting'`,
		db.Probe{"session": db.Theirs("training_session"), "id": theirs})
	xAttended = db.X("training.attended", authz.Learning, `UPDATE training_place SET attended = :attended WHERE session_id = :session AND volunteer_id = :id
		AND state = 'enrolled' AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"session": db.Theirs("training_session"), "id": theirs, "attended": Present})

	// qToTell finds who hears that something changed: the volunteer, or without an account a coordinator of the place.
	qToTell = db.CrossQ("training.to_tell", authz.Learning, "whoever gets a place hears it, whoever made room: an account, which stays in the program", `
		SELECT v.account_id, COALESCE((SELECT MIN(am.account_id) FROM account_municipality am JOIN account_role r ON r.account_id = am.account_id
				AND r.role = 'outside_coordinator' JOIN account a ON a.id = am.account_id AND a.ended_at IS NULL WHERE am.municipality_id = v.municipality_id),
			(SELECT MIN(af.account_id) FROM account_facility af JOIN account_role r ON r.account_id = af.account_id AND r.role = 'inside_coordinator'
				JOIN account a ON a.id = af.account_id AND a.ended_at IS NULL WHERE af.facility_id = v.facility_id))
		FROM volunteer v WHERE v.id = :id`, db.Probe{"id": theirs})
)

// What somebody did.
var (
	qAttended = db.Q("training.parts_attended", authz.Learning, `SELECT s.part_id, s.held_on FROM visible_volunteer v JOIN training_place x ON x.volunteer_id = v.id
		JOIN training_session s ON s.id = x.session_id WHERE v.id = :id AND x.attended = 'present' ORDER BY s.held_on`, db.Probe{"id": theirs})
	qRead = db.Q("training.parts_read", authz.Learning, `SELECT p.id, g.finished_on FROM visible_volunteer v JOIN module_progress g ON g.volunteer_id = v.id
		JOIN course_part p ON p.module_id = g.module_id WHERE v.id = :id AND g.finished_on IS NOT NULL ORDER BY g.finished_on`, db.Probe{"id": theirs})
	qHalfway = db.Q("training.halfway", authz.Learning, `SELECT g.module_id, g.page FROM visible_volunteer v JOIN module_progress g ON g.volunteer_id = v.id
		WHERE v.id = :id AND g.finished_on IS NULL`, db.Probe{"id": theirs})
	qCompleted = db.Q("training.completed", authz.Learning, `SELECT c.course, c.completed_on FROM visible_volunteer v JOIN volunteer_course c ON c.volunteer_id = v.id
		WHERE v.id = :id ORDER BY c.completed_on, c.course`, db.Probe{"id": theirs})
	qWanted = db.Q("training.wanted", authz.Learning, `SELECT k.code, k.courses FROM visible_volunteer v JOIN volunteer_kind w ON w.volunteer_id = v.id
		JOIN trajectory_kind k ON k.code = w.kind WHERE v.id = :id ORDER BY k.position, k.code`, db.Probe{"id": theirs})
	qName = db.Q("training.name", authz.Learning, `SELECT v.name FROM visible_volunteer v WHERE v.id = :id`, db.Probe{"id": theirs})

	xComplete = db.X("training.complete", authz.Learning, `INSERT INTO volunteer_course (volunteer_id, course, completed_on)
		SELECT v.id, CAST(:course AS TEXT), CAST(:on AS TEXT) FROM visible_volunteer v WHERE v.id = :id
		ON CONFLICT (volunteer_id, course) DO UPDATE SET completed_on = excluded.completed_on
		WHERE volunteer_course.completed_on < excluded.completed_on AND volunteer_course.volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"id": theirs, "course": "other", "on": "2026-11-01"})
	xTakeBack = db.X("training.take_back", authz.Care, `DELETE FROM volunteer_course WHERE volunteer_id = :id AND course = :course
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`, db.Probe{"id": theirs, "course": "general"})
)

func (s *Session) columns() []any {
	return []any{&s.ID, &s.On, &s.Starts, &s.Ends, &s.Place, &s.Places, &s.Trainer, &s.Area.Municipality, &s.Area.Facility, &s.Area.Name, &s.CalledOff,
		&s.Version, &s.Part.ID, &s.Part.Module, &s.Part.Code, &s.Part.Name, &s.Part.NameEN, &s.Course.ID, &s.Course.Code, &s.Course.Name, &s.Course.Published}
}

func (s Session) args() db.Args {
	return db.Args{"id": s.ID, "on": s.On, "starts": s.Starts, "ends": s.Ends, "place": s.Place, "places": s.Places, "trainer": s.Trainer,
		"municipality": s.Area.Municipality, "facility": s.Area.Facility}
}

// session reads one in the places of who asks.
func session(t *db.Tx, id core.ID) (Session, error) {
	return db.One(t, qSession, db.Args{"id": id, "all": Everywhere(t)}, (*Session).columns)
}

type placed struct {
	session   core.ID
	volunteer core.VolunteerID
	state     string
}

func (r *Roll) put(p placed) {
	if p.state == Waiting {
		r.Waiting = append(r.Waiting, p.volunteer)
	} else {
		r.Enrolled = append(r.Enrolled, p.volunteer)
	}
}

// roll reads who comes to a session and who waits.
func roll(t *db.Tx, s Session) (Roll, error) {
	r := Roll{Places: s.Places}
	all, err := db.All(t, qRoll, db.Args{"session": s.ID}, func(p *placed) []any { return []any{&p.volunteer, &p.state} })
	for _, p := range all {
		r.put(p)
	}
	return r, err
}

// rolls reads those of a time, by session; the places are not in them.
func rolls(t *db.Tx, from, until core.Date) (map[core.ID]*Roll, error) {
	out := map[core.ID]*Roll{}
	all, err := db.All(t, qRolls, db.Args{"from": from, "until": until}, func(p *placed) []any { return []any{&p.session, &p.volunteer, &p.state} })
	for _, p := range all {
		if out[p.session] == nil {
			out[p.session] = &Roll{}
		}
		out[p.session].put(p)
	}
	return out, err
}
