package tool

import (
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
	NewService(d, map[string]string{Genogram: "/genogram"}).Routes(w.Router)
	return w, f
}

func TestTOO1_TOO5_FiveCardsAndOneSkipped(t *testing.T) {
	w, f := site(t)
	own := "/my-families/" + f.Trajectory.String()
	page := w.As(f.Ria).Get(own+"/tools").Is(200, "Drieluik", "Genogram", "Sociogram", "Netwerkkaart", "Stappenplan", own+"/genogram", own+"/plan")
	if n := strings.Count(page.Body, "Sla dit over"); n != 5 {
		t.Errorf("%d tools can be skipped", n)
	}
	values := w.Get(own+"/tools/sociogram/skip").Is(200, "Sociogram overslaan").Form(own + "/tools/sociogram/skip")
	values.Set("why", "other")
	w.Post(own+"/tools/sociogram/skip", values).Is(422, "Schrijf kort op waarom dit niet past.")
	values.Set("words", "Tante Mo wil dat niet. שלום 🙂")
	for range 2 { // a double tap
		w.Post(own+"/tools/sociogram/skip", values).Is(303)
	}
	page = w.Get(own+"/tools").Is(200, "Overgeslagen op", "Tante Mo wil dat niet. שלום 🙂")
	if n := strings.Count(page.Body, "Sla dit over"); n != 4 {
		t.Errorf("after one: %d tools can be skipped", n)
	}
	w.As(f.Petra).Get("/dossiers/"+f.Dossier.String()+"/tools").Is(200, "Overgeslagen op", "/dossiers/"+f.Dossier.String()+"/trajectories")
	w.Get("/dossiers/" + f.Dossier.String() + "/tools/crystal_ball/skip").Is(404)
}

func TestTOO1_TOO5_TheOverviewIsNotThereForOthers(t *testing.T) {
	w, f := site(t)
	for _, a := range []authz.Actor{f.Tom, f.Stranger, f.Omar, f.Leader} {
		for _, page := range []string{"/dossiers/" + f.Dossier.String(), "/my-families/" + f.Trajectory.String()} {
			w.As(a).Get(page + "/tools").Is(404)
			w.Post(page+"/tools/genogram/skip", nil).Is(404)
		}
	}
}
