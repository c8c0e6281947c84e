package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

// asking is a router's sessions: everybody with a cookie is signed in under its number.
type asking struct{}

func (asking) Session(_ context.Context, r *http.Request, from authz.Origin) (web.Session, error) {
	if c, err := r.Cookie("who"); err == nil {
		id, _ := strconv.ParseInt(c.Value, 10, 64)
		return web.Session{Actor: authz.SignedIn(core.AccountID(id), 0, "Pat", authz.ProjectLeader, from), Proved: true}, nil
	}
	return web.Session{Actor: authz.Visitor(from)}, nil
}

type busy struct {
	*web.Router
	clock *dbtest.Clock
	told  []string
}

func newBusy() *busy {
	b := &busy{clock: &dbtest.Clock{}}
	b.Router = web.NewRouter(asking{}, web.Config{Clock: b.clock.Now, Log: slog.New(slog.DiscardHandler), Budgets: web.NewBudgets(),
		Refused: func(_ context.Context, a authz.Actor, what string) error {
			b.told = append(b.told, a.Label()+" "+what)
			return nil
		}})
	ok := func(q *web.Request) error { _, err := q.W.Write([]byte("ok")); return err }
	b.Handle("GET /open", authz.Open("a test"), ok)
	b.Handle("GET /mine", authz.RightTo("figures.see"), ok)
	b.Handle("POST /mine", authz.RightTo("figures.see"), ok)
	b.Handle("GET /list", authz.RightTo("figures.see").As(authz.Search), ok)
	b.Handle("GET /sheet", authz.RightTo("figures.see").As(authz.Print), ok)
	b.Handle("GET /theirs", authz.RightTo("signal.raise"), ok)
	b.Handle("GET /gone", authz.RightTo("figures.see"), func(*web.Request) error { return core.NotFound() })
	return b
}

func (b *busy) ask(path, address, who string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if r.RemoteAddr = address + ":1"; who != "" {
		r.AddCookie(&http.Cookie{Name: "who", Value: who})
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

// until says how often it goes well.
func (b *busy) until(path, address, who string) (n int) {
	for ; n < 5000; n++ {
		if b.ask(path, address, who).Code != http.StatusOK {
			break
		}
	}
	return n
}

func TestWhoAsksTooOftenWaits(t *testing.T) {
	for _, c := range []struct {
		name, path, address, who string
		want                     int
	}{
		{"a visitor", "/open", "192.0.2.7", "", 1200},
		{"this machine itself is not counted", "/open", "127.0.0.1", "", 5000},
		{"somebody signed in", "/mine", "127.0.0.1", "1", 600},
		{"a list", "/list", "127.0.0.1", "1", 600},
		{"searching", "/list?q=ria", "127.0.0.1", "1", 240},
		{"sheets", "/sheet", "127.0.0.1", "1", 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBusy()
			if got := b.until(c.path, c.address, c.who); got != c.want {
				t.Fatalf("%d went well, want %d", got, c.want)
			}
			if c.want == 5000 {
				return
			}
			w := b.ask(c.path, c.address, c.who)
			wait, err := strconv.Atoi(w.Header().Get("Retry-After"))
			if w.Code != http.StatusTooManyRequests || err != nil || wait < 1 || !strings.Contains(w.Body.String(), "Wacht 1 seconden") && wait == 1 {
				t.Errorf("%d, wait %q\n%s", w.Code, w.Header().Get("Retry-After"), w.Body)
			}
			if label := b.told[0]; !strings.HasSuffix(label, " too_many") {
				t.Errorf("on record: %q", label)
			}
			b.clock.Set(b.clock.Now().Add(time.Duration(wait) * time.Second))
			if w := b.ask(c.path, c.address, c.who); w.Code != http.StatusOK {
				t.Errorf("%d after the wait", w.Code)
			}
		})
	}
}

func TestOneHouseholdIsOneAskerAndOthersAreNot(t *testing.T) {
	b := newBusy()
	b.until("/open", "[2001:db8:1:2::7]", "")
	if w := b.ask("/open", "[2001:db8:1:2:ffff::1]", ""); w.Code != http.StatusTooManyRequests {
		t.Errorf("another address of the same /64: %d", w.Code)
	}
	for _, other := range []string{"[2001:db8:1:3::7]", "192.0.2.8"} {
		if w := b.ask("/open", other, ""); w.Code != http.StatusOK {
			t.Errorf("%s: %d", other, w.Code)
		}
	}
	b.until("/mine", "127.0.0.1", "1")
	if w := b.ask("/mine", "127.0.0.1", "2"); w.Code != http.StatusOK {
		t.Errorf("another account at the same place: %d", w.Code)
	}
}

func TestAFormOfWhoAskedTooOftenKeepsWhatWasTyped(t *testing.T) {
	b := newBusy()
	b.until("/mine", "127.0.0.1", "1")
	r := httptest.NewRequest(http.MethodPost, "/mine", strings.NewReader("words=Samen+gelezen&passphrase=geheim"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "who", Value: "1"})
	r.RemoteAddr = "127.0.0.1:1"
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	if body := w.Body.String(); w.Code != http.StatusTooManyRequests || !strings.Contains(body, `value="Samen gelezen"`) || strings.Contains(body, "geheim") {
		t.Errorf("%d\n%s", w.Code, body)
	}
}

func TestWhatIsRefusedToSomebodySignedInIsOnRecord(t *testing.T) {
	b := newBusy()
	b.ask("/theirs", "192.0.2.7", "")
	b.ask("/gone", "192.0.2.7", "")
	b.ask("/nowhere", "192.0.2.7", "1")
	b.ask("/mine", "192.0.2.7", "1")
	if len(b.told) > 0 {
		t.Errorf("on record: %q, want nothing yet", b.told)
	}
	b.ask("/theirs", "192.0.2.7", "1")
	b.ask("/gone", "192.0.2.7", "1")
	if len(b.told) != 2 || b.told[0] != "project_leader right" || b.told[1] != "project_leader missing" {
		t.Errorf("on record: %q", b.told)
	}
	b.Config.Refused = func(context.Context, authz.Actor, string) error { return core.Busy("log_unavailable", nil) }
	if w := b.ask("/gone", "192.0.2.7", "1"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d without a log, want no other answer", w.Code)
	}
}
