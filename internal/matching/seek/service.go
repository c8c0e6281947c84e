package seek

import (
	"context"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/trajectory"
	"maatje/internal/volunteer"
)

// Service keeps what families seek.
type Service struct{ db *db.DB }

// NewService keeps what families seek.
func NewService(d *db.DB) *Service { return &Service{d} }

// File is what a family seeks, and who is not brought together with it.
type File struct {
	Trajectory trajectory.Trajectory
	Want       Want
	Exclusions []Exclusion
}

// File reads what one family seeks.
func (s *Service) File(ctx context.Context, a authz.Actor, id core.TrajectoryID) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f = File{}
		if f.Trajectory, err = trajectory.Load(t, id); err != nil {
			return err
		}
		if f.Want, err = WantOf(t, f.Trajectory); err != nil {
			return err
		}
		f.Exclusions, err = Exclusions(t, f.Trajectory.Dossier)
		return err
	})
	return f, err
}

// WantOf reads what was asked of a family; what was not is one volunteer and nothing else.
func WantOf(t *db.Tx, x trajectory.Trajectory) (Want, error) {
	type row struct {
		Want
		languages, days string
	}
	w, found, err := db.Maybe(t, qWant, db.Args{"dossier": x.Dossier, "trajectory": x.ID}, func(w *row) []any {
		return []any{&w.languages, &w.Needed, &w.days, &w.Postcode, &w.Volunteers, &w.Version}
	})
	if !found {
		w.Volunteers = 1
	}
	w.Trajectory, w.Dossier, w.Languages, w.Days = x.ID, x.Dossier, codesOf(w.languages), codesOf(w.days)
	return w.Want, err
}

// Keep keeps what a family seeks. The version is that of the screen it came from.
func (s *Service) Keep(ctx context.Context, a authz.Actor, w Want) error {
	var wrong *core.Fail
	digits, ok := volunteer.Postcode(w.Postcode)
	if !ok {
		wrong = core.Invalid("postcode", "volunteer_postcode")
	}
	more, _ := core.AsFail(CheckWant(w))
	if err := core.Join(wrong, more); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := trajectory.Load(t, w.Trajectory)
		if err != nil {
			return err
		}
		n, err := db.Exec(t, xWant, db.Args{
			"dossier": x.Dossier, "id": x.ID, "languages": strings.Join(w.Languages, ","), "needed": w.Needed, "days": strings.Join(w.Days, ","),
			"postcode": digits, "volunteers": w.Volunteers, "version": w.Version,
		})
		if err == nil && n == 0 {
			err = core.Conflict("seek_changed")
		}
		return err
	})
}

// Exclusions reads who is not brought together with a family.
func Exclusions(t *db.Tx, d core.DossierID) ([]Exclusion, error) {
	type row struct {
		Exclusion
		words []byte
	}
	rows, err := db.All(t, qExclusions, db.Args{"dossier": d}, func(e *row) []any {
		return []any{&e.ID, &e.Volunteer, &e.Name, &e.Side, &e.words, &e.At, &e.By}
	})
	out := make([]Exclusion, len(rows))
	for i, r := range rows {
		out[i] = r.Exclusion
		out[i].Dossier = d
		if out[i].Words, err = t.Open(sealed(r.ID, d), r.words); err != nil {
			return nil, err
		}
	}
	return out, err
}

// Exclude keeps a volunteer and the family of a trajectory apart, from now on (VOL-7, VOL-9).
func (s *Service) Exclude(ctx context.Context, a authz.Actor, id core.TrajectoryID, e Exclusion) error {
	if err := CheckExclusion(e); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := trajectory.Load(t, id)
		if err != nil {
			return err
		}
		e.ID = db.NewID[core.ID](t)
		words, err := t.Seal(sealed(e.ID, x.Dossier), strings.TrimSpace(e.Words))
		if err != nil {
			return err
		}
		err = db.Do(t, xExclude, db.Args{"id": e.ID, "dossier": x.Dossier, "person": e.Volunteer, "side": e.Side, "words": words})
		if db.IsDuplicate(err) {
			return core.Conflict("seek_excluded_already")
		}
		return err
	})
}

// Lift lets a volunteer and the family of a trajectory be brought together again.
func (s *Service) Lift(ctx context.Context, a authz.Actor, id core.TrajectoryID, exclusion core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := trajectory.Load(t, id)
		if err != nil {
			return err
		}
		n, err := db.Exec(t, xLift, db.Args{"id": exclusion, "dossier": x.Dossier})
		if err == nil && n == 0 {
			err = core.NotFound()
		}
		return err
	})
}
