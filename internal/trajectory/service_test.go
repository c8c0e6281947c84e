package trajectory_test

import (
	"context"
	"slices"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/matching"
	"maatje/internal/task"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
)

var (
	ctx = context.Background()
	day = core.MustDate
)

type town struct {
	*trajectorytest.World
	*trajectory.Service
	matching *matching.Service
	clock    *dbtest.Clock
}

func build(t *testing.T, d *db.DB, clock *dbtest.Clock) *town {
	t.Helper()
	w := trajectorytest.New(t, d)
	return &town{w, trajectory.NewService(d, trajectorytest.Holds), matching.NewService(d, trajectorytest.Holds), clock}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *town) to(date string) { s.clock.Set(core.MustInstant(date + "T09:00:00.000Z")) }

// begin makes a trajectory that waits.
func (s *town) begin(t *testing.T, f trajectorytest.Family, kind string, names ...string) core.TrajectoryID {
	t.Helper()
	id, err := s.Begin(ctx, s.Petra, f.Dossier, trajectory.Start{Kind: kind, People: f.People(names...)})
	must(t, err)
	return id
}

// running makes a trajectory that runs with the volunteer from today on.
func (s *town) running(t *testing.T, f trajectorytest.Family, who authz.Actor, kind string, names ...string) core.TrajectoryID {
	t.Helper()
	x := s.begin(t, f, kind, names...)
	must(t, s.matching.Propose(ctx, s.Petra, x, who.Volunteer(), matching.DoubleRole{}))
	b, err := s.matching.Board(ctx, s.Petra, x)
	must(t, err)
	m, _ := b.Open()
	must(t, s.matching.Answer(ctx, who, m.ID, true, ""))
	today := s.clock.Now().Date()
	must(t, s.matching.PlanIntroduction(ctx, s.Petra, m.ID, today))
	must(t, s.matching.Introduce(ctx, s.Petra, m.ID, today))
	must(t, s.matching.Accept(ctx, s.Petra, m.ID))
	return x
}

func (s *town) file(t *testing.T, x core.TrajectoryID) trajectory.File {
	t.Helper()
	f, err := s.File(ctx, s.Petra, x)
	must(t, err)
	return f
}

// tasks are the kinds on somebody's list now.
func (s *town) tasks(t *testing.T, a authz.Actor) []string {
	t.Helper()
	var kinds []string
	must(t, s.DB.Read(ctx, a, func(tx *db.Tx) error {
		rows, err := task.Mine(tx, task.Filter{})
		for _, r := range rows {
			kinds = append(kinds, r.Kind)
		}
		return err
	}))
	return kinds
}

func (s *town) released(t *testing.T, f trajectorytest.Family, old, now string) {
	t.Helper()
	s.As(t, s.Petra, func(tx *db.Tx) error {
		return s.ReleaseMoved(tx, f.Dossier, f.Detention, f.Parent, day(old), day(now))
	})
}

// farewell says goodbye as it should be, up to the final checkpoint and the report.
func (s *town) farewell(t *testing.T, x core.TrajectoryID) {
	t.Helper()
	f := s.file(t, x)
	today := s.clock.Now().Date()
	plan := trajectory.Farewell{
		PlannedOn: today, LastVisits: 3, HeldOn: today, FamilyMood: "good", FamilyWords: "we redden het", VolunteerMood: "good", VolunteerWords: "mooi",
		FinalReport: "Oma heeft haar zus erbij gevraagd.", Tasks: []trajectory.Handed{{Task: "voorlezen", TakenBy: "tante An"}}, Version: f.Farewell.Version,
	}
	for _, c := range f.Children() {
		plan.Children = append(plan.Children, trajectory.Told{Child: c.ID, Words: "met het boek", On: today})
	}
	must(t, s.PlanFarewell(ctx, s.Petra, x, plan))
	for _, c := range s.file(t, x).Checkpoints {
		if c.Kind == trajectory.CheckFinal {
			must(t, s.HoldCheckpoint(ctx, s.Petra, x, trajectory.Checkpoint{ID: c.ID, HeldOn: today, Words: "rustig"}))
		}
	}
}

func each(t *testing.T, test func(t *testing.T, s *town)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) { test(t, build(t, d, clock)) })
}

func twoChildren(until string) []dossier.NewPerson {
	return []dossier.NewPerson{
		trajectorytest.Child("Sara", "2017-03-01"), trajectorytest.Child("Noor", "2020-06-01"), trajectorytest.Caregiver("Wil", "oma"),
		trajectorytest.Inside("Anna", until),
	}
}

func TestINT4_NothingBeginsWithoutTheDecision(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		f := s.Undecided(t, twoChildren("2027-06-01")...)
		_, err := s.Begin(ctx, s.Petra, f.Dossier, trajectory.Start{Kind: "family_buddy", People: f.People("Sara")})
		if fail, ok := core.AsFail(err); !ok || fail.Rule != "INT-4" {
			t.Errorf("begun undecided: %v", err)
		}
		decided := s.Family(t, twoChildren("2027-06-01")...)
		if _, err := s.Begin(ctx, s.Kees, decided.Dossier, trajectory.Start{Kind: "family_buddy", People: decided.People("Sara")}); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("begun by another area: %v", err)
		}
		if _, err := s.Begin(ctx, s.Petra, decided.Dossier, trajectory.Start{Kind: "family_buddy", People: f.People("Sara")}); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("begun for another family's child: %v", err)
		}
	})
}

