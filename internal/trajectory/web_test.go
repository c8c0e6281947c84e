package trajectory_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
	"maatje/internal/web/webtest"
)

// odd is a form that is refused: what was sent, what the page says about it, and what it keeps of what was typed.
type odd struct {
	name  string
	in    url.Values
	says  string
	keeps string
}

func refuses(t *testing.T, w *webtest.Site, path string, forms []odd) {
	t.Helper()
	for _, c := range forms {
		t.Log(c.name)
		w.Post(path, c.in).Is(http.StatusUnprocessableEntity, c.says, c.keeps)
	}
}

// closedTo checks that nobody else reaches the address: another area, a volunteer, a visitor, with a form that is right.
func (s *town) closedTo(t *testing.T, w *webtest.Site, ria authz.Actor, path string, in url.Values) {
	t.Helper()
	w.As(s.Kees).Post(path, in).Is(http.StatusNotFound)
	w.As(ria).Post(path, in).Is(http.StatusNotFound)
	w.As(authz.Actor{}).Post(path, in).Is(http.StatusUnauthorized)
	w.As(s.Petra)
}

func (s *town) site(t *testing.T) *webtest.Site {
	w := webtest.New(t, s.clock.Now)
	s.Routes(w.Router)
	return w.As(s.Petra)
}

var tooLong = strings.Repeat("lang ", 20_000)

func TestTRA8_TheChoiceOnScreen(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy", "parent_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		w, path := s.site(t), "/trajectories/"+x.String()+"/release"

		w.Get(path).Is(http.StatusOK, "Hierover hoeft niets beslist te worden.")
		w.Post(path, url.Values{"choice": {"continue"}}).Is(http.StatusNotFound)
		s.released(t, f, "2027-06-01", "2027-01-10")
		w.Get("/trajectories/"+x.String()).Is(http.StatusOK, "De ouder komt eerder thuis dan gedacht.", path)
		w.Get(path).Is(http.StatusOK, "Wat gebeurt er met dit traject?")
		refuses(t, w, path, []odd{
			{"nothing chosen", url.Values{"words": {"nog overleg met oma"}}, "Kies wat er gebeurt.", "nog overleg met oma"},
			{"no such choice", url.Values{"choice": {"vanish"}, "words": {"weg"}}, "Kies wat er gebeurt.", "weg"},
			{"too many words", url.Values{"choice": {"continue"}, "words": {tooLong}}, "te lang", "lang lang"},
		})
		s.closedTo(t, w, ria, path, url.Values{"choice": {"continue"}})
		if _, open := s.file(t, x).OpenChoice(); !open {
			t.Fatal("something refused was chosen")
		}
		w.Post("/trajectories/1/release", url.Values{"choice": {"continue"}}).Is(http.StatusNotFound)
		w.Post("/trajectories/no-number/release", url.Values{"choice": {"continue"}}).Is(http.StatusNotFound)

		next := w.Post(path, url.Values{"choice": {"hand_over"}, "words": {"zij blijft komen"}}).Is(http.StatusSeeOther).Location
		if next == "/trajectories/"+x.String() {
			t.Error("the page of the support that ended comes next")
		}
		w.Get(next).Is(http.StatusOK, "Ria", "Sara")
		w.Post(path, url.Values{"choice": {"end"}, "words": {"toch niet"}}).Is(http.StatusConflict, "al beslist")
	})
}

func TestTRA8_EndingLeadsToTheFarewell(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		s.released(t, f, "2027-06-01", "2027-01-10")
		w, at := s.site(t), "/trajectories/"+x.String()
		if to := w.Post(at+"/release", url.Values{"choice": {"end"}}).Is(http.StatusSeeOther).Location; to != at+"/farewell" {
			t.Errorf("led to %s", to)
		}
		if got := s.file(t, x).State; got != trajectory.Running {
			t.Errorf("it ended by itself: %s", got)
		}
	})
}

