package plan

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service keeps step plans.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Read gives the plan of a trajectory with its steps in the order of the months.
func (s *Service) Read(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID) (p Plan, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if p, err = load(t, by, id); err != nil {
			return err
		}
		return loadSteps(t, by, &p)
	})
	return p, err
}

// One gives a plan and one of its steps, for whoever may change it.
func (s *Service) One(ctx context.Context, a authz.Actor, id core.TrajectoryID, step core.ID) (Plan, Step, error) {
	p, err := s.Read(ctx, a, ForCoordinator, id)
	if err != nil {
		return p, Step{}, err
	}
	i := slices.IndexFunc(p.Steps, func(x Step) bool { return x.ID == step })
	if i < 0 {
		return p, Step{}, core.NotFound()
	}
	return p, p.Steps[i], nil
}

// change runs a deed on a plan that may be written.
func (s *Service) change(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID, deed func(*db.Tx, Plan) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := load(t, by, id)
		if err != nil {
			return err
		}
		if err := MayWrite(p); err != nil {
			return err
		}
		return deed(t, p)
	})
}

// Add puts a step in the plan (TOO-5). Its identifier comes from the screen, so that a double tap is one step.
func (s *Service) Add(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID, in Step) error {
	in.DoneOn = core.Date{}
	return s.change(ctx, a, by, id, func(t *db.Tx, p Plan) error {
		args, err := p.checked(t, in)
		if err != nil {
			return err
		}
		return db.Do(t, by.add, args)
	})
}

// checked are the arguments of a step that the rule allows, sealed.
func (p Plan) checked(t *db.Tx, in Step) (db.Args, error) {
	if err := Check(in, p.Months(), t.Today()); err != nil {
		return nil, err
	}
	what, err := t.Seal(place(p.Dossier, in.ID), in.What)
	return p.args(db.Args{"id": in.ID, "month": in.Month, "who": in.Who, "what": what}), err
}

// Tick says on which day a step was done (TOO-5); the zero Date takes the tick away.
func (s *Service) Tick(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID, step core.ID, on core.Date) error {
	return s.change(ctx, a, by, id, func(t *db.Tx, p Plan) error {
		if err := MayTick(on, t.Today()); err != nil {
			return err
		}
		return db.Do(t, by.tick, p.args(db.Args{"id": step, "done_on": on}))
	})
}

// Change rewrites a step (TOO-5). A step that somebody changed meanwhile is not overwritten.
func (s *Service) Change(ctx context.Context, a authz.Actor, id core.TrajectoryID, in Step) error {
	return s.change(ctx, a, ForCoordinator, id, func(t *db.Tx, p Plan) error {
		args, err := p.checked(t, in)
		if err != nil {
			return err
		}
		args["done_on"], args["version"] = in.DoneOn, in.Version
		n, err := db.Exec(t, xChange, args)
		if err == nil && n == 0 {
			err = core.Conflict("plan_changed")
		}
		return err
	})
}

// Remove takes a step out of the plan.
func (s *Service) Remove(ctx context.Context, a authz.Actor, id core.TrajectoryID, step core.ID) error {
	return s.change(ctx, a, ForCoordinator, id, func(t *db.Tx, p Plan) error {
		return db.Do(t, xRemove, p.args(db.Args{"id": step}))
	})
}