func TestTRA5_ALateVisitShowsToTheVolunteerFirst(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		s.running(t, f, ria, "family_buddy", "Sara", "Noor", "Wil")
		for _, c := range []struct {
			on                     string
			volunteer, coordinator bool
		}{{"2026-12-07", false, false}, {"2026-12-08", true, false}, {"2026-12-14", true, false}, {"2026-12-15", true, true}} {
			s.to(c.on)
			for range 2 { // a job may run twice
				must(t, s.WatchRhythm(ctx, authz.System("trajectory.rhythm")))
			}
			if got := slices.Contains(s.tasks(t, ria), "visit_late"); got != c.volunteer {
				t.Errorf("%s: the volunteer sees it: %v", c.on, got)
			}
			if got := slices.Contains(s.tasks(t, s.Petra), "rhythm"); got != c.coordinator {
				t.Errorf("%s: the coordinator sees it: %v", c.on, got)
			}
		}
	})
}

func TestTRA4_CheckpointsAreTasksWithDates(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara", "Noor", "Wil")
		count := func() (n int) {
			for _, k := range s.tasks(t, s.Petra) {
				if k == "checkpoint" {
					n++
				}
			}
			return n
		}
		if count() != 1 {
			t.Errorf("at the start %d", count())
		}
		must(t, s.HoldCheckpoint(ctx, s.Petra, x, trajectory.Checkpoint{ID: s.file(t, x).Checkpoints[0].ID, HeldOn: day("2026-11-23"), Words: "goed begin"}))
		if c := s.file(t, x).Checkpoints[0]; count() != 0 || c.Words != "goed begin" {
			t.Errorf("held: %d, %+v", count(), c)
		}
		s.to("2027-02-10")
		if count() != 1 {
			t.Errorf("before the third month %d", count())
		}
		must(t, s.AddCheckpoint(ctx, s.Petra, x, day("2027-02-12"), "het is zwaar"))
		if count() != 2 {
			t.Errorf("with one more %d", count())
		}
	})
}

func TestTRA7_ExtensionMovesTheEndAndTheFinalCheckpoint(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		was := s.file(t, x)
		e := trajectory.Extension{NewEnd: day("2027-08-01"), Reason: "release_nearby", Words: "mama komt in juli"}
		must(t, s.Extend(ctx, s.Petra, x, was.Version, e))
		now := s.file(t, x)
		if now.PlannedEnd != day("2027-08-01") || now.Extensions[0].OldEnd != was.PlannedEnd || now.Extensions[0].Words != e.Words || now.Checkpoints[2].DueOn != day("2027-08-01") {
			t.Errorf("%+v", now)
		}
		e.NewEnd = day("2027-09-01")
		if err := s.Extend(ctx, s.Joke, x, was.Version, e); !core.IsKind(err, core.KindConflict) {
			t.Errorf("from a stale screen: %v", err)
		}
	})
}

func TestTRA9_EndNamesWhatIsMissingAndThenEndsRights(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara", "Noor", "Wil")
		if err := s.End(ctx, s.Petra, x, "question_answered", ""); !core.IsKind(err, core.KindRefused) {
			t.Fatalf("ended without a farewell: %v", err)
		}
		s.farewell(t, x)
		if got := s.file(t, x); got.State != trajectory.Closing || len(got.Missing) != 0 || got.Farewell.Children[0].Words != "met het boek" || got.Farewell.Tasks[0].TakenBy != "tante An" {
			t.Fatalf("%+v", got)
		}
		must(t, s.End(ctx, s.Petra, x, "network_takes_over", "klaar"))
		got := s.file(t, x)
		if got.State != trajectory.Ended || got.Abrupt || got.EndWords != "klaar" || len(got.Companions) != 0 {
			t.Errorf("%+v", got)
		}
		must(t, s.DB.Read(ctx, ria, func(tx *db.Tx) error {
			if _, err := trajectory.Load(tx, x); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("after the end she reads it: %v", err)
			}
			return nil
		}))
		if kinds := s.tasks(t, s.Petra); !slices.Contains(kinds, "takeover") || slices.Contains(kinds, "checkpoint") {
			t.Errorf("tasks %v", kinds)
		}
		must(t, s.Follow(ctx, s.Petra, x, trajectory.Aftercare{TakenBy: "wijkteam", Contact: "Jo"}))
		s.As(t, s.Petra, func(tx *db.Tx) error {
			if c, err := dossier.Cover(tx, f.Dossier); err != nil || c.State != dossier.Aftercare {
				t.Errorf("%+v %v", c, err)
			}
			return nil
		})
		if err := s.End(ctx, s.Petra, x, "network_takes_over", ""); !core.IsKind(err, core.KindConflict) {
			t.Errorf("ended twice: %v", err)
		}
	})
}

func TestTRA9_AbruptEndAsksHowTheChildIs(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara", "Noor")
		must(t, s.BreakOff(ctx, s.Petra, x, "volunteer_stopped", "ziek"))
		if got := s.file(t, x); !got.Abrupt || got.EndReason != "volunteer_stopped" || got.State != trajectory.Ended {
			t.Errorf("%+v", got)
		}
		if !slices.Contains(s.tasks(t, s.Petra), "after_abrupt") {
			t.Error("nobody asks how the child is")
		}
		must(t, s.Answered(ctx, s.Petra, x))
		if slices.Contains(s.tasks(t, s.Petra), "after_abrupt") {
			t.Error("it is asked again")
		}
	})
}

func TestTRA9_AStaleFarewellOverwritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		must(t, s.PlanFarewell(ctx, s.Petra, x, trajectory.Farewell{PlannedOn: day("2027-05-01"), LastVisits: 3}))
		for version := range 2 {
			err := s.PlanFarewell(ctx, s.Joke, x, trajectory.Farewell{PlannedOn: day("2027-04-01"), Version: version})
			if want := version == 0; core.IsKind(err, core.KindConflict) != want {
				t.Errorf("version %d: %v", version, err)
			}
		}
	})
}
