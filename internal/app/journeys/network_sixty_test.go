package journeys

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"maatje/internal/db"
)

// crowded lists what is wrong with the picture that the screen shows: names or numbers that cover each other or lie outside it, and
// on a phone people who are too small to press, or a page that can be pushed sideways.
const crowded = `(count => {
	const wrong = [], over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
	const picture = [...document.querySelectorAll('.rings svg:has(.ring)')].filter(s => s.checkVisibility());
	if (picture.length !== 1) return picture.length + ' pictures';
	const room = picture[0].getBoundingClientRect();
	const all = [...picture[0].querySelectorAll('text, .dot')].map(e => ({e, words: e.textContent, box: e.getBoundingClientRect()}));
	for (const [i, a] of all.entries()) {
		if (a.box.left < room.left - 1 || a.box.right > room.right + 1) wrong.push(a.words + ' lies outside the picture');
		for (const b of all.slice(0, i)) {
			const twoLines = a.e.parentNode === b.e.parentNode && a.e.previousElementSibling === b.e;
			if (!twoLines && over(a.box, b.box)) wrong.push(a.words + ' covers ' + b.words);
		}
	}
	const press = [...document.querySelectorAll('.rings a')].filter(a => a.checkVisibility()).map(a => (a.querySelector('.touch') ?? a).getBoundingClientRect());
	if (press.length !== count) wrong.push(press.length + ' people to press');
	if (press.some(r => r.width < 43.9 || r.height < 43.9)) wrong.push('somebody is too small to press');
	const small = [...picture[0].querySelectorAll('.name')].filter(e => e.getBoundingClientRect().height < 12);
	if (small.length) wrong.push(small.length + ' names are too small to read');
	if (document.scrollingElement.scrollWidth > innerWidth + 1 || room.left < 0 || room.right > innerWidth + 1) wrong.push('it is pushed sideways');
	return wrong.slice(0, 20).join('\n');
})`

var pageOfPDF = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// sixty is a file of another program, with people in every ring and quarter.
func sixty() string {
	names := []string{"Oma", "tante Joke", "Mohamed", "juf Anneke van der Veen-Hogeboom", "Sevgi", "opa", "Jan-Willem", "buurvrouw van nummer 12", "Li", "meneer De Groot"}
	quarters := []string{"family", "friends", "neighbourhood", "professionals"}
	var b strings.Builder
	b.WriteString("<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><graph>")
	for i := range 60 {
		fmt.Fprintf(&b, "<node id='%d'><data key='name'>%s %d</data><data key='quarter'>%s</data><data key='ring'>%d</data></node>", i, names[i%10], i+1, quarters[i*3%5%4], i*7%4+1)
	}
	for i := range 40 {
		fmt.Fprintf(&b, "<edge source='%d' target='%d'/>", i, (i*7+3)%60)
	}
	return b.String() + "</graph></graphml>"
}

