package trajectory

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// The farewell is the family's and the volunteer's as well as the coordinator's, so it lies in the plan (TRA-9).
var (
	qFarewell = db.Q("trajectory.farewell", authz.Plan, `SELECT f.planned_on, f.last_visits, f.held_on, f.family_mood, f.family_words, f.volunteer_mood,
			f.volunteer_words, f.final_report, f.version
		FROM visible_dossier d JOIN farewell f ON f.dossier_id = d.id WHERE d.id = :dossier AND f.trajectory_id = :id`, theirsX)
	qFarewellChildren = db.Q("trajectory.farewell_children", authz.Plan, `SELECT c.child_id, c.words, c.told_on
		FROM visible_dossier d JOIN farewell_child c ON c.dossier_id = d.id WHERE d.id = :dossier AND c.trajectory_id = :id ORDER BY c.child_id`, theirsX)
	qFarewellTasks = db.Q("trajectory.farewell_tasks", authz.Plan, `SELECT k.id, k.words, k.taken_by
		FROM visible_dossier d JOIN farewell_task k ON k.dossier_id = d.id WHERE d.id = :dossier AND k.trajectory_id = :id ORDER BY k.id`, theirsX)

	xFarewell = db.X("trajectory.plan_farewell", authz.Plan, `
		INSERT INTO farewell (trajectory_id, dossier_id, planned_on, last_visits, held_on, family_mood, family_words, volunteer_mood, volunteer_words, final_report)
		SELECT x.id, d.id, CAST(:planned AS TEXT), CAST(:last AS BIGINT), CAST(:held AS TEXT), CAST(:family_mood AS TEXT), :family_words,
			CAST(:own_mood AS TEXT), :own_words, :report
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id WHERE d.id = :dossier AND x.id = :id
		ON CONFLICT (trajectory_id) DO UPDATE SET planned_on = excluded.planned_on, last_visits = excluded.last_visits, held_on = excluded.held_on,
			family_mood = excluded.family_mood, family_words = excluded.family_words, volunteer_mood = excluded.volunteer_mood,
			volunteer_words = excluded.volunteer_words, final_report = excluded.final_report, version = farewell.version + 1
		WHERE farewell.version = :version AND farewell.dossier_id IN (SELECT s.id FROM visible_dossier s)`,
		probe(db.Probe{
			"planned": core.MustDate("2026-01-01"), "last": 2, "held": core.Date{}, "family_mood": "", "family_words": []byte(nil), "own_mood": "",
			"own_words": []byte(nil), "report": []byte(nil), "version": 1,
		}))
	xTold = db.X("trajectory.tell_child", authz.Plan, `
		INSERT INTO farewell_child (trajectory_id, dossier_id, child_id, words, told_on)
		SELECT x.id, d.id, p.id, :words, CAST(:told AS TEXT)
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id JOIN person p ON p.dossier_id = d.id
		WHERE d.id = :dossier AND x.id = :id AND p.id = :child
		ON CONFLICT (trajectory_id, child_id) DO UPDATE SET words = excluded.words, told_on = excluded.told_on
		WHERE farewell_child.dossier_id IN (SELECT s.id FROM visible_dossier s)`,
		probe(db.Probe{"child": db.Theirs("person"), "words": []byte(nil), "told": core.Date{}}))
	xForgetTasks = db.X("trajectory.forget_tasks", authz.Plan, `DELETE FROM farewell_task WHERE trajectory_id = :id`+within, theirsX)
	xTask        = db.X("trajectory.hand_task", authz.Plan, `INSERT INTO farewell_task (id, dossier_id, trajectory_id, words, taken_by)
		SELECT :task, d.id, x.id, :words, CAST(:by AS TEXT) FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		WHERE d.id = :dossier AND x.id = :id`,
		probe(db.Probe{"task": db.Ours("farewell_task_made"), "words": []byte{1}, "by": ""}))
)

type sealedFarewell struct {
	Farewell
	family, own, report []byte
}

