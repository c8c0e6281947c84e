package journeys

import (
	"net/http"
	"testing"

	"maatje/internal/db"
)

// TestFirstStart: nobody can sign in; the code in the terminal makes the first project leader, and she lets the others in.
func TestFirstStart(t *testing.T) {
	h := open(t, db.SQLite)
	visitor := h.newTab(desk, nil)
	visitor.open("/")
	visitor.sees("De eerste projectleider")
	visitor.fill("Startcode", "AAAA-BBBB-CCCC-DDDD")
	visitor.refused("Beginnen", "startcode klopt niet")

	leader := h.firstLeader("Ingrid Meijer")
	leader.sees("Ingrid Meijer")
	if status := visitor.open("/start"); status != http.StatusNotFound {
		t.Errorf("the page of the first start answers %d after it was used", status)
	}
}

// TestSigningOutEverywhere: a coordinator comes in by invitation, and ends from one screen what is open on another.
func TestSigningOutEverywhere(t *testing.T) {
	h := open(t, db.SQLite)
	leader := h.firstLeader("Ingrid Meijer")
	petra := leader.invite("Petra Jansen", desk, job{role: "Buitencoördinator", municipalities: "Zwolle"})
	petra.sees("Petra Jansen")
	leader.goes("/accounts")
	leader.sees("Petra Jansen", "Buitencoördinator", "laatst binnen: vandaag")

	elsewhere := &person{tab: h.newTab(phone, nil), name: petra.name, email: petra.email, seed: petra.seed, step: petra.step}
	if status := elsewhere.signIn("/account"); status != http.StatusOK || elsewhere.where() != "/account" {
		t.Fatalf("%d at %s", status, elsewhere.where())
	}
	petra.goes("/account")
	petra.press("Overal elders afmelden")
	petra.sees("Je bent overal elders afgemeld.")
	elsewhere.open("/account")
	elsewhere.sees("Wachtzin")
	petra.goes("/account")
}
