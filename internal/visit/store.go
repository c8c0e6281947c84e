package visit

import (
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var qRunning = db.Q("visit.running", authz.OwnVisits, `
	SELECT m.dossier_id, d.name, m.trajectory_id, m.volunteer_id, t.kind, k.reports, m.introduced_on, t.planned_end, t.max_visits
	FROM visible_dossier d
	JOIN volunteer_match m ON m.dossier_id = d.id
	JOIN trajectory t ON t.id = m.trajectory_id
	JOIN trajectory_kind k ON k.code = t.kind
	WHERE t.id = :trajectory AND m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted')
		AND m.ended_on IS NULL AND m.declined_at IS NULL AND t.ended_on IS NULL`,
	db.Probe{"trajectory": db.Theirs("trajectory")})

// qMatch finds a match that ended as well, for as long as own reports can be read.
var qMatch = db.Q("visit.match", authz.OwnVisits, `
	SELECT m.dossier_id, d.name, m.trajectory_id, m.volunteer_id, t.kind, k.reports, m.introduced_on, t.planned_end, t.max_visits, m.ended_on
	FROM visible_dossier d
	JOIN volunteer_match m ON m.dossier_id = d.id
	JOIN trajectory t ON t.id = m.trajectory_id
	JOIN trajectory_kind k ON k.code = t.kind
	WHERE t.id = :trajectory AND m.volunteer_id = :volunteer AND m.declined_at IS NULL
		AND (m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND t.ended_on IS NULL OR m.state = 'ended' AND m.ended_on >= :month_ago)
	ORDER BY CASE WHEN m.ended_on IS NULL THEN 0 ELSE 1 END, m.ended_on DESC, m.id LIMIT 1`,
	db.Probe{"trajectory": db.Theirs("trajectory")})

// qMet are the people whom the volunteer was there for, or met: who can have been at a visit before the end. Names alone.
var qMet = db.Q("visit.met", authz.OwnVisits, `
	SELECT p.id, p.name, p.is_child FROM visible_dossier d JOIN person p ON p.dossier_id = d.id
	WHERE d.id = :dossier AND (
		p.id IN (SELECT x.person_id FROM trajectory_person x JOIN volunteer_match m ON m.trajectory_id = x.trajectory_id
			WHERE x.trajectory_id = :trajectory AND m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted', 'ended'))
		OR p.id IN (SELECT y.person_id FROM visit_person y JOIN visit v ON v.id = y.visit_id
			WHERE v.trajectory_id = :trajectory AND v.volunteer_id = :volunteer))
	ORDER BY p.birth, p.id`,
	db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})

// qRestricted counts the restrictions on a day; the writer of a report may have lost sight of them since (INT-6).
var qRestricted = db.Q("visit.restricted", authz.OwnVisits, `
	SELECT COUNT(*) FROM visible_dossier d JOIN restriction r ON r.dossier_id = d.id
	WHERE d.id = :dossier AND r.from_date <= :on AND (r.lifted_on IS NULL OR r.lifted_on > :on)
		AND d.id IN (SELECT m.dossier_id FROM volunteer_match m WHERE m.trajectory_id = :trajectory AND m.volunteer_id = :volunteer)`,
	db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "on": core.MustDate("2026-12-01")})

func (m *Running) columns() []any {
	return []any{&m.Dossier, &m.Family, &m.Trajectory, &m.Volunteer, &m.Kind, &m.Reports, &m.IntroducedOn, &m.PlannedEnd, &m.MaxVisits}
}

func (m *Running) withEnd() []any { return append(m.columns(), &m.EndedOn) }

const reportColumns = `v.id, v.dossier_id, v.trajectory_id, v.held_at, v.planned_at, v.minutes, v.km, v.place, v.tools,
	COALESCE(r.volunteer_id, v.volunteer_id), COALESCE(r.state, 'none'), COALESCE(r.activities, ''), COALESCE(r.mood, ''), r.words, r.agreed, r.boundary,
	COALESCE(r.genogram, ''), COALESCE(r.step_plan_touched, FALSE), COALESCE(r.opened, FALSE), COALESCE(r.version, 0), r.saved_at, r.done_at, COALESCE(r.steps, '')`

