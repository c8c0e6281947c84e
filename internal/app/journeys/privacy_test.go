package journeys

import (
	"archive/zip"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"maatje/internal/authz"
	"maatje/internal/db"
)

const whyOver = "a journey begins where support has ended"

// over ends everything that runs in a family.
var over = []*db.Query{
	db.CrossX("journeys.end_trajectories", authz.Works, whyOver, `UPDATE trajectory SET state = 'ended', ended_on = :today WHERE dossier_id = :dossier`, db.Probe{}),
	db.CrossX("journeys.end_matches", authz.Works, whyOver, `UPDATE volunteer_match SET state = 'ended', ended_on = :today WHERE dossier_id = :dossier`, db.Probe{}),
	db.CrossX("journeys.close", authz.Works, whyOver, `UPDATE dossier SET state = 'closed', closed_on = :today WHERE id = :dossier`, db.Probe{}),
}

// TestPRV4_ErasingEarlyTakesTwo: a coordinator writes down that a family asked for it, a project leader who sees no name of
// theirs agrees, and the next round erases everything.
func TestPRV4_ErasingEarlyTakesTwo(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	f.Do(t, func(x *db.Tx) error {
		for _, q := range over {
			if err := db.Do(x, q, db.Args{"dossier": f.Dossier}); err != nil {
				return err
			}
		}
		return nil
	})
	petra, leader := h.enter(f.Petra, desk), h.enter(f.Leader, phone)
	page := "/dossiers/" + f.Dossier.String() + "/keeping"
	petra.goes(page)
	petra.sees("We bewaren het tot en met")
	petra.unfold("Vragen om te wissen")
	petra.pressedIn("Vragen om te wissen", "Vragen om te wissen", http.StatusUnprocessableEntity)
	petra.sees("Schrijf op waarom.")
	petra.fill("Wie vroeg het, en wanneer?", "Moeder belde vanmorgen.")
	petra.pressIn("Vragen om te wissen", "Vragen om te wissen")
	petra.sees("Moeder belde vanmorgen.", "Iemand anders moet ja zeggen.")
	petra.picture("erasing-asked")

	leader.goes("/keeping")
	leader.sees("Van een gezin", "Petra")
	leader.seesNot("Wil", "Moeder belde")
	leader.picture("erasing-confirm-phone")
	leader.press("Ja, wis alles")
	petra.goes(page)
	petra.sees("Bij de volgende ronde wordt alles gewist.")

	h.later(24 * time.Hour)
	if err := h.app.Retention.Run(t.Context(), authz.System("retention.run")); err != nil {
		t.Fatal(err)
	}
	if status := petra.open(page); status != http.StatusNotFound {
		t.Errorf("what was erased answers %d\n%s", status, petra.state())
	}
}

// TestPRV4_FromAskingToThePackage: a mother asks what is kept about her, and gets it in a file.
func TestPRV4_FromAskingToThePackage(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	petra := h.enter(f.Petra, desk)
	petra.goes("/dossiers/" + f.Dossier.String() + "/requests")
	petra.press("Verzoek opschrijven")
	petra.picture("request-new")
	petra.choose("Wat wordt er gevraagd?", "Inzage")
	petra.choose("Over wie gaat het?", "Kim")
	petra.fill("Wie vraagt het?", "Kim")
	petra.fill("Gevraagd op", h.day(0))
	petra.choose("Hoe is het gevraagd?", "per telefoon")
	petra.press("Opschrijven")
	petra.sees("Ga eerst na of het echt Kim is")
	petra.choose("Hoe weet je dat het deze persoon is?", "ik zag een identiteitsbewijs")
	petra.press("Opslaan")
	petra.picture("request-package")

	page := petra.where()
	if index := petra.downloads("Pakket ophalen in het Nederlands", "index.html"); !strings.Contains(index, "Kim") {
		t.Errorf("the package does not name who asked:\n%.2000s", index)
	}
	petra.goes(page)
	petra.choose("Wat is het antwoord?", "gedaan")
	petra.fill("Hoe is het pakket gegeven", "Op papier, in haar handen.")
	petra.press("Antwoord opslaan")
	petra.sees("gedaan op", "Op papier, in haar handen.")
	petra.seesNot("Pakket ophalen")
}

// TestPRV6_ALostTelephoneInTheRegister: a volunteer tells it on what she has left, and a project leader brings it to its end
// within the 72 hours.
func TestPRV6_ALostTelephoneInTheRegister(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria, leader := h.enter(f.Ria, phone), h.enter(f.Leader, desk)
	ria.goes("/")
	ria.follow("Iets misgegaan met gegevens?")
	ria.choose("Wat is er gebeurd?", "telefoon, laptop of papier kwijt")
	ria.refused("Vertellen", "Schrijf kort wat er misging.")
	ria.fill("Wat ging er mis?", "Mijn telefoon lag in de bus.")
	ria.press("Vertellen")
	ria.sees("Dank je wel", "Mijn telefoon lag in de bus.", "wordt naar gekeken")
	ria.picture("breach-told-phone")

	h.later(2 * time.Hour)
	leader.goes("/breaches")
	leader.sees("Ria", "nog 7")
	leader.follow("telefoon, laptop")
	leader.refused("Afronden", "Beslis eerst of de Autoriteit Persoonsgegevens het hoort.")
	leader.fill("Van wie zijn de gegevens", "Adressen van twee gezinnen")
	leader.fill("Wat kan het voor hen betekenen?", "Niets: de telefoon was vergrendeld")
	leader.fill("Wat deden we", "Op afstand gewist")
	leader.choose("Melden we het?", "nee")
	leader.fillNamed("why_no", "Niemand kan erbij")
	leader.choose("Vertellen we het hun?", "nee")
	leader.fillNamed("why_untold", "Er is niets gezien")
	leader.press("Opslaan")
	leader.sees("besloten over melden", "Ria vertelde het")
	leader.press("Afronden")
	leader.sees("Afgerond.", "Op afstand gewist")
	leader.picture("breach-closed")
	ria.goes("/breaches/mine")
	ria.sees("afgerond op")
}

// downloads presses a button that offers a package, and gives what one file in it holds.
func (p *tab) downloads(button, name string) string {
	p.Helper()
	folder := p.TempDir()
	_, err := chromedp.Call(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID, DownloadPath: folder,
	})
	if err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.Click(p.the("button", button)))
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(folder, "*.zip"))
		if err != nil {
			p.Fatal(err)
		}
		if len(files) == 1 {
			return p.inside(files[0], name)
		}
	}
	p.Fatalf("%q gave no file\n%s", button, p.state())
	return ""
}

func (p *tab) inside(file, name string) string {
	p.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		p.Fatal(err)
	}
	defer z.Close()
	r, err := z.Open(name)
	if err != nil {
		p.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		p.Fatal(err)
	}
	return string(all)
}

// fillNamed fills a text of which the label stands on the page twice.
func (p *tab) fillNamed(name, words string) {
	p.Helper()
	p.set(chromedp.JSPath(`document.querySelector('main [name=`+name+`]')`), words)
}
