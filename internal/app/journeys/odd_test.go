package journeys

import (
	"net/http"
	"strings"
	"testing"

	"maatje/internal/db"
)

const markup = `<script>alert(1)</script><img src=x onerror=alert(2)> "'&amp; {{.}}`

// TestOddInput types what nobody expects into forms of each kind. A dialog, an error of ours or a word lost fails it.
func TestOddInput(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	petra := h.enter(f.Petra, desk)
	visitor := h.newTab(desk, nil)
	worry := "/my-families/" + f.Trajectory.String() + "/worry"
	for name, words := range map[string]string{
		"markup": markup, "emoji": "👵🏽👧🏿 en 🐈‍⬛", "right to left": "\u202eסבתא\u202c \u200fعمتي", "an apostrophe": `'; DROP TABLE dossier; --`, "accents": "Zoë Çelik-Ğ ijſ",
	} {
		ria.goes(worry)
		ria.choose("Hoe snel is dit nodig?", "om te bespreken")
		ria.fill("Wat zag en hoorde je?", words)
		ria.press("Stuur naar de coördinator")
		if !strings.Contains(script[string](ria.tab, "document.querySelector('main').textContent"), words) {
			t.Errorf("%s: does not come back as it was typed\n%s", name, ria.state())
		}
		petra.goes("/dossiers/" + f.Dossier.String() + "/notes/new")
		petra.fill("Je aantekening", words)
		petra.press("Bewaren")
		if !strings.Contains(script[string](petra.tab, "document.querySelector('main').textContent"), words) {
			t.Errorf("%s: the note is not as it was typed\n%s", name, petra.state())
		}
	}
	for name, words := range map[string]string{
		"a megabyte": strings.Repeat("abcdefghi ", 100_000), "ten thousand lines": strings.Repeat("regel\n", 10_000),
	} {
		ria.goes(worry)
		ria.set(ria.the("field", "Wat zag en hoorde je?"), words)
		ria.refused("Stuur naar de coördinator", "Dit is te lang", "Je tekst staat er nog.")
		if got := ria.holds("Wat zag en hoorde je?"); got != strings.TrimSpace(words) {
			t.Errorf("%s: %d characters came back", name, len(got))
		}
		visitor.open("/refer")
		visitor.set(visitor.the("field", "Wat speelt er"), words)
		visitor.refused("Aanmelding versturen", "Dit is te lang")
		if got := visitor.holds("Wat speelt er"); got != strings.TrimSpace(words) {
			t.Errorf("%s: %d characters came back from the public form", name, len(got))
		}
	}
	ria.goes(worry)
	ria.set(ria.the("field", "Wat zag en hoorde je?"), "voor\x00na")
	ria.refused("Stuur naar de coördinator", "Hier stonden tekens in die we niet kunnen bewaren.")
	if status := petra.open("/dossiers?q=" + "%3Cscript%3Ealert(1)%3C%2Fscript%3E%00%FF"); status >= http.StatusInternalServerError {
		t.Errorf("a search for what cannot be: %d", status)
	}
}
