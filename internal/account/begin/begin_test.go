package begin

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/account/budget"
	"maatje/internal/account/passkey/passkeytest"
	"maatje/internal/account/recovery"
	"maatje/internal/authz"
	"maatje/internal/core"
)

func TestTheFirstLeaderBeginsWithAPasskey(t *testing.T) {
	eachHouse(t, func(h *house) {
		b := h.browser("10.0.0.1")
		d, codes := b.starts()
		if len(codes) != recovery.Codes {
			t.Errorf("%d codes", len(codes))
		}
		b.says(b.get("/"), http.StatusOK, "home of Ingrid")
		b.says(b.get("/accounts/new"), http.StatusOK, "Uitnodigen") // beginning counts as a proof
		if w := b.get("/start"); w.Code != http.StatusNotFound {
			t.Errorf("the page of the first start: %d", w.Code)
		}
		other := h.browser("10.0.0.2")
		other.leads(other.enters(d), "/account")
		other.says(other.get("/account"), http.StatusOK, "nog 10 herstelcodes")
	})
}

func TestAnInvitationBeginsWithAPasskeyAlone(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.starts()
		path := leader.invites("Pat")
		b := h.browser("10.0.0.2")
		page := b.get(path)
		b.says(page, http.StatusOK, "Maak een passkey")
		if body := page.Body.String(); strings.Index(body, "Maak een passkey") > strings.Index(body, "Kies een wachtzin") {
			t.Error("the passphrase comes first")
		}
		d, _ := b.begins(path)
		b.says(b.get("/"), http.StatusOK, "home of Pat")
		b.says(b.get(path), http.StatusNotFound, "al gebruikt")
		b.leads(b.post(path+"/passkey", "response", "{}"), path)
		if w := b.post(path + "/passkey/question"); w.Code != http.StatusNotFound {
			t.Errorf("a used invitation asks: %d", w.Code)
		}
		b.says(b.get("/account"), http.StatusOK, "Wachtzin toevoegen")
		b.saysNot(b.get("/account"), "Codes opnieuw instellen")
		if w := b.get("/account/second-factor"); w.Code != http.StatusNotFound {
			t.Errorf("codes that nothing asks for: %d", w.Code)
		}
		if w := b.post("/account/second-factor"); w.Code != http.StatusNotFound {
			t.Errorf("codes that nothing asks for: %d", w.Code)
		}
		b.says(b.post("/account/passphrase", "current", "none", "passphrase", passphrase, "again", passphrase), http.StatusUnprocessableEntity, "niet je wachtzin van nu")
		for _, typed := range []string{"", "none", passphrase} {
			b.says(h.browser("10.0.0.3").post("/sign-in", "email", "pat@voorbeeld.nl", "passphrase", typed), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		}
		h.later(12 * time.Hour)
		b.leads(b.enters(d), "/account")
	})
}

func TestAnAnswerBeginsOneAccount(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.starts()
		pat, sam := leader.invites("Pat"), leader.invites("Sam")
		b := h.browser("10.0.0.2")
		d := passkeytest.New(t, base, host)
		crossed := d.Make(t, b.question(pat+"/passkey/question"))
		b.says(b.post(sam+"/passkey", "response", crossed), http.StatusUnprocessableEntity, "te oud of al gebruikt")
		b.says(b.post(pat+"/passkey", "response", crossed), http.StatusUnprocessableEntity, "te oud of al gebruikt") // it came once
		b.says(b.post(pat+"/passkey"), http.StatusUnprocessableEntity, "JavaScript")
		b.says(b.post(pat+"/passkey", "response", "{}"), http.StatusUnprocessableEntity, "klopt niet")
		own := d.Make(t, leader.question("/account/passkeys/question"))
		b.says(b.post(pat+"/passkey", "response", own), http.StatusUnprocessableEntity, "te oud of al gebruikt")
		late := d.Make(t, b.question(pat+"/passkey/question"))
		h.later(5 * time.Minute)
		b.says(b.post(pat+"/passkey", "response", late), http.StatusUnprocessableEntity, "te oud of al gebruikt")
		d.Origin = "https://maatje.evil"
		b.says(b.post(pat+"/passkey", "response", d.Make(t, b.question(pat+"/passkey/question"))), http.StatusUnprocessableEntity, "klopt niet")
		d.Origin, d.Present = base, passkeytest.Unverified
		b.says(b.post(pat+"/passkey", "response", d.Make(t, b.question(pat+"/passkey/question"))), http.StatusUnprocessableEntity, "klopt niet")
		b.says(b.get(pat), http.StatusOK, "Maak een passkey") // nothing of that used the invitation
		b.leads(b.get("/account"), "/sign-in?next=%2Faccount")
	})
}

