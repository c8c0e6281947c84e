package tool

import (
	"context"
	"slices"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
)

func family(t *testing.T, test func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		test(t, familytest.New(t, d), NewService(d, nil), clock)
	})
}

func TestTOO1_TOO5_UsedOnceADay(t *testing.T) {
	ctx := context.Background()
	family(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock) {
		for range 2 {
			must(t, s.Used(ctx, f.Ria, f.Dossier, Triptych))
		}
		clock.Set(clock.Now().Add(3 * 24 * time.Hour))
		must(t, s.Used(ctx, f.Ria, f.Dossier, Triptych))
		must(t, s.Used(ctx, f.Petra, f.Dossier, StepPlan))
		all, err := s.Of(ctx, f.Petra, f.Dossier)
		if err != nil || Find(all, Triptych).UsedAt != clock.Now() || !Find(all, StepPlan).IsUsed() || Find(all, Genogram).IsUsed() {
			t.Errorf("the tools: %+v %v", all, err)
		}
		for since, want := range map[string][]string{"2026-11-14": {Triptych}, "2026-11-17": {Triptych}, "2026-11-18": nil} {
			read(t, f, f.Ria, func(x *db.Tx) error {
				got, err := UsedSince(x, f.Dossier, core.MustDate(since))
				if !slices.Equal(got, want) {
					t.Errorf("since %s: %v, want %v", since, got, want)
				}
				return err
			})
		}
	})
}

func TestTOO1_TOO5_SkippedTwiceIsOneLineAndAUseTakesItBack(t *testing.T) {
	ctx := context.Background()
	family(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock) {
		skip := Skip{ID: core.NewID[core.ID](clock.Now()), Tool: Sociogram, Why: "family_no", Words: "Oma zegt: dat hoeft niet. שלום"}
		for range 2 {
			must(t, s.Skip(ctx, f.Ria, f.Dossier, skip))
		}
		all, err := s.Of(ctx, f.Petra, f.Dossier)
		if got := Find(all, Sociogram); err != nil || !got.IsSkipped() || got.Why != skip.Why || got.Words != skip.Words {
			t.Errorf("skipped: %+v %v", got, err)
		}
		clock.Set(clock.Now().Add(1 * 24 * time.Hour))
		must(t, s.Used(ctx, f.Ria, f.Dossier, Sociogram))
		if all, err = s.Of(ctx, f.Ria, f.Dossier); err != nil || Find(all, Sociogram).IsSkipped() {
			t.Errorf("used since: %+v %v", all, err)
		}
	})
}

func TestTOO1_TOO5_TheToolsAreNotThereForOthers(t *testing.T) {
	ctx := context.Background()
	family(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock) {
		must(t, s.Used(ctx, f.Ria, f.Dossier, Triptych))
		f.EndMatch(t, f.Ria, "2026-11-13")
		for _, a := range []authz.Actor{f.Ria, f.Stranger, f.Omar, f.Leader} {
			all, err := s.Of(ctx, a, f.Dossier)
			if err != nil || Find(all, Triptych).IsUsed() {
				t.Errorf("%s reads %+v %v", a.Name(), all, err)
			}
			skip := Skip{ID: core.NewID[core.ID](clock.Now()), Tool: Triptych, Why: "family_no"}
			if err := s.Skip(ctx, a, f.Dossier, skip); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s skips: %v", a.Name(), err)
			}
			if err := s.Used(ctx, a, f.Dossier, Genogram); err != nil && !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s uses: %v", a.Name(), err)
			}
		}
		all, err := s.Of(ctx, f.Petra, f.Dossier)
		if err != nil || Find(all, Triptych).IsSkipped() || Find(all, Genogram).IsUsed() {
			t.Errorf("others wrote: %+v %v", all, err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, f *familytest.Family, a authz.Actor, do func(*db.Tx) error) {
	t.Helper()
	must(t, f.DB.Read(context.Background(), a, do))
}
