package care

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/task"
	"maatje/internal/web/webtest"
)

const why = "a test makes the history that it needs"

var (
	xActive = db.CrossX("caretest.active", authz.Works, why, `INSERT INTO volunteer_status (id, volunteer_id, status, at, account_id) VALUES (:id, :for_volunteer, :status, :at, 0)`, db.Probe{})
	xHeavy  = db.CrossX("caretest.heavy", authz.Works, why, `UPDATE trajectory SET complex = TRUE WHERE id = :id`, db.Probe{})
)

func each(t *testing.T, do func(t *testing.T, f *familytest.Family, s *Service)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { do(t, familytest.New(t, d), NewService(d)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// kinds are the tasks on somebody's list, with how often.
func kinds(t *testing.T, f *familytest.Family, a authz.Actor) map[string]int {
	t.Helper()
	out := map[string]int{}
	must(t, f.DB.Read(context.Background(), a, func(x *db.Tx) error {
		all, err := task.Mine(x, task.Filter{})
		for _, k := range all {
			out[k.Kind+" "+k.VolunteerName]++
		}
		return err
	}))
	return out
}

func (s *Service) run(t *testing.T) {
	t.Helper()
	must(t, s.Look(context.Background(), authz.System("care.look")))
}

func TestVOL8_WhomNobodySpokeToForTooLong(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx, today := context.Background(), f.DB.Now().Date()
		ria := f.Ria.Volunteer()
		f.Do(t, func(x *db.Tx) error { return db.Do(x, xHeavy, db.Args{"id": f.Trajectory}) })
		must(t, s.Note(ctx, f.Petra, ria, Contact{On: today.AddDays(-8), How: "phone", Words: "het is zwaar"}, "a"))
		must(t, s.Note(ctx, f.Petra, ria, Contact{On: today.AddDays(-8), How: "phone", Words: "het is zwaar"}, "a"))
		v, err := s.Of(ctx, f.Petra, ria)
		if err != nil || len(v.Log) != 1 || v.Every != Weekly || !v.IsLate(today) {
			t.Fatalf("after eight days of a heavy case: %+v %v", v, err)
		}
		s.run(t)
		s.run(t)
		if n := kinds(t, f, f.Petra)["volunteer_contact Ria"]; n != 1 {
			t.Errorf("the coordinator has %d tasks about Ria", n)
		}
		if n := len(kinds(t, f, f.Omar)); n != 0 {
			t.Errorf("a coordinator elsewhere has %d tasks", n)
		}
		must(t, s.Choose(ctx, f.Petra, ria, Monthly, 0))
		if n := kinds(t, f, f.Petra)["volunteer_contact Ria"]; n != 0 {
			t.Errorf("with another rhythm it is still late: %d", n)
		}
		if err := s.Choose(ctx, f.Backup, ria, Weekly, 0); !core.IsKind(err, core.KindConflict) {
			t.Errorf("chosen from a stale screen: %v", err)
		}
		must(t, s.Choose(ctx, f.Backup, ria, "", 1))
		if n := kinds(t, f, f.Petra)["volunteer_contact Ria"]; n != 1 {
			t.Errorf("back to the weight of the case: %d", n)
		}
		must(t, s.Note(ctx, f.Petra, ria, Contact{On: today, How: "office", Words: "gaat beter"}, "b"))
		if n := kinds(t, f, f.Petra)["volunteer_contact Ria"]; n != 0 {
			t.Errorf("spoken to, and it is still asked: %d", n)
		}
	})
}

// The volunteer reads her own log, no other volunteer and no coordinator elsewhere does.
func TestVOL8_WhoReadsTheLog(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx := context.Background()
		ria := f.Ria.Volunteer()
		must(t, s.Note(ctx, f.Petra, ria, Contact{On: f.DB.Now().Date(), How: "phone", Words: "samen bedacht hoe verder"}, ""))
		for name, a := range map[string]authz.Actor{"her coordinator": f.Petra, "the backup": f.Backup, "the project leader": f.Leader} {
			if v, err := s.Of(ctx, a, ria); err != nil || len(v.Log) != 1 {
				t.Errorf("%s reads %+v: %v", name, v.Log, err)
			}
		}
		if own, err := s.Own(ctx, f.Ria); err != nil || len(own.Log) != 1 || own.Log[0].By != "Petra" {
			t.Errorf("she reads %+v: %v", own.Log, err)
		}
		for name, a := range map[string]authz.Actor{"another volunteer": f.Tom, "a coordinator elsewhere": f.Omar} {
			if _, err := s.Of(ctx, a, ria); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s reads it: %v", name, err)
			}
		}
		if err := s.Note(ctx, f.Omar, ria, Contact{On: f.DB.Now().Date(), How: "phone", Words: "x"}, ""); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a coordinator elsewhere writes: %v", err)
		}
	})
}

