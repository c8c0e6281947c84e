package triptych

import (
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/plan/goal"
	"maatje/internal/web/webtest"
)

func site(t *testing.T) (*webtest.Site, *familytest.Family) {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	f := familytest.New(t, d)
	w := webtest.New(t, clock.Now)
	NewService(d).Routes(w.Router)
	goal.NewService(d).Routes(w.Router)
	return w, f
}

func TestTOO1_TOO5_FromAWishToARatedGoalWithoutScript(t *testing.T) {
	w, f := site(t)
	own := "/my-families/" + f.Trajectory.String()
	noor := own + "/triptych/" + f.Noor.String()
	w.As(f.Ria).Get(own+"/triptych").Is(200, "Noor", "Sara", "Nog niet samen gemaakt")
	values := w.Get(noor).Is(200, "Wat wil je?").Form(noor)
	w.Post(noor, values).Is(422, "Schrijf in minstens één van de drie iets op.")
	values.Set("wish", "Een eigen plek. שלום 🙂")
	for range 2 { // a double tap
		w.Post(noor, values).Is(303)
	}
	stale := w.Get(noor).Is(200, "Een eigen plek").Form(noor)
	stale.Set("how", "De zolder opruimen")
	w.Post(noor, stale).Is(303)
	stale.Set("how", "iets anders")
	stale.Set("sheet", f.Noor.String()) // another screen
	w.Post(noor, stale).Is(409, "Iemand anders heeft dit intussen veranderd", "iets anders", "De zolder opruimen")
	page := w.Get(own+"/triptych").Is(200, "De zolder opruimen")
	if n := strings.Count(page.Body, "Maak van de wens een doel"); n != 1 {
		t.Errorf("%d wishes can become goals", n)
	}
	made := w.Post(noor+"/goal", page.Form(noor+"/goal")).Is(303).Location
	w.Get(own+"/triptych").Is(200, "Deze wens is een doel")
	rating := w.Get(made).Is(200, "Een eigen plek", "Hoe gaat het nu?").Form(made)
	w.Post(made, rating).Is(422, "Kies de zin die past.")
	rating.Set("score", "hoped")
	for range 2 {
		w.Post(made, rating).Is(303)
	}
	w.Get(made).Is(200, "Op 14 november 2026: Het gaat zoals we hoopten.")
	change := w.Get(made+"/change").Is(200, "Wat het was, blijft staan.").Form(made + "/change")
	change.Set("text", "Een eigen kamer")
	w.Post(made+"/change", change).Is(422, "Schrijf kort op waarom het doel verandert.", "Een eigen kamer")
	change.Set("why", "de zolder is klaar")
	w.Post(made+"/change", change).Is(303)
	w.Get(made).Is(200, "Een eigen kamer", "Een eigen plek", "de zolder is klaar")
}

func TestTOO1_TOO5_ThePagesAreNotThereForOthers(t *testing.T) {
	w, f := site(t)
	for _, a := range []authz.Actor{f.Tom, f.Stranger, f.Omar, f.Leader} {
		for _, base := range []string{"/dossiers/" + f.Dossier.String(), "/my-families/" + f.Trajectory.String()} {
			for _, page := range []string{"/triptych", "/triptych/" + f.Noor.String(), "/goals"} {
				w.As(a).Get(base + page).Is(404)
			}
			w.Post(base+"/triptych/"+f.Noor.String(), nil).Is(404)
			w.Post(base+"/goals", nil).Is(404)
		}
	}
}
