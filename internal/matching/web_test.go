package matching_test

import (
	"net/http"
	"net/url"
	"testing"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web/webtest"
)

func TestTRA3_OnScreenFromTheDecisionToTheFarewell(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		w := webtest.New(t, d.Now)
		s.matching.Routes(w.Router)
		s.trajectories.Routes(w.Router)
		ria := s.Volunteer(t, "Ria", "family_buddy", "tailored")
		list := "/dossiers/" + s.family.Dossier.String() + "/trajectories"
		w.As(s.Petra).Get(list).Is(http.StatusOK, "gezinsmaatje", "wacht op een vrijwilliger")
		w.Post(list+"/new", url.Values{"kind": {"tailored"}}).Is(http.StatusUnprocessableEntity, "Kies voor wie het is.")
		w.Get(list+"/new").Is(http.StatusOK, "Sara", "Noor", "Wil")
		begun := w.Post(list+"/new", url.Values{"kind": {"tailored"}, "people": {s.family.ID["Sara"].String()}}).Is(http.StatusSeeOther).Location
		w.As(s.Kees).Get(begun).Is(http.StatusNotFound)
		w.As(s.Petra).Get(begun).Is(http.StatusOK, "Ria", "past", "0 van 2")
		w.Post(begun, url.Values{"volunteer": {ria.Volunteer().String()}}).Is(http.StatusSeeOther)
		b, err := s.matching.Board(ctx, s.Petra, s.x)
		must(t, err)
		if len(b.Matches) != 0 {
			t.Error("the other trajectory was matched")
		}
		x := begun[len("/trajectories/") : len(begun)-len("/match")]
		m := w.Get(begun).Is(http.StatusOK, "gevraagd").Body
		match := m[indexAfter(m, "/matches/"):][:13]

		w.As(ria).Get("/proposals/"+match).Is(http.StatusOK, "op maat", "Zwolle", "9 jaar").Without("Sara", "Anna", "oma")
		w.Get("/my-families").Is(http.StatusOK, "/proposals/"+match)
		w.Get("/my-families/" + x).Is(http.StatusNotFound)
		w.Post("/proposals/"+match, url.Values{"yes": {"1"}}).Is(http.StatusSeeOther)
		w.As(s.Petra).Post("/matches/"+match+"/introduction", url.Values{"introduction_on": {"2026-11-01"}}).Is(http.StatusUnprocessableEntity, "al geweest", "2026-11-01")
		w.Post("/matches/"+match+"/introduction", url.Values{"introduction_on": {"2026-11-23"}}).Is(http.StatusSeeOther)
		w.As(ria).Get("/proposals/"+match).Is(http.StatusOK, "23 november 2026", "Wat weet het kind?")
		w.As(s.Petra).Post("/matches/"+match+"/introduced", url.Values{"introduced_on": {"2026-11-23"}}).Is(http.StatusSeeOther)
		w.Post("/matches/"+match+"/accept", nil).Is(http.StatusSeeOther)
		w.Post("/matches/"+match+"/accept", nil).Is(http.StatusConflict)

		w.As(ria).Get("/my-families/"+x).Is(http.StatusOK, "Sara", "Verslag schrijven", "Ik maak me zorgen", "Petra")
		w.Get("/my-families/" + s.x.String()).Is(http.StatusNotFound)
		w.As(s.Petra).Get("/trajectories/"+x).Is(http.StatusOK, "loopt", "na drie maanden", "Ria", "strengere internationale norm")
		w.Post("/trajectories/"+x+"/extend", url.Values{"new_end": {"2026-12-01"}, "words": {"nog even"}}).
			Is(http.StatusUnprocessableEntity, "Kies waarom het langer duurt.", "niet later dan nu gepland", "nog even")
		w.Post("/trajectories/"+x+"/end", url.Values{"reason": {"question_answered"}}).Is(http.StatusUnprocessableEntity, "het plan voor het afscheid")
		child := s.family.ID["Sara"].String()
		w.Get("/trajectories/"+x+"/farewell").Is(http.StatusOK, "Hoe hoort Sara het?")
		w.Post("/trajectories/"+x+"/farewell", url.Values{
			"planned_on": {"2027-05-01"}, "told_" + child: {"met het boek"}, "task_0": {"voorlezen"}, "taken_by_0": {"tante An"},
		}).Is(http.StatusSeeOther)
		w.Get("/trajectories/"+x+"/farewell").Is(http.StatusOK, "met het boek", "tante An")
		w.Get("/trajectories/"+x).Is(http.StatusOK, "elk kind weet het", "wordt afgerond")
		w.Post("/trajectories/"+x+"/break-off", url.Values{"reason": {"volunteer_stopped"}, "words": {"ziek"}}).Is(http.StatusSeeOther)
		w.As(ria).Get("/my-families/" + x).Is(http.StatusNotFound)
	})
}

func indexAfter(s, part string) int {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return i + len(part)
		}
	}
	return 0
}
