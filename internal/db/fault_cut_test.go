package db_test

import (
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// cutter stands between the program and PostgreSQL, and cuts every connection when it is told to.
type cutter struct {
	net.Listener
	to    string
	mu    sync.Mutex
	conns []net.Conn
}

func newCutter(t *testing.T, to string) *cutter {
	t.Helper()
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{Listener: l, to: to}
	t.Cleanup(func() { _ = c.Close(); c.cut() })
	go c.serve()
	return c
}

func (c *cutter) serve() {
	for {
		from, err := c.Accept()
		if err != nil {
			return // closed
		}
		var d net.Dialer
		to, err := d.Dial("tcp", c.to)
		if err != nil {
			_ = from.Close()
			continue
		}
		c.mu.Lock()
		c.conns = append(c.conns, from, to)
		c.mu.Unlock()
		go func() { _, _ = io.Copy(to, from); _ = to.Close() }()
		go func() { _, _ = io.Copy(from, to); _ = from.Close() }()
	}
}

func (c *cutter) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		_ = conn.Close()
	}
	c.conns = nil
}

func through(t *testing.T, addr string, c *cutter) string {
	t.Helper()
	u, err := url.Parse(addr)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = c.Addr().String()
	return u.String()
}

// The connection to PostgreSQL is cut again and again, at any moment of a write. Whoever got no answer asks again with the
// same key: nothing that was answered is gone, nothing is there twice, and nobody has to start the program again.
func TestACutConnectionLosesAndDoublesNothing(t *testing.T) {
	cfg := dbtest.Config(t, db.Postgres, &dbtest.Clock{})
	u, err := url.Parse(cfg.Addr)
	if err != nil {
		t.Fatal(err)
	}
	c := newCutter(t, u.Host)
	cfg.Addr, cfg.Keys = through(t, cfg.Addr, c), through(t, cfg.Keys, c)
	d, err := db.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }() // its connections may be cut
	chance := rand.New(rand.NewPCG(3, 4))
	cuts, stop := rounds(t, "MAATJE_CUTS", 20), make(chan struct{})
	go func() {
		defer close(stop)
		for range cuts {
			time.Sleep(time.Duration(5+chance.IntN(100)) * time.Millisecond)
			c.cut()
		}
	}()
	next, failed := int64(1000), 0
	for running := true; running; next++ {
		for writeTown(t.Context(), d, next) != nil {
			if failed++; failed > 100*cuts {
				t.Fatal("it does not come back")
			}
			time.Sleep(time.Millisecond)
		}
		select {
		case <-stop:
			running = false
		default:
		}
	}
	all, err := towns(t.Context(), d)
	for err != nil { // the last cut may have hit an idle connection
		all, err = towns(t.Context(), d)
	}
	if len(all) != int(next-1000) {
		t.Errorf("%d rows for %d writes", len(all), next-1000)
	}
	if failed == 0 {
		t.Error("no write met a cut: then this proves nothing")
	}
	t.Logf("%d cuts, %d writes, %d asked again", cuts, next-1000, failed)
}
