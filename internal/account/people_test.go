package account

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/vault"
)

var (
	xVolunteer = db.CrossX("account_test.volunteer", authz.Works, "makes a volunteer to invite",
		`INSERT INTO volunteer (id, name, name_fold, email, status, status_since) VALUES (:id, 'Wil', 'wil', :email, 'active', '2026-01-01')`,
		db.Probe{"id": db.Theirs("volunteer"), "email": ""})
	xVolunteerLeaves = db.CrossX("account_test.leave", authz.Works, "lets the volunteer leave",
		`UPDATE volunteer SET status = 'left' WHERE id = :id`, db.Probe{"id": db.Theirs("volunteer")})
)

func (h *house) write(f func(t *db.Tx) error) {
	h.Helper()
	if err := h.db.Write(h.Context(), authz.System("test"), f); err != nil {
		h.Fatal(err)
	}
}

var linkText = regexp.MustCompile(`<code>(?:https://maatje\.voorbeeld\.nl)(/invitation/[\w-]+)</code>`)

func link(t *testing.T, page string) string {
	t.Helper()
	m := linkText.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no link on the page")
	}
	return m[1]
}

var atBase = Config{Base: "https://maatje.voorbeeld.nl"}

// accept follows an invitation to the end, and gives the seed.
func (b *browser) accept(path string) (seed string) {
	b.Helper()
	b.says(b.get(path), http.StatusOK, "Kies een wachtzin")
	b.leads(b.post(path, "passphrase", goodPassphrase, "again", goodPassphrase), "/second-factor?next=%2F")
	m := seedText.FindStringSubmatch(b.get("/second-factor").Body.String())
	if m == nil {
		b.Fatal("no seed on the page")
	}
	b.leads(b.post("/second-factor", "code", b.code(m[1]), "next", "/"), "/")
	return m[1]
}

func TestInvitingSomebody(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		leader.says(leader.post("/accounts", "name", "Marleen", "email", "marleen@voorbeeld.nl", "roles", "outside_coordinator"),
			http.StatusUnprocessableEntity, "minstens één gemeente")
		leader.says(leader.post("/accounts", "name", "Marleen", "email", theEmail, "roles", "administrator"),
			http.StatusUnprocessableEntity, "is er al iemand")
		w := leader.post("/accounts", "name", "Marleen", "email", "Marleen@Voorbeeld.nl", "roles", "outside_coordinator", "municipalities", "Almere, Lelystad,, almere ")
		leader.says(w, http.StatusOK, "De uitnodiging is klaar")
		path := link(t, w.Body.String())
		leader.says(leader.get("/accounts"), http.StatusOK, "uitgenodigd")

		b := h.browser("10.0.0.2")
		b.says(b.post(path, "passphrase", "kort", "again", "korter"), http.StatusUnprocessableEntity, "minstens 12")
		seed := b.accept(path)
		b.says(b.get("/"), http.StatusOK, "home of Marleen")
		leader.says(leader.get("/accounts"), http.StatusOK, "laatst binnen: vandaag")
		b.says(h.browser("10.0.0.3").get(path), http.StatusNotFound, "is al gebruikt")
		b.says(h.browser("10.0.0.3").post(path, "passphrase", goodPassphrase, "again", goodPassphrase), http.StatusNotFound, "is al gebruikt")
		if b.get("/accounts").Code != http.StatusNotFound {
			t.Error("a coordinator sees the accounts")
		}
		h.later(h.clock.Now().Add(time.Minute))
		h.browser("10.0.0.4").fullSignIn("marleen@voorbeeld.nl", seed)

		all, err := h.service.People(t.Context(), authz.System("test"))
		if err != nil || len(all) != 2 {
			t.Fatal(all, err)
		}
		for _, p := range all {
			if p.Name != "Marleen" {
				continue
			}
			if p, err = h.service.Person(t.Context(), authz.System("test"), p.ID); err != nil || strings.Join(p.Municipalities, "+") != "Almere+Lelystad" {
				t.Errorf("%v %v", p, err)
			}
		}
	})
}

