package account

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

func TestSecondPairEdges(t *testing.T) {
	asked := core.MustInstant("2026-11-23T21:00:00Z")
	later := asked.Add(leaderWaits)
	for _, c := range []struct {
		name             string
		leader           bool
		who, asker, next core.AccountID
		others           int
		now              core.Instant
		want             string
	}{
		{"another leader, at once", true, 2, 1, 3, 1, asked, ""},
		{"who asked, with another leader", true, 1, 1, 3, 1, later, "account_leader_other"},
		{"who asked, alone, at once", true, 1, 1, 3, 0, asked, "account_leader_waits"},
		{"who asked, alone, just too early", true, 1, 1, 3, 0, later.Add(-time.Millisecond), "account_leader_waits"},
		{"who asked, alone, after two days", true, 1, 1, 3, 0, later, ""},
		{"the candidate", true, 3, 1, 3, 0, later, "account_leader_self"},
		{"who asked for themselves", true, 1, 1, 1, 0, later, "account_leader_self"},
		{"no leader", false, 2, 1, 3, 1, later, "account_leader_only"},
	} {
		got := ""
		if f := checkSecondPair(c.leader, c.who, c.asker, c.next, c.others, asked, c.now); f != nil {
			got = f.Message
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// makeLeader makes somebody a second project leader, when there is one: asked, and confirmed after two days.
func (b *browser) makeLeader(from, name, email string) (seed string) {
	b.Helper()
	w := b.post("/accounts", "name", name, "email", email, "roles", "project_leader")
	candidate := b.browser(from)
	candidate.post(link(b.T, w.Body.String()), "passphrase", goodPassphrase, "again", goodPassphrase)
	m := seedText.FindStringSubmatch(candidate.get("/second-factor").Body.String())
	if m == nil {
		b.Fatal("no seed on the page")
	}
	seed = m[1]
	candidate.post("/second-factor", "code", b.code(seed), "next", "/")
	candidate.leads(candidate.get("/"), "/sign-in") // without a role there is nothing to see
	b.later(b.clock.Now().Add(leaderWaits))
	return seed
}

func TestASecondPairOfEyesMakesAProjectLeader(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		ingrid := h.browser("10.0.0.1")
		mine := ingrid.firstLeader()
		theirs := ingrid.makeLeader("10.0.0.2", "Ad", "ad@voorbeeld.nl")
		ingrid.fullSignIn(theEmail, mine)
		ingrid.says(ingrid.get("/accounts"), http.StatusOK, "Ad wordt projectleider")
		confirm := "/accounts/" + h.idOf("Ad").String() + "/leader"
		ingrid.leads(ingrid.post(confirm), "/accounts")
		ad := h.browser("10.0.0.2")
		ad.fullSignIn("ad@voorbeeld.nl", theirs)
		ad.says(ad.get("/"), http.StatusOK, "home of Ad")

		ad.says(ad.post("/accounts", "name", "Els", "email", "els@voorbeeld.nl", "roles", "administrator", "roles", "project_leader"), http.StatusOK, "is klaar")
		confirm = "/accounts/" + h.idOf("Els").String() + "/leader"
		ad.says(ad.post(confirm), http.StatusUnprocessableEntity, "andere projectleider")
		if roles := h.rolesOf("Els"); roles != authz.Administrator {
			t.Errorf("before the second pair of eyes: %v", roles.Codes())
		}
		ingrid.leads(ingrid.post(confirm), "/accounts")
		if roles := h.rolesOf("Els"); roles != authz.Administrator|authz.ProjectLeader {
			t.Errorf("after: %v", roles.Codes())
		}
		if w := ingrid.post(confirm); w.Code != http.StatusNotFound {
			t.Errorf("confirmed twice: %d", w.Code)
		}
	})
}

func TestAloneALeaderWaitsAndIsTold(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		b.post("/accounts", "name", "Ad", "email", "ad@voorbeeld.nl", "roles", "project_leader")
		path := "/accounts/" + h.idOf("Ad").String() + "/leader"
		b.says(b.post(path), http.StatusUnprocessableEntity, "twee dagen")
		told := 0
		h.write(func(t *db.Tx) error {
			keys, err := db.All(t, qMails, nil, func(k *string) []any { return []any{k} })
			for _, k := range keys {
				if strings.HasPrefix(k, "leader:") {
					told++
				}
			}
			return err
		})
		if told != 1 {
			t.Errorf("%d mails", told)
		}
		b.leads(b.post(path+"/refuse"), "/accounts")
		if w := b.post(path); w.Code != http.StatusNotFound {
			t.Errorf("refused and confirmed: %d", w.Code)
		}
		if roles := h.rolesOf("Ad"); roles != 0 {
			t.Errorf("%v", roles.Codes())
		}
	})
}

func (h *house) rolesOf(name string) authz.Role {
	h.Helper()
	p, err := h.service.Person(h.Context(), authz.System("test"), h.idOf(name))
	if err != nil {
		h.Fatal(err)
	}
	return p.Roles
}
