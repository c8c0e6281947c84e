package account

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/account/phrase"
	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

// node is the product once more, in a process of its own on the same database.
func node(t *testing.T, c db.Config, clock *dbtest.Clock) *house {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	s := NewService(d, atBase)
	s.hashes = phrase.New(64)
	m := web.NewRouter(s, web.Config{Clock: clock.Now, Base: atBase.Base, Log: slog.New(slog.DiscardHandler)})
	s.Routes(m)
	m.Handle("GET /{$}", authz.RightTo("home.see"), func(q *web.Request) error {
		_, err := q.W.Write([]byte("home of " + q.Actor.Name()))
		return err
	})
	return &house{t, d, clock, s, m}
}

// at is the same browser at another node.
func (b *browser) at(h *house) *browser { return &browser{h, b.address, b.cookies} }

// TestAccessEndsOnAllNodes: a session is looked up at each request, so that what one process ends is over in the other at
// the next request.
func TestAccessEndsOnAllNodes(t *testing.T) {
	clock := &dbtest.Clock{}
	c := dbtest.Config(t, db.Postgres, clock)
	one, other := node(t, c, clock), node(t, c, clock)
	leader := one.browser("10.0.0.1")
	leader.firstLeader()
	pat := one.browser("10.0.0.2")
	pat.accept(link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
	there := pat.at(other)
	there.says(there.get("/"), http.StatusOK, "home of Pat")
	there.says(there.get("/accounts"), http.StatusOK, "Ingrid")

	account := "/accounts/" + one.idOf("Pat").String()
	leader.leads(leader.post(account+"/sessions/end"), "/accounts")
	there.leads(there.get("/"), "/sign-in")
	pat.leads(pat.get("/"), "/sign-in")

	clock.Set(clock.Now().Add(time.Minute))
	again := other.browser("10.0.0.2")
	again.accept(one.again(leader, "Pat"))
	again.says(again.get("/"), http.StatusOK, "home of Pat")
	begun := time.Now()
	leader.leads(leader.post(account+"/end"), "/accounts")
	ended := time.Now()
	again.leads(again.get("/"), "/sign-in")
	if took := time.Since(begun); time.Since(ended) > time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestOnesOwnSessionsStayToBeSeenForAWhile(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		b := h.browser("10.0.0.1")
		seed := b.firstLeader()
		b.says(b.get("/account"), http.StatusOK, "met wachtzin en code")
		h.later(h.clock.Now().Add(24 * time.Hour))
		phone := h.browser("10.0.0.2")
		phone.fullSignIn(theEmail, seed)
		page := phone.get("/account")
		phone.says(page, http.StatusOK, "gisteren, 10.0.0.1")
		phone.says(page, http.StatusOK, "(afgelopen)")
		if strings.Contains(page.Body.String(), "/account/sessions/end\"") {
			t.Error("what is over is to be ended")
		}
		phone.leads(phone.post("/account/sessions/end-all"), "/sign-in")
		phone.leads(phone.get("/account"), "/sign-in?next=%2Faccount")
	})
}