func (r *Report) columns() []any {
	return []any{&r.Visit, &r.Dossier, &r.Trajectory, &r.HeldAt, &r.planned, &r.Minutes, &r.Km, &r.Place, &r.tools,
		&r.Volunteer, &r.State, &r.activities, &r.Mood, &r.words, &r.agreed, &r.boundary,
		&r.Genogram, &r.StepPlan, &r.Opened, &r.Version, &r.SavedAt, &r.DoneAt, &r.steps}
}

var (
	qOwn = db.Q("visit.own", authz.OwnVisits, `
		SELECT `+reportColumns+`
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id LEFT JOIN visit_report r ON r.visit_id = v.id
		WHERE v.id = :id AND v.volunteer_id = :volunteer AND v.state <> 'cancelled'`,
		db.Probe{"id": db.Theirs("visit")})

	qOwnOfTrajectory = db.Q("visit.own_of_trajectory", authz.OwnVisits, `
		SELECT `+reportColumns+`
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id LEFT JOIN visit_report r ON r.visit_id = v.id
		WHERE v.trajectory_id = :trajectory AND v.volunteer_id = :volunteer AND v.state <> 'cancelled'
		ORDER BY COALESCE(v.held_at, v.planned_at) DESC, v.id DESC LIMIT :limit`,
		db.Probe{"trajectory": db.Theirs("trajectory"), "limit": 50})

	qOpened = db.Q("visit.opened", authz.OpenedVisits, `
		SELECT `+reportColumns+`
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id JOIN visit_report r ON r.visit_id = v.id
		WHERE d.id = :dossier AND v.state = 'held' AND r.state = 'done' AND r.opened AND v.volunteer_id <> :volunteer
		ORDER BY v.held_at DESC, v.id DESC LIMIT :limit`,
		db.Probe{"dossier": db.Theirs("dossier"), "limit": 50})

	qOfDossier = db.Q("visit.of_dossier", authz.Visits, `
		SELECT `+reportColumns+`
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id LEFT JOIN visit_report r ON r.visit_id = v.id
		WHERE d.id = :dossier AND v.state = 'held'
		ORDER BY v.held_at DESC, v.id DESC LIMIT :limit`,
		db.Probe{"dossier": db.Theirs("dossier"), "limit": 50})

	qOne = db.Q("visit.one", authz.Visits, `
		SELECT `+reportColumns+`
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id LEFT JOIN visit_report r ON r.visit_id = v.id
		WHERE d.id = :dossier AND v.id = :id AND v.state = 'held'`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("visit")})

	qPresent = db.Q("visit.present", authz.Visits, `
		SELECT p.person_id FROM visible_dossier d JOIN visit_person p ON p.dossier_id = d.id WHERE d.id = :dossier AND p.visit_id = :visit ORDER BY p.person_id`,
		db.Probe{"dossier": db.Theirs("dossier"), "visit": db.Theirs("visit")})

	qOwnPresent = db.Q("visit.own_present", authz.OwnVisits, `
		SELECT p.person_id FROM visible_dossier d
		JOIN visit_person p ON p.dossier_id = d.id JOIN visit v ON v.id = p.visit_id
		WHERE d.id = :dossier AND p.visit_id = :visit AND v.volunteer_id = :volunteer ORDER BY p.person_id`,
		db.Probe{"dossier": db.Theirs("dossier"), "visit": db.Theirs("visit")})

	qHeldStarts = db.Q("visit.held_starts", authz.OwnVisits, `
		SELECT v.held_at FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id
		WHERE d.id = :dossier AND v.trajectory_id = :trajectory AND v.volunteer_id = :volunteer AND v.state = 'held' AND v.id <> :visit`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "visit": db.Ours("visit")})

	qSavedUnder = db.Q("visit.saved_under", authz.OwnVisits, `
		SELECT s.visit_id, s.at, s.version, CASE WHEN r.state = 'done' THEN TRUE ELSE FALSE END
		FROM visible_dossier d JOIN report_save s ON s.dossier_id = d.id JOIN visit_report r ON r.visit_id = s.visit_id
		WHERE s.key = :key AND d.id = :dossier AND r.volunteer_id = :volunteer`,
		db.Probe{"key": "x", "dossier": db.Theirs("dossier")})

	qLastKey = db.Q("visit.last_key", authz.OwnVisits, `
		SELECT s.key FROM visible_dossier d JOIN report_save s ON s.dossier_id = d.id JOIN visit_report r ON r.visit_id = s.visit_id
		WHERE d.id = :dossier AND s.visit_id = :visit AND r.volunteer_id = :volunteer ORDER BY s.version DESC LIMIT 1`,
		db.Probe{"dossier": db.Theirs("dossier"), "visit": db.Theirs("visit")})

	qPlanned = db.Q("visit.planned", authz.OwnVisits, `
		SELECT v.id, v.dossier_id, v.trajectory_id, COALESCE(v.held_at, v.planned_at), v.place, d.name, CASE WHEN r.visit_id IS NULL THEN FALSE ELSE TRUE END,
			CASE WHEN EXISTS (SELECT 1 FROM volunteer_match n WHERE n.trajectory_id = v.trajectory_id AND n.volunteer_id = v.volunteer_id
				AND n.ended_on IS NULL AND n.declined_at IS NULL) THEN NULL
			ELSE (SELECT MAX(m.ended_on) FROM volunteer_match m WHERE m.trajectory_id = v.trajectory_id AND m.volunteer_id = v.volunteer_id) END
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id LEFT JOIN visit_report r ON r.visit_id = v.id
		WHERE v.volunteer_id = :volunteer AND v.state IN ('planned', 'draft')
		ORDER BY COALESCE(v.planned_at, v.held_at), v.id LIMIT :limit`,
		db.Probe{"limit": 50})
)

