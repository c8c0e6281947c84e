package account

import (
	"maatje/internal/account/budget"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/account/standin"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

const nextPassphrase = "de hond ligt onder de tafel"

func TestMyNameLanguageAndSessions(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		seed := b.firstLeader()
		b.says(b.get("/account"), http.StatusOK, "deze computer")
		if p, _, err := h.service.Own(t.Context(), authz.SignedIn(h.idOf("Ingrid"), 0, "", authz.ProjectLeader, authz.Origin{}), ""); err != nil || p.Language != "nl" {
			t.Error(p, err)
		}
		b.says(b.post("/account", "name", "", "lang", "nl"), http.StatusUnprocessableEntity, "Vul een naam in")
		b.leads(b.post("/account", "name", "Ingrid 🙂", "lang", "en"), "/account")
		b.says(b.get("/account"), http.StatusOK, "this computer")
		b.says(b.get("/"), http.StatusOK, "home of Ingrid 🙂")
		b.leads(b.post("/language", "lang", "nl", "back", "/account"), "/account")

		h.later(h.clock.Now().Add(time.Minute))
		phone := h.browser("10.0.0.2")
		phone.fullSignIn(theEmail, seed)
		h.later(h.clock.Now().Add(time.Minute))
		tablet := h.browser("10.0.0.3")
		tablet.fullSignIn(theEmail, seed)
		b.says(b.get("/account"), http.StatusOK, "10.0.0.2")
		b.leads(b.post("/account/sessions/end", "id", keptOf(phone.cookies[plainCookie])), "/account")
		phone.leads(phone.get("/"), "/sign-in")
		tablet.says(tablet.get("/"), http.StatusOK, "home")
		b.leads(b.post("/account/sessions/end-others"), "/account")
		tablet.leads(tablet.get("/"), "/sign-in")
		b.says(b.get("/"), http.StatusOK, "home")
		if w := b.post("/account/sessions/end", "id", "somebody else's"); w.Code != http.StatusNotFound {
			t.Errorf("%d", w.Code)
		}
	})
}

func TestNobodyEndsTheSessionsOfOthers(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		pat := h.browser("10.0.0.2")
		pat.accept(link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
		if w := pat.post("/account/sessions/end", "id", keptOf(leader.cookies[plainCookie])); w.Code != http.StatusNotFound {
			t.Errorf("%d", w.Code)
		}
		pat.leads(pat.post("/account/sessions/end-others"), "/account")
		leader.says(leader.get("/"), http.StatusOK, "home of Ingrid")
		if strings.Contains(pat.get("/account").Body.String(), "10.0.0.1") {
			t.Error("sees where others are signed in")
		}
	})
}

func TestChangingThePassphraseAsksTheOldOne(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		seed := b.firstLeader()
		h.later(h.clock.Now().Add(time.Minute))
		other := h.browser("10.0.0.2")
		other.fullSignIn(theEmail, seed)
		b.says(b.post("/account/passphrase", "current", "iets anders dan dat", "passphrase", nextPassphrase, "again", nextPassphrase), http.StatusUnprocessableEntity, "niet je wachtzin van nu")
		b.says(b.post("/account/passphrase", "current", goodPassphrase, "passphrase", "kort", "again", "kort"), http.StatusUnprocessableEntity, "minstens 12")
		b.leads(b.post("/account/passphrase", "current", goodPassphrase, "passphrase", nextPassphrase, "again", nextPassphrase), "/account")
		b.says(b.get("/"), http.StatusOK, "home")
		other.leads(other.get("/"), "/sign-in")
		other.says(other.signIn(theEmail, goodPassphrase), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		other.leads(other.signIn(theEmail, nextPassphrase), "/second-factor?next=%2F")
	})
}

func TestAStolenSessionCannotGuessThePassphrase(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		guess := []string{"current", "raden maar weer eens", "passphrase", nextPassphrase, "again", nextPassphrase}
		for range int(budget.Known.Burst) {
			b.says(b.post("/account/passphrase", guess...), http.StatusUnprocessableEntity, "niet je wachtzin van nu")
		}
		b.says(b.post("/account/passphrase", guess...), http.StatusTooManyRequests, "te vaak")
	})
}

func TestCodesSetUpAgain(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		old := b.firstLeader()
		b.says(b.post("/account/second-factor", "current", "iets anders dan dat"), http.StatusUnprocessableEntity, "niet je wachtzin van nu")
		b.leads(b.post("/account/second-factor", "current", goodPassphrase), "/second-factor?next=%2Faccount")
		b.leads(b.get("/"), "/sign-in") // nothing is open until the new code is shown
		m := seedText.FindStringSubmatch(b.get("/second-factor").Body.String())
		if m == nil || m[1] == old {
			t.Fatal("no new seed")
		}
		b.says(b.post("/second-factor", "code", h.code(old)), http.StatusUnprocessableEntity, "klopt niet")
		b.leads(b.post("/second-factor", "code", h.code(m[1]), "next", "/account"), "/account")
		b.says(b.get("/account"), http.StatusOK, theEmail)
	})
}

func TestStandingInForAColleague(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		ids := map[string]core.AccountID{}
		h.write(func(tx *db.Tx) error {
			for name, role := range map[string]authz.Role{"marleen": authz.OutsideCoordinator, "bert": authz.InsideCoordinator, "ingrid": authz.ProjectLeader} {
				id, err := Make(tx, New{Name: name, Email: name + "@voorbeeld.nl", Roles: role})
				if err != nil {
					return err
				}
				ids[name] = id
			}
			return nil
		})
		marleen := authz.SignedIn(ids["marleen"], 0, "marleen", authz.OutsideCoordinator, authz.Origin{})
		bert := authz.SignedIn(ids["bert"], 0, "bert", authz.InsideCoordinator, authz.Origin{})
		leader := authz.SignedIn(ids["ingrid"], 0, "ingrid", authz.ProjectLeader, authz.Origin{})
		today := h.clock.Now().Date()
		week := standin.StandIn{Backup: ids["bert"], From: today, Until: today.AddDays(7)}
		if err := h.service.standing.NameBackup(t.Context(), marleen, week); err != nil {
			t.Fatal(err)
		}
		for name, backup := range map[string]core.AccountID{"a leader": ids["ingrid"], "nobody": 12345} {
			bad := week
			bad.Backup = backup
			if f, ok := core.AsFail(h.service.standing.NameBackup(t.Context(), marleen, bad)); !ok || f.Field != "backup" {
				t.Errorf("%s stands in: %v", name, f)
			}
		}
		if f, ok := core.AsFail(h.service.standing.NameBackup(t.Context(), leader, week)); !ok || f.Field != "backup" {
			t.Errorf("a leader has no families to stand in for: %v", f)
		}
		all, could, err := h.service.standing.StandIns(t.Context(), marleen)
		if err != nil || len(all) != 1 || all[0].Name != "bert" || len(could) != 1 {
			t.Fatal(all, could, err)
		}
		if err := h.service.standing.StopBackup(t.Context(), bert, all[0].ID); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("the backup stops it: %v", err)
		}
		if err := h.service.standing.StopBackup(t.Context(), marleen, all[0].ID); err != nil {
			t.Error(err)
		}
		if all, _, _ = h.service.standing.StandIns(t.Context(), marleen); len(all) != 0 {
			t.Error("it goes on", all)
		}
	})
}
