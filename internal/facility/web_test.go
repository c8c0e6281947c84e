package facility

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

type asking struct{ actor authz.Actor }

func (s asking) Session(context.Context, *http.Request, authz.Origin) (web.Session, error) {
	return web.Session{Actor: s.actor}, nil
}

func ask(d *db.DB, clock *dbtest.Clock, a authz.Actor, method, path string, in url.Values) (int, string) {
	m := web.NewRouter(asking{a}, web.Config{Clock: clock.Now, Log: slog.New(slog.DiscardHandler)})
	NewService(d).Routes(m)
	r := httptest.NewRequest(method, path, strings.NewReader(in.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func TestPRI2_ACoordinatorKeepsTheDirectory(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ria := authz.SignedIn(1, 0, "Ria", authz.OutsideCoordinator, authz.Origin{})
		jan := authz.SignedIn(2, 3, "Jan", authz.Volunteer, authz.Origin{})
		in := url.Values{"name": {"PI Oost"}, "town": {"Almere"}, "visit_rules": {"Op zaterdag."}}
		code, page := ask(d, clock, ria, "POST", "/facilities", in)
		if code != http.StatusUnprocessableEntity || !strings.Contains(page, "Op zaterdag.") || !strings.Contains(page, "waar de regels staan") {
			t.Errorf("rules without a source: %d", code)
		}
		in.Set("source", "de website")
		in.Set("checked_on", "2026-11-01")
		if code, _ := ask(d, clock, ria, "POST", "/facilities", in); code != http.StatusSeeOther {
			t.Errorf("kept: %d", code)
		}
		if code, page := ask(d, clock, ria, "POST", "/facilities", url.Values{"name": {"pi  oost"}}); code != http.StatusUnprocessableEntity || !strings.Contains(page, "PI Oost") {
			t.Errorf("a second of the same name: %d", code)
		}
		var f Facility
		if err := d.Write(context.Background(), authz.System("test"), func(x *db.Tx) (err error) {
			f, _, err = Find(x, "PI Oost")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		path := "/facilities/" + f.ID.String()
		if code, page := ask(d, clock, jan, "GET", path, nil); code != http.StatusOK || !strings.Contains(page, "Op zaterdag.") || strings.Contains(page, path+"/change") {
			t.Errorf("a volunteer reads the rules: %d", code)
		}
		if code, _ := ask(d, clock, jan, "POST", path, in); code != http.StatusNotFound {
			t.Errorf("a volunteer changes them: %d", code)
		}
		in.Set("town", "Zwolle")
		in.Set("version", "1")
		if code, _ := ask(d, clock, ria, "POST", path, in); code != http.StatusSeeOther {
			t.Errorf("changed: %d", code)
		}
		if code, page := ask(d, clock, ria, "POST", path, in); code != http.StatusConflict || !strings.Contains(page, "Iemand anders") || !strings.Contains(page, "Op zaterdag.") {
			t.Errorf("changed from a stale screen: %d", code)
		}
		for _, p := range []string{"/facilities", "/facilities/new", path + "/change"} {
			if code, page := ask(d, clock, ria, "GET", p, nil); code != http.StatusOK || !strings.Contains(page, "</html>") {
				t.Errorf("%s: %d", p, code)
			}
		}
	})
}
