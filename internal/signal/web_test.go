package signal

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

func TestSIG1_TwoTapsWithoutScript(t *testing.T) {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	f := familytest.New(t, d)
	s := NewService(d, func(*db.Tx) (int, error) { return 5, nil }, func(*db.Tx, core.DossierID) (bool, error) { return false, nil })
	site := webtest.New(t, clock.Now)
	s.Routes(site.Router)

	path := "/my-families/" + f.Trajectory.String() + "/worry"
	values := site.As(f.Ria).Get(path).Is(200, "112", "0800-2000").Form(path)
	kept := site.Post(path, values).Is(422, "Kies hoe snel dit nodig is.", "Schrijf kort wat je zag of hoorde.", "112").Form(path)
	kept.Set("urgency", "now")
	kept.Set("saw", "Noor had\nniets gegeten. שלום 🙂")
	to := site.Post(path, kept).Is(303).Location
	if again := site.Post(path, kept).Is(303).Location; again != to {
		t.Errorf("a double tap makes %s and %s", to, again)
	}
	site.Get(to).Is(200, "Je krijgt uiterlijk vandaag antwoord", "שלום 🙂")

	id := strings.TrimPrefix(to, "/my-signals/")
	answer := "/dossiers/" + f.Dossier.String() + "/signals/" + id
	for who, a := range map[string]authz.Actor{"another volunteer": f.Tom, "a coordinator elsewhere": f.Omar, "a visitor": {}} {
		page := site.As(a).Get(answer)
		if page.Status != 404 && page.Location == "" || strings.Contains(page.Body, "gegeten") {
			t.Errorf("%s gets %d", who, page.Status)
		}
	}
	form := site.As(f.Petra).Get(answer).Is(200, "Wat Ria schreef", "niets gegeten").Form(answer)
	site.Post(answer, form).Is(422, "Vul eerst in wat er nodig is", "Kies wat er gedaan is.")
	form = with(form, "needed", "Oma bellen", "outcome", "help_called", "words", "Ik bel het wijkteam.")
	site.Post(answer, form).Is(422, "schriftelijk", "Ik bel het wijkteam.")
	site.Post(answer, with(form, "outcome", "discussed")).Is(303)
	site.Post(answer, form).Is(409, "Een collega heeft dit net beantwoord")
	site.As(f.Ria).Get(to).Is(200, "Ik bel het wijkteam.", "met het gezin besproken")
	site.Post(to+"/not-enough", url.Values{}).Is(422, "Schrijf wat er nog ontbreekt.")
	site.Post(to+"/not-enough", url.Values{"not_enough": {"Er kwam niemand."}}).Is(303)
	site.As(f.Petra).Get("/dossiers/"+f.Dossier.String()+"/signals").Is(200, "Beantwoorden")
}

func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}
