// Package journeys walks through the whole product as the people who use it: in a real browser, with real pages, sessions,
// second factors and databases. Only the clock is the test's. A journey fails on anything that a reader would call broken,
// whatever it looks for: a script that fails, a policy that is broken, a dialog, a word that is missing.
//
// It needs a browser (internal/web/browsertest) and built assets (scripts/install npm browser; npm run build) and, for the story on both
// engines, PostgreSQL (eval "$(scripts/postgres env)"). With MAATJE_SHOTS=FOLDER it leaves pictures there.
package journeys

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"maatje/internal/app"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

// house is the product, served on a free port of this machine.
type house struct {
	*testing.T
	app    *app.App
	db     *db.DB
	clock  *dbtest.Clock
	url    string
	visits visits
	leader authz.Actor // of a made family
}

// open serves an empty product on one engine, at a Monday morning in November.
func open(t *testing.T, kind db.Kind) *house {
	t.Helper()
	clock := &dbtest.Clock{}
	return serve(t, dbtest.Open(t, kind, clock), clock)
}

func serve(t *testing.T, d *db.DB, clock *dbtest.Clock) *house {
	return serveAt(t, d, clock, "127.0.0.1")
}

// serveAt serves it under a name of this machine: browsers bind passkeys to a name.
func serveAt(t *testing.T, d *db.DB, clock *dbtest.Clock, host string) *house {
	t.Helper()
	h := &house{T: t, db: d, clock: clock, visits: visits{}}
	server := httptest.NewUnstartedServer(nil)
	_, port, _ := strings.Cut(server.Listener.Addr().String(), ":")
	h.url = "http://" + host + ":" + port
	h.app = app.Build(d, web.Config{Clock: clock.Now, Base: h.url, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	server.Config.Handler = h.app.Handler(app.Listen{Addr: server.Listener.Addr().String()})
	server.Start()
	t.Cleanup(server.Close)
	return h
}

// in is the same house in a part of the test.
func (h *house) in(t *testing.T) *house {
	part := *h
	part.T = t
	return &part
}

// later moves the clock.
func (h *house) later(d time.Duration) { h.clock.Set(h.clock.Now().Add(d)) }

// onDay moves the clock to nine in the morning, some days on.
func (h *house) onDay(days int) core.Date {
	h.later(time.Duration(days) * 24 * time.Hour)
	return h.today()
}

func (h *house) today() core.Date { return h.clock.Now().Date() }

// day is a date from today, as a date field sends it.
func (h *house) day(days int) string { return h.today().AddDays(days).String() }
