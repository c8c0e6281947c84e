package account

import (
	"maatje/internal/account/candidate"
	"net/http"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// makeLeader makes somebody a second project leader, when there is one: asked, and confirmed after two days.
func (b *browser) makeLeader(from, name, email string) (seed string) {
	b.Helper()
	w := b.post("/accounts", "name", name, "email", email, "roles", "project_leader")
	next := b.browser(from)
	next.post(link(b.T, w.Body.String()), "passphrase", goodPassphrase, "again", goodPassphrase)
	m := seedText.FindStringSubmatch(next.get("/second-factor").Body.String())
	if m == nil {
		b.Fatal("no seed on the page")
	}
	seed = m[1]
	next.post("/second-factor", "code", b.code(seed), "next", "/")
	next.leads(next.get("/"), "/sign-in") // without a role there is nothing to see
	next.says(next.get("/sign-in"), http.StatusOK, "zodra een andere projectleider dat bevestigt")
	b.says(b.get("/accounts"), http.StatusOK, name)
	if n := b.leaderTasks(); n != 1 {
		b.Errorf("%d on a worklist, want 1", n)
	}
	b.later(b.clock.Now().Add(candidate.Alone))
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

var qLeaderTasks = db.Q("account_test.leader_tasks", authz.Tasks, `SELECT COUNT(*) FROM visible_task k WHERE k.kind = 'leader_asked' AND k.done_at IS NULL`, db.Probe{})

func (h *house) leaderTasks() (n int) {
	h.Helper()
	h.write(func(t *db.Tx) (err error) {
		n, err = db.Count(t, qLeaderTasks, nil)
		return err
	})
	return n
}
