package plan

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
)

// planned gives a family whose trajectory runs since 1 September, its plans, and a step.
func planned(t *testing.T, test func(t *testing.T, f *familytest.Family, s *Service, step Step)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		step := Step{ID: core.NewID[core.ID](clock.Now()), Month: 3, Who: "network", What: "Tante Mo haalt Noor\nvan zwemles. שלום 🙂"}
		test(t, f, NewService(d), step)
	})
}

var today = core.MustInstant(familytest.Start).Date()

func TestTOO5_AddedTwiceIsOneStep(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		for range 2 { // a double tap
			must(t, s.Add(ctx, f.Petra, ForCoordinator, f.Trajectory, step))
		}
		for who, by := range map[*authz.Actor]Side{&f.Petra: ForCoordinator, &f.Backup: ForCoordinator, &f.Ria: ForVolunteer} {
			p, err := s.Read(ctx, *who, by, f.Trajectory)
			if err != nil || len(p.Steps) != 1 || p.Steps[0].What != step.What || p.Steps[0].Who != "network" || p.Months() != 6 {
				t.Errorf("%s reads %+v %v", who.Name(), p, err)
			}
		}
	})
}

func TestTOO5_TheVolunteerAddsAndTicks(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, step))
		wants(t, s.Tick(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 1, today.AddDays(1)), "plan_done_in_future")
		must(t, s.Tick(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 1, today))
		if _, kept, _, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID); err != nil || kept.DoneOn != today {
			t.Errorf("after the tick: %+v %v", kept, err)
		}
		must(t, s.Tick(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID, 2, core.Date{}))
		if _, kept, _, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID); err != nil || kept.IsDone() {
			t.Errorf("the tick taken away: %+v %v", kept, err)
		}
	})
}

func TestTOO5_AStaleChangeOverwritesNothing(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Petra, ForCoordinator, f.Trajectory, step))
		change := Step{ID: step.ID, Month: 4, Who: "family", What: "Oma haalt Noor.", DoneOn: today, Version: 1}
		must(t, s.Change(ctx, f.Petra, f.Trajectory, change))
		stale := change
		stale.What = "iets anders"
		wants(t, s.Change(ctx, f.Backup, f.Trajectory, stale), "plan_changed")
		stale.Version, stale.Month = 2, 7
		wants(t, s.Change(ctx, f.Backup, f.Trajectory, stale), "plan_month")
		_, kept, _, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID)
		if err != nil || kept.What != change.What || kept.Month != 4 || kept.Who != "family" || kept.DoneOn != today || kept.Version != 2 {
			t.Errorf("kept: %+v %v", kept, err)
		}
		wants(t, s.Remove(ctx, f.Petra, f.Trajectory, step.ID, 1), "plan_tapped")
		must(t, s.Remove(ctx, f.Petra, f.Trajectory, step.ID, 2))
		if p, err := s.Read(ctx, f.Ria, ForVolunteer, f.Trajectory); err != nil || len(p.Steps) != 0 {
			t.Errorf("after removing: %+v %v", p.Steps, err)
		}
	})
}

// Another volunteer of the family has a plan of the own trajectory and of no other.
func TestTOO5_ThePlanIsOfItsTrajectory(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Petra, ForCoordinator, f.Trajectory, step))
		for _, a := range []authz.Actor{f.Tom, f.Stranger, f.Omar, f.Leader} {
			for _, by := range []Side{ForCoordinator, ForVolunteer} {
				_, err := s.Read(ctx, a, by, f.Trajectory)
				isNotFound(t, a, "reading", err)
				isNotFound(t, a, "adding", s.Add(ctx, a, by, f.Trajectory, Step{ID: step.ID + 1, Month: 1, Who: "family", What: "x"}))
				isNotFound(t, a, "ticking", s.Tick(ctx, a, by, f.Trajectory, step.ID, 1, today))
			}
			isNotFound(t, a, "changing", s.Change(ctx, a, f.Trajectory, step))
			isNotFound(t, a, "removing", s.Remove(ctx, a, f.Trajectory, step.ID, 1))
		}
		isNotFound(t, f.Ria, "a volunteer's change", s.Change(ctx, f.Ria, f.Trajectory, step))
		isNotFound(t, f.Ria, "a volunteer's removal", s.Remove(ctx, f.Ria, f.Trajectory, step.ID, 1))
		if _, kept, _, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID); err != nil || kept.IsDone() || kept.What != step.What {
			t.Errorf("kept: %+v %v", kept, err)
		}
	})
}

