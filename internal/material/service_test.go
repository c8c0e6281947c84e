package material

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
	"maatje/internal/task"
	"maatje/internal/web/webtest"
)

func each(t *testing.T, do func(t *testing.T, f *familytest.Family, s *Service)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		do(t, familytest.New(t, d), NewService(d))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// added puts a title into the cupboard and finds it again.
func added(t *testing.T, f *familytest.Family, s *Service, m Material) core.ID {
	t.Helper()
	must(t, s.Add(context.Background(), f.Petra, m))
	c, err := s.Cupboard(context.Background(), f.Petra)
	must(t, err)
	for _, x := range c.All {
		if x.Name == m.Name {
			return x.ID
		}
	}
	t.Fatal("the title is not there")
	return 0
}

func TestVOL6_NothingIsLentTwice(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx, today := context.Background(), f.DB.Now().Date()
		id := added(t, f, s, book())
		var wait sync.WaitGroup
		errs := make([]error, 4)
		for i, who := range []core.VolunteerID{f.Ria.Volunteer(), f.Tom.Volunteer(), f.Stranger.Volunteer(), f.Ria.Volunteer()} {
			wait.Go(func() { errs[i] = s.Lend(ctx, f.Petra, who, id, today.AddDays(14), "") })
		}
		wait.Wait()
		lent := 0
		for _, err := range errs {
			if err == nil {
				lent++
			} else if !core.IsKind(err, core.KindConflict) {
				t.Errorf("somebody heard %v and not that the last one went", err)
			}
		}
		m, err := s.One(ctx, f.Petra, id)
		if lent != 1 || err != nil || m.Left() != 0 || m.Gone != 1 {
			t.Errorf("one copy was lent %d times; %d are gone: %v", lent, m.Gone, err)
		}
	})
}

func TestVOL6_AskedLentAndBack(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx, today := context.Background(), f.DB.Now().Date()
		id := added(t, f, s, book())
		must(t, s.Ask(ctx, f.Ria, id, f.Trajectory, "one"))
		must(t, s.Ask(ctx, f.Ria, id, f.Trajectory, "one"))
		if err := s.Ask(ctx, f.Ria, id, 0, "two"); !core.IsKind(err, core.KindConflict) {
			t.Errorf("asked twice: %v", err)
		}
		if err := s.Ask(ctx, f.Stranger, id, f.Trajectory, "three"); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("asked for a family of somebody else: %v", err)
		}
		if n := tasks(t, f, f.Petra); n != 1 {
			t.Errorf("the coordinator has %d tasks", n)
		}
		v, err := s.Of(ctx, f.Petra, f.Ria.Volunteer())
		if err != nil || len(v.Loans) != 1 || v.Loans[0].Family != "Familie Wil" {
			t.Fatalf("the coordinator sees %+v: %v", v.Loans, err)
		}
		if _, err := s.Of(ctx, f.Omar, f.Ria.Volunteer()); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a coordinator elsewhere sees it: %v", err)
		}
		l := v.Loans[0].ID
		must(t, s.HandOver(ctx, f.Petra, f.Ria.Volunteer(), l, today.AddDays(14)))
		if err := s.HandOver(ctx, f.Backup, f.Ria.Volunteer(), l, today.AddDays(14)); !core.IsKind(err, core.KindConflict) {
			t.Errorf("handed over twice: %v", err)
		}
		if n := tasks(t, f, f.Petra); n != 0 {
			t.Errorf("the coordinator still has %d tasks", n)
		}
		own, err := s.Own(ctx, f.Ria)
		if err != nil || len(own.Loans) != 1 || own.Loans[0].State != Lent {
			t.Errorf("she sees %+v: %v", own.Loans, err)
		}
		if other, err := s.Own(ctx, f.Tom); err != nil || len(other.Loans) != 0 {
			t.Errorf("another volunteer sees %+v: %v", other.Loans, err)
		}
		must(t, s.End(ctx, f.Petra, f.Ria.Volunteer(), l, Returned, ""))
		m, err := s.One(ctx, f.Petra, id)
		if err != nil || m.Left() != 1 {
			t.Errorf("back, and %d lie there: %v", m.Left(), err)
		}
	})
}

// A gift does not come back; one that is declined says why.
func TestVOL6_GivenAndDeclined(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx := context.Background()
		gift := book()
		gift.Gift = true
		id := added(t, f, s, gift)
		must(t, s.Ask(ctx, f.Ria, id, 0, "one"))
		v, err := s.Of(ctx, f.Petra, f.Ria.Volunteer())
		must(t, err)
		if err := s.End(ctx, f.Petra, f.Ria.Volunteer(), v.Loans[0].ID, Declined, " "); !core.IsKind(err, core.KindInvalid) {
			t.Errorf("declined without a word: %v", err)
		}
		must(t, s.End(ctx, f.Petra, f.Ria.Volunteer(), v.Loans[0].ID, Declined, "pas na de vakantie"))
		must(t, s.Lend(ctx, f.Petra, f.Ria.Volunteer(), id, core.Date{}, "x"))
		must(t, s.Lend(ctx, f.Petra, f.Ria.Volunteer(), id, core.Date{}, "x"))
		m, err := s.One(ctx, f.Petra, id)
		if err != nil || m.Gone != 1 || m.Left() != 0 {
			t.Errorf("given, and %d are gone: %v", m.Gone, err)
		}
		m.Copies, m.Name = 3, "Boek, nieuwe druk"
		must(t, s.Change(ctx, f.Petra, m, false))
		if err := s.Change(ctx, f.Backup, m, true); !core.IsKind(err, core.KindConflict) {
			t.Errorf("changed from a stale screen: %v", err)
		}
	})
}

