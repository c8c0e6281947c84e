package trajectory

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/task"
	"maatje/internal/volunteer"
)

// Introduce says that a volunteer said yes and will meet the family (TRA-3).
func Introduce(t *db.Tx, x Trajectory) error {
	if x.State != Waiting {
		return nil
	}
	return db.Do(t, xState, x.args(db.Args{"was": string(Waiting), "to": string(Introducing)}))
}

// WaitAgain says that nobody is left who said yes: the family waits for another volunteer.
func WaitAgain(t *db.Tx, x Trajectory) error {
	if x.State == Introducing {
		if err := db.Do(t, xState, x.args(db.Args{"was": string(Introducing), "to": string(Waiting)})); err != nil {
			return err
		}
	}
	if x.State == Introducing || x.State == Waiting {
		return openMatchTask(t, x)
	}
	return nil
}

// Run starts the trajectory with the first volunteer whom the family accepted (TRA-3): from now on visits, checkpoints and
// a planned end are expected (TRA-4, TRA-7). A second volunteer changes nothing of that.
func Run(t *db.Tx, x Trajectory) error {
	if x.State.Runs() {
		return nil
	}
	k, err := KindOf(t, x.Kind)
	if err != nil {
		return err
	}
	x.StartOn = t.Today()
	x.PlannedEnd = PlannedEnd(k, x.StartOn)
	if err := db.Do(t, xStart, x.args(db.Args{"start": x.StartOn, "end": x.PlannedEnd})); err != nil {
		return err
	}
	if err := task.Done(t, taskOf(x, taskMatch, "", core.Instant{}).Key); err != nil {
		return err
	}
	if err := dossier.Begin(t, x.Dossier, t.Today()); err != nil {
		return err
	}
	policy, err := Settled(t)
	if err != nil {
		return err
	}
	return planCheckpoints(t, x, policy)
}

func planCheckpoints(t *db.Tx, x Trajectory, policy Policy) error {
	for _, c := range Checkpoints(x.StartOn, x.PlannedEnd, policy.StrictNorm) {
		if err := addCheckpoint(t, x, c); err != nil {
			return err
		}
	}
	return nil
}

func addCheckpoint(t *db.Tx, x Trajectory, c Checkpoint) error {
	c.ID = db.NewID[core.ID](t)
	why, err := t.Seal(place("checkpoint", "why", c.ID.Int64(), x.Dossier), c.Why)
	if err != nil {
		return err
	}
	args := db.Args{"checkpoint": c.ID, "kind": c.Kind, "due": c.DueOn, "why": why, "added": core.Date{}}
	if c.Kind == CheckExtra {
		args["added"] = t.Today()
	}
	if err := db.Do(t, xCheckpoint, x.args(args)); err != nil {
		return err
	}
	return askCheckpoint(t, x, c)
}

// askCheckpoint puts a checkpoint on the coordinator's list two weeks ahead (TRA-4).
func askCheckpoint(t *db.Tx, x Trajectory, c Checkpoint) error {
	k := taskOf(x, taskCheckpoint, ":"+c.ID.String(), endOf(c.DueOn))
	k.ShowFrom = showFrom(c.DueOn.AddDays(-14))
	return openFor(t, k)
}

// ReleaseMoved asks, for each running trajectory of the family, what becomes of it now that a parent comes home earlier
// (TRA-8). Nothing ends by itself. It is what a dossier calls when a release moves.
func (s *Service) ReleaseMoved(t *db.Tx, d core.DossierID, detention core.ID, _ core.PersonID, old, now core.Date) error {
	all, err := OfDossier(t, d)
	if err != nil {
		return err
	}
	for _, x := range all {
		if !AsksForChoice(x, old, now) {
			continue
		}
		if err := db.Do(t, xAsk, x.args(db.Args{"choice": db.NewID[core.ID](t), "detention": detention})); err != nil {
			return err
		}
		k := taskOf(x, taskRelease, ":"+detention.String(), endOf(t.Today().AddWorkdays(5)))
		if err := openFor(t, k); err != nil {
			return err
		}
	}
	return nil
}