func TestQuestionsToBeginAreNotAskedOnAndOn(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.starts()
		path := leader.invites("Pat")
		b := h.browser("10.0.0.2")
		for range int(budget.Address.Burst) {
			b.question(path + "/passkey/question")
		}
		b.says(b.post(path+"/passkey/question"), http.StatusTooManyRequests, "te vaak")
	})
}

// TestTheLastWayInStays: a passkey goes as long as something else signs in.
func TestTheLastWayInStays(t *testing.T) {
	eachHouse(t, func(h *house) {
		b := h.browser("10.0.0.1")
		b.starts()
		mine := func() []string {
			all, err := h.doors.Passkeys(t.Context(), authz.SignedIn(h.idOf("Ingrid"), 0, "", authz.ProjectLeader, authz.Origin{}))
			if err != nil {
				t.Fatal(err)
			}
			ids := make([]string, len(all))
			for i, p := range all {
				ids[i] = p.ID.String()
			}
			return ids
		}
		b.says(b.post("/account/passkeys/end", "id", mine()[0]), http.StatusUnprocessableEntity, "Zonder deze passkey")
		second := passkeytest.New(t, base, host)
		b.leads(b.post("/account/passkeys", "name", "laptop", "response", second.Make(t, b.question("/account/passkeys/question"))), "/account")
		b.leads(b.post("/account/passkeys/end", "id", mine()[0]), "/account")
		b.says(b.post("/account/passkeys/end", "id", mine()[0]), http.StatusUnprocessableEntity, "Zonder deze passkey")
		b.addPassphrase()
		b.leads(b.post("/account/passkeys/end", "id", mine()[0]), "/account")
		if left := mine(); len(left) != 0 {
			t.Error(left)
		}
	})
}

// TestIsItStillYouWithoutAPassphrase: what a session alone must not do asks for the passkey, and for nothing that is not there.
func TestIsItStillYouWithoutAPassphrase(t *testing.T) {
	eachHouse(t, func(h *house) {
		b := h.browser("10.0.0.1")
		d, _ := b.starts()
		h.later(5 * time.Minute)
		b.leads(b.get("/accounts/new"), "/prove?next=%2Faccounts%2Fnew")
		page := b.get("/prove?next=%2Faccounts%2Fnew")
		b.says(page, http.StatusOK, "Passkey gebruiken")
		b.says(page, http.StatusOK, "kom terug met een herstelcode")
		b.saysNot(page, "Je wachtzin van nu")
		b.says(b.post("/prove", "current", "none", "next", "/accounts/new"), http.StatusUnprocessableEntity, "Ben jij het nog?")
		b.leads(b.get("/accounts/new"), "/prove?next=%2Faccounts%2Fnew")
		b.leads(b.post("/prove/passkey", "response", d.Use(t, b.question("/sign-in/passkey/question")), "next", "/accounts/new"), "/accounts/new")
		b.says(b.get("/accounts/new"), http.StatusOK, "Uitnodigen")
	})
}

// TestANewInvitationReplacesThePasskey: every way in from before ends, also when the new one is a passkey again.
func TestANewInvitationReplacesThePasskey(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.starts()
		pat := h.browser("10.0.0.2")
		old, codes := pat.begins(leader.invites("Pat"))
		link, err := h.doors.InviteAgain(t.Context(), authz.SignedIn(h.idOf("Ingrid"), 0, "", authz.ProjectLeader, authz.Origin{}), h.idOf("Pat"))
		if err != nil {
			t.Fatal(err)
		}
		pat.says(pat.get("/"), http.StatusOK, "home of Pat") // what they have works until they use it
		again := h.browser("10.0.0.3")
		fresh, _ := again.begins(strings.TrimPrefix(link, base))
		pat.leads(pat.get("/"), "/sign-in")
		pat.says(pat.enters(old), http.StatusUnprocessableEntity, "weggehaald")
		pat.says(pat.post("/sign-in/recovery", "email", "pat@voorbeeld.nl", "code", codes[0]), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		pat.leads(pat.enters(fresh), "/account")
	})
}

func TestWithoutANameNothingBeginsWithAPasskey(t *testing.T) {
	eachHouse(t, func(h *house) {
		s := NewService(h.db, h.doors)
		if _, err := s.Ask(t.Context(), authz.Visitor(authz.Origin{}), "x"); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("an invitation that is not there: %v", err)
		}
	})
}
