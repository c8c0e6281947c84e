package module_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/facility"
	"maatje/internal/training"
	"maatje/internal/training/module"
	"maatje/internal/volunteer"
	"maatje/internal/web/text"
	"maatje/internal/web/webtest"
)

var ctx = context.Background()

const shipped = core.ID(1)

type world struct {
	*module.Service
	t                  *testing.T
	petra, ria, joanna authz.Actor
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{Service: module.NewService(d), t: t}
	w.must(d.Write(ctx, authz.System("test"), func(tx *db.Tx) error {
		id, err := account.Make(tx, account.New{Name: "Petra", Email: "petra@example.org", Roles: authz.OutsideCoordinator, Municipalities: []string{"Zwolle"}})
		if err != nil {
			return err
		}
		w.petra = authz.SignedIn(id, 0, "Petra", authz.OutsideCoordinator, authz.Origin{})
		zwolle, err := facility.Municipality(tx, "Zwolle")
		if err != nil {
			return err
		}
		for name, who := range map[string]*authz.Actor{"Ria": &w.ria, "Joanna": &w.joanna} {
			acc, err := account.Make(tx, account.New{Name: name, Email: name + "@example.org", Roles: authz.Volunteer})
			if err != nil {
				return err
			}
			v, err := volunteer.New(tx, volunteer.Profile{Name: name, Municipality: zwolle, Status: volunteer.Active})
			if err == nil {
				err = volunteer.Link(tx, v, acc)
			}
			if err != nil {
				return err
			}
			*who = authz.SignedIn(acc, v, name, authz.Volunteer, authz.Origin{})
		}
		return nil
	}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refuses(message string, err error) {
	w.t.Helper()
	if f, ok := core.AsFail(err); !ok || f.Message != message {
		w.t.Errorf("%v, want %s", err, message)
	}
}

func (w *world) read(a authz.Actor) module.Reading {
	w.t.Helper()
	r, err := w.Read(ctx, a, shipped)
	w.must(err)
	return r
}

// TestVOL4_TheShippedModuleIsWhole: what is shipped passes what is asked of everybody's, in both languages.
func TestVOL4_TheShippedModuleIsWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m, err := w.Load(ctx, w.petra, shipped)
		w.must(err)
		w.must(module.MayPublish(m, text.ModulePictureCodes()))
		kinds := map[string]int{}
		for i, p := range m.Pages {
			kinds[p.Kind]++
			if p.Title.EN == "" || p.Text.EN == "" || p.Kind == module.Dilemma && p.After.EN == "" {
				t.Errorf("page %d has no English", i+1)
			}
			for _, a := range p.Answers {
				if a.Text.EN == "" || a.Why.EN == "" {
					t.Errorf("an answer of page %d has no English", i+1)
				}
			}
		}
		if len(m.Pages) != 8 || m.Changed || m.Edition != 1 || len(kinds) != 4 {
			t.Errorf("%d pages %v, edition %d, changed %v", len(m.Pages), kinds, m.Edition, m.Changed)
		}
	})
}

