package plan

import (
	"maps"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

const (
	planColumns = `t.id, d.id, d.name, t.start_on, t.planned_end, t.ended_on`
	stepColumns = `s.id, s.month, s.who, s.what, s.way, s.goal_id, s.done_on, s.version`

	// The section's scope reaches the family; a volunteer has the plan of the own trajectory there and of no other.
	ownTrajectory = `SELECT m.trajectory_id FROM volunteer_match m JOIN trajectory r ON r.id = m.trajectory_id
		WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND m.declined_at IS NULL AND r.ended_on IS NULL`

	// The same for a row that is there already, asked of the row.
	itsVolunteers = `SELECT m.volunteer_id FROM volunteer_match m JOIN trajectory r ON r.id = m.trajectory_id
		WHERE m.trajectory_id = step.trajectory_id AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND m.declined_at IS NULL AND r.ended_on IS NULL`
)

func (p *Plan) columns() []any {
	return []any{&p.Trajectory, &p.Dossier, &p.Family, &p.Start, &p.End, &p.EndedOn}
}

func (s *Step) columns() []any {
	return []any{&s.ID, &s.Month, &s.Who, &s.what, &s.way, &s.Goal, &s.DoneOn, &s.Version}
}

var (
	probeOfPlan = db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")}
	probeOfStep = db.Probe{"id": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"),
		"month": 1, "who": "family", "what": []byte("x"), "way": nil, "goal": nil}
	probeOfSet = db.Probe{"id": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"),
		"month": 1, "who": "family", "what": []byte("x"), "way": nil, "goal": nil, "done_on": nil, "removed_at": nil, "version": 1}
	probeOfPast = db.Probe{"id": core.ID(7), "step": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"),
		"version": 1, "deed": Changed, "what": []byte("x"), "way": nil}
	probeOfStepsPast = db.Probe{"step": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")}
)

var (
	qPlan = db.Q("plan.plan", authz.Steps, `
		SELECT `+planColumns+` FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE t.id = :trajectory`,
		db.Probe{"trajectory": db.Theirs("trajectory")})

	qSteps = db.Q("plan.steps", authz.Steps, `
		SELECT `+stepColumns+` FROM visible_dossier d JOIN step s ON s.dossier_id = d.id
		WHERE d.id = :dossier AND s.trajectory_id = :trajectory AND s.removed_at IS NULL ORDER BY s.month, s.id`, probeOfPlan)

	qOwnPlan = db.Q("plan.own_plan", authz.OwnSteps, `
		SELECT `+planColumns+` FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id
		WHERE t.id = :trajectory AND t.id IN (`+ownTrajectory+`)`,
		db.Probe{"trajectory": db.Theirs("trajectory")})

	qOwnSteps = db.Q("plan.own_steps", authz.OwnSteps, `
		SELECT `+stepColumns+` FROM visible_dossier d JOIN step s ON s.dossier_id = d.id
		WHERE d.id = :dossier AND s.trajectory_id = :trajectory AND s.removed_at IS NULL AND s.trajectory_id IN (`+ownTrajectory+`)
		ORDER BY s.month, s.id`, probeOfPlan)
)

// A step that is added twice under one identifier is a double tap, and one step.
var (
	xAdd = db.X("plan.add", authz.Steps, `
		INSERT INTO step (id, dossier_id, trajectory_id, month, who, what, way, goal_id)
		SELECT :id, d.id, t.id, :month, :who, :what, :way, CAST(:goal AS BIGINT)
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE d.id = :dossier AND t.id = :trajectory
		ON CONFLICT (id) DO UPDATE SET version = step.version
		WHERE step.trajectory_id = :trajectory AND step.dossier_id IN (SELECT id FROM visible_dossier)`, probeOfStep)

	xOwnAdd = db.X("plan.own_add", authz.OwnSteps, `
		INSERT INTO step (id, dossier_id, trajectory_id, month, who, what, way, goal_id)
		SELECT :id, d.id, t.id, :month, :who, :what, :way, CAST(:goal AS BIGINT)
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE d.id = :dossier AND t.id = :trajectory AND t.id IN (`+ownTrajectory+`)
		ON CONFLICT (id) DO UPDATE SET version = step.version
		WHERE step.trajectory_id = :trajectory AND :volunteer IN (`+itsVolunteers+`) AND step.dossier_id IN (SELECT id FROM visible_dossier)`, probeOfStep)

	xSet = db.X("plan.change", authz.Steps, setStep, probeOfSet)

	xOwnSet = db.X("plan.own_change", authz.OwnSteps, setStep+` AND trajectory_id IN (`+ownTrajectory+`)`, probeOfSet)

	// What a step was is kept before it changes: a row for each version, and none is rewritten.
	xPast = db.X("plan.keep_past", authz.Steps, keepPast+once, probeOfPast)

	xOwnPast = db.X("plan.own_keep_past", authz.OwnSteps, keepPast+` AND s.trajectory_id IN (`+ownTrajectory+`)`+once, probeOfPast)

	qPast = db.Q("plan.past", authz.Steps, pastOf+` ORDER BY h.version DESC`, probeOfStepsPast)

	qOwnPast = db.Q("plan.own_past", authz.OwnSteps, pastOf+` AND s.trajectory_id IN (`+ownTrajectory+`) ORDER BY h.version DESC`, probeOfStepsPast)
)

const (
	setStep = `UPDATE step SET month = :month, who = :who, what = :what, way = :way, goal_id = :goal, done_on = :done_on, removed_at = :removed_at, version = version + 1
		WHERE id = :id AND dossier_id = :dossier AND trajectory_id = :trajectory AND version = :version AND removed_at IS NULL
			AND dossier_id IN (SELECT id FROM visible_dossier)`

	keepPast = `INSERT INTO step_past (id, dossier_id, step_id, version, until_at, account_id, deed, month, who, what, way, done_on, goal_id)
		SELECT :id, d.id, s.id, s.version, CAST(:now AS TEXT), :actor, :deed, s.month, s.who, :what, :way, s.done_on, s.goal_id
		FROM visible_dossier d JOIN step s ON s.dossier_id = d.id
		WHERE d.id = :dossier AND s.id = :step AND s.trajectory_id = :trajectory AND s.version = :version AND s.removed_at IS NULL`

	// Of two who tap at the same moment one keeps what the step was; the other begins again and finds a later version.
	once = ` ON CONFLICT (step_id, version) DO NOTHING`

	pastOf = `SELECT h.id, h.version, h.until_at, h.deed, h.month, h.who, h.what, h.way, h.done_on, h.goal_id
		FROM visible_dossier d JOIN step s ON s.dossier_id = d.id JOIN step_past h ON h.step_id = s.id
		WHERE d.id = :dossier AND s.id = :step AND s.trajectory_id = :trajectory`
)

// Side is through whose eyes a plan is read and written.
type Side struct{ plan, steps, add, set, keep, past *db.Query }

// Both sides of a plan: coordinators reach those of their families, a volunteer that of the own trajectory.
var (
	ForCoordinator = Side{qPlan, qSteps, xAdd, xSet, xPast, qPast}
	ForVolunteer   = Side{qOwnPlan, qOwnSteps, xOwnAdd, xOwnSet, xOwnPast, qOwnPast}
)

func place(d core.DossierID, table, column string, id core.ID) vault.Place {
	return vault.Place{Table: table, Column: column, Row: id.Int64(), Owner: d.Int64()}
}

// seal closes what a step says, in a row of its own or of what it was.
func (s Step) seal(t *db.Tx, d core.DossierID, table string, row core.ID) (what, way []byte, err error) {
	if what, err = t.Seal(place(d, table, "what", row), s.What); err != nil {
		return nil, nil, err
	}
	way, err = t.Seal(place(d, table, "way", row), s.Way)
	return what, way, err
}

func (s *Step) unseal(t *db.Tx, d core.DossierID, table string, row core.ID) (err error) {
	if s.What, err = t.Open(place(d, table, "what", row), s.what); err != nil {
		return err
	}
	s.Way, err = t.Open(place(d, table, "way", row), s.way)
	return err
}

func load(t *db.Tx, by Side, id core.TrajectoryID) (Plan, error) {
	return db.One(t, by.plan, db.Args{"trajectory": id}, (*Plan).columns)
}

func loadSteps(t *db.Tx, by Side, p *Plan) (err error) {
	if p.Steps, err = db.All(t, by.steps, p.args(nil), (*Step).columns); err != nil {
		return err
	}
	for i := range p.Steps {
		if err := p.Steps[i].unseal(t, p.Dossier, "step", p.Steps[i].ID); err != nil {
			return err
		}
	}
	return nil
}

// loadPast lists what a step was, the newest first.
func loadPast(t *db.Tx, by Side, p Plan, step core.ID) ([]Past, error) {
	all, err := db.All(t, by.past, p.args(db.Args{"step": step}), func(h *Past) []any {
		return []any{&h.row, &h.Version, &h.Until, &h.Deed, &h.Month, &h.Who, &h.what, &h.way, &h.DoneOn, &h.Goal}
	})
	for i := range all {
		if err == nil {
			err = all[i].unseal(t, p.Dossier, "step_past", all[i].row)
		}
	}
	return all, err
}

// args are the arguments of a query about the plan, with more.
func (p Plan) args(more db.Args) db.Args {
	out := db.Args{"dossier": p.Dossier, "trajectory": p.Trajectory}
	maps.Copy(out, more)
	return out
}
