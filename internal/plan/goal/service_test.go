package goal

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
)

func with(t *testing.T, test func(t *testing.T, f *familytest.Family, s *Service, id core.ID)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		test(t, familytest.New(t, d), NewService(d), core.NewID[core.ID](clock.Now()))
	})
}

func eat(f *familytest.Family) Content {
	c := whole()
	c.Person, c.Text = f.Noor, "Weer samen eten. שלום 🙂"
	return c
}

func makes(s *Service, a authz.Actor, d core.DossierID, id core.ID, c Content) error {
	_, err := s.Make(context.Background(), a, d, id, c)
	return err
}

func TestTOO5_MadeChangedAndRatedTwiceIsOnce(t *testing.T) {
	ctx, today := context.Background(), core.MustDate("2026-11-14")
	with(t, func(t *testing.T, f *familytest.Family, s *Service, id core.ID) {
		for range 2 {
			must(t, makes(s, f.Ria, f.Dossier, id, eat(f)))
		}
		change := eat(f)
		change.Text, change.Why = "Elke zondag samen eten", "zo zegt Noor het zelf"
		for range 2 {
			must(t, s.Change(ctx, f.Petra, f.Dossier, id, id+1, 1, change))
		}
		rating := Rating{ID: id + 2, Goal: id, On: today, Score: -1, By: f.Noor, Words: "nog niet"}
		for range 2 {
			must(t, s.Rate(ctx, f.Ria, f.Dossier, rating))
		}
		rating.ID, rating.Score, rating.By, rating.Words = id+3, 1, 0, ""
		must(t, s.Rate(ctx, f.Ria, f.Dossier, rating))
		all, err := s.Of(ctx, f.Petra, f.Dossier)
		if err != nil || len(all) != 1 || all[0].Text != change.Text || len(all[0].Changes) != 2 || all[0].Changes[0].Text != eat(f).Text || len(all[0].Ratings) != 2 {
			t.Fatalf("kept: %+v %v", all, err)
		}
		if first, last := all[0].Ratings[0], all[0].Ratings[1]; first.Words != "nog niet" || first.By != f.Noor || last.Score != 1 || !last.By.IsZero() {
			t.Errorf("the ratings: %+v %+v", first, last)
		}
	})
}

func TestTOO5_AStaleChangeOfAGoalIsAConflict(t *testing.T) {
	ctx := context.Background()
	with(t, func(t *testing.T, f *familytest.Family, s *Service, id core.ID) {
		must(t, makes(s, f.Ria, f.Dossier, id, eat(f)))
		change := eat(f)
		change.Text, change.Why = "Elke zondag samen eten", "zo zegt Noor het zelf"
		must(t, s.Change(ctx, f.Petra, f.Dossier, id, id+1, 1, change))
		change.Text = "iets anders"
		if err := s.Change(ctx, f.Ria, f.Dossier, id, id+2, 1, change); !core.IsKind(err, core.KindConflict) {
			t.Errorf("a stale change: %v", err)
		}
		all, err := s.Of(ctx, f.Ria, f.Dossier)
		if err != nil || all[0].Text != "Elke zondag samen eten" || all[0].Version != 2 {
			t.Errorf("kept: %+v %v", all, err)
		}
	})
}

func TestTOO5_GoalsAreNotThereForOthers(t *testing.T) {
	ctx := context.Background()
	with(t, func(t *testing.T, f *familytest.Family, s *Service, id core.ID) {
		must(t, makes(s, f.Ria, f.Dossier, id, eat(f)))
		f.EndMatch(t, f.Ria, "2026-11-13")
		for _, a := range []authz.Actor{f.Ria, f.Stranger, f.Omar, f.Leader} {
			if all, err := s.Of(ctx, a, f.Dossier); len(all) != 0 {
				t.Errorf("%s reads %+v %v", a.Name(), all, err)
			}
			change := eat(f)
			change.Text, change.Why = "x", "x"
			for what, err := range map[string]error{
				"makes": makes(s, a, f.Dossier, id+9, eat(f)), "changes": s.Change(ctx, a, f.Dossier, id, id+1, 1, change),
				"rates": s.Rate(ctx, a, f.Dossier, Rating{ID: id + 2, Goal: id, On: core.MustDate("2026-11-14")}),
			} {
				if err == nil {
					t.Errorf("%s %s", a.Name(), what)
				}
			}
		}
		if all, err := s.Of(ctx, f.Petra, f.Dossier); err != nil || len(all) != 1 || all[0].Version != 1 || len(all[0].Ratings) != 0 {
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
