package account

import (
	"maatje/internal/account/budget"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/core"
)

func TestProofEdges(t *testing.T) {
	now := core.MustInstant("2026-11-23T21:00:00Z")
	for _, c := range []struct {
		name string
		at   core.Instant
		want bool
	}{
		{"never", core.Instant{}, false},
		{"now", now, true},
		{"just not five minutes ago", now.Add(-provedFor + time.Millisecond), true},
		{"five minutes ago", now.Add(-provedFor), false},
		{"the clock went back a little", now.Add(clockDrift), true},
		{"the clock went back far", now.Add(clockDrift + time.Millisecond), false},
	} {
		if got := provedOf(c.at, now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestWhatASessionAloneMustNotDo(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		b.says(b.get("/accounts/new"), http.StatusOK, "Uitnodigen")
		h.later(h.clock.Now().Add(provedFor))
		b.says(b.get("/accounts"), http.StatusOK, "Ingrid") // looking at the list is not asked again
		for path, back := range map[string]string{
			"/accounts/new": "%2Faccounts%2Fnew", "/glass?dossier=1": "%2Fglass%3Fdossier%3D1", "/account/passkeys/new": "%2Faccount%2Fpasskeys%2Fnew",
		} {
			b.leads(b.get(path), "/prove?next="+back)
		}
		kept := b.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator")
		b.says(kept, http.StatusUnauthorized, "pat@voorbeeld.nl")
		b.says(kept, http.StatusUnauthorized, "zeker weten dat jij het bent")
		b.leads(b.post("/accounts/"+h.idOf("Ingrid").String()+"/end"), "/prove?next=%2F")

		b.says(b.post("/prove", "current", "iets anders dan dat", "next", "/accounts/new"), http.StatusUnprocessableEntity, "niet je wachtzin van nu")
		before := b.cookies[plainCookie]
		b.leads(b.post("/prove", "current", goodPassphrase, "next", "/accounts/new"), "/accounts/new")
		b.says(b.get("/accounts/new"), http.StatusOK, "Uitnodigen")
		stolen := h.browser("10.0.0.9")
		stolen.cookies[plainCookie] = before
		stolen.leads(stolen.get("/account"), "/sign-in?next=%2Faccount") // the old token is worth nothing
	})
}

func TestWhereAProofLeads(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		prove := func(next string) (body string) {
			w := b.post("/prove", "current", goodPassphrase, "next", next)
			if w.Code == http.StatusSeeOther {
				return "to " + w.Header().Get("Location")
			}
			return w.Body.String()
		}
		if got := prove("/accounts/new"); got != "to /accounts/new" {
			t.Error(got)
		}
		if got := prove("https://maatje.evil/x"); !hasAll(got, "Ga terug naar het tabblad") {
			t.Error(got)
		}
		if got := prove("/figures/cells.csv?from=2026-01-01"); !hasAll(got, "Downloaden", "/figures/cells.csv?from=2026-01-01") {
			t.Error(got)
		}
	})
}

func TestProofByPasskeyIsByOnesOwn(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		mine := leader.makePasskey("telefoon")
		pat := h.browser("10.0.0.2")
		pat.accept(link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
		theirs := pat.makePasskey("telefoon")
		h.later(h.clock.Now().Add(provedFor))
		leader.says(leader.post("/prove/passkey", "response", theirs.Use(t, leader.useQuestion()), "next", "/accounts/new"), http.StatusUnprocessableEntity, "van iemand anders")
		leader.leads(leader.get("/accounts/new"), "/prove?next=%2Faccounts%2Fnew")
		leader.leads(leader.post("/prove/passkey", "response", mine.Use(t, leader.useQuestion()), "next", "/accounts/new"), "/accounts/new")
		leader.says(leader.get("/accounts/new"), http.StatusOK, "Uitnodigen")
		leader.says(leader.post("/prove/passkey", "next", "/accounts/new"), http.StatusUnprocessableEntity, "JavaScript")
	})
}

func TestAStolenSessionCannotGuessItsProof(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		for range int(budget.Known.Burst) {
			b.says(b.post("/prove", "current", "raden maar weer eens"), http.StatusUnprocessableEntity, "niet je wachtzin van nu")
		}
		b.says(b.post("/prove", "current", goodPassphrase), http.StatusTooManyRequests, "te vaak")
	})
}

func hasAll(body string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(body, p) {
			return false
		}
	}
	return true
}
