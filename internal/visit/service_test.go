package visit

import (
	"context"
	"strings"
	"sync"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
)

// inCarPark gives a family, its visits, and a report as Ria would type it at four o'clock.
func inCarPark(t *testing.T, test func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, r Report)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		r := Report{Visit: core.NewID[core.ID](clock.Now()), Trajectory: f.Trajectory, HeldAt: core.MustInstant("2026-11-14T12:00:00Z"), Minutes: 90, Km: 8,
			Present: []core.PersonID{f.Sara, f.Noor}, Activities: []string{"relaxing", "talking"}, Mood: "ordinary", Words: "Naar het park. Sara maakt een tekening."}
		test(t, f, NewService(d), clock, r)
	})
}

func wants(t *testing.T, err error, message string) {
	t.Helper()
	if f, ok := core.AsFail(err); !ok || f.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}

func TestTRA6_AReportSurvives(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, r Report) {
		first, err := s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, Words: "Naar"}, "tab1.1", false)
		if err != nil || first.Version != 1 {
			t.Fatalf("the first words: %+v %v", first, err)
		}
		again, err := s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, Words: "Naar"}, "tab1.1", false)
		if err != nil || again.Version != 1 {
			t.Errorf("the same save twice: %+v %v", again, err)
		}
		// The answer to the second save gets lost; the third starts from version 1 all the same.
		if _, err := s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, Words: "Naar het", Version: 1}, "tab1.2", false); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, Words: "Naar het park", Version: 1}, "tab1.3", false); err != nil {
			t.Errorf("after a lost answer: %v", err)
		}
		// Another tab, opened before, is shown what is kept and overwrites nothing.
		_, err = s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, Words: "iets anders", Version: 1}, "tab2.1", false)
		wants(t, err, "visit_changed_elsewhere")
		kept, err := s.Own(ctx, f.Ria, r.Visit)
		if err != nil || kept.Words != "Naar het park" || kept.Version != 3 || kept.State != "draft" {
			t.Errorf("kept: %+v %v", kept, err)
		}
		r.Version = 3
		done, err := s.Save(ctx, f.Ria, r, "tab1.done", true)
		if err != nil || !done.Done {
			t.Fatalf("finishing: %+v %v", done, err)
		}
		if twice, err := s.Save(ctx, f.Ria, r, "tab1.done", true); err != nil || twice.Version != done.Version {
			t.Errorf("a double tap on Done: %+v %v", twice, err)
		}
		_, err = s.Save(ctx, f.Ria, r, "tab2.2", false)
		wants(t, err, "visit_is_done")
		read, err := s.One(ctx, f.Petra, f.Dossier, r.Visit)
		if err != nil || read.Words != r.Words || len(read.Present) != 2 || read.Km != 8 {
			t.Errorf("the coordinator reads %+v %v", read, err)
		}
	})
}

func TestTRA6_ADoubleTapIsOneReport(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, r Report) {
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() { _, errs[i] = s.Save(ctx, f.Ria, r, "tab1.done", true) })
		}
		all.Wait()
		for _, err := range errs {
			if err != nil {
				t.Errorf("one of eight taps: %v", err)
			}
		}
		f.Do(t, func(x *db.Tx) error {
			held, err := OfDossier(x, f.Dossier, 10)
			if len(held) != 1 || held[0].Version != 1 {
				t.Errorf("eight taps made %d visits", len(held))
			}
			return err
		})
	})
}

func TestTRA6_WhatCannotBeIsRefusedAndKept(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, r Report) {
		future := r
		future.HeldAt = clock.Now().Add(1e9)
		_, err := s.Save(ctx, f.Ria, future, "a.done", true)
		wants(t, err, "visit_in_future")
		if _, err := s.Own(ctx, f.Ria, r.Visit); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a refused report left something: %v", err)
		}
		if _, err := s.Save(ctx, f.Ria, r, "b.done", true); err != nil {
			t.Fatal(err)
		}
		twice := r
		twice.Visit = core.NewID[core.ID](clock.Now())
		_, err = s.Save(ctx, f.Ria, twice, "c.done", true)
		wants(t, err, "visit_reported_already")
		stranger := r
		stranger.Visit, stranger.Present = core.NewID[core.ID](clock.Now()), []core.PersonID{999}
		stranger.HeldAt = r.HeldAt.Add(-24 * 3600e9)
		if _, err = s.Save(ctx, f.Ria, stranger, "d.done", true); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody of no family was there: %v", err)
		}
		long := r
		long.Visit, long.HeldAt = core.NewID[core.ID](clock.Now()), r.HeldAt.Add(-48*3600e9)
		long.Words = strings.Repeat("🙂\n", 20000) + "שלום"
		if _, err := s.Save(ctx, f.Ria, long, "e.done", true); err != nil {
			t.Fatalf("a long story with emoji and Hebrew: %v", err)
		}
		if kept, err := s.Own(ctx, f.Ria, long.Visit); err != nil || kept.Words != long.Words {
			t.Errorf("it did not come back whole: %v", err)
		}
	})
}

