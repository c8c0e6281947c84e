package plan

import (
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/webtest"
)

func site(t *testing.T) (*webtest.Site, *familytest.Family) {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	f := familytest.New(t, d)
	w := webtest.New(t, clock.Now)
	NewService(d).Routes(w.Router)
	return w, f
}

func TestTOO5_ThePlanWithoutScript(t *testing.T) {
	w, f := site(t)
	office, own := "/trajectories/"+f.Trajectory.String(), "/my-families/"+f.Trajectory.String()
	values := w.As(f.Petra).Get(office+"/plan").Is(200, "Maand 1", "Maand 6", "Nog geen stappen", "deze maand").Without("Maand 7").Form(office + "/plan")
	kept := w.Post(office+"/plan", values).Is(422, "Kies wie het doet.", "Schrijf kort wat er gebeurt.").Form(office + "/plan")
	kept = with(kept, "month", "7", "who", "network", "what", "Tante Mo haalt Noor. שלום 🙂")
	w.Post(office+"/plan", kept).Is(422, "Kies een maand van 1 tot en met 6.", "Tante Mo haalt Noor. שלום 🙂")
	kept.Set("month", "2")
	for range 2 { // a double tap
		w.Post(office+"/plan", kept).Is(303)
	}
	page := w.Get(office+"/plan").Is(200, "familie en vrienden, nog te doen")
	if n := strings.Count(page.Body, "Tante Mo"); n != 1 {
		t.Errorf("a double tap makes %d steps", n)
	}

	step := "/steps/" + kept.Get("step")
	tick := w.As(f.Ria).Get(own+"/plan").Is(200, "Tante Mo haalt Noor.", "Stap toevoegen").Form(own + step + "/done")
	refused := w.Post(own+step+"/done", url.Values{"done_on": {"2026-11-15"}}).Is(422, "Deze dag is nog niet geweest.", "Tante Mo")
	if refused.Form(own+"/plan").Get("step") == "" {
		t.Error("after a tap that was refused the form of a new step has no number")
	}
	w.Post(own+step+"/done", tick).Is(303)
	w.Get(own+"/plan").Is(200, "familie en vrienden, klaar op", "Toch niet klaar")

	change := w.As(f.Petra).Get(office+step).Is(200, "Tante Mo").Form(office + step)
	change = with(change, "month", "3", "what", "Oma haalt Noor.")
	w.Post(office+step, with(change, "done_on", "2026-11-15")).Is(422, "Deze dag is nog niet geweest.", "Oma haalt Noor.")
	w.Post(office+step, with(change, "done_on", "")).Is(303)
	w.Post(office+step, change).Is(303) // a double tap
	w.Post(office+step, with(change, "way", "op de fiets")).Is(409, "intussen veranderd", "Oma haalt Noor.", "op de fiets")
	w.Get(office+"/plan").Is(200, "Oma haalt Noor.", "nog te doen")
	w.Post(office+step+"/move", with(url.Values{"version": {"1"}}, "month", "5")).Is(409, "De stap waar je op tikte, is intussen veranderd.", "Oma haalt Noor.")
	w.As(f.Ria).Post(own+step+"/done", tick).Is(409, "De stap waar je op tikte, is intussen veranderd.", "Oma haalt Noor.")
	w.As(f.Petra).Post(office+step+"/remove", nil).Is(409, "intussen veranderd", "Oma haalt Noor.")
	w.Post(office+step+"/remove", w.Get(office+step).Form(office+step+"/remove")).Is(303)
	w.Get(office + "/plan").Without("Oma haalt Noor.")
	w.Post(office+step+"/remove", nil).Is(404)
}

func TestTOO5_ThePlanIsNotThereForOthers(t *testing.T) {
	w, f := site(t)
	office, own := "/trajectories/"+f.Trajectory.String(), "/my-families/"+f.Trajectory.String()
	values := with(w.As(f.Petra).Get(office+"/plan").Form(office+"/plan"), "month", "1", "who", "family", "what", "Samen koken")
	w.Post(office+"/plan", values).Is(303)
	step := "/steps/" + values.Get("step")
	for _, a := range []authz.Actor{f.Tom, f.Stranger, f.Omar, f.Leader} {
		w.As(a)
		for _, page := range []string{office + "/plan", own + "/plan", office + step} {
			w.Get(page).Is(404).Without("Samen koken", "Familie Wil")
		}
		for _, deed := range []string{office + "/plan", own + "/plan", office + step, office + step + "/done", own + step + "/done", office + step + "/remove"} {
			w.Post(deed, values).Is(404)
		}
	}
	w.As(f.Ria).Post(office+step+"/remove", nil).Is(404)
	w.Get(own+"/plan").Is(200, "Samen koken")
}

func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}
