package volunteer_test

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
	"maatje/internal/task"
	"maatje/internal/volunteer"
	"maatje/internal/web/webtest"
)

func site(t *testing.T, d *db.DB) (*webtest.Site, *volunteer.Service) {
	t.Helper()
	s, w := volunteer.NewService(d, volunteer.Unchanged), webtest.New(t, d.Now)
	s.Routes(w.Router)
	return w, s
}

func TestPagesOfACoordinator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		w, _ := site(t, d)
		w.As(coordinator(petra))
		made := w.Post("/volunteers/new", url.Values{
			"name": {"Ria Jansen"}, "municipality": {zwolle.String()}, "capacity": {"2"}, "kinds": {"family_buddy", "nonsense"}, "days": {"mon"},
		}).Is(http.StatusSeeOther).Location
		w.Get(made).Is(http.StatusOK, "Ria Jansen", "gezinsmaatje", "nog geen VOG", "maandag").Without("nonsense")
		w.Get("/volunteers?q=jans&kind=family_buddy").Is(http.StatusOK, "1 vrijwilliger", "Ria Jansen", "0 van 2")
		w.Post("/volunteers/new", url.Values{"name": {"Wim"}, "email": {"geen address"}, "capacity": {"veel"}}).
			Is(http.StatusUnprocessableEntity, `value="Wim"`, `value="veel"`)
		w.Post("/volunteers/new", url.Values{"name": {"Wim"}, "municipality": {hattem.String()}, "capacity": {"1"}}).
			Is(http.StatusUnprocessableEntity, "hoort niet bij jouw gebied")
		w.Post(made+"/move", url.Values{"to": {"active"}}).Is(http.StatusUnprocessableEntity, "kun je niet meteen naar ‘actief’")
		w.Post(made+"/move", url.Values{"to": {"left"}}).Is(http.StatusUnprocessableEntity, "een eigen pagina")
		w.Post(made+"/certificate", url.Values{"number": {"1"}, "issued_on": {"31-2-2026"}}).Is(http.StatusUnprocessableEntity, "31-2-2026")
		w.Post(made+"/certificate", url.Values{"number": {"88"}, "issued_on": {"1-11-2026"}}).Is(http.StatusSeeOther)
		w.Post(made+"/course", url.Values{"course": {"general"}}).Is(http.StatusSeeOther)
		w.Post(made+"/move", url.Values{"to": {"talked"}}).Is(http.StatusUnprocessableEntity, "nog geen eerste gesprek")
		w.Get(made).Is(http.StatusOK, "aangemeld", "1 november 2029", "algemene training")
		w.As(coordinator(joke)).Get(made).Is(http.StatusNotFound)
		w.As(authz.SignedIn(maria, 0, "Maria", authz.Volunteer, authz.Origin{})).Get(made).Is(http.StatusNotFound)
	})
}

func TestVOL7_OwnPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		w, s := site(t, d)
		id, err := s.Add(context.Background(), coordinator(petra), newcomer())
		if err != nil {
			t.Fatal(err)
		}
		w.As(coordinator(petra)).Post("/volunteers/"+id.String()+"/link", nil).Is(http.StatusSeeOther)
		w.As(authz.SignedIn(maria, id, "Maria", authz.Volunteer, authz.Origin{}))
		w.Get("/me").Is(http.StatusOK, "liefst kleintjes", "nog geen VOG", "Nederlands, Turks")
		long := strings.Repeat("a", 2001)
		w.Post("/me", url.Values{"wishes": {long}}).Is(http.StatusUnprocessableEntity, long)
		w.Post("/me", url.Values{"version": {"2"}, "kinds": {"transport"}, "wishes": {"alleen rijden"}, "capacity": {"20"}, "confirmed": {"1"}}).Is(http.StatusSeeOther)
		f, err := s.File(context.Background(), coordinator(petra), id)
		if err != nil || f.Wishes.Words != "alleen rijden" || f.Capacity != 1 || f.ComplexConfirmed {
			t.Errorf("%+v %v", f.Profile, err)
		}
	})
}

func TestVOL3_TheCoordinatorIsAskedAboutACertificateThatEnds(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		world(t, d)
		s, ctx := volunteer.NewService(d, volunteer.Unchanged), context.Background()
		err := d.Write(ctx, authz.System("test"), func(x *db.Tx) error {
			return db.Do(x, xRole, db.Args{"id": petra, "role": "outside_coordinator"})
		})
		if err != nil {
			t.Fatal(err)
		}
		var id core.VolunteerID
		if err := d.Write(ctx, coordinator(petra), func(x *db.Tx) (err error) {
			p := newcomer()
			p.Status = volunteer.Active
			id, err = volunteer.New(x, p)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		certify := func(renew string) {
			c := volunteer.Certificate{Number: "1", IssuedOn: core.MustDate("2026-11-01"), RenewBefore: core.MustDate(renew)}
			if err := s.SeeCertificate(ctx, coordinator(petra), id, c); err != nil {
				t.Fatal(err)
			}
		}
		certify("2027-03-01")
		asked := func(on string) (n int) {
			clock.Set(core.MustInstant(on + "T09:00:00.000Z"))
			if err := s.WarnCertificates(ctx, authz.System("volunteer.certificates")); err != nil {
				t.Fatal(err)
			}
			err := d.Read(ctx, coordinator(petra), func(x *db.Tx) error {
				rows, err := task.Mine(x, task.Filter{})
				n = len(rows)
				if n > 0 && (rows[0].Kind == "certificate_ended") != (on > "2027-03-01") {
					t.Errorf("%s: %s", on, rows[0].Kind)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, c := range []struct {
			on   string
			want int
		}{{"2026-11-30", 0}, {"2026-12-01", 1}, {"2027-02-27", 1}, {"2027-03-02", 1}} {
			if got := asked(c.on); got != c.want {
				t.Errorf("%s: %d tasks", c.on, got)
			}
		}
		certify("2030-03-01")
		if got := asked("2027-03-02"); got != 0 {
			t.Errorf("after a new certificate %d", got)
		}
	})
}