func TestTRA6_OwnReportsAreTheWritersAndTheCoordinators(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, r Report) {
		if _, err := s.Save(ctx, f.Ria, r, "a.done", true); err != nil {
			t.Fatal(err)
		}
		for who, a := range map[string]authz.Actor{"another volunteer of the family": f.Tom, "a volunteer elsewhere": f.Stranger, "the leader": f.Leader, "a coordinator": f.Omar} {
			if _, err := s.Own(ctx, a, r.Visit); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s reads it as own: %v", who, err)
			}
			if _, err := s.One(ctx, a, f.Dossier, r.Visit); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s reads it: %v", who, err)
			}
		}
		if _, err := s.Save(ctx, f.Tom, r, "t.1", false); err == nil {
			t.Error("another volunteer wrote in it")
		}
		opened := func(a authz.Actor) (n int) {
			if err := f.DB.Read(ctx, a, func(x *db.Tx) error { all, err := Opened(x, f.Dossier, 10); n = len(all); return err }); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := opened(f.Tom); n != 0 {
			t.Errorf("another volunteer reads %d reports that nobody opened", n)
		}
		if err := s.Open(ctx, f.Petra, f.Dossier, r.Visit, true); err != nil {
			t.Fatal(err)
		}
		if mine, others := opened(f.Tom), opened(f.Stranger); mine != 1 || others != 0 {
			t.Errorf("opened: the family's volunteer reads %d, a stranger %d", mine, others)
		}
		f.EndMatch(t, f.Ria, "2026-11-14")
		clock.Set(core.MustInstant("2026-12-14T12:00:00Z"))
		if _, err := s.Own(ctx, f.Ria, r.Visit); err != nil {
			t.Errorf("thirty days after the end the own report is gone: %v", err)
		}
		clock.Set(core.MustInstant("2026-12-15T12:00:00Z"))
		if _, err := s.Own(ctx, f.Ria, r.Visit); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("thirty-one days after the end it is still there: %v", err)
		}
	})
}

func TestVOL3_NoVisitWithAnExpiredCertificate(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, r Report) {
		clock.Set(core.MustInstant("2027-01-02T12:00:00Z"))
		for day, message := range map[string]string{"2026-12-31T12:00:00Z": "", "2027-01-01T12:00:00Z": "volunteer_certificate_expired"} {
			one := r
			one.Visit, one.HeldAt = core.NewID[core.ID](clock.Now()), core.MustInstant(day)
			_, err := s.Save(ctx, f.Ria, one, day+".done", true)
			if message == "" && err != nil {
				t.Errorf("on the last day: %v", err)
			} else if message != "" {
				wants(t, err, message)
			}
		}
		wants(t, s.Plan(ctx, f.Ria, f.Trajectory, clock.Now().Add(24*3600e9), ""), "volunteer_certificate_expired")
	})
}

func TestINT6_NoContactIsRegisteredWhileRestrictionsRun(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, r Report) {
		f.Do(t, func(x *db.Tx) error {
			id, err := dossier.AddDetention(x, f.Dossier, dossier.Stay{Detention: dossier.Detention{Parent: f.Mother, From: core.MustDate("2026-10-01")}})
			if err != nil {
				return err
			}
			_, err = dossier.RecordRestriction(x, f.Dossier, dossier.Restriction{Detention: id, From: core.MustDate("2026-10-01"), ExpectedUntil: core.MustDate("2026-11-30")})
			return err
		})
		r.Activities = append(r.Activities, "parent_contact")
		_, err := s.Save(ctx, f.Ria, r, "a.done", true)
		wants(t, err, "visit_restrictions_run")
		r.Activities = []string{"talking"}
		if _, err := s.Save(ctx, f.Ria, r, "b.done", true); err != nil {
			t.Errorf("a visit without contact: %v", err)
		}
	})
}
