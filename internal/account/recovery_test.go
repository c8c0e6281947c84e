package account

import (
	"maatje/internal/account/budget"
	"maatje/internal/account/recovery"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

var codeText = regexp.MustCompile(`<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</code>`)

// recoveryList makes recovery codes through the pages.
func (b *browser) recoveryList() (codes []string) {
	b.Helper()
	for _, m := range codeText.FindAllStringSubmatch(b.post("/account/recovery").Body.String(), -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != recovery.Codes {
		b.Fatalf("%d codes", len(codes))
	}
	return codes
}

func TestARecoveryCodeTakesThePlaceOfTheTelephoneOnce(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		codes := b.recoveryList()
		b.says(b.get("/account"), http.StatusOK, "nog 10 herstelcodes")
		h.later(h.clock.Now().Add(time.Hour))

		other := h.browser("10.0.0.2")
		other.leads(other.get("/second-factor/recovery"), "/sign-in")
		other.leads(other.post("/second-factor/recovery", "code", codes[0]), "/sign-in")
		other.leads(other.signIn(theEmail, goodPassphrase), "/second-factor?next=%2F")
		other.says(other.get("/second-factor?next=%2F"), http.StatusOK, "Gebruik een herstelcode")
		wrong := other.post("/second-factor/recovery", "code", "AAAA-BBBB-CCCC-DDDD")
		other.says(wrong, http.StatusUnprocessableEntity, "klopt niet of is al gebruikt")
		other.leads(other.post("/second-factor/recovery", "code", strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))), "/account")
		other.says(other.get("/account"), http.StatusOK, "met een herstelcode")
		other.says(other.get("/account"), http.StatusOK, "nog 9 herstelcodes")

		third := h.browser("10.0.0.3")
		third.leads(third.signIn(theEmail, goodPassphrase), "/second-factor?next=%2F")
		third.says(third.post("/second-factor/recovery", "code", codes[3]), http.StatusUnprocessableEntity, "al gebruikt")
		next := other.recoveryList()
		third.says(third.post("/second-factor/recovery", "code", codes[4]), http.StatusUnprocessableEntity, "al gebruikt")
		third.leads(third.post("/second-factor/recovery", "code", next[0]), "/account")
	})
}

func TestRecoveryCodesCannotBeGuessedOnAndOn(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		b.recoveryList()
		other := h.browser("10.0.0.2")
		other.signIn(theEmail, goodPassphrase)
		for range int(budget.Code.Burst) {
			other.says(other.post("/second-factor/recovery", "code", "AAAA-BBBB-CCCC-DDDD"), http.StatusUnprocessableEntity, "klopt niet")
		}
		other.says(other.post("/second-factor/recovery", "code", "AAAA-BBBB-CCCC-DDDD"), http.StatusTooManyRequests, "te vaak")
	})
}

func TestRecoveryCodesEndWithANewInvitation(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		pat := h.browser("10.0.0.2")
		pat.accept(link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String()))
		codes := pat.recoveryList()
		again := h.browser("10.0.0.3")
		again.accept(h.again(leader, "Pat"))
		third := h.browser("10.0.0.4")
		third.leads(third.signIn("pat@voorbeeld.nl", goodPassphrase), "/second-factor?next=%2F")
		third.says(third.post("/second-factor/recovery", "code", codes[0]), http.StatusUnprocessableEntity, "klopt niet")
	})
}

// Who has not set up a second factor yet sets one up: a code of paper does not take its place.
func TestWithoutASecondFactorThereIsNothingToRecover(t *testing.T) {
	eachHouse(t, atName, func(h *house) {
		leader := h.browser("10.0.0.1")
		leader.firstLeader()
		path := link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String())
		pat := h.browser("10.0.0.2")
		pat.leads(pat.post(path, "passphrase", goodPassphrase, "again", goodPassphrase), "/second-factor?next=%2F")
		pat.says(pat.post("/second-factor/recovery", "code", "AAAA-BBBB-CCCC-DDDD"), http.StatusUnprocessableEntity, "klopt niet")
	})
}
