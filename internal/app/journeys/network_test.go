package journeys

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"maatje/internal/db"
)

const inPicture = `document.activeElement.closest('.rings-picture') !== null`

// TestTOO4_ANetworkOfEightNames is told on a phone: who they are, where they stand, who knows whom, and what changed in a month.
func TestTOO4_ANetworkOfEightNames(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	root := "/my-families/" + f.Trajectory.String() + "/network"
	ria.goes(root)
	ria.choose("Van wie?", "Noor")
	ria.press("Beginnen")
	ria.fill("Wie?", "tante Mo, oom Kees, buurvrouw Li, juf Els van der Veen-Hogeboom")
	ria.good(ria.key(kb.Enter), "Enter")
	for _, name := range []string{"Bram", "coach Mohamed", "de wijkagent"} {
		ria.eventually(`document.activeElement?.name === 'names'`) // the field has the focus again
		ria.do(chromedp.KeyEvent(name))
		ria.good(ria.key(kb.Enter), "Enter")
	}
	ria.press("+ Sara") // of the dossier, with one tap
	ria.sees("8 namen")
	ria.follow("Verder: Wie is dat")
	for name, quarter := range map[string]string{
		"buurvrouw Li": "Buurt en school", "juf Els van der Veen-Hogeboom": "Buurt en school", "Bram": "Vrienden", "coach Mohamed": "Vrienden", "de wijkagent": "Professionals",
		"tante Mo": "Familie", "oom Kees": "Familie",
	} {
		ria.choose(name, quarter)
	}
	ria.press("Verder: Plek")
	for _, ring := range []string{"1. heel dichtbij", "2. dichtbij", "2. dichtbij", "3. verder weg", "1. heel dichtbij", "2. dichtbij", "4. af en toe", "1. heel dichtbij"} {
		ria.press(ring)
	}
	if wrong := script[string](ria.tab, crowded+"(8)"); wrong != "" {
		t.Error(wrong)
	}
	ria.follow("Verder: Wie kent wie")
	ria.choose("Wie van hen kent tante Mo?", "oom Kees", "Sara")
	ria.press("Bewaren en verder")
	ria.follow("Stoppen, later verder")
	ria.sees("Noor noemt 8 mensen.", "Er staan er 3 heel dichtbij, 3 dichtbij, 1 verder weg en 1 af en toe.", "Weinig van hen kennen elkaar.")
	ria.picture("network-phone")

	ria.follow("tante Mo")
	ria.sees("Naam veranderen")

	h.later(31 * 24 * time.Hour)
	ria.goes(root)
	ria.follow("Het netwerk van Noor")
	ria.follow("Verder: Steun")
	ria.goes(root)
	ria.follow("Het netwerk van Noor")
	ria.follow("Twee dagen")
	ria.sees("Er veranderde niets.", "Noor noemt 8 mensen.")
}
