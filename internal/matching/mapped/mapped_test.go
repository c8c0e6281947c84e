package mapped

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/matching"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
	"maatje/internal/web/webtest"
)

func TestVOL7_TheMapCountsWhoWaitsAndWhoHasRoom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := trajectorytest.New(t, d)
		s, trajectories := NewService(d), trajectory.NewService(d, trajectorytest.Holds)
		count := func() []Place {
			t.Helper()
			p, err := s.Places(context.Background(), w.Petra)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		if got := count(); len(got) != 0 {
			t.Errorf("an empty area has %+v", got)
		}
		family := w.Family(t, trajectorytest.Child("Sara", "2017-03-01"), trajectorytest.Caregiver("Wil", "oma"))
		if got := count(); len(got) != 0 {
			t.Errorf("a family that asked for nothing yet stands on it: %+v", got)
		}
		for _, kind := range []string{"family_buddy", "tailored"} {
			if _, err := trajectories.Begin(context.Background(), w.Petra, family.Dossier, trajectory.Start{Kind: kind, People: family.People("Sara")}); err != nil {
				t.Fatal(err)
			}
		}
		w.Volunteer(t, "Ria", "family_buddy")
		if got, want := count(), []Place{{"Zwolle", 1, 1}}; !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v: a family that waits twice is one family", got, want)
		}
		elsewhere, err := s.Places(context.Background(), w.Kees)
		if err != nil || len(elsewhere) != 0 {
			t.Errorf("the coordinator of Hattem sees %+v, %v", elsewhere, err)
		}

		site := webtest.New(t, d.Now)
		s.Routes(site.Router)
		site.As(w.Petra).Get("/matching/map").Is(http.StatusOK, "1 gezin wacht", "1 vrijwilliger heeft plek", "Zwolle", "<svg", "GeoNames").Without("Sara", "Ria")
		site.As(w.Kees).Get("/matching/map").Is(http.StatusOK, "Er wacht niemand").Without("Zwolle", `class="map"`)
	})
}

func TestVOL7_WhoIsFullIsNotOnTheMap(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, ctx := trajectorytest.New(t, d), context.Background()
		s, trajectories, matches := NewService(d), trajectory.NewService(d, trajectorytest.Holds), matching.NewService(d, trajectorytest.Holds)
		ria := w.Volunteer(t, "Ria", "family_buddy") // for two families
		for taken, room := range []int{1, 1, 0} {
			got, err := s.Places(ctx, w.Petra)
			volunteers := 0
			for _, p := range got {
				volunteers += p.Volunteers
			}
			if err != nil || volunteers != room {
				t.Fatalf("with %d families: %+v, %v", taken, got, err)
			}
			family := w.Family(t, trajectorytest.Child("Sara", "2017-03-01"))
			x, err := trajectories.Begin(ctx, w.Petra, family.Dossier, trajectory.Start{Kind: "family_buddy", People: family.People("Sara")})
			if err != nil || room == 0 {
				return
			}
			if err := matches.Propose(ctx, w.Petra, x, ria.Volunteer(), matching.DoubleRole{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