func TestTRA10_AftercareOnScreen(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		w, path := s.site(t), "/trajectories/"+x.String()+"/aftercare"
		refuses(t, w, path, []odd{
			{"nobody", url.Values{"contact": {"038 123"}}, "Vul in wie het overneemt.", "038 123"},
			{"only spaces", url.Values{"taken_by": {"   "}, "contact": {"038 123"}}, "Vul in wie het overneemt.", "038 123"},
			{"over before it begins", url.Values{"taken_by": {"wijkteam"}, "until": {"2026-11-22"}}, "Het einde ligt voor het begin.", "wijkteam"},
			{"no such day", url.Values{"taken_by": {"wijkteam"}, "until": {"31-02-2027"}}, "geen datum die bestaat", "31-02-2027"},
			{"too long", url.Values{"taken_by": {tooLong}}, "te lang", "lang lang"},
		})
		s.closedTo(t, w, ria, path, url.Values{"taken_by": {"wijkteam"}})
		if got := s.file(t, x).Aftercare; len(got) != 0 {
			t.Fatalf("something refused was kept: %+v", got)
		}
		w.Post(path, url.Values{"taken_by": {"wijkteam"}, "contact": {"Jo"}, "until": {"2026-11-23"}}).Is(http.StatusSeeOther)
		w.Get("/trajectories/"+x.String()).Is(http.StatusOK, "wijkteam", "Jo", "23 november 2026")
	})
}

func TestTRA4_OneContactMoreOnScreen(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		w, at := s.site(t), "/trajectories/"+x.String()
		refuses(t, w, at+"/checkpoints", []odd{
			{"no day", url.Values{"why": {"oma is ziek"}}, "Vul in wanneer", "oma is ziek"},
			{"a day that was", url.Values{"due_on": {"2026-11-22"}, "why": {"oma is ziek"}}, "Kies een dag die nog komt.", "oma is ziek"},
			{"after the end", url.Values{"due_on": {"2027-05-24"}, "why": {"oma is ziek"}}, "23 mei 2027", "oma is ziek"},
			{"without why", url.Values{"due_on": {"2026-12-01"}}, "waarom er meer contact nodig is", "2026-12-01"},
			{"no such day", url.Values{"due_on": {"30-02-2027"}, "why": {"x"}}, "geen datum die bestaat", "30-02-2027"},
		})
		in := url.Values{"due_on": {"2026-12-01"}, "why": {"oma is ziek"}}
		s.closedTo(t, w, ria, at+"/checkpoints", in)
		w.Post(at+"/checkpoints", in).Is(http.StatusSeeOther)
		w.Get(at).Is(http.StatusOK, "oma is ziek", "1 december 2026", "extra")
		s.happened(t, f, "contact_added", 1)
	})
}

func TestTRA5_AnotherRhythmOnScreen(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, f := s.Volunteer(t, "Ria", "family_buddy"), s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		s.As(t, s.Petra, func(tx *db.Tx) error {
			return dossier.Tell(tx, f.Dossier, dossier.Knows{Child: f.ID["Sara"], Level: dossier.Story, Story: "mama werkt ver weg", ToldBy: "oma"})
		})
		w, at := s.site(t), "/trajectories/"+x.String()
		body := w.Get(at).Is(http.StatusOK, "Nu minstens elke 14 dagen.", "mama werkt ver weg").Body
		if strings.Index(body, "mama werkt ver weg") > strings.Index(body, "Hoe het staat") {
			t.Error("what the children know does not stand on top (INT-8)")
		}
		form := func(every, why string) url.Values {
			in := w.Get(at).Form(at + "/rhythm")
			in.Set("every", every)
			in.Set("why", why)
			return in
		}
		refuses(t, w, at+"/rhythm", []odd{
			{"no number", form("vaak", "druk"), "getal", "vaak"},
			{"none", form("0", "druk"), "van 1 tot en met 92", "druk"},
			{"too long", form("93", "druk"), "van 1 tot en met 92", "druk"},
			{"the same", form("14", "druk"), "het ritme dat er al is", "druk"},
			{"without why", form("7", " "), "waarom het ritme verandert", "7"},
		})
		stale := form("21", "rustiger")
		s.closedTo(t, w, ria, at+"/rhythm", form("7", "veel onrust"))
		w.Post(at+"/rhythm", form("7", "veel onrust")).Is(http.StatusSeeOther)
		w.Post(at+"/rhythm", stale).Is(http.StatusConflict, "intussen veranderd", "rustiger")
		w.Get(at).Is(http.StatusOK, "Nu minstens elke 7 dagen.", "Van elke 14 dagen naar elke 7 dagen", "veel onrust")
		s.happened(t, f, "rhythm", 1)
	})
}

// happened counts a kind of event on the family's timeline.
func (s *town) happened(t *testing.T, f trajectorytest.Family, kind string, want int) {
	t.Helper()
	s.As(t, s.Petra, func(tx *db.Tx) error {
		all, err := dossier.Timeline(tx, f.Dossier)
		n := 0
		for _, e := range all {
			if e.Kind == kind {
				n++
			}
		}
		if n != want {
			t.Errorf("the timeline says %d times %s, want %d", n, kind, want)
		}
		return err
	})
}