func TestVOL8_ThankedOnce(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx := context.Background()
		ria := f.Ria.Volunteer()
		f.Do(t, func(x *db.Tx) error {
			began := f.DB.Now().Date().AddDays(10).AddMonths(-60)
			for status, on := range map[string]core.Date{"active": began, "resting": began.AddMonths(12)} {
				if err := db.Do(x, xActive, db.Args{"id": db.NewID[core.ID](x), "for_volunteer": ria, "status": status, "at": afternoon(on)}); err != nil {
					return err
				}
			}
			return nil
		})
		s.run(t)
		if n := kinds(t, f, f.Petra)["volunteer_thanks Ria"]; n != 1 {
			t.Fatalf("ten days ahead the coordinator has %d tasks", n)
		}
		must(t, s.Thank(ctx, f.Petra, ria, 5))
		if err := s.Thank(ctx, f.Backup, ria, 5); !core.IsKind(err, core.KindConflict) {
			t.Errorf("thanked twice: %v", err)
		}
		s.run(t)
		if n := kinds(t, f, f.Petra)["volunteer_thanks Ria"]; n != 0 {
			t.Errorf("thanked, and asked again: %d", n)
		}
	})
}

func TestPagesOfContacts(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		w := webtest.New(t, f.DB.Now)
		s.Routes(w.Router)
		path := "/volunteers/" + f.Ria.Volunteer().String() + "/contacts"
		w.As(f.Petra).Get("/contacts").Is(http.StatusOK, "Ria", "Tom", "om de twee weken")
		w.Post(path, url.Values{"held_on": {"2099-01-01"}, "words": {"lang gepraat"}}).Is(http.StatusUnprocessableEntity, "moet nog komen", "Kies hoe", "lang gepraat")
		w.Post(path, url.Values{"held_on": {"gisteren"}, "how": {"phone"}, "words": {strings.Repeat("a", 2100)}}).Is(http.StatusUnprocessableEntity, `value="gisteren"`)
		w.Post(path, url.Values{"held_on": {f.DB.Now().Date().String()}, "how": {"phone"}, "words": {"lang gepraat"}}).Is(http.StatusSeeOther)
		w.Get(path).Is(http.StatusOK, "lang gepraat", "gebeld, met Petra")
		w.Post(path+"/rhythm", url.Values{"every": {"hourly"}}).Is(http.StatusUnprocessableEntity, "Kies een van de ritmes")
		w.Post(path+"/rhythm", url.Values{"every": {"weekly"}, "version": {"0"}}).Is(http.StatusSeeOther)
		w.Post(path+"/thanked", url.Values{"years": {"5"}}).Is(http.StatusConflict, "al gegeven")
		w.As(f.Ria).Get("/my-contacts").Is(http.StatusOK, "lang gepraat")
		w.As(f.Tom).Get("/my-contacts").Is(http.StatusOK).Without("lang gepraat")
		w.As(f.Omar).Get(path).Is(http.StatusNotFound)
	})
}