func TestInvitationsEndAfterSevenDays(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		path := link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String())
		made := h.clock.Now()
		b := h.browser("10.0.0.2")
		h.later(made.Add(invitedFor - time.Millisecond))
		b.says(b.get(path), http.StatusOK, "Kies een wachtzin")
		h.later(made.Add(invitedFor))
		b.says(b.get(path), http.StatusNotFound, "te oud")
		h.later(made.Add(-clockDrift - time.Millisecond))
		b.says(b.get(path), http.StatusNotFound, "te oud") // a clock that was put back does not make links last
	})
}

func TestANewInvitationReplacesPassphraseCodesAndSessions(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		first := link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String())
		pat := h.idOf("Pat")
		again := "/accounts/" + pat.String() + "/invitation"
		second := link(t, leader.post(again).Body.String())
		b := h.browser("10.0.0.2")
		b.says(b.get(first), http.StatusNotFound, "nieuwere uitnodiging")
		old := b.accept(second)
		third := h.again(leader, "Pat")
		b.says(b.get("/"), http.StatusOK, "home of Pat") // nothing changes until it is used
		h.later(h.clock.Now().Add(time.Minute))
		other := h.browser("10.0.0.3")
		if seed := other.accept(third); seed == old {
			t.Error("the codes stayed the same")
		}
		b.leads(b.get("/"), "/sign-in")
	})
}

func (h *house) idOf(name string) core.AccountID {
	h.Helper()
	all, err := h.service.People(h.Context(), authz.System("test"))
	if err != nil {
		h.Fatal(err)
	}
	for _, p := range all {
		if p.Name == name {
			return p.ID
		}
	}
	h.Fatal("nobody is called " + name)
	return 0
}

func TestEndedAccessIsOverAtOnce(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		b := h.browser("10.0.0.2")
		b.accept(link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
		pat := "/accounts/" + h.idOf("Pat").String()
		waiting := h.again(leader, "Pat")
		leader.leads(leader.post(pat+"/end"), "/accounts")
		b.leads(b.get("/"), "/sign-in")
		b.says(b.signIn("pat@voorbeeld.nl", goodPassphrase), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		b.says(b.get(waiting), http.StatusNotFound, "de toegang is beëindigd")
		leader.says(leader.get("/accounts"), http.StatusOK, "beëindigd op 23 november 2026")
		leader.says(leader.post("/accounts", "name", "Pat opnieuw", "email", "pat@voorbeeld.nl", "roles", "administrator"), http.StatusOK, "is klaar")
		if w := leader.post(pat + "/end"); w.Code != http.StatusNotFound {
			t.Errorf("ended twice: %d", w.Code)
		}
	})
}

func TestTheLastProjectLeaderStays(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		mine := leader.firstLeader()
		me := "/accounts/" + h.idOf("Ingrid").String()
		leader.says(leader.post(me+"/end"), http.StatusUnprocessableEntity, "laatste projectleider")
		leader.says(leader.post(me, "version", "1", "name", "Ingrid", "roles", "administrator"), http.StatusUnprocessableEntity, "laatste projectleider")
		leader.makeLeader("10.0.0.2", "Ad", "ad@voorbeeld.nl")
		leader.fullSignIn(theEmail, mine)
		leader.says(leader.post(me+"/end"), http.StatusUnprocessableEntity, "laatste projectleider") // nobody looked along yet
		leader.leads(leader.post("/accounts/"+h.idOf("Ad").String()+"/leader"), "/accounts")
		leader.leads(leader.post(me, "version", "1", "name", "Ingrid Meijer", "roles", "administrator"), "/accounts")
		leader.says(leader.get("/"), http.StatusOK, "home of Ingrid Meijer")
		leader.leads(leader.post(me+"/end"), "/accounts")
		leader.leads(leader.get("/"), "/sign-in")
	})
}

func TestTheAddressChangesUntilSomebodySignedIn(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		first := link(t, leader.post("/accounts", "name", "Pat", "email", "pta@voorbeeld.nl", "roles", "administrator").Body.String())
		pat := "/accounts/" + h.idOf("Pat").String()
		leader.says(leader.post(pat, "version", "1", "name", "Pat", "email", theEmail, "roles", "administrator"), http.StatusUnprocessableEntity, "is er al iemand")
		leader.leads(leader.post(pat, "version", "1", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator"), "/accounts")
		b := h.browser("10.0.0.2")
		b.says(b.get(first), http.StatusNotFound, "nieuwere uitnodiging")
		seed := b.accept(h.again(leader, "Pat"))
		leader.leads(leader.post(pat, "version", "2", "name", "Pat", "email", "ingrids.own@voorbeeld.nl", "roles", "administrator"), "/accounts")
		h.later(h.clock.Now().Add(time.Minute))
		h.browser("10.0.0.3").fullSignIn("pat@voorbeeld.nl", seed)
	})
}

