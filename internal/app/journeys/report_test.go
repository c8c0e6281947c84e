package journeys

import (
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"maatje/internal/db"
	"maatje/internal/familytest"
)

// openFamily serves the product with grandmother Wil, Sara and Noor in it, on one engine.
func openFamily(t *testing.T, kind db.Kind) (*house, *familytest.Family) {
	t.Helper()
	h := open(t, kind)
	f := familytest.New(t, h.db)
	h.leader = f.Leader
	return h, f
}

const kept = `document.querySelector('[data-status]').textContent.startsWith('Bewaard om')`

// TestTRA6_NotAWordIsLost writes one report through everything that happens to a phone in a car park.
func TestTRA6_NotAWordIsLost(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	ria.goes("/my-families/" + f.Trajectory.String() + "/report")
	ria.picture("report-phone")
	ria.choose("Wie waren erbij?", "Sara", "Wil")
	ria.fill("Hoe lang duurde het?", "90")
	ria.fill("In je eigen woorden", "Sara las voor uit haar boek.")
	ria.eventually(kept)

	ria.leads(chromedp.Reload()) // the phone threw the page away
	if got := ria.holds("In je eigen woorden"); got != "Sara las voor uit haar boek." {
		t.Fatalf("after reloading: %q", got)
	}

	other := ria.beside() // the same report, open twice
	other.goes(ria.where())
	other.add("In je eigen woorden", " Noor zong.")
	other.eventually(kept)
	ria.add("In je eigen woorden", " Wil was moe.")
	ria.waits("Iemand anders heeft dit intussen veranderd.")
	ria.waits("Noor zong.") // what was kept comes after the sentence
	if got := ria.holds("In je eigen woorden"); got != "Sara las voor uit haar boek. Wil was moe." {
		t.Fatalf("after the conflict: %q", got)
	}

	// Pressing Done does not write over the other screen either: it says so, and keeps both.
	ria.refused("Klaar", "Noor zong.")
	if got := ria.holds("In je eigen woorden"); got != "Sara las voor uit haar boek. Wil was moe." {
		t.Fatalf("after sending the stale form: %q", got)
	}

	ria.goes(other.where())
	ria.add("In je eigen woorden", " Wil was moe.")
	ria.eventually(kept)
	other.goes("/")

	h.later(31 * time.Minute) // she drove home first; the session is over
	ria.add("In je eigen woorden", " Morgen bel ik.")
	ria.waits("je bent afgemeld")
	if status := ria.pressed("Klaar"); status != http.StatusUnauthorized {
		t.Fatalf("sent without a session: %d\n%s", status, ria.state())
	}
	door := ria.beside()
	door.signIn("/")
	ria.step, ria.seen, ria.signedIn = door.step, door.seen, door.signedIn
	ria.picture("signed-out-phone")
	ria.refused("Nog een keer versturen", "Wat hebben jullie gedaan?")
	if got := ria.holds("In je eigen woorden"); got != "Sara las voor uit haar boek. Noor zong. Wil was moe. Morgen bel ik." {
		t.Fatalf("after signing in again: %q", got)
	}

	ria.choose("Wat hebben jullie gedaan?", "praten", "ontspannen")
	ria.choose("Hoe was het?", "fijn")
	ria.twice("Klaar")
	ria.waits("Je verslag is klaar. Dank je wel!")
	ria.sees("Sara las voor uit haar boek. Noor zong. Wil was moe. Morgen bel ik.", "Sara", "Wil", "90 minuten")
	ria.goes("/my-families/" + f.Trajectory.String() + "/reports")
	ria.sees("1 bezoek")
}

// TestINT1_HalfATalkIsThereAgain: what a coordinator types about a talk survives a reload and a second tab.
func TestINT1_HalfATalkIsThereAgain(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	petra := h.enter(f.Petra, phone)
	petra.goes("/dossiers/" + f.Dossier.String() + "/intake")
	petra.press("Nieuwe intake beginnen")
	petra.unfold("Gesprek opschrijven")
	petra.choose("Met wie?", "ouder")
	petra.choose("Waar of hoe?", "binnen")
	petra.fill("Wat is er gezegd?", "Kim wil weten hoe het thuis is.")
	petra.eventually(kept)

	petra.leads(chromedp.Reload())
	petra.sees("Je was bezig met dit gesprek.")
	if got := petra.holds("Wat is er gezegd?"); got != "Kim wil weten hoe het thuis is." {
		t.Fatalf("after reloading: %q", got)
	}
	petra.picture("talk-begun-phone")

	other := petra.beside() // the same talk, open twice
	other.goes(petra.where())
	other.add("Wat is er gezegd?", " Ze huilde.")
	other.eventually(kept)
	petra.add("Wat is er gezegd?", " Ze lachte.")
	petra.waits("Iemand anders heeft dit intussen veranderd.")
	petra.waits("Ze huilde.")                                              // what was kept comes after the sentence
	petra.pressedIn("Gesprek opschrijven", "Bewaren", http.StatusConflict) // by hand it does not write over the other screen either
	petra.sees("Ze huilde.")
	if got := petra.holds("Wat is er gezegd?"); got != "Kim wil weten hoe het thuis is. Ze lachte." {
		t.Fatalf("after the conflict: %q", got)
	}

	other.pressIn("Gesprek opschrijven", "Bewaren")
	other.sees("Ze huilde.")
	other.seesNot("Je was bezig met dit gesprek.")
}

// twice taps a button two times in a row.
func (p *tab) twice(words string) {
	p.Helper()
	script[bool](p, `(b => { b.click(); b.click(); return true })(`+string(p.the("button", words))+`)`)
}

// TestWithoutScript: a phone that runs no scripts loses nothing but speed.
func TestWithoutScript(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	ria := h.enter(f.Ria, phone)
	ria.withoutScript()
	ria.goes("/my-families/" + f.Trajectory.String() + "/report")
	ria.fill("In je eigen woorden", "Zonder script.")
	ria.refused("Klaar", "Wat je hebt ingevuld, staat er nog.")
	if got := ria.holds("In je eigen woorden"); got != "Zonder script." {
		t.Fatalf("refused, it holds %q", got)
	}
	ria.choose("Wie waren erbij?", "Noor")
	ria.fill("Hoe lang duurde het?", "45")
	ria.choose("Wat hebben jullie gedaan?", "praten")
	ria.choose("Hoe was het?", "gewoon")
	ria.press("Klaar, en ik maak me zorgen")
	ria.sees("112", "0800-2000")
	ria.choose("Hoe snel is dit nodig?", "deze week")
	ria.fill("Wat zag en hoorde je?", "Noor zei dat ze niet slaapt.")
	ria.press("Stuur naar de coördinator")
	ria.sees("Je zorg is doorgegeven.", "Noor zei dat ze niet slaapt.")

	petra := h.enter(f.Petra, desk)
	petra.withoutScript()
	petra.goes("/dossiers/" + f.Dossier.String() + "/signals")
	petra.press("Beantwoorden")
	petra.refused("Antwoord geven")
	petra.fill("Wat is er nodig om dit", "Ik bel Wil vandaag.")
	petra.choose("Wat is er gedaan?", "met het gezin besproken")
	petra.fill("Antwoord", "Dank je. Ik bel Wil en kom volgende week mee.")
	petra.press("Antwoord geven")

	ria.goes("/")
	ria.sees("Er is antwoord op je zorg")
	ria.follow("Lezen")
	ria.sees("Dank je. Ik bel Wil en kom volgende week mee.")
}
