// Package dbtest gives a test a database of its own, migrated and empty, on each engine. Both are copies of one that is
// made once: a file, and a PostgreSQL database.
package dbtest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// Start is the moment at which a test's clock stands still, a Monday in winter, until the test moves it.
var Start = core.MustInstant("2026-11-23T09:00:00.000Z")

// Clock is a clock that only the test moves. The zero Clock stands at Start.
type Clock struct {
	mu  sync.Mutex
	now core.Instant
}

// Now is what a database under test takes for the time.
func (c *Clock) Now() core.Instant {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now.IsZero() {
		return Start
	}
	return c.now
}

// Set moves the clock.
func (c *Clock) Set(now core.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Each runs a test on an empty SQLite database and on an empty PostgreSQL database.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	EachAt(t, func(t *testing.T, d *db.DB, _ *Clock) {
		t.Helper()
		test(t, d)
	})
}

// EachAt is Each for a test that moves the clock.
func EachAt(t *testing.T, test func(t *testing.T, d *db.DB, clock *Clock)) {
	t.Helper()
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			clock := &Clock{}
			test(t, Open(t, kind, clock), clock)
		})
	}
}

// Open gives an empty database on one engine. It is closed and thrown away at the end of the test.
func Open(t testing.TB, kind db.Kind, clock *Clock) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), Config(t, kind, clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Config is how to open an empty database on one engine, for a test that opens it itself, or twice.
func Config(t testing.TB, kind db.Kind, clock *Clock) db.Config {
	t.Helper()
	c := db.Config{Master: master, Clock: clock.Now}
	if kind == db.SQLite {
		c.Addr, c.Keys = copyFiles(t)
	} else {
		c.Addr, c.Keys = copyDatabase(t)
	}
	return c
}

// master is the same for every test, because copies share the keys of what they were copied from.
var master = func() vault.Master {
	m, err := vault.ParseMaster("dGhlc2UgMzIgYnl0ZXMgYXJlIGZvciB0ZXN0cyBvbmw=")
	if err != nil {
		panic(err)
	}
	return m
}()

// migrated makes the database that the others are copied from.
func migrated(addr, keys string) error {
	d, err := db.Open(context.Background(), db.Config{Addr: addr, Keys: keys, Master: master, Clock: (&Clock{}).Now})
	if err != nil {
		return err
	}
	return d.Close()
}

// Empty is a place where nothing is yet, not even a schema, for a test that makes everything itself.
func Empty(t testing.TB, kind db.Kind, clock *Clock) db.Config {
	t.Helper()
	c := db.Config{Master: vault.NewMaster(), Clock: clock.Now}
	if kind == db.SQLite {
		folder := t.TempDir()
		c.Addr, c.Keys = filepath.Join(folder, fileNames[0]), filepath.Join(folder, fileNames[1])
	} else {
		c.Addr, c.Keys = newDatabase(t)
	}
	return c
}
