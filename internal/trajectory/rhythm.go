package trajectory

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

var (
	qRhythms = db.Q("trajectory.rhythm_changes", authz.Notes, `SELECT r.id, r.at, r.old_days, r.new_days, r.why
		FROM visible_dossier d JOIN rhythm_change r ON r.dossier_id = d.id WHERE d.id = :dossier AND r.trajectory_id = :id ORDER BY r.at, r.id`, theirsX)
	xRhythm = db.X("trajectory.change_rhythm", authz.Plan, `UPDATE trajectory SET visit_every_days = :every, version = version + 1
		WHERE id = :id AND version = :version`+within, probe(db.Probe{"every": 7, "version": 1}))
	xRhythmNote = db.X("trajectory.note_rhythm", authz.Notes, `INSERT INTO rhythm_change (id, dossier_id, trajectory_id, at, account_id, old_days, new_days, why)
		SELECT :change, d.id, x.id, CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:old AS BIGINT), CAST(:every AS BIGINT), :why
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id WHERE d.id = :dossier AND x.id = :id`,
		probe(db.Probe{"change": db.Ours("rhythm_change_made"), "old": 14, "every": 7, "why": []byte(nil)}))
)

func readRhythms(t *db.Tx, x Trajectory) ([]RhythmChange, error) {
	type row struct {
		RhythmChange
		sealed
	}
	rows, err := db.All(t, qRhythms, x.args(nil), func(r *row) []any { return []any{&r.row, &r.At, &r.Old, &r.Every, &r.text} })
	out := make([]RhythmChange, len(rows))
	for i, r := range rows {
		out[i] = r.RhythmChange
		if out[i].Why, err = t.Open(place("rhythm_change", "why", r.row.Int64(), x.Dossier), r.text); err != nil {
			return nil, err
		}
	}
	return out, err
}

// ChangeRhythm lets the volunteer come more often, or less, from now on, with why (TRA-5). What was asked about a late visit
// is asked again by the new rhythm.
func (s *Service) ChangeRhythm(ctx context.Context, a authz.Actor, id core.TrajectoryID, version int, c RhythmChange) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		if err := CheckRhythm(x, c); err != nil {
			return err
		}
		n, err := db.Exec(t, xRhythm, x.args(db.Args{"every": c.Every, "version": version}))
		if err == nil && n == 0 {
			err = core.Conflict("trajectory_changed")
		}
		if err != nil {
			return err
		}
		line := db.NewID[core.ID](t)
		why, err := t.Seal(place("rhythm_change", "why", line.Int64(), x.Dossier), c.Why)
		if err != nil {
			return err
		}
		if err := db.Do(t, xRhythmNote, x.args(db.Args{"change": line, "old": x.VisitEveryDays, "every": c.Every, "why": why})); err != nil {
			return err
		}
		return askNoVisit(t, x)
	})
}

// askNoVisit closes what was asked about a late visit.
func askNoVisit(t *db.Tx, x Trajectory) error {
	if err := task.Done(t, taskOf(x, taskVisitLate, "", core.Instant{}).Key); err != nil {
		return err
	}
	return task.Done(t, taskOf(x, taskRhythm, "", core.Instant{}).Key)
}

// AddCheckpoint plans one contact more, because it is a heavy case (TRA-4), and keeps why.
func (s *Service) AddCheckpoint(ctx context.Context, a authz.Actor, id core.TrajectoryID, due core.Date, why string) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		if err := CheckMore(x, due, why, t.Today()); err != nil {
			return err
		}
		return addCheckpoint(t, x, Checkpoint{Kind: CheckExtra, DueOn: due, Why: why})
	})
}
