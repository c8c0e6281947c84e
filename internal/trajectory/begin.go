package trajectory

import (
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/task"
)

// Decision is proof that the intake of a family was decided with a start, which asks every start condition (INT-4). Only
// DecidedToStart makes one.
type Decision struct {
	dossier core.DossierID
	intake  core.ID
	complex bool
}

func (d Decision) Dossier() core.DossierID { return d.dossier }

// IsComplex says that a reason for care was found and weighed: it asks a volunteer who can and wants that (INT-5).
func (d Decision) IsComplex() bool { return d.complex }

var (
	qDecision = db.Q("trajectory.decision", authz.Intake, `SELECT i.id, i.outcome FROM visible_dossier d JOIN intake i ON i.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY i.opened_on DESC, i.id DESC`, theirs)
	qWeighed = db.Q("trajectory.weighed", authz.Intake, `SELECT COUNT(*) FROM visible_dossier d JOIN contraindication c ON c.dossier_id = d.id
		WHERE d.id = :dossier AND c.intake_id = :intake AND c.present`, db.Probe{"dossier": db.Theirs("dossier"), "intake": db.Theirs("intake")})
)

// DecidedToStart looks for the decision to start in the latest intake, or refuses.
func DecidedToStart(t *db.Tx, id core.DossierID) (Decision, error) {
	type row struct {
		id      core.ID
		outcome string
	}
	latest, _, err := db.Maybe(t, qDecision, db.Args{"dossier": id}, func(r *row) []any { return []any{&r.id, &r.outcome} })
	if err != nil {
		return Decision{}, err
	}
	if latest.outcome != "start" {
		if _, err := dossier.Cover(t, id); err != nil {
			return Decision{}, err
		}
		return Decision{}, core.Refuse("INT-4", "trajectory_not_decided")
	}
	weighed, err := db.Count(t, qWeighed, db.Args{"dossier": id, "intake": latest.id})
	return Decision{id, latest.id, weighed > 0}, err
}

// Start is what a trajectory begins with.
type Start struct {
	Kind    string
	People  []core.PersonID
	Complex bool // asks a volunteer for complex situations, whatever the intake found
	Every   int  // days between visits; 0 is what the kind says
}

// Begin makes a trajectory that waits for a volunteer. It asks proof of the decision to start.
func Begin(t *db.Tx, d Decision, s Start) (core.TrajectoryID, error) {
	cover, err := dossier.Cover(t, d.dossier)
	if err != nil {
		return 0, err
	}
	k, err := KindOf(t, s.Kind)
	if err != nil {
		return 0, err
	}
	family, err := Family(t, d.dossier)
	if err != nil {
		return 0, err
	}
	if err := CheckPeople(s.People, family); err != nil {
		return 0, err
	}
	if s.Every == 0 {
		s.Every = k.VisitEveryDays
	}
	if s.Every < fewestDays || s.Every > mostDays {
		return 0, core.Invalid("every", "trajectory_rhythm")
	}
	x := Trajectory{
		ID: db.NewID[core.TrajectoryID](t), Dossier: d.dossier, Intake: d.intake, Kind: k.Code, Coordinator: coordinatorOf(t, cover), State: Waiting,
		WaitingSince: t.Today(), VisitEveryDays: s.Every, MaxVisits: k.MaxVisits, Complex: s.Complex || d.complex,
	}
	if err := insert(t, x, s.People); err != nil {
		return 0, err
	}
	if err := awaits(t, cover); err != nil {
		return 0, err
	}
	return x.ID, openMatchTask(t, x)
}

func coordinatorOf(t *db.Tx, cover dossier.Dossier) core.AccountID {
	switch {
	case !cover.Coordinator.IsZero():
		return cover.Coordinator
	case !cover.InsideCoordinator.IsZero():
		return cover.InsideCoordinator
	}
	return t.Actor().Account()
}

// awaits says on the dossier that it waits, unless support runs already.
func awaits(t *db.Tx, cover dossier.Dossier) error {
	if cover.State == dossier.Running {
		return nil
	}
	return dossier.Await(t, cover.ID, t.Today())
}

func insert(t *db.Tx, x Trajectory, people []core.PersonID) error {
	err := db.Do(t, xInsert, x.args(db.Args{
		"intake": x.Intake, "kind": x.Kind, "coordinator": x.Coordinator, "state": string(x.State), "waiting": x.WaitingSince, "start": x.StartOn,
		"end": x.PlannedEnd, "every": x.VisitEveryDays, "most": x.MaxVisits, "complex": x.Complex, "continues": x.Continues,
	}))
	if err != nil {
		return err
	}
	for _, id := range people {
		if err := db.Do(t, xPerson, x.args(db.Args{"person": id})); err != nil {
			return err
		}
	}
	return nil
}

// The kinds of tasks, and where each leads.
var (
	taskMatch      = task.Leads("match", "/trajectories/{subject}/match")
	taskCheckpoint = task.Leads("checkpoint", "/trajectories/{subject}#f-check-checkpoint")
	taskRelease    = task.Leads("release_choice", "/trajectories/{subject}/release")
	taskVisitLate  = task.Leads("visit_late", "/my-families/{subject}/visit")
	taskRhythm     = task.Leads("rhythm", "/trajectories/{subject}#f-rhythm-every")
	taskEnding     = task.Leads("ending", "/trajectories/{subject}#f-extend-new_end")
	taskAfter      = task.Leads("after_abrupt", "/trajectories/{subject}#aftercare")
	taskTakeover   = task.Leads("takeover", "/trajectories/{subject}#f-aftercare-taken_by")
)

// taskOf is a task of the trajectory's coordinator.
func taskOf(x Trajectory, kind, key string, due core.Instant) task.Task {
	return task.Task{
		Key: kind + ":" + x.ID.String() + key, Account: x.Coordinator, Kind: kind, Urgency: task.Normal, Due: due, Dossier: x.Dossier,
		Subject: core.ID(x.ID),
	}
}

func openMatchTask(t *db.Tx, x Trajectory) error {
	return openFor(t, taskOf(x, taskMatch, "", endOf(t.Today().AddDays(28))))
}

// openFor opens a task for whom there is; a trajectory without coordinator has nobody to ask.
func openFor(t *db.Tx, k task.Task) error {
	if k.Account.IsZero() {
		return nil
	}
	return task.Open(t, k)
}

// officeDay is how many hours after the start of a day its work is over.
const officeDay = 16 * time.Hour

// endOf is when an office day ends: what is due on a day is late from then on.
func endOf(d core.Date) core.Instant { return core.At(d.Time()).Add(officeDay) }

// showFrom is the start of a day that lies ahead, for tasks that are not shown before.
func showFrom(d core.Date) core.Instant { return core.At(d.Time()) }
