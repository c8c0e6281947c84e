package begin

import (
	"net/http"
	"strings"
	"testing"

	"maatje/internal/account/budget"
)

// addPassphrase adds a passphrase and codes, through the pages, and gives the seed.
func (b *browser) addPassphrase() (seed string) {
	b.Helper()
	b.leads(b.get("/account/passphrase"), "/account/passphrase/new")
	if w := b.get("/account/passphrase/new"); strings.Contains(w.Body.String(), "Codes instellen") {
		b.leads(b.post("/account/passphrase/codes"), "/account/passphrase/new")
	}
	m := seedText.FindStringSubmatch(b.get("/account/passphrase/new").Body.String())
	if m == nil {
		b.Fatal("no seed on the page")
	}
	b.leads(b.post("/account/passphrase/new", "passphrase", passphrase, "again", passphrase, "code", b.code(m[1])), "/account")
	return m[1]
}

// TestAPassphraseCountsBesideCodes: it is nothing by itself at any moment.
func TestAPassphraseCountsBesideCodes(t *testing.T) {
	eachHouse(t, func(h *house) {
		b := h.browser("10.0.0.1")
		d, _ := b.starts()
		other := h.browser("10.0.0.2")
		other.leads(other.enters(d), "/account")
		b.says(b.post("/account/passphrase/new", "passphrase", passphrase, "again", passphrase, "code", "000000"), http.StatusUnprocessableEntity, "Codes instellen")
		b.leads(b.post("/account/passphrase/codes"), "/account/passphrase/new")
		b.says(b.post("/account/passphrase/new", "passphrase", passphrase, "again", passphrase, "code", "000000"), http.StatusUnprocessableEntity, "klopt niet")
		b.says(b.post("/account/passphrase/new", "passphrase", "kort", "again", "kort", "code", "000000"), http.StatusUnprocessableEntity, "minstens 12")
		b.says(h.browser("10.0.0.3").post("/sign-in", "email", theEmail, "passphrase", passphrase), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		other.says(other.get("/"), http.StatusOK, "home of Ingrid")

		seed := b.addPassphrase()
		b.says(b.get("/"), http.StatusOK, "home of Ingrid")
		other.leads(other.get("/"), "/sign-in")
		b.leads(b.get("/account/passphrase/new"), "/account/passphrase")
		if w := b.post("/account/passphrase/codes"); w.Code != http.StatusNotFound {
			h.Errorf("codes again: %d", w.Code)
		}
		if w := b.post("/account/passphrase/new", "passphrase", passphrase, "again", passphrase, "code", b.code(seed)); w.Code != http.StatusNotFound {
			h.Errorf("a passphrase without the one before: %d", w.Code)
		}
		third := h.browser("10.0.0.4")
		third.leads(third.post("/sign-in", "email", theEmail, "passphrase", passphrase), "/second-factor?next=%2F")
		third.saysNot(third.get("/second-factor"), "Scan dit plaatje") // the codes are there already
		third.leads(third.post("/second-factor", "code", third.code(seed), "next", "/"), "/")
	})
}

// TestBackOnPaper: a code on paper opens what an invitation opens, once, and what was lost ends when it is used.
func TestBackOnPaper(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.starts()
		pat := h.browser("10.0.0.2")
		lost, codes := pat.begins(leader.invites("Pat"))

		b := h.browser("10.0.0.3")
		b.says(b.get("/sign-in"), http.StatusOK, "Passkey kwijt?")
		b.says(b.get("/sign-in/recovery"), http.StatusOK, "Herstelcode")
		w := b.post("/sign-in/recovery", "email", "PAT@voorbeeld.nl", "code", strings.ToLower(strings.ReplaceAll(codes[2], "-", " ")))
		path := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/invitation/") {
			h.Fatalf("%d to %q\n%s", w.Code, path, mainOf(w))
		}
		b.leads(b.get("/account"), "/sign-in?next=%2Faccount") // the paper alone opens no session
		pat.says(pat.get("/"), http.StatusOK, "home of Pat")
		again := h.browser("10.0.0.4")
		again.says(again.post("/sign-in/recovery", "email", "pat@voorbeeld.nl", "code", codes[2]), http.StatusUnprocessableEntity, "of de code is al gebruikt")
		found, _ := b.begins(path)
		b.says(b.get("/"), http.StatusOK, "home of Pat")
		pat.leads(pat.get("/"), "/sign-in")
		pat.says(pat.enters(lost), http.StatusUnprocessableEntity, "weggehaald")
		pat.leads(pat.enters(found), "/account")

		again.says(again.post("/sign-in/recovery", "email", "pat@voorbeeld.nl", "code", codes[3]), http.StatusUnprocessableEntity, "of de code is al gebruikt")
	})
}

