package account

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/db"
)

var qRefusals = db.Q("account_test.refusals", authz.Works, `SELECT what, row_id, outcome FROM log_entry WHERE action = 'try' ORDER BY seq`, db.Probe{})

type tried struct {
	what    string
	row     int64
	outcome string
}

// TestWhatTheDoorRefusesIsOnRecord: each way in that is refused leaves its entry, with whose door it was and never with what
// was typed.
func TestWhatTheDoorRefusesIsOnRecord(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		b := h.browser("10.0.0.1")
		start := h.browser("10.0.0.3")
		start.post("/start", "code", "geheim-geraden")
		seed := b.firstLeader()
		ingrid := h.idOf("Ingrid").Int64()
		b.post("/prove", "current", "geheim-geraden")
		h.later(h.clock.Now().Add(time.Minute))
		stranger := h.browser("10.0.0.2")
		stranger.signIn("geheim-geraden@voorbeeld.nl", "geheim-geraden")
		stranger.signIn(theEmail, "geheim-geraden")
		stranger.get("/invitation/geheim-geraden")
		stranger.post("/sign-in/passkey", "response", "geheim-geraden")
		stranger.signIn(theEmail, goodPassphrase)
		stranger.post("/second-factor", "code", "000000")
		stranger.post("/second-factor/recovery", "code", "GEHE-IMGE-RADE-N234")
		want := []tried{{"refused.start", 0, "refused"}, {"refused.proof", 0, "refused"}, {"refused.sign_in", 0, "refused"}, {"refused.sign_in", ingrid, "refused"},
			{"refused.invitation", 0, "refused"}, {"refused.passkey", 0, "refused"}, {"refused.code", ingrid, "refused"}, {"refused.recovery", ingrid, "refused"}}
		if got := h.tried(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("on record\n%v, want\n%v", got, want)
		}
		b.leads(b.post("/signout"), "/sign-in")
		b.fullSignIn(theEmail, seed)
		page := b.get("/accounts/refused")
		b.says(page, http.StatusOK, "Wachtzin of e-mailadres klopte niet")
		b.says(page, http.StatusOK, "aan de deur van Ingrid")
		if strings.Contains(strings.ToLower(page.Body.String()), "geraden") {
			t.Error("what was typed is shown")
		}
	})
}

func (h *house) tried() (all []tried) {
	h.Helper()
	err := h.db.Read(h.Context(), authz.System("look"), func(t *db.Tx) (err error) {
		all, err = db.All(t, qRefusals, nil, func(r *tried) []any { return []any{&r.what, &r.row, &r.outcome} })
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return all
}
