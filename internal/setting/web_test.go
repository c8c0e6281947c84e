package setting

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

// as is a browser of which it is known who holds it.
type as struct{ actor authz.Actor }

func (a as) Session(context.Context, *http.Request, authz.Origin) (web.Session, error) {
	return web.Session{Actor: a.actor, Proved: true}, nil
}

func TestSettingsPage(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		err := d.Write(t.Context(), authz.System("test"), func(tx *db.Tx) error {
			return db.Do(tx, xSomebody, db.Args{"id": leader.Account()})
		})
		if err != nil {
			t.Fatal(err)
		}
		send := func(who authz.Actor, r *http.Request) *httptest.ResponseRecorder {
			m := web.NewRouter(as{who}, web.Config{Clock: clock.Now, Log: slog.New(slog.DiscardHandler)})
			NewService(d).Routes(m)
			w := httptest.NewRecorder()
			m.ServeHTTP(w, r)
			return w
		}
		post := func(who authz.Actor, change ...string) *httptest.ResponseRecorder {
			v := url.Values{"version": {"0"}}
			for name, text := range defaults() {
				v.Set(name, text)
			}
			for i := 0; i < len(change); i += 2 {
				v.Set(change[i], change[i+1])
			}
			r := httptest.NewRequest(http.MethodPost, "/settings", strings.NewReader(v.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return send(who, r)
		}
		get := func(who authz.Actor) *httptest.ResponseRecorder {
			return send(who, httptest.NewRequest(http.MethodGet, "/settings", nil))
		}
		if w := get(leader); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `value="28"`) {
			t.Errorf("%d", w.Code)
		}
		if get(buddy).Code != http.StatusNotFound || post(buddy).Code != http.StatusNotFound {
			t.Error("a volunteer finds the page")
		}
		if w := post(leader, "organisation", "naam\x00"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "die we niet kunnen bewaren") {
			t.Errorf("%d for what no database keeps", w.Code)
		}
		w := post(leader, "waiting_word_days", "29", "programme", "", "psychiatric", "maybe")
		for _, want := range []string{"van 7 tot en met 28", "Vul 1 tot en met 80", "Kies een van", `value="29"`} {
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%d without %q", w.Code, want)
			}
		}
		if w := post(leader, "waiting_word_days", "21"); w.Code != http.StatusSeeOther {
			t.Errorf("%d", w.Code)
		}
		if w := post(leader, "waiting_word_days", "14"); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), `value="14"`) {
			t.Errorf("a stale form: %d", w.Code)
		}
		if w := get(leader); !strings.Contains(w.Body.String(), `value="21"`) {
			t.Error("not kept")
		}
	})
}
