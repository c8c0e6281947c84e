package trajectory

import (
	"maps"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var (
	theirs  = db.Probe{"dossier": db.Theirs("dossier")}
	theirsX = db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("trajectory")}
)

func probe(more db.Probe) db.Probe {
	out := db.Probe{}
	maps.Copy(out, theirsX)
	maps.Copy(out, more)
	return out
}

const within = ` AND dossier_id = :dossier AND dossier_id IN (SELECT s.id FROM visible_dossier s)`

const columns = `x.id, x.dossier_id, x.intake_id, x.kind, k.name, x.coordinator_id, COALESCE(a.name, ''), x.state, x.waiting_since, x.start_on, x.planned_end,
	x.ended_on, x.end_reason, x.abrupt, x.visit_every_days, x.max_visits, x.complex, x.continues_id, x.version`

const from = ` FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id JOIN trajectory_kind k ON k.code = x.kind
	LEFT JOIN account a ON a.id = x.coordinator_id WHERE d.id = :dossier`

// Reading.
var (
	qKinds = db.Q("trajectory.kinds", authz.Directory, `SELECT k.code, k.name, k.months, k.max_visits, k.visit_every_days, k.inside, k.with_parent, k.for_children,
		k.reports, k.courses, k.tools, k.after_release FROM trajectory_kind k ORDER BY k.position, k.code`, db.Probe{})

	qDossierOf = db.Q("trajectory.dossier_of", authz.Plan, `SELECT x.dossier_id FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		WHERE x.id = :id`, db.Probe{"id": db.Theirs("trajectory")})

	qOne       = db.Q("trajectory.one", authz.Plan, `SELECT `+columns+from+` AND x.id = :id`, theirsX)
	qOfDossier = db.Q("trajectory.of_dossier", authz.Plan, `SELECT `+columns+from+` ORDER BY x.state = 'ended', x.start_on, x.id`, theirs)
	qPeople    = db.Q("trajectory.people", authz.Plan, `SELECT tp.trajectory_id, p.id, p.name, p.birth, p.is_child, p.is_parent
		FROM visible_dossier d JOIN trajectory_person tp ON tp.dossier_id = d.id JOIN person p ON p.id = tp.person_id AND p.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY p.is_child DESC, p.birth, p.id`, theirs)
	qFamily = db.Q("trajectory.family", authz.Identity, `SELECT p.id, p.name, p.birth, p.is_child, p.is_parent FROM visible_dossier d
		JOIN person p ON p.dossier_id = d.id WHERE d.id = :dossier AND p.died_on IS NULL ORDER BY p.is_child DESC, p.birth, p.id`, theirs)
	qCompanions = db.Q("trajectory.companions", authz.Matching, `SELECT m.id, m.volunteer_id, v.account_id, v.name, m.state, m.introduction_on, m.accepted_on
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN visible_volunteer v ON v.id = m.volunteer_id
		WHERE d.id = :dossier AND m.trajectory_id = :id AND m.ended_on IS NULL AND m.declined_at IS NULL ORDER BY m.proposed_at, m.id`, theirsX)
	qVisits = db.Q("trajectory.visits", authz.Visits, `SELECT COUNT(*), COALESCE(MAX(h.held_at), ''), COALESCE(SUM(h.minutes), 0)
		FROM visible_dossier d JOIN visit h ON h.dossier_id = d.id WHERE d.id = :dossier AND h.trajectory_id = :id AND h.state = 'held'`, theirsX)
	qCheckpoints = db.Q("trajectory.checkpoints", authz.Notes, `SELECT c.id, c.kind, c.due_on, c.held_on, c.words, c.why
		FROM visible_dossier d JOIN checkpoint c ON c.dossier_id = d.id WHERE d.id = :dossier AND c.trajectory_id = :id ORDER BY c.due_on, c.id`, theirsX)
	qExtensions = db.Q("trajectory.extensions", authz.Notes, `SELECT e.id, e.at, e.old_end, e.new_end, e.reason, e.words
		FROM visible_dossier d JOIN extension e ON e.dossier_id = d.id WHERE d.id = :dossier AND e.trajectory_id = :id ORDER BY e.at, e.id`, theirsX)
	qChoices = db.Q("trajectory.release_choices", authz.Notes, `SELECT r.id, r.detention_id, r.asked_at, r.choice, r.decided_at, r.words
		FROM visible_dossier d JOIN release_choice r ON r.dossier_id = d.id WHERE d.id = :dossier AND r.trajectory_id = :id ORDER BY r.asked_at, r.id`, theirsX)
	qAftercare = db.Q("trajectory.aftercare", authz.Notes, `SELECT c.id, c.taken_by, c.contact, c.from_date, c.until_date
		FROM visible_dossier d JOIN aftercare c ON c.dossier_id = d.id WHERE d.id = :dossier AND c.trajectory_id = :id ORDER BY c.from_date, c.id`, theirsX)
	qEndWords = db.Q("trajectory.end_words", authz.Notes, `SELECT x.end_words FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		WHERE d.id = :dossier AND x.id = :id`, theirsX)
)