func (p *Planned) columns() []any {
	return []any{&p.Visit, &p.Dossier, &p.Trajectory, &p.At, &p.Place, &p.Family, &p.HasReport, &p.EndedOn}
}

var (
	xVisit = db.X("visit.keep", authz.OwnVisits, `
		INSERT INTO visit (id, dossier_id, trajectory_id, volunteer_id, state, held_at, minutes, km, place, tools)
		SELECT :id, d.id, t.id, :volunteer, :state, :held_at, :minutes,
			:km, :place, :tools
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id
		WHERE d.id = :dossier AND t.id = :trajectory
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, held_at = excluded.held_at, minutes = excluded.minutes, km = excluded.km,
			place = excluded.place, tools = excluded.tools, version = visit.version + 1
		WHERE visit.volunteer_id = :volunteer AND visit.dossier_id = :dossier AND visit.state IN ('planned', 'draft')
			AND visit.dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("visit"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "state": "draft", "held_at": nil,
			"minutes": 1, "km": 1, "place": "", "tools": ""})

	xReport = db.X("visit.keep_report", authz.OwnVisits, `
		INSERT INTO visit_report (visit_id, dossier_id, volunteer_id, state, activities, mood, words, agreed, boundary, step_plan_touched, genogram, steps, saved_at, done_at, version)
		SELECT v.id, d.id, :volunteer, :state, :activities, :mood, :words,
			:agreed, :boundary, :step_plan, :genogram, CAST(:steps AS TEXT), :now, :done_at, 1
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id
		WHERE d.id = :dossier AND v.id = :visit AND v.volunteer_id = :volunteer
		ON CONFLICT (visit_id) DO UPDATE SET state = excluded.state, activities = excluded.activities, mood = excluded.mood, words = excluded.words,
			agreed = excluded.agreed, boundary = excluded.boundary, step_plan_touched = excluded.step_plan_touched, genogram = excluded.genogram, steps = excluded.steps,
			saved_at = excluded.saved_at, done_at = excluded.done_at, version = visit_report.version + 1
		WHERE visit_report.volunteer_id = :volunteer AND visit_report.state = 'draft' AND visit_report.version = :version
			AND visit_report.dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"visit": db.Theirs("visit"), "dossier": db.Theirs("dossier"), "state": "draft", "activities": "", "mood": "", "words": nil, "agreed": nil,
			"boundary": nil, "step_plan": false, "genogram": "", "steps": "", "done_at": nil, "version": 1})

	xForgetPresent = db.X("visit.forget_present", authz.OwnVisits, `
		DELETE FROM visit_person WHERE visit_id = :visit AND dossier_id = :dossier AND dossier_id IN (SELECT id FROM visible_dossier)
			AND visit_id IN (SELECT v.id FROM visit v WHERE v.volunteer_id = :volunteer)`,
		db.Probe{"visit": db.Theirs("visit"), "dossier": db.Theirs("dossier")})

	xPresent = db.X("visit.keep_present", authz.OwnVisits, `
		INSERT INTO visit_person (visit_id, dossier_id, person_id)
		SELECT v.id, d.id, p.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id JOIN person p ON p.dossier_id = d.id
		WHERE d.id = :dossier AND v.id = :visit AND v.volunteer_id = :volunteer AND p.id = :person`,
		db.Probe{"visit": db.Theirs("visit"), "dossier": db.Theirs("dossier"), "person": db.Theirs("person")})

	xSaved = db.X("visit.keep_key", authz.OwnVisits, `
		INSERT INTO report_save (key, dossier_id, visit_id, version, at)
		SELECT :key, d.id, v.id, :version, :now
		FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id WHERE d.id = :dossier AND v.id = :visit AND v.volunteer_id = :volunteer`,
		db.Probe{"key": "x", "dossier": db.Theirs("dossier"), "visit": db.Theirs("visit"), "version": 1})

	xPlan = db.X("visit.plan", authz.OwnVisits, `
		INSERT INTO visit (id, dossier_id, trajectory_id, volunteer_id, state, planned_at, place)
		SELECT :id, d.id, t.id, :volunteer, 'planned', :at, :place
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id JOIN volunteer_match m ON m.trajectory_id = t.id
		WHERE d.id = :dossier AND t.id = :trajectory AND m.volunteer_id = :volunteer AND m.ended_on IS NULL AND m.declined_at IS NULL`,
		db.Probe{"id": db.Ours("visit"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "at": "2026-01-01T10:00:00.000Z", "place": ""})

	xCancel = db.X("visit.cancel", authz.OwnVisits, `
		UPDATE visit SET state = 'cancelled', version = version + 1
		WHERE id = :id AND volunteer_id = :volunteer AND state = 'planned' AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("visit")})

	xOpen = db.X("visit.open_report", authz.Visits, `
		UPDATE visit_report SET opened = :opened
		WHERE visit_id = :id AND dossier_id = :dossier AND state = 'done' AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("visit"), "dossier": db.Theirs("dossier"), "opened": true})
)

