package journeys

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"maatje/internal/db"
)

// focused tells what has the focus: its label or its words.
const focused = `(e => (e.labels?.[0] ?? e).textContent.replace(/\s+/g, ' ').trim())(document.activeElement)`

// ring is whether the focus can be seen: an outline or a shadow around what has it. A chip's input has none of its own: its
// ring is around the words beside it, and nowhere else.
const ring = `(e => {
	const chip = e.closest('.pick'), s = getComputedStyle(chip ? chip.querySelector('input:focus-visible + span') ?? chip : e);
	return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
})(document.activeElement)`

// tabTo goes on with the Tab key until the focus is on the words.
func (p *tab) tabTo(words string) {
	p.Helper()
	for range 80 {
		p.do(chromedp.KeyEvent(kb.Tab))
		if script[bool](p, focused+".startsWith("+quoted(words)+")") {
			if !script[bool](p, ring) {
				p.Errorf("%s: nobody sees that the focus is on %q", p.where(), words)
			}
			return
		}
	}
	p.Fatalf("the keyboard does not come to %q\n%s", words, p.state())
}

func (p *tab) key(keys string) int {
	p.Helper()
	return p.leads(chromedp.KeyEvent(keys))
}

// TestWithTheKeyboardAlone signs in and answers a worry without a mouse.
func TestWithTheKeyboardAlone(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	ria.goes("/my-families/" + f.Trajectory.String() + "/worry")
	ria.choose("Hoe snel is dit nodig?", "nu")
	ria.fill("Wat zag en hoorde je?", "Er was veel geschreeuw.")
	ria.press("Stuur naar de coördinator")

	petra := h.enter(f.Petra, desk)
	door := *petra
	door.tab = h.newTab(desk, nil)
	door.open("/sign-in")
	door.tabTo("E-mailadres")
	door.typeIn(petra.email)
	door.tabTo("Wachtzin")
	door.typeIn(passphrase)
	door.key(kb.Enter)
	door.tabTo("Code van zes cijfers")
	door.typeIn(door.code())
	door.key(kb.Enter)
	door.signedIn, door.seen = h.clock.Now(), h.clock.Now()

	door.tabTo("Beantwoorden")
	door.key(kb.Enter)
	door.sees("Er was veel geschreeuw.")
	door.tabTo("Antwoord geven")
	door.key(kb.Enter)
	if !script[bool](door.tab, `document.activeElement.matches('.errors')`) {
		t.Errorf("after a refusal the focus is on %q", script[string](door.tab, focused))
	}
	door.tabTo("Wat is er nodig")
	door.typeIn("Eerst praten we met Wil.")
	door.tabTo("met het gezin besproken")
	door.do(chromedp.KeyEvent(" "))
	door.tabTo("Antwoord")
	door.typeIn("Ik ben er over een kwartier.")
	door.tabTo("Antwoord geven")
	door.key(kb.Enter)
	door.sees("Je antwoord is gegeven.")
}
