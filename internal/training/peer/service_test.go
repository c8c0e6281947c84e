package peer_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/facility"
	"maatje/internal/training"
	"maatje/internal/training/peer"
	"maatje/internal/volunteer"
	"maatje/internal/web/webtest"
)

// TestVOL5_InvitedCountedAndMissed: everybody active of the place is invited, and who misses three in a row is shown to her own coordinator.
func TestVOL5_InvitedCountedAndMissed(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ctx := context.Background()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		var petra, kees, ria authz.Actor
		var zwolle core.ID
		people := map[string]core.VolunteerID{}
		must(d.Write(ctx, authz.System("test"), func(tx *db.Tx) (err error) {
			for name, who := range map[string]*authz.Actor{"Zwolle": &petra, "Hattem": &kees} {
				id, err := account.Make(tx, account.New{Name: name, Email: name + "@example.org", Roles: authz.OutsideCoordinator, Municipalities: []string{name}})
				if err != nil {
					return err
				}
				*who = authz.SignedIn(id, 0, name, authz.OutsideCoordinator, authz.Origin{})
			}
			if zwolle, err = facility.Municipality(tx, "Zwolle"); err != nil {
				return err
			}
			for name, status := range map[string]volunteer.Status{"Ria": volunteer.Active, "Wim": volunteer.Active, "Els": volunteer.Resting} {
				if people[name], err = volunteer.New(tx, volunteer.Profile{Name: name, Municipality: zwolle, Status: status}); err != nil {
					return err
				}
			}
			acc, err := account.Make(tx, account.New{Name: "Ria", Email: "ria@example.org", Roles: authz.Volunteer})
			if err != nil {
				return err
			}
			ria = authz.SignedIn(acc, people["Ria"], "Ria", authz.Volunteer, authz.Origin{})
			return volunteer.Link(tx, people["Ria"], acc)
		}))
		s := peer.NewService(d)
		site := webtest.New(t, d.Now)
		s.Routes(site.Router, training.NewService(d))
		site.As(kees).Post("/peer-days/new", url.Values{"on": {"2026-12-01"}, "starts": {"19:30"}, "place": {"x"}, "municipality": {zwolle.String()}}).
			Is(http.StatusUnprocessableEntity, "hoort niet bij jouw gebied")
		both := []string{people["Ria"].String(), people["Wim"].String()}
		for _, month := range []string{"2026-12", "2027-01", "2027-02"} {
			site.As(petra).Post("/peer-days/new", url.Values{"on": {"2026-01-01"}, "place": {"Buurthuis"}}).Is(http.StatusUnprocessableEntity, "al geweest", `value="Buurthuis"`)
			at := site.Post("/peer-days/new", url.Values{"on": {month + "-01"}, "starts": {"19:30"}, "place": {"Buurthuis"}, "municipality": {zwolle.String()}}).Is(http.StatusSeeOther).Location
			site.Get(at).Is(http.StatusOK, "Ria", "Wim", "2 uitgenodigd").Without("Els")
			site.Post(at+"/count", url.Values{"shown": both}).Is(http.StatusUnprocessableEntity, "kan pas als de dag is geweest")
			site.As(ria).Get("/my-peer-days").Is(http.StatusOK, "Buurthuis", "Gezien")
			site.As(kees).Get(at).Is(http.StatusNotFound)
			clock.Set(core.MustInstant(month + "-01T21:00:00.000Z"))
			site.As(petra).Post(at+"/count", url.Values{"shown": both, "present": both[:1]}).Is(http.StatusSeeOther)
			site.Post(at+"/cases", url.Values{"version": {"1"}, "cases": {"Over grenzen."}}).Is(http.StatusSeeOther)
			site.Post(at+"/cases", url.Values{"version": {"1"}, "cases": {"Iets anders."}}).Is(http.StatusConflict, "Iets anders.")
			site.Post(at+"/off", nil).Is(http.StatusSeeOther) // on the day itself it can still be called off
			must(d.Write(ctx, authz.System("test"), func(tx *db.Tx) error { return db.Do(tx, xOn, db.Args{}) }))
		}
		_, missing, err := s.List(ctx, petra)
		must(err)
		if len(missing) != 1 || missing[0].Name != "Wim" || missing[0].Times != 3 {
			t.Errorf("%+v", missing)
		}
		_, missing, err = s.List(ctx, kees)
		must(err)
		if len(missing) != 0 {
			t.Errorf("Kees sees %+v", missing)
		}
		site.As(petra).Get("/peer-days").Is(http.StatusOK, "Wim", "3 keer achter elkaar")
	})
}

var xOn = db.CrossX("peertest.on", authz.Works, "the test puts a day back on", `UPDATE peer_day SET called_off_at = NULL WHERE called_off_at IS NOT NULL`, db.Probe{})
