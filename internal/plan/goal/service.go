package goal

import (
	"cmp"
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/tool"
)

// Service keeps goals.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Of lists the goals of a family.
func (s *Service) Of(ctx context.Context, a authz.Actor, d core.DossierID) (out []Goal, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out, err = Of(t, d)
		return err
	})
	return out, err
}

// one finds a goal of the family.
func one(t *db.Tx, d core.DossierID, id core.ID) (Goal, error) {
	all, err := Of(t, d)
	if err != nil {
		return Goal{}, err
	}
	i := slices.IndexFunc(all, func(g Goal) bool { return g.ID == id })
	if i < 0 {
		return Goal{}, core.NotFound()
	}
	return all[i], nil
}

// Make adds a goal (TOO-5). Its identifier comes from the screen, so that a double tap is one goal.
func (s *Service) Make(ctx context.Context, a authz.Actor, d core.DossierID, id core.ID, c Content) (made core.ID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		made, err = Make(t, d, id, 0, c)
		return err
	})
	return made, err
}

// Make adds a goal in a transaction; of a wish there is one goal, however often it is asked for. It says which goal it is.
func Make(t *db.Tx, d core.DossierID, id, wish core.ID, c Content) (core.ID, error) {
	if !wish.IsZero() {
		was, found, err := db.Maybe(t, qOfWish, db.Args{"dossier": d, "triptych": wish}, func(id *core.ID) []any { return []any{id} })
		if err != nil || found {
			return was, err
		}
	}
	people, err := People(t, d)
	if err != nil {
		return id, err
	}
	if err := CheckContent(c, ids(people)); err != nil {
		return id, err
	}
	if _, err := one(t, d, id); !core.IsKind(err, core.KindNotFound) {
		return id, err // a double tap
	}
	id, _, err = db.Under(t, id, func(id core.ID) (int64, error) {
		return db.Exec(t, xGoal, db.Args{"id": id, "dossier": d, "triptych": wish})
	})
	if err != nil {
		return id, err
	}
	if _, _, err := db.Under(t, id, func(row core.ID) (int64, error) { return storeChange(t, d, id, row, 1, c) }); err != nil {
		return id, err
	}
	return id, tool.Used(t, d, tool.StepPlan)
}

// Change rewrites a goal with the reason; what it was stays. The identifier of the change comes from the screen. A goal that
// somebody changed meanwhile is a conflict.
func (s *Service) Change(ctx context.Context, a authz.Actor, d core.DossierID, id, row core.ID, version int, c Content) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if again, err := isThere(t, qChange, d, id, row); err != nil || again {
			return err
		}
		g, err := one(t, d, id)
		if err != nil {
			return err
		}
		people, err := People(t, d)
		if err != nil {
			return err
		}
		if g.Version != version {
			return core.Conflict("goal_changed")
		}
		if err := CheckChange(g.Content, c, ids(people)); err != nil {
			return err
		}
		_, n, err := db.Under(t, row, func(row core.ID) (int64, error) { return storeChange(t, d, id, row, version+1, c) })
		if err == nil && n == 0 {
			err = core.Conflict("goal_changed")
		}
		return err
	})
}

// Rate writes down how the family says it stands (TOO-5). A rating that is sent twice is one; another one is added, also of
// the same day: none is taken away.
func (s *Service) Rate(ctx context.Context, a authz.Actor, d core.DossierID, r Rating) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if again, err := isThere(t, qRating, d, r.Goal, r.ID); err != nil || again {
			return err
		}
		g, err := one(t, d, r.Goal)
		if err != nil {
			return err
		}
		people, err := People(t, d)
		if err != nil {
			return err
		}
		if err := CheckRating(r, g, ids(people), t.Today()); err != nil {
			return err
		}
		if _, n, err := db.Under(t, r.ID, func(row core.ID) (int64, error) { return storeRating(t, d, row, r) }); err != nil || n == 0 {
			return cmp.Or(err, error(core.NotFound()))
		}
		return tool.Used(t, d, tool.StepPlan)
	})
}
