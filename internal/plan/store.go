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
	stepColumns = `s.id, s.month, s.who, s.what, s.done_on, s.version`

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
	return []any{&s.ID, &s.Month, &s.Who, &s.what, &s.DoneOn, &s.Version}
}

var (
	probeOfPlan = db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")}
	probeOfStep = db.Probe{"id": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"),
		"month": 1, "who": "family", "what": []byte("x")}
	probeOfTick = db.Probe{"id": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "done_on": "2026-11-01"}
)

var (
	qPlan = db.Q("plan.plan", authz.Steps, `
		SELECT `+planColumns+` FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE t.id = :trajectory`,
		db.Probe{"trajectory": db.Theirs("trajectory")})

	qSteps = db.Q("plan.steps", authz.Steps, `
		SELECT `+stepColumns+` FROM visible_dossier d JOIN step s ON s.dossier_id = d.id
		WHERE d.id = :dossier AND s.trajectory_id = :trajectory ORDER BY s.month, s.id`, probeOfPlan)

	qOwnPlan = db.Q("plan.own_plan", authz.OwnSteps, `
		SELECT `+planColumns+` FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id
		WHERE t.id = :trajectory AND t.id IN (`+ownTrajectory+`)`,
		db.Probe{"trajectory": db.Theirs("trajectory")})

	qOwnSteps = db.Q("plan.own_steps", authz.OwnSteps, `
		SELECT `+stepColumns+` FROM visible_dossier d JOIN step s ON s.dossier_id = d.id
		WHERE d.id = :dossier AND s.trajectory_id = :trajectory AND s.trajectory_id IN (`+ownTrajectory+`)
		ORDER BY s.month, s.id`, probeOfPlan)
)

// A step that is added twice under one identifier is a double tap, and one step.
var (
	xAdd = db.X("plan.add", authz.Steps, `
		INSERT INTO step (id, dossier_id, trajectory_id, month, who, what)
		SELECT :id, d.id, t.id, :month, :who, :what
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE d.id = :dossier AND t.id = :trajectory
		ON CONFLICT (id) DO UPDATE SET version = step.version
		WHERE step.trajectory_id = :trajectory AND step.dossier_id IN (SELECT id FROM visible_dossier)`, probeOfStep)

	xOwnAdd = db.X("plan.own_add", authz.OwnSteps, `
		INSERT INTO step (id, dossier_id, trajectory_id, month, who, what)
		SELECT :id, d.id, t.id, :month, :who, :what
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE d.id = :dossier AND t.id = :trajectory AND t.id IN (`+ownTrajectory+`)
		ON CONFLICT (id) DO UPDATE SET version = step.version
		WHERE step.trajectory_id = :trajectory AND :volunteer IN (`+itsVolunteers+`) AND step.dossier_id IN (SELECT id FROM visible_dossier)`, probeOfStep)

	xTick = db.X("plan.tick", authz.Steps, `
		UPDATE step SET done_on = :done_on, version = version + 1
		WHERE id = :id AND dossier_id = :dossier AND trajectory_id = :trajectory AND dossier_id IN (SELECT id FROM visible_dossier)`, probeOfTick)

	xOwnTick = db.X("plan.own_tick", authz.OwnSteps, `
		UPDATE step SET done_on = :done_on, version = version + 1
		WHERE id = :id AND dossier_id = :dossier AND trajectory_id = :trajectory AND trajectory_id IN (`+ownTrajectory+`)
			AND dossier_id IN (SELECT id FROM visible_dossier)`, probeOfTick)

	xChange = db.X("plan.change", authz.Steps, `
		UPDATE step SET month = :month, who = :who, what = :what, done_on = :done_on, version = version + 1
		WHERE id = :id AND dossier_id = :dossier AND trajectory_id = :trajectory AND version = :version
			AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"),
			"month": 1, "who": "family", "what": []byte("x"), "done_on": nil, "version": 1})

	xRemove = db.X("plan.remove", authz.Steps, `
		DELETE FROM step WHERE id = :id AND dossier_id = :dossier AND trajectory_id = :trajectory
			AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("step"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})
)

// Side is through whose eyes a plan is read and written.
type Side struct{ plan, steps, add, tick *db.Query }

// Both sides of a plan: coordinators reach those of their families, a volunteer that of the own trajectory.
var (
	ForCoordinator = Side{qPlan, qSteps, xAdd, xTick}
	ForVolunteer   = Side{qOwnPlan, qOwnSteps, xOwnAdd, xOwnTick}
)

func place(d core.DossierID, id core.ID) vault.Place {
	return vault.Place{Table: "step", Column: "what", Row: id.Int64(), Owner: d.Int64()}
}

func load(t *db.Tx, by Side, id core.TrajectoryID) (Plan, error) {
	return db.One(t, by.plan, db.Args{"trajectory": id}, (*Plan).columns)
}

func loadSteps(t *db.Tx, by Side, p *Plan) (err error) {
	if p.Steps, err = db.All(t, by.steps, p.args(nil), (*Step).columns); err != nil {
		return err
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.What, err = t.Open(place(p.Dossier, s.ID), s.what); err != nil {
			return err
		}
	}
	return nil
}

// args are the arguments of a query about the plan, with more.
func (p Plan) args(more db.Args) db.Args {
	out := db.Args{"dossier": p.Dossier, "trajectory": p.Trajectory}
	maps.Copy(out, more)
	return out
}
