package journeys

import (
	"testing"

	"github.com/chromedp/chromedp"

	"maatje/internal/db"
)

// TestTrainingWithAWaitingList: a course of their own with one evening and one place; the second waits, moves up when the first
// withdraws, is there, and has completed the course. A module goes on where she was, after the page was thrown away (VOL-4).
func TestTrainingWithAWaitingList(t *testing.T) {
	h := open(t, db.SQLite)
	ingrid := h.firstLeader("Ingrid Meijer")
	petra := ingrid.invite("Petra Jansen", desk, job{role: "Buitencoördinator", municipalities: "Zwolle"})
	ria, joanna := h.learner(petra, ingrid, "Ria Verhoef"), h.learner(petra, ingrid, "Joanna Bos")

	ingrid.goes("/courses/new")
	ingrid.fill("Naam", "Rouw en verlies")
	ingrid.fill("Na hoeveel maanden", "12")
	ingrid.press("Bewaren")
	ingrid.refused("Training openen", "zit nog niets")
	ingrid.fill("Een bijeenkomst over", "Avond over rouw")
	ingrid.press("Toevoegen")
	ingrid.press("Training openen")

	petra.goes("/sessions/new")
	petra.fill("Waarover", "Rouw en verlies: Avond over rouw")
	petra.fill("Dag", h.day(7))
	petra.fill("Plek", "Buurthuis")
	petra.fill("Plaatsen", "1")
	petra.press("Bewaren")
	session := petra.where()
	petra.picture("session")

	for _, v := range []*person{ria, joanna} {
		v.goes("/training")
		v.unfold("Andere trainingen")
		v.pressFor(session + "/enrol")
	}
	joanna.sees("Het is vol", "nummer 1 op de wachtlijst")
	joanna.picture("training-phone")
	ria.press("Ik kan toch niet")
	joanna.goes("/")
	joanna.sees("er is een plaats voor je bij een training")
	joanna.goes("/training")
	joanna.sees("je hebt nu een plaats")
	joanna.press("Gezien")

	h.onDay(7)
	petra.goes(session)
	petra.choose("Wie waren er?", "Joanna Bos")
	petra.press("Vastleggen")
	joanna.goes("/training")
	joanna.sees("Rouw en verlies", "weer voor")

	joanna.follow("Beginnen")
	joanna.press("Beginnen")
	for range 3 {
		joanna.press("Verder")
	}
	joanna.sees("De juf belt", "bladzijde 4 van 8")
	joanna.leads(chromedp.Reload())
	joanna.sees("bladzijde 4 van 8")
	joanna.goes("/training")
	joanna.sees("Je was bij bladzijde 4")
	joanna.follow("Verder waar je was")
	joanna.choose("Wat doe je?", "Ik hang op.")
	joanna.press("Verder kijken")
	joanna.sees("Jij koos: Ik hang op.")
	joanna.picture("module-phone")
	petra.goes("/volunteers")
	petra.follow("Joanna Bos")
	petra.goes(petra.where() + "/training")
	petra.sees("Je was bij bladzijde 4")
	petra.seesNot("Ik hang op")
}

// learner is a volunteer of Zwolle who can sign in.
func (h *house) learner(p, leader *person, name string) *person {
	h.Helper()
	p.goes("/volunteers/new")
	p.fill("Naam", name)
	p.fill("E-mailadres", address(name))
	p.fill("Gemeente", "Zwolle")
	p.fill("Voor hoeveel gezinnen tegelijk?", "1")
	p.press("Bewaren")
	file := p.where()
	new := leader.invite(name, phone, job{role: "Vrijwilliger"})
	p.goes(file)
	if p.shows("Account met dit e-mailadres koppelen") {
		p.press("Account met dit e-mailadres koppelen")
	}
	return new
}
