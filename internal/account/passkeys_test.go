package account

import (
	"maatje/internal/account/budget"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/account/passkey/passkeytest"
	"maatje/internal/authz"
	"maatje/internal/core"
)

const (
	named = "https://maatje.voorbeeld.nl"
	host  = "maatje.voorbeeld.nl"
)

var atName = atBase

// question is what the browser is asked at an address.
func (b *browser) question(path string) []byte {
	b.Helper()
	w := b.post(path)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		b.Fatalf("%d\n%s", w.Code, mistakes(w))
	}
	return w.Body.Bytes()
}

// makePasskey makes a passkey on a new device, through the pages.
func (b *browser) makePasskey(name string) *passkeytest.Device {
	b.Helper()
	d := passkeytest.New(b, named, host)
	b.leads(b.post("/account/passkeys", "name", name, "response", d.Make(b, b.question("/account/passkeys/question"))), "/account")
	return d
}

func (b *browser) useQuestion() []byte { return b.question("/sign-in/passkey/question") }

func TestAPasskeySignsInAtOnce(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		d := b.makePasskey("mijn telefoon")
		b.says(b.get("/account"), http.StatusOK, "mijn telefoon")
		b.says(b.get("/account"), http.StatusOK, "nog niet gebruikt")

		h.later(h.clock.Now().Add(time.Hour))
		other := h.browser("10.0.0.2")
		other.says(other.get("/sign-in?next=%2Faccount"), http.StatusOK, "Aanmelden met een passkey")
		response := d.Use(t, other.useQuestion())
		other.leads(other.post("/sign-in/passkey", "response", response, "next", "/account"), "/account")
		other.says(other.get("/account"), http.StatusOK, "laatst gebruikt: vandaag")
		other.says(other.get("/"), http.StatusOK, "home of Ingrid")

		thief := h.browser("10.0.0.3")
		thief.says(thief.post("/sign-in/passkey", "response", response), http.StatusUnprocessableEntity, "te oud of al gebruikt")
		thief.leads(thief.get("/"), "/sign-in")
	})
}

func TestPasskeysAreEndedOneByOne(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		phone, laptop := b.makePasskey("telefoon"), b.makePasskey("laptop")
		all, err := h.service.Passkeys(t.Context(), authz.SignedIn(h.idOf("Ingrid"), 0, "", authz.ProjectLeader, authz.Origin{}))
		if err != nil || len(all) != 2 || all[0].Name != "telefoon" {
			t.Fatal(all, err)
		}
		b.leads(b.post("/account/passkeys/end", "id", all[0].ID.String()), "/account")
		lost := h.browser("10.0.0.2")
		lost.says(lost.post("/sign-in/passkey", "response", phone.Use(t, lost.useQuestion())), http.StatusUnprocessableEntity, "of hij is weggehaald")
		lost.leads(lost.post("/sign-in/passkey", "response", laptop.Use(t, lost.useQuestion())), "/")
		if w := b.post("/account/passkeys/end", "id", all[0].ID.String()); w.Code != http.StatusNotFound {
			t.Errorf("ended twice: %d", w.Code)
		}
		someone := authz.SignedIn(12345, 0, "", authz.ProjectLeader, authz.Origin{})
		if err := h.service.EndPasskey(t.Context(), someone, all[1].ID); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody else ends it: %v", err)
		}
	})
}