func (r Report) place(column string) vault.Place {
	return vault.Place{Table: "visit_report", Column: column, Row: r.Visit.Int64(), Owner: r.Dossier.Int64()}
}

// unseal opens the words and splits the lists of a report as it came from the database.
func (r *Report) unseal(t *db.Tx) (err error) {
	r.Activities, r.Tools = split(r.activities), split(r.tools)
	for _, s := range split(r.steps) {
		step, err := core.ParseID[core.ID](s)
		if err != nil {
			return err
		}
		r.Steps = append(r.Steps, step)
	}
	for _, c := range []struct {
		to     *string
		column string
		sealed []byte
	}{{&r.Words, "words", r.words}, {&r.Agreed, "agreed", r.agreed}, {&r.Boundary, "boundary", r.boundary}} {
		if *c.to, err = t.Open(r.place(c.column), c.sealed); err != nil {
			return err
		}
	}
	if r.HeldAt.IsZero() {
		r.HeldAt = r.planned
	}
	return nil
}

// joined writes identifiers as they are kept in a row.
func joined(all []core.ID) string {
	out := make([]string, len(all))
	for i, id := range all {
		out[i] = id.String()
	}
	return strings.Join(out, ",")
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func loadOwn(t *db.Tx, id core.ID) (Report, error) {
	r, err := db.One(t, qOwn, db.Args{"id": id}, (*Report).columns)
	if err != nil {
		return r, err
	}
	if err := r.unseal(t); err != nil {
		return r, err
	}
	r.Present, err = db.All(t, qOwnPresent, db.Args{"dossier": r.Dossier, "visit": id}, func(p *core.PersonID) []any { return []any{p} })
	return r, err
}