func TestAVolunteersAccountBelongsToTheVolunteer(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		invite := []string{"name", "Wil", "email", "Wil@voorbeeld.nl", "roles", "volunteer"}
		leader.says(leader.post("/accounts", invite...), http.StatusUnprocessableEntity, "geen vrijwilliger")
		wil := core.VolunteerID(77)
		h.write(func(tx *db.Tx) error { return db.Do(tx, xVolunteer, db.Args{"id": wil, "email": "wil@Voorbeeld.nl"}) })
		path := link(t, leader.post("/accounts", invite...).Body.String())
		b := h.browser("10.0.0.2")
		b.accept(path)
		b.says(b.get("/"), http.StatusOK, "home of Wil")
		r := b.request("/")
		s, err := h.service.Session(t.Context(), r, authz.Origin{})
		if err != nil || s.Actor.Volunteer() != wil || s.Actor.Roles() != authz.Volunteer {
			t.Errorf("%+v %v", s.Actor, err)
		}
		h.write(func(tx *db.Tx) error { return db.Do(tx, xVolunteerLeaves, db.Args{"id": wil}) })
		b.leads(b.get("/"), "/sign-in")
		b.says(b.signIn("wil@voorbeeld.nl", goodPassphrase), http.StatusUnprocessableEntity, "horen niet bij elkaar")
	})
}

func TestAccountsAreForLeadersAndAdministrators(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		coordinator := authz.SignedIn(5, 0, "Marleen", authz.OutsideCoordinator, authz.Origin{})
		id := h.idOf("Ingrid")
		if all, err := h.service.People(t.Context(), coordinator); err != nil || len(all) != 0 {
			t.Errorf("%v %v", all, err)
		}
		if _, err := h.service.Person(t.Context(), coordinator, id); !core.IsKind(err, core.KindNotFound) {
			t.Error(err)
		}
		if err := h.service.End(t.Context(), coordinator, id, 0); !core.IsKind(err, core.KindNotFound) {
			t.Error(err)
		}
		n := New{Name: "X", Email: "x@voorbeeld.nl", Roles: authz.Administrator}
		if _, _, err := h.service.Invite(t.Context(), coordinator, n); !core.IsKind(err, core.KindNotFound) {
			t.Error(err)
		}
		if err := h.service.Change(t.Context(), coordinator, id, 1, n); !core.IsKind(err, core.KindNotFound) {
			t.Error(err)
		}
		if _, err := h.service.InviteAgain(t.Context(), coordinator, id); !core.IsKind(err, core.KindNotFound) {
			t.Error(err)
		}
	})
}