// C5: the visit is prepared with what suits the age of each child and what it knows.
func TestCaseC5_MaterialsByAgeAndKnowledge(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx := context.Background()
		about := book()
		about.Name, about.AboutDetention, about.AgeTo = "Over de gevangenis", true, 12
		added(t, f, s, book())
		added(t, f, s, about)
		f.Do(t, func(x *db.Tx) error {
			return dossier.Tell(x, f.Dossier, dossier.Knows{Child: f.Sara, Level: dossier.Part, Story: "weet waar mama is", ToldBy: "oma", Since: core.MustDate("2026-10-01")})
		})
		p, err := s.Prepare(ctx, f.Ria, f.Trajectory)
		must(t, err)
		has := func(name, title string) bool {
			for _, c := range p.For {
				for _, m := range c.Suits {
					if c.Name == name && m.Name == title {
						return true
					}
				}
			}
			return false
		}
		if !has("Sara", "Over de gevangenis") || !has("Noor", "Boek") || has("Noor", "Over de gevangenis") {
			t.Errorf("suggested are %+v", p.For)
		}
		if len(p.Unaware) != 1 || p.Unaware[0] != "Noor" {
			t.Errorf("who must not see it are %v", p.Unaware)
		}
		if _, err := s.Prepare(ctx, f.Stranger, f.Trajectory); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a stranger prepares: %v", err)
		}
	})
}

func tasks(t *testing.T, f *familytest.Family, a authz.Actor) (n int) {
	t.Helper()
	must(t, f.DB.Read(context.Background(), a, func(x *db.Tx) error {
		all, err := task.Mine(x, task.Filter{})
		n = len(all)
		return err
	}))
	return n
}

func TestPagesOfMaterials(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		w := webtest.New(t, f.DB.Now)
		s.Routes(w.Router)
		w.As(f.Petra).Post("/materials/new", url.Values{"name": {"Boek"}, "age_from": {"vier"}, "age_to": {"8"}, "copies": {"0"}}).
			Is(http.StatusUnprocessableEntity, `value="Boek"`, `value="vier"`)
		w.Post("/materials/new", url.Values{"name": {"Boek"}, "kind": {"picture_book"}, "topic": {"missing"}, "age_from": {"4"}, "age_to": {"8"}, "copies": {"1"}, "lend_days": {"28"}}).
			Is(http.StatusSeeOther)
		w.Get("/materials").Is(http.StatusOK, "Boek", "nog 1", "4 tot en met 8 jaar")
		shelf := "/volunteers/" + f.Ria.Volunteer().String() + "/materials"
		w.Post(shelf, url.Values{"due_on": {"morgen"}}).Is(http.StatusUnprocessableEntity, "Kies iets uit de lijst", `value="morgen"`)
		w.As(f.Ria).Post("/my-materials", url.Values{"material": {"nonsense"}}).Is(http.StatusUnprocessableEntity, "Kies iets uit de lijst")
		w.Get("/my-families/"+f.Trajectory.String()+"/materials").Is(http.StatusOK, "Sara", "Boek", "Dit wil ik graag lenen")
		w.Get(shelf).Is(http.StatusNotFound)
		id := core.ID(0)
		c, err := s.Cupboard(context.Background(), f.Petra)
		must(t, err)
		for _, m := range c.All {
			if m.Name == "Boek" {
				id = m.ID
			}
		}
		w.Post("/my-materials", url.Values{"material": {id.String()}, "trajectory": {f.Trajectory.String()}, "token": {"a"}}).Is(http.StatusSeeOther)
		w.Get("/my-materials").Is(http.StatusOK, "Boek, voor Familie Wil", "gevraagd op")
		v, err := s.Of(context.Background(), f.Petra, f.Ria.Volunteer())
		must(t, err)
		loan := shelf + "/" + v.Loans[0].ID.String()
		w.As(f.Petra).Post(loan+"/give", url.Values{"due_on": {"2020-01-01"}}).Is(http.StatusUnprocessableEntity, "al voorbij", `value="2020-01-01"`)
		w.Post(loan+"/give", url.Values{"due_on": {f.DB.Now().Date().AddDays(7).String()}}).Is(http.StatusSeeOther)
		w.Post(loan+"/end", url.Values{"to": {"returned"}}).Is(http.StatusSeeOther)
		w.Post(loan+"/end", url.Values{"to": {"returned"}}).Is(http.StatusConflict, "net al iets mee gedaan")
	})
}
