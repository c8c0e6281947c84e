package plan

import (
	"context"
	"sync"
	"testing"

	"maatje/internal/core"
	"maatje/internal/familytest"
)

// A tap counts on what was on the screen. A later screen wins nothing over an earlier one: it is told, and taps again by choice; the
// same tap twice is one.
func TestTOO5_ATapOnAScreenOfBeforeDoesNothing(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, step))
		tick := func(version int, on core.Date) error {
			return s.Tick(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, version, on)
		}
		move := func(version, month int) error {
			return s.Move(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID, version, month)
		}
		must(t, tick(1, today))
		must(t, tick(1, today))
		wants(t, move(1, 5), "plan_tapped")
		wants(t, move(0, 5), "plan_tapped")
		must(t, move(2, 5))
		must(t, move(2, 5))
		wants(t, tick(2, core.Date{}), "plan_tapped")
		wants(t, move(2, 4), "plan_tapped")
		wants(t, s.Remove(ctx, f.Petra, f.Trajectory, step.ID, 2), "plan_tapped")
		_, kept, past, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID)
		if err != nil || kept.Month != 5 || kept.DoneOn != today || kept.Version != 3 || len(past) != 2 {
			t.Errorf("kept: %+v %+v %v", kept, past, err)
		}
	})
}

// Two people move one step at the same moment: one of them did, the other is told, and the history has one move.
func TestTOO5_TwoPeopleTapAtOnce(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, step))
		var all sync.WaitGroup
		errs := make([]error, 3)
		all.Go(func() { errs[0] = s.Move(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 1, 5) })
		all.Go(func() { errs[1] = s.Move(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID, 1, 6) })
		all.Go(func() { errs[2] = s.Tick(ctx, f.Backup, ForCoordinator, f.Trajectory, step.ID, 1, today) })
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				wants(t, err, "plan_tapped")
			}
		}
		_, kept, past, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID)
		if err != nil || done != 1 || len(past) != 1 || kept.Version != 2 {
			t.Errorf("%d of three taps counted: %+v %+v %v", done, kept, past, err)
		}
	})
}