func TestBackOnPaperIsShort(t *testing.T) {
	eachHouse(t, func(h *house) {
		b := h.browser("10.0.0.1")
		_, codes := b.starts()
		first := b.post("/signout")
		b.leads(first, "/sign-in")
		path := b.post("/sign-in/recovery", "email", theEmail, "code", codes[0]).Header().Get("Location")
		second := b.post("/sign-in/recovery", "email", theEmail, "code", codes[1]).Header().Get("Location")
		b.says(b.get(path), http.StatusNotFound, "nieuwere uitnodiging")
		b.says(b.get(second), http.StatusOK, "Maak een passkey")
		h.later(backFor)
		b.says(b.get(second), http.StatusNotFound, "te oud")
	})
}

// TestPaperTellsNothing: whoever has no way back by paper alone gets the answer of whoever is unknown.
func TestPaperTellsNothing(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser("10.0.0.1")
		_, codes := leader.starts()
		ended := h.browser("10.0.0.2")
		_, theirs := ended.begins(leader.invites("Pat"))
		leader.leads(leader.post("/accounts/"+h.idOf("Pat").String()+"/end"), "/accounts")
		sam := h.browser("10.0.0.3")
		_, both := sam.begins(leader.invites("Sam"))
		sam.addPassphrase()
		var want string
		for i, c := range []struct{ name, email, code string }{
			{"unknown", "niemand@voorbeeld.nl", codes[0]},
			{"ended", "pat@voorbeeld.nl", theirs[0]},
			{"with a passphrase", "sam@voorbeeld.nl", both[0]},
			{"a wrong code", theEmail, both[0]},
			{"no code", theEmail, ""},
		} {
			b := h.browser("10.0.1." + string(rune('0'+i)))
			w := b.post("/sign-in/recovery", "email", c.email, "code", c.code)
			got := strings.ReplaceAll(w.Body.String(), `value="`+c.email+`"`, "")
			if want == "" {
				want = got
			}
			if w.Code != http.StatusUnprocessableEntity || got != want {
				h.Errorf("%s: %d\n%s", c.name, w.Code, mainOf(w))
			}
		}
	})
}

func TestPaperCannotBeGuessedOnAndOn(t *testing.T) {
	eachHouse(t, func(h *house) {
		owner := h.browser("10.0.0.1")
		d, _ := owner.starts()
		b := h.browser("10.0.0.2")
		for range int(budget.Pair.Burst) {
			b.says(b.post("/sign-in/recovery", "email", theEmail, "code", "AAAA-BBBB-CCCC-DDDD"), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		}
		b.says(b.post("/sign-in/recovery", "email", theEmail, "code", "AAAA-BBBB-CCCC-DDDD"), http.StatusTooManyRequests, "te vaak")
		owner.leads(owner.post("/signout"), "/sign-in")
		owner.leads(owner.enters(d), "/account") // a passkey answers to no count of an account
	})
}

func TestCodesBesideANewPassphraseCannotBeGuessedOnAndOn(t *testing.T) {
	eachHouse(t, func(h *house) {
		b := h.browser("10.0.0.1")
		b.starts()
		b.leads(b.post("/account/passphrase/codes"), "/account/passphrase/new")
		typed := []string{"passphrase", passphrase, "again", passphrase, "code", "000000"}
		for range int(budget.Code.Burst) {
			b.says(b.post("/account/passphrase/new", typed...), http.StatusUnprocessableEntity, "klopt niet")
		}
		b.says(b.post("/account/passphrase/new", typed...), http.StatusTooManyRequests, "te vaak")
	})
}
