package triptych

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/plan/goal"
)

var begin = [5]string{"a", "b", "c", "d", "e"}

func with(t *testing.T, test func(t *testing.T, f *familytest.Family, s *Service, sheet Sheet)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		test(t, f, NewService(d), Sheet{ID: core.NewID[core.ID](clock.Now()), Person: f.Noor, Problem: "Het is druk in huis.\nשלום 🙂", Wish: "Een eigen plek"})
	})
}

func TestTOO1_EverySheetStays(t *testing.T) {
	ctx := context.Background()
	with(t, func(t *testing.T, f *familytest.Family, s *Service, sheet Sheet) {
		for range 2 { // a double tap
			must(t, s.Keep(ctx, f.Ria, f.Dossier, sheet, 0))
		}
		next := sheet
		next.ID, next.How = sheet.ID+1, "Samen de zolder opruimen"
		must(t, s.Keep(ctx, f.Petra, f.Dossier, next, 1))
		next.ID = sheet.ID + 2
		must(t, s.Keep(ctx, f.Petra, f.Dossier, next, 2)) // the same words are no new sheet
		stale := sheet
		stale.ID, stale.Wish = sheet.ID+3, "iets anders"
		if err := s.Keep(ctx, f.Ria, f.Dossier, stale, 1); !core.IsKind(err, core.KindConflict) {
			t.Errorf("a stale screen: %v", err)
		}
		got := of(t, s, f, f.Noor)
		if len(got.Sheets) != 2 || got.Now().How != next.How || got.Sheets[1].Problem != sheet.Problem || got.Sheets[1].How != "" {
			t.Errorf("kept: %+v", got.Sheets)
		}
	})
}

func TestTOO1_AWishIsOneGoal(t *testing.T) {
	ctx := context.Background()
	with(t, func(t *testing.T, f *familytest.Family, s *Service, sheet Sheet) {
		must(t, s.Keep(ctx, f.Ria, f.Dossier, sheet, 0))
		first, err := s.Wish(ctx, f.Ria, f.Dossier, f.Noor, sheet.ID, begin)
		must(t, err)
		again, err := s.Wish(ctx, f.Petra, f.Dossier, f.Noor, sheet.ID, begin)
		if err != nil || again != first {
			t.Errorf("asked again: %v %v, first %v", again, err, first)
		}
		goals, err := goal.NewService(f.DB).Of(ctx, f.Petra, f.Dossier)
		if err != nil || len(goals) != 1 || goals[0].Text != sheet.Wish || goals[0].Person != f.Noor || goals[0].Line(2) != "e" {
			t.Errorf("the goals: %+v %v", goals, err)
		}
		if got := of(t, s, f, f.Noor).Now().Goal; got != first {
			t.Errorf("the wish says that it is goal %v", got)
		}
		if _, err := s.Wish(ctx, f.Ria, f.Dossier, f.Sara, sheet.ID, begin); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody else's wish: %v", err)
		}
	})
}

func TestTOO1_TheTriptychIsNotThereForOthers(t *testing.T) {
	ctx := context.Background()
	with(t, func(t *testing.T, f *familytest.Family, s *Service, sheet Sheet) {
		must(t, s.Keep(ctx, f.Ria, f.Dossier, sheet, 0))
		f.EndMatch(t, f.Ria, "2026-11-13")
		for _, a := range []authz.Actor{f.Ria, f.Stranger, f.Omar, f.Leader} {
			if all, err := s.Of(ctx, a, f.Dossier); len(all) != 0 {
				t.Errorf("%s reads %+v %v", a.Name(), all, err)
			}
			next := sheet
			next.ID, next.Wish = sheet.ID+1, "x"
			if err := s.Keep(ctx, a, f.Dossier, next, 1); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s writes: %v", a.Name(), err)
			}
			if _, err := s.Wish(ctx, a, f.Dossier, f.Noor, sheet.ID, begin); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s makes a goal: %v", a.Name(), err)
			}
		}
		if got := of(t, s, f, f.Noor); len(got.Sheets) != 1 || !got.Now().Goal.IsZero() {
			t.Errorf("others wrote: %+v", got.Sheets)
		}
	})
}

func of(t *testing.T, s *Service, f *familytest.Family, person core.PersonID) Member {
	t.Helper()
	all, err := s.Of(context.Background(), f.Petra, f.Dossier)
	must(t, err)
	m, err := find(all, person)
	must(t, err)
	return m
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