// Changing.
var (
	xInsert = db.X("trajectory.begin", authz.Plan, `INSERT INTO trajectory (id, dossier_id, intake_id, kind, coordinator_id, state, waiting_since, start_on,
			planned_end, visit_every_days, max_visits, complex, continues_id)
		SELECT :id, d.id, CAST(:intake AS BIGINT), CAST(:kind AS TEXT), CAST(:coordinator AS BIGINT), CAST(:state AS TEXT), CAST(:waiting AS TEXT), CAST(:start AS TEXT),
			CAST(:end AS TEXT), CAST(:every AS BIGINT), CAST(:most AS BIGINT), CAST(:complex AS BOOLEAN), CAST(:continues AS BIGINT)
		FROM visible_dossier d WHERE d.id = :dossier`,
		probe(db.Probe{
			"id": db.Ours("trajectory_made"), "intake": core.ID(0), "kind": "transport", "coordinator": core.AccountID(0), "state": "waiting",
			"waiting": core.Date{}, "start": core.Date{}, "end": core.Date{}, "every": 14, "most": 0, "complex": false, "continues": core.TrajectoryID(0),
		}))
	xPerson = db.X("trajectory.for_person", authz.Plan, `INSERT INTO trajectory_person (trajectory_id, dossier_id, person_id)
		SELECT x.id, d.id, p.id FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id JOIN person p ON p.dossier_id = d.id
		WHERE d.id = :dossier AND x.id = :id AND p.id = :person`, probe(db.Probe{"person": db.Theirs("person")}))
	xState = db.X("trajectory.move", authz.Plan, `UPDATE trajectory SET state = :to, version = version + 1 WHERE id = :id AND state = :was`+within,
		probe(db.Probe{"was": "running", "to": "closing"}))
	xStart = db.X("trajectory.start", authz.Plan, `UPDATE trajectory SET state = 'running', start_on = :start, planned_end = :end, version = version + 1
		WHERE id = :id AND state IN ('waiting', 'introducing')`+within,
		probe(db.Probe{"start": core.MustDate("2026-01-01"), "end": core.MustDate("2026-07-01")}))
	xExtend = db.X("trajectory.extend", authz.Plan, `UPDATE trajectory SET planned_end = :end, version = version + 1 WHERE id = :id AND version = :version`+within,
		probe(db.Probe{"end": core.MustDate("2027-01-01"), "version": 1}))
	xEnd = db.X("trajectory.end", authz.Plan, `UPDATE trajectory SET state = 'ended', ended_on = :today, end_reason = :reason, end_words = :words, abrupt = :abrupt,
			version = version + 1 WHERE id = :id AND state <> 'ended'`+within, probe(db.Probe{"reason": "other", "words": []byte(nil), "abrupt": false}))
	xEndMatches = db.X("trajectory.end_matches", authz.Matching, `UPDATE volunteer_match SET state = 'ended', ended_on = :today
		WHERE trajectory_id = :id AND ended_on IS NULL AND declined_at IS NULL`+within, theirsX)
	xCarryMatch = db.X("trajectory.carry_match", authz.Matching, `INSERT INTO volunteer_match (id, dossier_id, trajectory_id, volunteer_id, state, proposed_at,
			proposed_by, agreed_at, introduced_on, accepted_on)
		SELECT :match, d.id, x.id, v.id, 'accepted', CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:now AS TEXT), CAST(:today AS TEXT), CAST(:today AS TEXT)
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id JOIN visible_volunteer v ON v.id = :person WHERE d.id = :dossier AND x.id = :id`,
		probe(db.Probe{"match": db.Ours("volunteer_match_made"), "person": db.Theirs("volunteer")}))

	xCheckpoint = db.X("trajectory.add_checkpoint", authz.Notes, `INSERT INTO checkpoint (id, dossier_id, trajectory_id, kind, due_on, added_on, why)
		SELECT :checkpoint, d.id, x.id, CAST(:kind AS TEXT), CAST(:due AS TEXT), CAST(:added AS TEXT), :why FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		WHERE d.id = :dossier AND x.id = :id`,
		probe(db.Probe{"checkpoint": db.Ours("checkpoint_made"), "kind": "extra", "due": core.MustDate("2026-01-01"), "added": core.Date{}, "why": []byte(nil)}))
	xHold = db.X("trajectory.hold_checkpoint", authz.Notes, `UPDATE checkpoint SET held_on = :held, words = :words, account_id = :actor
		WHERE id = :checkpoint AND held_on IS NULL AND trajectory_id = :id`+within,
		probe(db.Probe{"checkpoint": db.Theirs("checkpoint"), "held": core.MustDate("2026-01-01"), "words": []byte(nil)}))
	xFinalDue = db.X("trajectory.move_final", authz.Notes, `UPDATE checkpoint SET due_on = :due
		WHERE id = :checkpoint AND trajectory_id = :id`+within,
		probe(db.Probe{"checkpoint": db.Theirs("checkpoint"), "due": core.MustDate("2027-01-01")}))
	xExtension = db.X("trajectory.note_extension", authz.Notes, `INSERT INTO extension (id, dossier_id, trajectory_id, at, account_id, old_end, new_end, reason, words)
		SELECT :extension, d.id, x.id, CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:old AS TEXT), CAST(:end AS TEXT), CAST(:reason AS TEXT), :words
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id WHERE d.id = :dossier AND x.id = :id`,
		probe(db.Probe{
			"extension": db.Ours("extension_made"), "old": core.Date{}, "end": core.MustDate("2027-01-01"), "reason": "not_reached", "words": []byte(nil),
		}))
	xAsk = db.X("trajectory.ask_choice", authz.Notes, `INSERT INTO release_choice (id, dossier_id, trajectory_id, detention_id, asked_at)
		SELECT :choice, d.id, x.id, CAST(:detention AS BIGINT), CAST(:now AS TEXT) FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		WHERE d.id = :dossier AND x.id = :id
		ON CONFLICT (trajectory_id, detention_id) DO UPDATE SET asked_at = excluded.asked_at, choice = '', decided_at = NULL, decided_by = NULL, words = NULL
		WHERE release_choice.dossier_id IN (SELECT s.id FROM visible_dossier s)`,
		probe(db.Probe{"choice": db.Ours("release_choice_made"), "detention": db.Theirs("detention")}))
	xChoose = db.X("trajectory.choose", authz.Notes, `UPDATE release_choice SET choice = :what, decided_at = :now, decided_by = :actor, words = :words
		WHERE id = :choice AND trajectory_id = :id AND choice = ''`+within,
		probe(db.Probe{"choice": db.Theirs("release_choice"), "what": "continue", "words": []byte(nil)}))
	xAftercare = db.X("trajectory.add_aftercare", authz.Notes, `INSERT INTO aftercare (id, dossier_id, trajectory_id, taken_by, contact, from_date, until_date)
		SELECT :aftercare, d.id, x.id, CAST(:by AS TEXT), CAST(:contact AS TEXT), CAST(:from AS TEXT), CAST(:until AS TEXT)
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id WHERE d.id = :dossier AND x.id = :id`,
		probe(db.Probe{
			"aftercare": db.Ours("aftercare_made"), "by": "", "contact": "", "from": core.MustDate("2026-01-01"), "until": core.Date{},
		}))
)

func codesOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// place is where a sealed narrative of a trajectory lies.
func place(table, column string, row int64, owner core.DossierID) vault.Place {
	return vault.Place{Table: table, Column: column, Row: row, Owner: owner.Int64()}
}

// Kinds reads every kind of support there is (TRA-1).
func Kinds(t *db.Tx) ([]Kind, error) {
	type row struct {
		Kind
		courses, tools string
	}
	rows, err := db.All(t, qKinds, db.Args{}, func(k *row) []any {
		return []any{
			&k.Code, &k.Name, &k.Months, &k.MaxVisits, &k.VisitEveryDays, &k.Inside, &k.WithParent, &k.ForChildren, &k.Reports, &k.courses, &k.tools, &k.AfterRelease,
		}
	})
	out := make([]Kind, len(rows))
	for i, r := range rows {
		out[i] = r.Kind
		out[i].Courses, out[i].Tools = codesOf(r.courses), codesOf(r.tools)
	}
	return out, err
}

// KindOf reads one kind by its code.
func KindOf(t *db.Tx, code string) (Kind, error) {
	all, err := Kinds(t)
	if err != nil {
		return Kind{}, err
	}
	for _, k := range all {
		if k.Code == code {
			return k, nil
		}
	}
	return Kind{}, core.Invalid("kind", "trajectory_kind_unknown")
}