// readFarewell reads the farewell of a trajectory; none is the zero Farewell.
func readFarewell(t *db.Tx, x Trajectory) (Farewell, error) {
	r, found, err := db.Maybe(t, qFarewell, x.args(nil), func(f *sealedFarewell) []any {
		return []any{&f.PlannedOn, &f.LastVisits, &f.HeldOn, &f.FamilyMood, &f.family, &f.VolunteerMood, &f.own, &f.report, &f.Version}
	})
	if err != nil || !found {
		return Farewell{}, err
	}
	f := r.Farewell
	for column, part := range map[string]struct {
		sealed []byte
		text   *string
	}{"family_words": {r.family, &f.FamilyWords}, "volunteer_words": {r.own, &f.VolunteerWords}, "final_report": {r.report, &f.FinalReport}} {
		if *part.text, err = t.Open(place("farewell", column, x.ID.Int64(), x.Dossier), part.sealed); err != nil {
			return Farewell{}, err
		}
	}
	if f.Children, err = readTold(t, x); err != nil {
		return Farewell{}, err
	}
	f.Tasks, err = readHanded(t, x)
	return f, err
}

func readTold(t *db.Tx, x Trajectory) ([]Told, error) {
	type row struct {
		Told
		sealed []byte
	}
	rows, err := db.All(t, qFarewellChildren, x.args(nil), func(r *row) []any { return []any{&r.Child, &r.sealed, &r.On} })
	out := make([]Told, len(rows))
	for i, r := range rows {
		out[i] = r.Told
		if out[i].Words, err = t.Open(toldPlace(x, r.Child), r.sealed); err != nil {
			return nil, err
		}
	}
	return out, err
}

func readHanded(t *db.Tx, x Trajectory) ([]Handed, error) {
	type row struct {
		id     core.ID
		sealed []byte
		by     string
	}
	rows, err := db.All(t, qFarewellTasks, x.args(nil), func(r *row) []any { return []any{&r.id, &r.sealed, &r.by} })
	out := make([]Handed, len(rows))
	for i, r := range rows {
		out[i].TakenBy = r.by
		if out[i].Task, err = t.Open(place("farewell_task", "words", r.id.Int64(), x.Dossier), r.sealed); err != nil {
			return nil, err
		}
	}
	return out, err
}

// writeFarewell keeps the plan as it stands now, from the version of the screen it came from.
func writeFarewell(t *db.Tx, x Trajectory, f Farewell) error {
	args := x.args(db.Args{
		"planned": f.PlannedOn, "last": f.LastVisits, "held": f.HeldOn, "family_mood": f.FamilyMood, "own_mood": f.VolunteerMood, "version": f.Version,
	})
	for name, part := range map[string]struct{ column, text string }{
		"family_words": {"family_words", f.FamilyWords}, "own_words": {"volunteer_words", f.VolunteerWords}, "report": {"final_report", f.FinalReport},
	} {
		sealed, err := t.Seal(place("farewell", part.column, x.ID.Int64(), x.Dossier), part.text)
		if err != nil {
			return err
		}
		args[name] = sealed
	}
	n, err := db.Exec(t, xFarewell, args)
	if err == nil && n == 0 {
		err = core.Conflict("trajectory_changed")
	}
	if err != nil {
		return err
	}
	if err := writeTold(t, x, f.Children); err != nil {
		return err
	}
	return writeHanded(t, x, f.Tasks)
}

// toldPlace stands under the trajectory and the child: how a child is told has no identifier of its own.
func toldPlace(x Trajectory, child core.PersonID) vault.Place {
	return place("farewell_child", "words about "+child.String(), x.ID.Int64(), x.Dossier)
}

func writeTold(t *db.Tx, x Trajectory, children []Told) error {
	for _, c := range children {
		sealed, err := t.Seal(toldPlace(x, c.Child), c.Words)
		if err != nil {
			return err
		}
		if err := db.Do(t, xTold, x.args(db.Args{"child": c.Child, "words": sealed, "told": c.On})); err != nil {
			return err
		}
	}
	return nil
}

func writeHanded(t *db.Tx, x Trajectory, tasks []Handed) error {
	if _, err := db.Exec(t, xForgetTasks, x.args(nil)); err != nil {
		return err
	}
	for _, h := range tasks {
		id := db.NewID[core.ID](t)
		sealed, err := t.Seal(place("farewell_task", "words", id.Int64(), x.Dossier), h.Task)
		if err != nil {
			return err
		}
		if err := db.Do(t, xTask, x.args(db.Args{"task": id, "words": sealed, "by": h.TakenBy})); err != nil {
			return err
		}
	}
	return nil
}
