package home

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/signal"
	"maatje/internal/visit"
	"maatje/internal/web/webtest"
)

func TestEachHomeAnswersWhatNow(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		ctx := context.Background()
		visits := visit.NewService(d)
		signals := signal.NewService(d, func(*db.Tx) (int, error) { return 5, nil }, func(*db.Tx, core.DossierID) (bool, error) { return false, nil })
		if err := visits.Plan(ctx, f.Ria, f.Trajectory, core.MustInstant("2026-11-16T13:00:00Z"), "Speeltuin"); err != nil {
			t.Fatal(err)
		}
		raised := signal.Raising{ID: core.NewID[core.ID](clock.Now()), Trajectory: f.Trajectory, Urgency: "now", Saw: "Noor had niets gegeten."}
		if err := signals.Raise(ctx, f.Ria, raised); err != nil {
			t.Fatal(err)
		}
		site := webtest.New(t, clock.Now)
		NewService(d).Routes(site.Router)

		report := "/my-families/" + f.Trajectory.String() + "/report"
		site.As(f.Ria).Get("/").Is(200, "Dag Ria", "Je hebt 1 bezoek gepland.", "Familie Wil", "Speeltuin", "Wat weten de kinderen", report, "Ik maak me zorgen")
		site.As(f.Stranger).Get("/").Is(200, "Je hebt nu geen gezin").Without("Wil ", report)
		site.As(f.Petra).Get("/").Is(200, "1 ding vraagt iets van je.", "1 daarvan vandaag.", "Familie Wil", "zorg van een vrijwilliger", "Beantwoorden", "loopt")
		site.As(f.Omar).Get("/").Is(200, "Alles is gedaan").Without("Familie Wil")
		site.As(f.Leader).Get("/").Is(200, "Vrijwilligers", "Naar de cijfers").Without("Familie Wil", "Noor")
		site.As(authz.Actor{}).Get("/").Is(303)

		clock.Set(core.MustInstant("2026-11-16T15:00:00Z"))
		site.As(f.Ria).Get("/").Is(200, "Nog te doen", "afmaken")
		site.As(authz.Actor{}).Get("/help").Is(200, "112", "geld of een telefoon uitlenen", "Een gezin aanmelden")
	})
}