func TestAnAccountChangedMeanwhileIsNotOverwritten(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		leader, id := authz.SignedIn(5, 0, "Vera", authz.ProjectLeader, authz.Origin{}), h.idOf("Ingrid")
		n := New{Name: "Ingrid Vos", Roles: authz.ProjectLeader | authz.Administrator}
		if err := h.service.Change(t.Context(), leader, id, 1, n); err != nil {
			t.Fatal(err)
		}
		n.Roles = authz.ProjectLeader
		if err := h.service.Change(t.Context(), leader, id, 1, n); !core.IsKind(err, core.KindConflict) {
			t.Errorf("changed from a stale screen: %v", err)
		}
		p, err := h.service.Person(t.Context(), leader, id)
		if err != nil || !p.Roles.Has(authz.Administrator) || p.Version != 2 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

var (
	xCoordinated = db.CrossX("account_test.coordinated_family", authz.Works, "a family for a test", `INSERT INTO dossier (id, name, name_fold, municipality_id, coordinator_id, state, state_since, opened_at)
		VALUES (:dossier, 'Bos', 'bos', (SELECT m.id FROM municipality m WHERE m.name_fold = 'almere'), :coordinator, 'running', :now, :now)`,
		db.Probe{"dossier": db.Theirs("dossier"), "coordinator": db.Theirs("account")})
	qWhoseNow = db.CrossQ("account_test.whose", authz.Works, "what a test made", `SELECT d.coordinator_id, (SELECT MIN(k.account_id) FROM task k WHERE k.done_at IS NULL)
		FROM dossier d`, db.Probe{})
)

func TestEndingACoordinatorHandsOverWhatWaits(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		coordinator := func(name, place string) (core.AccountID, string) {
			path := link(h.T, leader.post("/accounts", "name", name, "email", name+"@voorbeeld.nl", "roles", "outside_coordinator", "municipalities", place).Body.String())
			h.browser("10.0.0.2").accept(path)
			return h.idOf(name), "/accounts/" + h.idOf(name).String()
		}
		petra, page := coordinator("Petra", "Almere")
		kees, _ := coordinator("Kees", "Zwolle")
		joke, _ := coordinator("Joke", "Almere")
		h.write(func(tx *db.Tx) error {
			if err := db.Do(tx, xCoordinated, db.Args{"dossier": core.DossierID(9), "coordinator": petra}); err != nil {
				return err
			}
			return task.Open(tx, task.Task{Key: "x", Account: petra, Kind: "x", Due: tx.Now(), Dossier: 9})
		})
		leader.says(leader.post(page+"/end"), http.StatusUnprocessableEntity, "Dossiers: 1. Taken: 1. Kies wie het overneemt.")
		leader.says(leader.post(page+"/end", "to", kees.String()), http.StatusUnprocessableEntity, "werkt niet in het gebied")
		leader.says(leader.post(page+"/end", "to", h.idOf("Ingrid").String()), http.StatusUnprocessableEntity, "geen coördinator")
		leader.leads(leader.post(page+"/end", "to", joke.String()), "/accounts")
		var dossier, waiting core.AccountID
		h.write(func(tx *db.Tx) error {
			_, err := db.One(tx, qWhoseNow, nil, func(*int) []any { return []any{&dossier, &waiting} })
			return err
		})
		if dossier != joke || waiting != joke {
			t.Errorf("the family went to %v and its task to %v, want %v", dossier, waiting, joke)
		}
	})
}

var qMailedLink = db.Q("account_test.mailed_link", authz.Works, `SELECT id, link FROM outbox WHERE template = 'invitation' ORDER BY created_at DESC, id DESC`, db.Probe{})

// again invites somebody who joined before, and gives the link that only their own mail has.
func (h *house) again(leader *browser, name string) (path string) {
	h.Helper()
	w := leader.post("/accounts/" + h.idOf(name).String() + "/invitation")
	if w.Code == http.StatusOK { // who never came in: the link is theirs by hand as well
		return link(h.T, w.Body.String())
	}
	leader.leads(w, "/accounts")
	type mailed struct {
		id   core.ID
		link []byte
	}
	h.write(func(t *db.Tx) error {
		m, err := db.One(t, qMailedLink, nil, func(m *mailed) []any { return []any{&m.id, &m.link} })
		if err != nil {
			return err
		}
		path, err = t.Secrets().Open(vault.Place{Table: "outbox", Column: "link", Row: m.id.Int64()}, m.link)
		return err
	})
	if strings.Contains(w.Body.String()+leader.get("/accounts").Body.String(), path) {
		h.Error("the project leader sees the link of somebody who joined")
	}
	return path
}

func TestARestoreEndsWhatWasOpen(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		b := h.browser("10.0.0.1")
		seed := b.firstLeader()
		page := b.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()
		if err := EndOpened(t.Context(), h.db, authz.System("restore")); err != nil {
			t.Fatal(err)
		}
		b.leads(b.get("/"), "/sign-in")
		pat := h.browser("10.0.0.2")
		pat.says(pat.get(link(t, page)), http.StatusNotFound, "nieuwere")
		h.write(func(tx *db.Tx) error {
			n, err := db.Count(tx, qOpenMails, nil)
			if n != 0 {
				t.Errorf("%d mails would still go out", n)
			}
			return err
		})
		h.later(h.clock.Now().Add(time.Minute))
		b.fullSignIn(theEmail, seed) // what somebody knows and has still counts
	})
}

var qOpenMails = db.Q("account_test.open_mails", authz.Works, `SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL`, db.Probe{})
