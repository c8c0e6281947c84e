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