// handOver lets aftercare follow with the same volunteer, without a new introduction (TRA-8, C2, C4). The parent who came
// home joins the people. It asks proof that the volunteer may visit.
func handOver(t *db.Tx, x Trajectory, k Kind, with Companion, fit volunteer.Fit, policy Policy) (core.TrajectoryID, error) {
	closure, err := HandOver(x, k, with)
	if err != nil {
		return 0, err
	}
	if fit.Volunteer() != with.Volunteer {
		return 0, core.Refuse("TRA-8", "trajectory_no_volunteer_to_keep")
	}
	after, err := KindOf(t, k.AfterRelease)
	if err != nil {
		return 0, err
	}
	next := Trajectory{
		ID: db.NewID[core.TrajectoryID](t), Dossier: x.Dossier, Intake: x.Intake, Kind: after.Code, Coordinator: x.Coordinator, State: Running,
		StartOn: t.Today(), PlannedEnd: PlannedEnd(after, t.Today()), VisitEveryDays: after.VisitEveryDays, MaxVisits: after.MaxVisits, Complex: x.Complex,
		Continues: x.ID,
	}
	people, err := withParents(t, x)
	if err != nil {
		return 0, err
	}
	if err := insert(t, next, people); err != nil {
		return 0, err
	}
	if err := db.Do(t, xCarryMatch, next.args(db.Args{"match": db.NewID[core.ID](t), "person": with.Volunteer})); err != nil {
		return 0, err
	}
	if err := planCheckpoints(t, next, policy); err != nil {
		return 0, err
	}
	return next.ID, end(t, x, closure)
}

// withParents are the people of a trajectory and the parents of the family.
func withParents(t *db.Tx, x Trajectory) ([]core.PersonID, error) {
	family, err := Family(t, x.Dossier)
	var out []core.PersonID
	for _, p := range family {
		if p.IsParent || slices.ContainsFunc(x.People, func(o Person) bool { return o.ID == p.ID }) {
			out = append(out, p.ID)
		}
	}
	return out, err
}

// end ends a trajectory and its matches; the volunteer's rights end with them. What was asked about it is asked no more.
func end(t *db.Tx, x Trajectory, c Closure) error {
	if c.trajectory != x.ID {
		return core.Refuse("TRA-9", "trajectory_farewell_missing", []string{MissingPlan})
	}
	words, err := t.Seal(place("trajectory", "end_words", x.ID.Int64(), x.Dossier), c.words)
	if err != nil {
		return err
	}
	if err := db.Do(t, xEnd, x.args(db.Args{"reason": c.reason, "words": words, "abrupt": c.abrupt})); err != nil {
		return err
	}
	if _, err := db.Exec(t, xEndMatches, x.args(nil)); err != nil {
		return err
	}
	return askNothingMore(t, x)
}

func askNothingMore(t *db.Tx, x Trajectory) error {
	keys := []string{
		taskOf(x, taskMatch, "", core.Instant{}).Key, taskOf(x, taskRhythm, "", core.Instant{}).Key, taskOf(x, taskVisitLate, "", core.Instant{}).Key,
		taskOf(x, taskEnding, "", core.Instant{}).Key,
	}
	checks, err := readCheckpoints(t, x)
	if err != nil {
		return err
	}
	for _, c := range checks {
		keys = append(keys, taskOf(x, taskCheckpoint, ":"+c.ID.String(), core.Instant{}).Key)
	}
	choices, err := readChoices(t, x)
	if err != nil {
		return err
	}
	for _, c := range choices {
		keys = append(keys, taskOf(x, taskRelease, ":"+c.Detention.String(), core.Instant{}).Key)
	}
	for _, key := range keys {
		if err := task.Done(t, key); err != nil {
			return err
		}
	}
	return nil
}

// AskForVolunteer asks the coordinator for somebody else, because a volunteer stopped while the trajectory goes on.
func AskForVolunteer(t *db.Tx, x Trajectory) error {
	if !x.State.IsOpen() {
		return nil
	}
	return openMatchTask(t, x)
}
