// Package full fills the disk under the whole product and looks at its pages.
package full

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"maatje/internal/account"
	"maatje/internal/app"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/seed"
	"maatje/internal/web"
)

// programme is the whole product with a small programme in it, and people who are signed in.
type programme struct {
	*seed.Programme
	t        *testing.T
	db       *db.DB
	accounts *account.Service
	site     http.Handler
	sessions map[core.AccountID]*http.Cookie
}

func newProgramme(t *testing.T, cfg db.Config) *programme {
	t.Helper()
	d, err := db.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	o := &programme{t: t, db: d, accounts: account.NewService(d, account.Config{Demo: true}), sessions: map[core.AccountID]*http.Cookie{}}
	if o.Programme, err = seed.Seed(t.Context(), d, 40, func(int) {}); err != nil {
		t.Fatal(err)
	}
	o.site = app.Build(d, web.Config{Clock: d.Now, Base: "http://localhost", Log: slog.New(slog.DiscardHandler)}).Handler(app.Listen{})
	return o
}

func (o *programme) enter(ctx context.Context, who core.AccountID) error {
	entered, err := o.accounts.EnterDemo(ctx, authz.Visitor(authz.Origin{}), who, account.SignIn{})
	if err == nil {
		o.sessions[who] = o.accounts.Cookie(entered.Token)
	}
	return err
}

func (o *programme) asks(who core.AccountID, method, path string, form url.Values) *httptest.ResponseRecorder {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(o.sessions[who])
	w := httptest.NewRecorder()
	o.site.ServeHTTP(w, r)
	return w
}

// volunteer is one with a family.
func (o *programme) volunteer() seed.Volunteer {
	o.t.Helper()
	for _, v := range o.Volunteers {
		if len(v.Trajectories) > 0 {
			return v
		}
	}
	o.t.Fatal("no volunteer has a family")
	return seed.Volunteer{}
}

const said = "Wij zijn naar de speeltuin geweest en hebben daarna thuis getekend."

func (o *programme) report(v seed.Volunteer) (path string, form url.Values) {
	now := o.db.Now()
	return "/reports/" + core.NewID[core.ID](now).String(), url.Values{"trajectory": {v.Trajectories[0].String()}, "held_on": {now.Date().String()},
		"held_time": {"00:01"}, "minutes": {"90"}, "km": {"4"}, "present": {v.Children[0].String()}, "activities": {"relaxing"}, "mood": {"good"},
		"version": {"0"}, "words": {said}, "token": {"token-of-the-form"}}
}

// On a full disk everybody can look and stands in the log, every page says that nothing can be kept, whoever changes
// something gets it back with a sentence, and within five seconds of there being room all goes on.
func TestAFullDiskShowsPagesAndKeepsWhatWasTyped(t *testing.T) {
	disk := dbtest.NewDisk(64<<20, 1<<20)
	cfg := dbtest.Config(t, db.SQLite, &dbtest.Clock{})
	cfg.Clock, cfg.Disk, cfg.Reserve = app.Clock, disk, disk
	o := newProgramme(t, cfg)
	v, petra := o.volunteer(), o.Coordinators[0]
	for _, who := range []core.AccountID{v.Account, petra} {
		if err := o.enter(t.Context(), who); err != nil {
			t.Fatal(err)
		}
	}
	disk.Fill()
	refer := url.Values{"channel": {"school"}, "phone": {"038 1234567"}, "municipality": {"Zwolle"}, "child_name_1": {"Sem de Vries"},
		"child_birth_1": {"2017-02-01"}, "words": {said}, "token": {"t1"}}
	begin := time.Now()
	for is := false; !is; _, is = o.db.ReadOnly() { // what room the log's file has left is used up first
		refer.Set("token", core.NewID[core.ID](o.db.Now()).String())
		w := o.asks(petra, http.MethodPost, "/referrals/new", refer)
		if w.Code != http.StatusSeeOther && w.Code != http.StatusServiceUnavailable || time.Since(begin) > 5*time.Second {
			t.Fatalf("after %s: %d", time.Since(begin), w.Code)
		}
	}
	path, form := o.report(v)
	for name, w := range map[string]*httptest.ResponseRecorder{
		"a form":                    o.asks(petra, http.MethodPost, "/referrals/new", refer),
		"a report":                  o.asks(v.Account, http.MethodPost, path, form),
		"kept meanwhile":            o.asks(v.Account, http.MethodPost, path+"/save", form),
		"without a page of its own": o.asks(petra, http.MethodPost, "/dossiers/"+o.Dossiers[0].String()+"/close", url.Values{"why": {said}}),
	} {
		if body := w.Body.String(); w.Code != http.StatusServiceUnavailable || !strings.Contains(body, said) || !strings.Contains(body, "even niets worden opgeslagen") {
			t.Errorf("%s: %d\n%s", name, w.Code, body)
		}
	}
	pages := map[string]core.AccountID{"/": petra, "/dossiers": petra, "/dossiers/" + o.Dossiers[0].String(): petra, "/referrals": petra, "/my-families": v.Account}
	for page, who := range pages {
		if w := o.asks(who, http.MethodGet, page, nil); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Er kan even niets worden opgeslagen") {
			t.Errorf("%s: %d", page, w.Code)
		}
	}
	if err := o.enter(db.Spare(t.Context()), o.Leader); err != nil {
		t.Errorf("nobody comes in: %v", err)
	}
	disk.Room(16 << 20)
	for begin, code := time.Now(), 0; code != http.StatusSeeOther; time.Sleep(20 * time.Millisecond) {
		if code = o.asks(v.Account, http.MethodPost, path, form).Code; time.Since(begin) > 5*time.Second {
			t.Fatalf("there is room and still: %d", code)
		}
	}
	if w := o.asks(petra, http.MethodGet, "/", nil); strings.Contains(w.Body.String(), "opgeslagen") {
		t.Error("it still says that nothing can be kept")
	}
}

// A PostgreSQL server that is full or takes no changes: no page, because it cannot be logged, a sentence, and what was typed.
func TestAServerThatTakesNothingKeepsWhatWasTyped(t *testing.T) {
	for name, code := range map[string]string{"full": "53100", "failing": "58030", "read-only": "25006"} {
		t.Run(name, func(t *testing.T) {
			cfg := dbtest.Empty(t, db.Postgres, &dbtest.Clock{})
			cfg.Clock = app.Clock
			o := newProgramme(t, cfg)
			v := o.volunteer()
			if err := o.enter(t.Context(), v.Account); err != nil {
				t.Fatal(err)
			}
			mend := dbtest.Refuse(t, cfg, "log_entry", code)
			path, form := o.report(v)
			w := o.asks(v.Account, http.MethodPost, path, form)
			if body := w.Body.String(); w.Code != http.StatusServiceUnavailable || !strings.Contains(body, said) || w.Header().Get("Retry-After") == "" {
				t.Errorf("%d\n%s", w.Code, body)
			}
			if w := o.asks(v.Account, http.MethodGet, "/my-families/"+v.Trajectories[0].String()+"/report", nil); w.Code != http.StatusServiceUnavailable {
				t.Errorf("a look that is not on record was given: %d", w.Code)
			}
			mend()
			if w := o.asks(v.Account, http.MethodPost, path, form); w.Code != http.StatusSeeOther {
				t.Errorf("and then: %d\n%s", w.Code, w.Body)
			}
		})
	}
}