// TestVOL4_WhoIsHalfwayFinishesWhatSheBegan: an edition does not change under a reader, and where she was is kept.
func TestVOL4_WhoIsHalfwayFinishesWhatSheBegan(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if r := w.read(w.ria); r.Begun() {
			t.Errorf("%+v", r)
		}
		w.must(w.Begin(ctx, w.ria, shipped))
		w.must(w.Begin(ctx, w.ria, shipped)) // twice is once
		for from := 1; from <= 3; from++ {
			_, _, err := w.GoOn(ctx, w.ria, shipped, from)
			w.must(err)
		}
		_, _, err := w.GoOn(ctx, w.ria, shipped, 4)
		w.refuses("module_answer_first", err)
		w.refuses("module_choose", w.Answer(ctx, w.ria, shipped, 4, "9"))
		w.refuses("module_changed", w.Answer(ctx, w.ria, shipped, 6, "later"))
		w.must(w.Answer(ctx, w.ria, shipped, 4, "1"))
		w.must(w.Answer(ctx, w.ria, shipped, 4, "2"))
		if r := w.read(w.ria); r.Page != 4 || r.Answers[4] != "2" {
			t.Errorf("resumes at %d with %v", r.Page, r.Answers)
		}
		if r := w.read(w.joanna); r.Begun() || len(r.Answers) != 0 {
			t.Errorf("Joanna sees %+v", r)
		}
		w.must(w.Edit(ctx, w.petra, shipped, 1, func(m *module.Module) error { m.Pages = m.Pages[:1]; return nil }))
		w.refuses("module_changed", w.Rename(ctx, w.petra, shipped, 1, module.Said{NL: "Anders"}))
		w.must(w.Publish(ctx, w.petra, shipped, 2))
		w.refuses("module_changed", w.Publish(ctx, w.petra, shipped, 2))
		if mine, hers := w.read(w.ria), w.read(w.joanna); len(mine.Pages) != 8 || len(hers.Pages) != 1 {
			t.Errorf("Ria reads %d pages, Joanna %d", len(mine.Pages), len(hers.Pages))
		}
		w.must(w.Begin(ctx, w.joanna, shipped))
		_, end, err := w.GoOn(ctx, w.joanna, shipped, 1)
		w.must(err)
		if r := w.read(w.joanna); !end || r.Finished.IsZero() {
			t.Errorf("Joanna: %v %+v", end, r)
		}
		m, err := training.NewService(d).Of(ctx, w.petra, w.joanna.Volunteer())
		w.must(err)
		if m.Needs[0].Code != "general" || m.Needs[0].Parts[0].On.IsZero() || m.Needs[0].Parts[1].On.IsZero() == false {
			t.Errorf("%+v", m.Needs[0].Parts)
		}
		w.must(w.Begin(ctx, w.joanna, shipped)) // once more
		if r := w.read(w.joanna); !r.Finished.IsZero() || r.Page != 1 {
			t.Errorf("again: %+v", r)
		}
	})
}

func TestPagesOfAModule(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		site := webtest.New(t, d.Now)
		w.Routes(site.Router)
		site.As(w.petra)
		site.Post("/modules", url.Values{"name_nl": {" "}}).Is(http.StatusUnprocessableEntity, "Geef de e-learning een naam")
		at := site.Post("/modules", url.Values{"name_nl": {"Rouw"}}).Is(http.StatusSeeOther).Location
		site.Post(at+"/publish", url.Values{"version": {"1"}}).Is(http.StatusUnprocessableEntity, "nog geen bladzijden")
		page := url.Values{"version": {"1"}, "kind": {"question"}, "title_nl": {"Kop"}, "text_nl": {"Wat <b>doe</b> je?"}, "a1_nl": {"Bellen"}, "w1_nl": {"Goed idee"}, "good": {"1"}}
		site.Post(at+"/page", page).Is(http.StatusUnprocessableEntity, "twee tot vier antwoorden", `value="Bellen"`, "Wat <b>doe")
		page.Set("a2_nl", "Niets doen")
		page.Set("w2_nl", "Liever niet")
		site.Post(at+"/page", page).Is(http.StatusSeeOther)
		site.Post(at+"/page", page).Is(http.StatusConflict, "intussen veranderd")
		site.Get(at+"/page?at=1").Is(http.StatusOK, `value="Bellen"`, "Liever niet")
		site.Get(at+"/page?kind=dilemma").Is(http.StatusOK, "De situatie")
		site.Post(at+"/publish", url.Values{"version": {"2"}}).Is(http.StatusSeeOther)
		own := "/training" + at
		site.As(w.ria).Get(own).Is(http.StatusOK, "Rouw", "1 bladzijde")
		site.Post(own+"/begin", nil).Is(http.StatusSeeOther)
		site.Get(own).Is(http.StatusOK, "Wat <b>doe</b> je?", "bladzijde 1 van 1").Without("Liever niet")
		site.Post(own+"/on", url.Values{"page": {"1"}}).Is(http.StatusUnprocessableEntity, "Geef eerst antwoord")
		site.Post(own+"/answer", url.Values{"page": {"1"}}).Is(http.StatusUnprocessableEntity, "Kies een antwoord")
		to := site.Post(own+"/answer", url.Values{"page": {"1"}, "answer": {"2"}}).Is(http.StatusSeeOther).Location
		site.Get(to).Is(http.StatusOK, "Jij koos: Niets doen", "Liever niet", "Goed idee")
		site.Post(own+"/on", url.Values{"page": {"1"}}).Is(http.StatusSeeOther)
		site.Get(own).Is(http.StatusOK, "Afgerond op 23 november 2026", "Iemand zwaait")
		site.As(w.joanna).Get(own).Is(http.StatusOK).Without("Jij koos")
		if !strings.HasPrefix(to, own) {
			t.Error(to)
		}
	})
}