func TestTOO5_WithTheMatchThePlanEnds(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, step))
		f.EndMatch(t, f.Ria, "2026-11-13")
		_, err := s.Read(ctx, f.Ria, ForVolunteer, f.Trajectory)
		isNotFound(t, f.Ria, "reading after the match", err)
		isNotFound(t, f.Ria, "ticking after the match", s.Tick(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 1, today))
	})
}

// C6: a visit in a consulting room instead of behind glass. The coordinator arranges it and puts it in the plan; the
// volunteer reads there that it is arranged, and ticks it off after the visit.
func TestCaseC6_ASpecialVisitThroughTheCoordinator(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		step.Who, step.What = "coordinator", "Bezoek in een spreekkamer op woensdagmiddag, in plaats van achter glas."
		must(t, s.Add(ctx, f.Petra, ForCoordinator, f.Trajectory, step))
		p, err := s.Read(ctx, f.Ria, ForVolunteer, f.Trajectory)
		if err != nil || len(p.Of(3)) != 1 || p.Of(3)[0].What != step.What || p.Of(3)[0].Who != "coordinator" {
			t.Fatalf("the volunteer reads %+v %v", p.Of(3), err)
		}
		must(t, s.Tick(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 1, today))
		if _, kept, _, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID); err != nil || kept.DoneOn != today {
			t.Errorf("the coordinator reads %+v %v", kept, err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err error, message string) {
	t.Helper()
	if f, ok := core.AsFail(err); !ok || f.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}

func isNotFound(t *testing.T, a authz.Actor, what string, err error) {
	t.Helper()
	if !core.IsKind(err, core.KindNotFound) {
		t.Errorf("%s, %s: %v", a.Name(), what, err)
	}
}

func TestTOO5_NothingOfAStepIsLost(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		step.Way = "op de fiets. שלום 🙂"
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, step))
		for range 2 { // a double tap
			must(t, s.Move(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 1, 2))
		}
		wants(t, s.Move(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 2, 7), "plan_month")
		for range 2 {
			must(t, s.Tick(ctx, f.Ria, ForVolunteer, f.Trajectory, step.ID, 2, today))
		}
		must(t, s.Change(ctx, f.Petra, f.Trajectory, Step{ID: step.ID, Month: 2, Who: "family", What: "Oma haalt Noor.", DoneOn: today, Version: 3}))
		for _, side := range []struct {
			who authz.Actor
			by  Side
		}{{f.Petra, ForCoordinator}, {f.Ria, ForVolunteer}} {
			_, now, past, err := s.One(ctx, side.who, side.by, f.Trajectory, step.ID)
			if err != nil || len(past) != 3 || now.Month != 2 || now.What != "Oma haalt Noor." || now.Way != "" {
				t.Fatalf("%s reads %+v %+v %v", side.who.Name(), now, past, err)
			}
			first, second, third := past[2], past[1], past[0]
			if first.Deed != Moved || first.Month != 3 || second.Deed != Ticked || second.Month != 2 || second.IsDone() || third.Deed != Changed || third.What != step.What || third.Way != step.Way {
				t.Errorf("%s reads the past as %+v", side.who.Name(), past)
			}
		}
	})
}

func TestTOO5_AVisitTicksWhatItSays(t *testing.T) {
	ctx := context.Background()
	planned(t, func(t *testing.T, f *familytest.Family, s *Service, step Step) {
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, step))
		other := Step{ID: step.ID + 1, Month: 3, Who: "family", What: "Samen koken"}
		must(t, s.Add(ctx, f.Ria, ForVolunteer, f.Trajectory, other))
		for range 2 {
			must(t, f.DB.Write(ctx, f.Ria, func(x *db.Tx) error {
				return TickDuring(x, f.Trajectory, []core.ID{step.ID, step.ID + 7}, today.AddDays(-1))
			}))
		}
		must(t, f.DB.Read(ctx, f.Ria, func(x *db.Tx) error {
			due, err := DueNow(x, f.Trajectory)
			if len(due) != 1 || due[0].ID != other.ID {
				t.Errorf("still due: %+v", due)
			}
			return err
		}))
		if _, kept, past, err := s.One(ctx, f.Petra, ForCoordinator, f.Trajectory, step.ID); err != nil || kept.DoneOn != today.AddDays(-1) || len(past) != 1 {
			t.Errorf("ticked: %+v %+v %v", kept, past, err)
		}
	})
}
