package home

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/webtest"
)

func TestTRA6_AfterTheEndTheHomeLeadsToALastReport(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		f.EndMatch(t, f.Ria, "2026-11-14")
		site := webtest.New(t, clock.Now)
		NewService(d).Routes(site.Router)
		report, reports := "/my-families/"+f.Trajectory.String()+"/report\"", "/my-families/"+f.Trajectory.String()+"/reports\""
		for _, c := range []struct {
			today         string
			report, reads bool
		}{
			{"2026-11-14", true, true}, {"2026-11-28", true, true}, {"2026-11-29", false, true}, {"2026-12-14", false, true}, {"2026-12-15", false, false},
		} {
			clock.Set(core.MustInstant(c.today + "T12:00:00Z"))
			page := site.As(f.Ria).Get("/").Is(200, "Je hebt nu geen gezin").Without("Sara", "Noor", "Ik maak me zorgen", "Bezoek plannen")
			for part, shown := range map[string]bool{report: c.report, reports: c.reads, "gestopt op 14 november 2026": c.reads} {
				if shown {
					page.Is(200, part)
				} else {
					page.Without(part)
				}
			}
		}
		site.As(f.Stranger).Get("/").Is(200).Without("gestopt op")
	})
}
