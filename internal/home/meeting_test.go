package home

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/matching"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
	"maatje/internal/web/webtest"
)

// A volunteer sees at every step what comes next, once, and nothing that she may not know yet: no names before they met.
func TestTRA3_TheHomeSaysWhatComesNext(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := trajectorytest.New(t, d)
		matches, trajectories := matching.NewService(d, trajectorytest.Holds), trajectory.NewService(d, trajectorytest.Holds)
		family := w.Family(t, trajectorytest.Child("Sara", "2017-03-01"), trajectorytest.Caregiver("Wil", "oma"), trajectorytest.Inside("Anna", "2027-06-01"))
		ria, ine := w.Volunteer(t, "Ria", "family_buddy"), w.Volunteer(t, "Ine", "family_buddy")
		ctx := context.Background()
		x, err := trajectories.Begin(ctx, w.Petra, family.Dossier, trajectory.Start{Kind: "family_buddy", People: family.People("Sara")})
		must(t, err)
		site := webtest.New(t, d.Now)
		NewService(d).Routes(site.Router)
		hidden := []string{"Sara", "Wil", "Anna"}
		sees := func(who authz.Actor, words ...string) webtest.Page {
			t.Helper()
			site.As(ine).Get("/").Is(200, "Je hebt nu geen gezin").Without("kennismaken", "kennisgemaakt", "Zwolle", "Petra")
			return site.As(who).Get("/").Is(200, words...)
		}

		must(t, matches.Propose(ctx, w.Petra, x, ria.Volunteer(), matching.DoubleRole{}))
		board, err := matches.Board(ctx, w.Petra, x)
		must(t, err)
		m, _ := board.Open()
		sees(ria, "Er is een gezin dat bij je past", "/proposals/"+m.ID.String()).Without(hidden...).Without("een gezin dat bij je past</span>")

		must(t, matches.Answer(ctx, ria, m.ID, true, ""))
		sees(ria, "Je gaat kennismaken", "gezinsmaatje in Zwolle", "gepland door Petra", "Daarna zeggen jij en het gezin").Without(hidden...)
		must(t, matches.PlanIntroduction(ctx, w.Petra, m.ID, core.MustDate("2026-11-25")))
		sees(ria, "woensdag 25 november 2026", "samen met Petra").Without(hidden...)

		must(t, matches.Introduce(ctx, w.Petra, m.ID, dbtest.Start.Date()))
		sees(ria, "Jullie hebben kennisgemaakt. We wachten nog op ieders ja.", "Sara").Without("Je gaat kennismaken", "Anna")
		must(t, matches.Accept(ctx, w.Petra, m.ID))
		sees(ria, "Verslag schrijven").Without("kennisgemaakt")
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