// TestTOO4_SixtyNamesFitAPhoneADeskAndASheet brings sixty people in from a file, and looks at them everywhere.
func TestTOO4_SixtyNamesFitAPhoneADeskAndASheet(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	petra := h.enter(f.Petra, desk)
	root := "/dossiers/" + f.Dossier.String() + "/network"
	petra.goes(root)
	petra.choose("Van wie?", "Noor")
	petra.press("Beginnen")
	petra.follow("Stoppen, later verder")
	one := petra.where()
	petra.goes(one + "/import")
	petra.set(petra.the("field", "De tekst van het bestand"), sixty())
	petra.press("Bekijken")
	petra.sees("60 mensen in dit bestand")
	petra.press("Overnemen")
	petra.sees("Noor noemt 60 mensen.")
	for _, v := range []struct {
		width int64
		dark  bool
	}{{desk, false}, {desk, true}, {768, false}, {phone, false}, {phone, true}, {320, false}} {
		petra.look(v.width, v.dark)
		for _, page := range []string{one, one + "?ties=1"} {
			petra.goes(page)
			if wrong := script[string](petra.tab, crowded+"(60)"); wrong != "" {
				t.Errorf("%s at %d:\n%s", page, v.width, wrong)
			}
		}
		petra.picture(fmt.Sprintf("network-sixty-%d-%v", v.width, v.dark))
	}
	petra.look(desk, false)
	petra.goes(one + "?ties=1")
	pdf := get(petra.tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	petra.keep("network-sixty.pdf", pdf)
	if pages := len(pageOfPDF.FindAll(pdf, -1)); pages != 1 {
		t.Errorf("it prints on %d pages", pages)
	}
}

// TestTOO4_ANetworkWithTheKeyboardAlone names two people, places one, moves them, and says that they know each other.
func TestTOO4_ANetworkWithTheKeyboardAlone(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, desk)
	ria.goes("/my-families/" + f.Trajectory.String() + "/network")
	press := func(words string) {
		t.Helper()
		ria.tabTo(words)
		ria.good(ria.key(kb.Enter), words)
	}
	ria.tabTo("Of typ een andere naam")
	ria.typeIn("Joke")
	ria.good(ria.key(kb.Enter), "Enter")
	ria.eventually(`document.activeElement?.name === 'names'`)
	ria.typeIn("Mo, Li")
	ria.good(ria.key(kb.Enter), "Enter")
	press("Verder: Wie is dat")
	for range 2 { // nobody is family because nothing was said
		ria.tabTo("Familie")
		ria.do(chromedp.KeyEvent(" "))
	}
	press("Verder: Plek")
	press("1. heel dichtbij") // Mo, who comes first
	press("3. verder weg")    // Li
	press("Verder weg: Mo")
	ria.sees("Mo dichtbij")
	press("Dichterbij: Li")
	ria.sees("Li dichtbij")
	press("Verder: Wie kent wie")
	ria.tabTo("Li") // whom it is about
	ria.tabTo("Li")
	ria.do(chromedp.KeyEvent(" "))
	press("Bewaren en verder")
	press("Stoppen, later verder")
	ria.sees("Iedereen kent elkaar.", "2 dichtbij")

	// One stop of the Tab key is the picture; the arrows walk along its people, and Enter opens one.
	first := script[string](ria.tab, `document.querySelector('.rings-picture a[data-first] title').textContent`)
	ria.tabTo(first)
	if !script[bool](ria.tab, inPicture) {
		t.Fatal("the keyboard passes the picture by")
	}
	ria.do(chromedp.KeyEvent(kb.ArrowRight))
	if !script[bool](ria.tab, inPicture) || script[bool](ria.tab, focused+".startsWith("+quoted(first)+")") {
		t.Error("the arrow leads to nobody")
	}
	ria.good(ria.key(kb.Enter), "Enter")
	ria.tabTo("Met wie heeft")
	ria.do(chromedp.KeyEvent(kb.ArrowDown))
	ria.tabTo("kennen elkaar")
	ria.do(chromedp.KeyEvent(kb.ArrowRight))
	ria.tabTo("Bewaren")
	ria.good(ria.key(kb.Enter), "Bewaren")
	ria.sees("goede band")
}

// TestTOO4_ANetworkWithoutScript is told on a phone in which no script runs.
func TestTOO4_ANetworkWithoutScript(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	ria.withoutScript()
	ria.goes("/my-families/" + f.Trajectory.String() + "/network")
	ria.choose("Van wie?", "Noor")
	ria.press("Beginnen")
	ria.fill("Wie?", "tante Mo, Bram")
	ria.press("Erbij")
	ria.follow("Verder: Wie is dat")
	ria.choose("Bram", "Vrienden")
	ria.choose("tante Mo", "Familie")
	ria.press("Verder: Plek")
	ria.press("2. dichtbij")
	ria.press("3. verder weg")
	ria.press("Dichterbij: Bram")
	ria.follow("Verder: Wie kent wie")
	ria.choose("Wie van hen kent tante Mo?", "Bram")
	ria.press("Bewaren en verder")
	ria.follow("Stoppen, later verder")
	ria.sees("Er staan er 2 dichtbij.", "Iedereen kent elkaar.")

	// What the volunteer does by the step plan is offered as a task of today.
	one := strings.TrimSuffix(ria.where(), "?")
	ria.goes("/my-families/" + f.Trajectory.String() + "/plan")
	ria.choose("Wie doet het?", "de vrijwilliger")
	ria.fill("Wat?", "Samen naar zwemles, elke week")
	ria.press("Stap toevoegen")
	ria.goes(one + "/tasks")
	ria.press("+ Samen naar zwemles, elke week")
	ria.sees("Voor 1 ding is er nog niemand.")
	ria.seesNot("Uit het stappenplan.")
}
