package journeys

import (
	"strings"
	"testing"
)

// TestVOL7_TheMatchingBoard is a coordinator's morning with the board: who is proposed and why, who is not, what another choice
// changes, and asking with a reason that is kept.
func TestVOL7_TheMatchingBoard(t *testing.T) {
	h, _ := openDemo(t)
	p := h.newTab(desk, nil)
	p.become("Marleen Hoekstra")
	p.goesTo("/")
	p.follow("Wie past bij wie")
	p.sees("Het beste voor iedereen samen", "Roos Koster", "spreekt Tigrinya", "Voor wie nog niemand is", "Wie past, is nodig voor een ander gezin.",
		"VOG verloopt tijdens het traject", "er gelden nog beperkingen", "1 vrijwilliger erbij die Tigrinya spreekt")
	family, instead := p.whatIf()
	p.goesTo(family)
	p.sees("vastgezet", instead+" in plaats van", "Het beste met wat je koos", "Terug naar het beste voorstel", "Laat los")
	ask := instead + " vragen"
	p.unfold(ask)
	p.pressedIn(ask, ask, 422)
	p.sees("Kies waarom je iemand anders vraagt.")
	p.choose(script[string](p, `document.querySelector('form legend').textContent.trim()`), "ze kennen elkaar")
	p.pressIn(ask, ask)
	p.sees("Gevraagd. De vrijwilliger ziet nog geen namen.", "Gevraagd, nog geen antwoord")
	trajectory, _, _ := strings.Cut(strings.TrimPrefix(family, "/matching?pin="), "-")
	p.goesTo("/trajectories/" + trajectory + "/match")
	p.sees("in plaats van", "ze kennen elkaar")
	p.whyNot()
	p.goesTo("/matching/recruit")
	p.sees("Wie we zoeken", "Er staan geen namen op deze lijst.", "1 vrijwilliger erbij die Tigrinya spreekt")
	p.seesNot("Özdemir")
}

// whatIf is the address under the first "what if it is somebody else", and that somebody's name.
func (p *tab) whatIf() (address, name string) {
	p.Helper()
	found := script[string](p, `(() => {
		const a = [...document.querySelectorAll('main a')].find(a => a.textContent.startsWith('Wat als het ') && a.closest('.card').querySelectorAll('form').length === 1)
		return a.getAttribute('href') + ' ' + a.textContent.trim()
	})()`)
	address, words, _ := strings.Cut(found, " ")
	return address, strings.TrimSuffix(strings.TrimPrefix(words, "Wat als het "), " wordt?")
}

// whyNot looks at a family for whom one volunteer alone fits.
func (p *tab) whyNot() {
	p.Helper()
	p.goesTo("/matching")
	p.follow("Bram Smit, Sara Smit, Sem Smit")
	p.sees("past het best", "Roos Koster", "kunnen nu niet")
	p.unfold(script[string](p, `[...document.querySelectorAll('summary')].find(s => s.textContent.includes('kunnen nu niet')).textContent.trim()`))
	p.sees("spreekt de taal niet die nodig is (Tigrinya)", "VOG verloopt tijdens het traject")
}

// goesTo opens a page that must be a good one.
func (p *tab) goesTo(path string) {
	p.Helper()
	p.good(p.open(path), path)
}
