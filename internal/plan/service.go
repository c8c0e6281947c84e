package plan

import (
	"cmp"
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan/goal"
	"maatje/internal/tool"
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

// One gives a plan, one of its steps and what that was before.
func (s *Service) One(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID, step core.ID) (p Plan, one Step, past []Past, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if p, err = load(t, by, id); err != nil {
			return err
		}
		if err = loadSteps(t, by, &p); err != nil {
			return err
		}
		if one, err = p.find(step); err != nil {
			return err
		}
		past, err = loadPast(t, by, p, step)
		return err
	})
	return p, one, past, err
}

func (p Plan) find(step core.ID) (Step, error) {
	i := slices.IndexFunc(p.Steps, func(x Step) bool { return x.ID == step })
	if i < 0 {
		return Step{}, core.NotFound()
	}
	return p.Steps[i], nil
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
		if err := p.check(t, in); err != nil {
			return err
		}
		_, n, err := db.Under(t, in.ID, func(row core.ID) (int64, error) {
			what, way, err := in.seal(t, p.Dossier, "step", row)
			if err != nil {
				return 0, err
			}
			return db.Exec(t, by.add, p.args(db.Args{"id": row, "month": in.Month, "who": in.Who, "what": what, "way": way, "goal": in.Goal}))
		})
		if err != nil || n == 0 {
			return cmp.Or(err, error(core.NotFound()))
		}
		return tool.Used(t, p.Dossier, tool.StepPlan)
	})
}

// check applies the rules to a step, and looks whether its goal is one of the family's.
func (p Plan) check(t *db.Tx, s Step) error {
	if err := Check(s, p.Months(), t.Today()); err != nil || s.Goal.IsZero() {
		return err
	}
	goals, err := goal.Of(t, p.Dossier)
	if err == nil && !slices.ContainsFunc(goals, func(g goal.Goal) bool { return g.ID == s.Goal }) {
		return invalid("goal", "plan_goal")
	}
	return err
}

// alter makes something else of a step and keeps what it was (TOO-5), from the version that was on the screen. What changes nothing is
// no change: a double tap is done once.
func alter(t *db.Tx, by Side, p Plan, step core.ID, version int, deed string, next func(Step) (Step, error)) error {
	if err := loadSteps(t, by, &p); err != nil {
		return err
	}
	was, err := p.find(step)
	if err != nil {
		return err
	}
	now, err := next(was)
	if err != nil || now.says() == was.says() && deed != Removed {
		return err
	}
	if version != was.Version {
		return stale(deed)
	}
	if err := keep(t, by, p, was, deed); err != nil {
		return err
	}
	what, way, err := now.seal(t, p.Dossier, "step", step)
	if err != nil {
		return err
	}
	removed := core.Instant{}
	if deed == Removed {
		removed = t.Now()
	}
	n, err := db.Exec(t, by.set, p.args(db.Args{"id": step, "month": now.Month, "who": now.Who, "what": what, "way": way, "goal": now.Goal,
		"done_on": now.DoneOn, "removed_at": removed, "version": was.Version}))
	if err == nil && n == 0 {
		err = stale(deed)
	}
	if err != nil {
		return err
	}
	return tool.Used(t, p.Dossier, tool.StepPlan)
}

// stale says that a step is another one than was on the screen: with words to keep, or after a tap.
func stale(deed string) error {
	if deed == Changed {
		return core.Conflict("plan_changed")
	}
	return core.Conflict("plan_tapped")
}

// keep writes down what a step was.
func keep(t *db.Tx, by Side, p Plan, was Step, deed string) error {
	row := db.NewID[core.ID](t)
	what, way, err := was.seal(t, p.Dossier, "step_past", row)
	if err != nil {
		return err
	}
	n, err := db.Exec(t, by.keep, p.args(db.Args{"id": row, "step": was.ID, "version": was.Version, "deed": deed, "what": what, "way": way}))
	if err == nil && n == 0 {
		err = stale(deed) // somebody else kept this version at the same moment
	}
	return err
}

// Tick says on which day a step was done (TOO-5); the zero Date takes the tick away.
func (s *Service) Tick(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID, step core.ID, version int, on core.Date) error {
	return s.change(ctx, a, by, id, func(t *db.Tx, p Plan) error { return tick(t, by, p, step, version, on) })
}

func tick(t *db.Tx, by Side, p Plan, step core.ID, version int, on core.Date) error {
	deed := Ticked
	if on.IsZero() {
		deed = Unticked
	}
	return alter(t, by, p, step, version, deed, func(s Step) (Step, error) {
		s.DoneOn = on
		return s, MayTick(on, t.Today())
	})
}

// Move brings a step to another month (TOO-5). Moved there already it stays.
func (s *Service) Move(ctx context.Context, a authz.Actor, by Side, id core.TrajectoryID, step core.ID, version, month int) error {
	return s.change(ctx, a, by, id, func(t *db.Tx, p Plan) error {
		return alter(t, by, p, step, version, Moved, func(s Step) (Step, error) {
			s.Month = month
			return s, MayMove(month, p.Months())
		})
	})
}

// Change rewrites a step (TOO-5). A step that somebody changed meanwhile is not overwritten.
func (s *Service) Change(ctx context.Context, a authz.Actor, id core.TrajectoryID, in Step) error {
	return s.change(ctx, a, ForCoordinator, id, func(t *db.Tx, p Plan) error {
		return alter(t, ForCoordinator, p, in.ID, in.Version, Changed, func(Step) (Step, error) { return in, p.check(t, in) })
	})
}

// Remove takes a step out of the plan. What it was stays in its history.
func (s *Service) Remove(ctx context.Context, a authz.Actor, id core.TrajectoryID, step core.ID, version int) error {
	return s.change(ctx, a, ForCoordinator, id, func(t *db.Tx, p Plan) error {
		return alter(t, ForCoordinator, p, step, version, Removed, func(s Step) (Step, error) { return s, nil })
	})
}

// DueNow lists the steps that the report of a visit asks about.
func DueNow(t *db.Tx, id core.TrajectoryID) ([]Step, error) {
	p, err := load(t, ForVolunteer, id)
	if err != nil {
		return nil, err
	}
	err = loadSteps(t, ForVolunteer, &p)
	return Due(p, t.Today()), err
}

// TickDuring ticks what a report says was done on the day of the visit. A step that was ticked or taken out meanwhile stays as it
// is.
func TickDuring(t *db.Tx, id core.TrajectoryID, steps []core.ID, on core.Date) error {
	p, err := load(t, ForVolunteer, id)
	if err != nil {
		return err
	}
	if err := loadSteps(t, ForVolunteer, &p); err != nil {
		return err
	}
	for _, s := range p.Steps {
		if !slices.Contains(steps, s.ID) || s.IsDone() {
			continue
		}
		if err := tick(t, ForVolunteer, p, s.ID, s.Version, on); err != nil {
			return err
		}
	}
	return nil
}