func TestAQuestionIsAnsweredInTimeAndForWhatItAsked(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		d := b.makePasskey("telefoon")
		late, lateNew := d.Use(t, b.useQuestion()), passkeytest.New(t, named, host).Make(t, b.question("/account/passkeys/question"))
		h.later(h.clock.Now().Add(askedFor))
		w := b.post("/sign-in/passkey", "response", late)
		b.says(w, http.StatusUnprocessableEntity, "te oud of al gebruikt")
		if strings.Contains(w.Body.String(), "authenticatorData") {
			t.Error("the answer comes back with the form")
		}
		b.leads(b.post("/prove", "current", goodPassphrase, "next", "/account"), "/account")
		b.says(b.post("/account/passkeys", "name", "x", "response", lateNew), http.StatusUnprocessableEntity, "te oud of al gebruikt")

		making := passkeytest.New(t, named, host).Make(t, b.useQuestion())
		b.says(b.post("/account/passkeys", "name", "x", "response", making), http.StatusUnprocessableEntity, "te oud of al gebruikt")
		b.says(b.post("/account/passkeys", "name", "x", "response", "{}"), http.StatusUnprocessableEntity, "klopt niet")
		b.says(b.post("/account/passkeys", "name", "", "response", making), http.StatusUnprocessableEntity, "een naam van")
		b.says(b.post("/account/passkeys", "name", "x"), http.StatusUnprocessableEntity, "JavaScript")
		b.says(b.post("/sign-in/passkey"), http.StatusUnprocessableEntity, "JavaScript")
		d.Origin = "https://maatje.evil"
		b.says(b.post("/sign-in/passkey", "response", d.Use(t, b.useQuestion())), http.StatusUnprocessableEntity, "klopt niet")
	})
}

func TestAQuestionToMakeIsForWhoAsked(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		pat := h.browser("10.0.0.2")
		pat.accept(link(t, b.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
		d := passkeytest.New(t, named, host)
		response := d.Make(t, b.question("/account/passkeys/question"))
		pat.says(pat.post("/account/passkeys", "name", "x", "response", response), http.StatusUnprocessableEntity, "te oud of al gebruikt")
	})
}

func TestPasskeysEndWithTheAccessAndWithANewInvitation(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		pat := h.browser("10.0.0.2")
		pat.accept(link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
		first := pat.makePasskey("telefoon")
		account := "/accounts/" + h.idOf("Pat").String()
		again := h.browser("10.0.0.3")
		again.accept(h.again(leader, "Pat"))
		pat.says(pat.post("/sign-in/passkey", "response", first.Use(t, pat.useQuestion())), http.StatusUnprocessableEntity, "weggehaald")
		second := again.makePasskey("telefoon")
		leader.leads(leader.post(account+"/end"), "/accounts")
		again.says(again.post("/sign-in/passkey", "response", second.Use(t, again.useQuestion())), http.StatusUnprocessableEntity, "weggehaald")
	})
}

func TestWithoutANameThereAreNoPasskeys(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		h.service.place = nil
		if w := b.get("/sign-in"); strings.Contains(w.Body.String(), "passkey") {
			t.Error("offered where there are none")
		}
		b.says(b.get("/account/passkeys/new"), http.StatusOK, "een eigen, beveiligd")
		b.says(b.post("/account/passkeys/question"), http.StatusUnprocessableEntity, "Passkeys werken niet")
		b.says(b.post("/sign-in/passkey/question"), http.StatusUnprocessableEntity, "Passkeys werken niet")
		b.says(b.post("/sign-in/passkey", "response", "{}"), http.StatusUnprocessableEntity, "Passkeys werken niet")
	})
}

func TestPasskeyQuestionsAreNotAskedOnAndOn(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		b := h.browser("10.0.0.2")
		for range int(budget.Address.Burst) {
			b.useQuestion()
		}
		b.says(b.post("/sign-in/passkey/question"), http.StatusTooManyRequests, "te vaak")
	})
}

func TestPasskeyEdges(t *testing.T) {
	for name, ok := range map[string]bool{"": false, "  ": false, "x": true, strings.Repeat("é", mostPasskeyName): true, strings.Repeat("é", mostPasskeyName+1): false} {
		if (checkPasskeyName(name) == nil) != ok {
			t.Errorf("%q", name)
		}
	}
	for has, ok := range map[int]bool{0: true, mostPasskeys - 1: true, mostPasskeys: false} {
		if (checkPasskeys(has) == nil) != ok {
			t.Errorf("one more than %d", has)
		}
	}
}