func scan(x *Trajectory) []any {
	return []any{
		&x.ID, &x.Dossier, &x.Intake, &x.Kind, &x.KindName, &x.Coordinator, &x.CoordinatorName, &x.State, &x.WaitingSince, &x.StartOn, &x.PlannedEnd,
		&x.EndedOn, &x.EndReason, &x.Abrupt, &x.VisitEveryDays, &x.MaxVisits, &x.Complex, &x.Continues, &x.Version,
	}
}

// Load reads one trajectory with its people. One that the actor may not see is not found.
func Load(t *db.Tx, id core.TrajectoryID) (Trajectory, error) {
	dossier, err := db.One(t, qDossierOf, db.Args{"id": id}, func(d *core.DossierID) []any { return []any{d} })
	if err != nil {
		return Trajectory{}, err
	}
	x, err := db.One(t, qOne, db.Args{"dossier": dossier, "id": id}, scan)
	if err != nil {
		return Trajectory{}, err
	}
	all := []Trajectory{x}
	err = addPeople(t, dossier, all)
	return all[0], err
}

// OfDossier reads the trajectories of a family, those that ended last.
func OfDossier(t *db.Tx, id core.DossierID) ([]Trajectory, error) {
	all, err := db.All(t, qOfDossier, db.Args{"dossier": id}, scan)
	if err != nil {
		return nil, err
	}
	return all, addPeople(t, id, all)
}

func addPeople(t *db.Tx, dossier core.DossierID, all []Trajectory) error {
	type row struct {
		Person
		of core.TrajectoryID
	}
	rows, err := db.All(t, qPeople, db.Args{"dossier": dossier}, func(p *row) []any {
		return []any{&p.of, &p.ID, &p.Name, &p.Birth, &p.IsChild, &p.IsParent}
	})
	for i := range all {
		for _, r := range rows {
			if r.of == all[i].ID {
				all[i].People = append(all[i].People, r.Person)
			}
		}
	}
	return err
}

// Family reads who there is to support.
func Family(t *db.Tx, id core.DossierID) ([]Person, error) {
	return db.All(t, qFamily, db.Args{"dossier": id}, func(p *Person) []any { return []any{&p.ID, &p.Name, &p.Birth, &p.IsChild, &p.IsParent} })
}

// Companions reads the volunteers with an open match, from a proposal on.
func Companions(t *db.Tx, x Trajectory) ([]Companion, error) {
	return db.All(t, qCompanions, x.args(nil), func(c *Companion) []any {
		return []any{&c.Match, &c.Volunteer, &c.Account, &c.Name, &c.State, &c.IntroductionOn, &c.AcceptedOn}
	})
}

func (x Trajectory) args(more db.Args) db.Args {
	out := db.Args{"dossier": x.Dossier, "id": x.ID}
	maps.Copy(out, more)
	return out
}
