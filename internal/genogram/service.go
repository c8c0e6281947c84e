package genogram

import (
	"context"
	"encoding/json"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
	"maatje/internal/tool"
)

// Service shows genograms and keeps what is changed in them.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Whose finds the family whose genogram it is: a coordinator names the file, a volunteer the own trajectory.
type Whose func(*db.Tx) (core.DossierID, error)

// OfDossier is the family of a file.
func OfDossier(id core.DossierID) Whose {
	return func(*db.Tx) (core.DossierID, error) { return id, nil }
}

// OfTrajectory is the family of a trajectory that the volunteer runs.
func OfTrajectory(id core.TrajectoryID) Whose {
	return func(t *db.Tx) (core.DossierID, error) { return kin.OfTrajectory(t, id) }
}

// Sheet is what the screens know of a family.
type Sheet struct {
	kin.Book
	Head dossier.Head
}

// Read gives the family's book, and what stands on top of its pages.
func (s *Service) Read(ctx context.Context, a authz.Actor, whose Whose) (x Sheet, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		id, err := whose(t)
		if err != nil {
			return err
		}
		if x.Book, err = kin.Load(t, id); err != nil {
			return err
		}
		x.Head, err = dossier.LoadHead(t, id, tool.Genogram)
		return err
	})
	return x, err
}

// Change writes down what somebody told who had seen the book up to the change seen (TOO-2). The deed is made of the book as it is
// now, and what somebody else changed since is not overwritten.
func (s *Service) Change(ctx context.Context, a authz.Actor, whose Whose, seen int, deed func(kin.Book) (kin.Change, error)) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		id, err := whose(t)
		if err != nil {
			return err
		}
		b, err := kin.Load(t, id)
		if err != nil {
			return err
		}
		c, err := deed(b)
		if err != nil {
			return err
		}
		if _, err = kin.Arrange(keep).Record(t, id, tool.Genogram, seen, c); err != nil {
			return err
		}
		return tool.Used(t, id, tool.Genogram)
	})
}

// Undo takes one change back.
func (s *Service) Undo(ctx context.Context, a authz.Actor, whose Whose, seq int) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		id, err := whose(t)
		if err != nil {
			return err
		}
		_, err = kin.Arrange(keep).Undo(t, id, tool.Genogram, seq)
		return err
	})
}

// keep arranges the family from how it stood last, so that one more person does not reshuffle the page.
func keep(f kin.Family, last []byte) []byte {
	out, err := json.Marshal(arranged(f, last))
	if err != nil {
		return last
	}
	return out
}

// arranged starts from the drawing that was kept, if there is one that can be read.
func arranged(f kin.Family, last []byte) arrange.Drawing {
	var d arrange.Drawing
	if len(last) == 0 || json.Unmarshal(last, &d) != nil {
		return arrange.Of(f, nil)
	}
	return arrange.Of(f, &d)
}

// Last is the newest change that can be taken back; 0 if there is none.
func Last(b kin.Book) kin.Change {
	undone := map[int]bool{}
	for _, c := range slices.Backward(b.Changes) {
		switch {
		case c.Undoes != 0:
			undone[c.Undoes] = true
		case undone[c.Seq] || c.Tool != tool.Genogram: // a network's change has its own way back, on its own page
		default:
			if _, err := kin.Back(b, c.Seq); err == nil {
				return c
			}
			return kin.Change{}
		}
	}
	return kin.Change{}
}

// Secrets are the names of places that a child who does not know must not read (INT-8).
func (s *Service) Secrets(ctx context.Context, a authz.Actor, d core.DossierID) (out kin.Secrets, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out, err = kin.SecretsOf(t, d)
		return err
	})
	return out, err
}
