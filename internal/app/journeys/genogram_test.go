package journeys

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"maatje/internal/db"
)

const inGenogram = `document.activeElement.matches('.genogram a')`

// TestTOO2_AGenogramOnAPhone is made by tapping people: begun from the dossier, with a new partner, foster parents and a grandmother,
// one step undone, and looked at on two days.
func TestTOO2_AGenogramOnAPhone(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	root := "/my-families/" + f.Trajectory.String() + "/genogram"
	ria.goes(root)
	ria.press("Begin met wie er in het dossier staan")
	ria.press("Overnemen")
	ria.sees("Sara is kind van Kim")
	add := func(to, what, name string, further ...string) {
		t.Helper()
		ria.follow(to + ":")
		ria.press(what)
		ria.fill("Naam", name)
		for i := 0; i+1 < len(further); i += 2 {
			ria.fill(further[i], further[i+1])
		}
		ria.press("Bewaren")
	}
	add("Kim", "Partner erbij", "Bas", "Hoe zijn ze samen?", "getrouwd")
	ria.follow("Sara:")
	ria.press("Ouder erbij")
	ria.fill("Naam", "Mirjam")
	ria.choose("Samen met een ouder die er staat?", "los van de ouders die er staan")
	ria.do(chromedp.Click(ria.the("button", "Meer vertellen")))
	ria.choose("Wat voor kind is het van deze ouder?", "pleegkind, via pleegzorg")
	ria.press("Bewaren")
	add("Kim", "Ouder erbij", "Oma Riet")
	ria.sees("Kim is kind van Oma Riet", "Kim en Bas: getrouwd", "Sara is kind van Mirjam")
	ria.press("Ongedaan maken")
	ria.seesNot("Kim is kind van Oma Riet")
	add("Kim", "Ouder erbij", "Oma Riet")
	ria.goes(root + "?show=all")
	ria.picture("genogram-phone")

	ria.follow("Kim:")
	ria.press("Kind erbij")
	ria.fill("Naam", "Jip")
	ria.fill("Geboren", h.today().AddDays(-10).Time().Format("2-1-2006"))
	ria.choose("Met wie is het kind?", "kind met Bas")
	ria.press("Bewaren")
	ria.goes(root + "?on=" + h.day(-60) + "&beside=" + h.day(0))
	ria.sees("Nieuw: Jip")
	ria.picture("genogram-two-days")

	plain := h.enter(f.Ria, phone)
	plain.withoutScript()
	plain.goes(root)
	plain.follow("Noor:")
	plain.press("Broer of zus erbij")
	plain.fill("Naam", "Tim")
	plain.press("Bewaren")
	plain.sees("Tim is kind van Kim")
}

// TestTOO2_AGenogramWithTheKeyboardAlone comes to the picture with one press of Tab, walks along people with the arrows, opens one and
// adds a grandmother.
func TestTOO2_AGenogramWithTheKeyboardAlone(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	petra := h.enter(f.Petra, desk)
	petra.goes("/dossiers/" + f.Dossier.String() + "/genogram")
	petra.tabTo("Begin met wie er in het dossier staan")
	petra.key(kb.Enter)
	petra.tabTo("Overnemen")
	petra.key(kb.Enter)
	petra.goes("/dossiers/" + f.Dossier.String() + "/genogram")
	for range 40 {
		if petra.do(chromedp.KeyEvent(kb.Tab)); script[bool](petra.tab, inGenogram) {
			break
		}
	}
	stops := map[string]bool{}
	for _, key := range []string{kb.ArrowUp, kb.ArrowLeft, kb.ArrowRight, kb.ArrowDown, kb.ArrowRight} {
		petra.do(chromedp.KeyEvent(key))
		if !script[bool](petra.tab, inGenogram) {
			t.Fatalf("an arrow leads out of the picture, to %q", script[string](petra.tab, focused))
		}
		stops[script[string](petra.tab, `document.activeElement.getAttribute('aria-label')`)] = true
	}
	if len(stops) < 2 {
		t.Errorf("the arrows come to nobody else: %v", stops)
	}
	if status := petra.key(kb.Enter); status != http.StatusOK {
		t.Fatalf("Enter gives %d", status)
	}
	petra.tabTo("Ouder erbij")
	petra.key(kb.Enter)
	petra.tabTo("Naam")
	petra.typeIn("Oma Riet")
	petra.key(kb.Enter)
	petra.sees("Oma Riet: man of vrouw niet bekend.")
}
