package journeys

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"maatje/internal/db"
)

// TestTOO1_TOO5_FromAWishToAStepThatIsDone goes from the first words of a child to a step that a report ticks, on a phone, and moves
// the step with the keyboard alone. What the family does not want, nobody asks about.
func TestTOO1_TOO5_FromAWishToAStepThatIsDone(t *testing.T) {
	h, f := openFamily(t, db.SQLite)
	own := "/my-families/" + f.Trajectory.String()
	ria := h.enter(f.Ria, phone)

	ria.goes(own + "/tools")
	ria.picture("tools-phone")
	ria.goes(own + "/tools/sociogram/skip")
	ria.choose("Waarom past het niet?", "het gezin wil het niet")
	ria.press("Sla dit over")
	ria.sees("Overgeslagen op", "het gezin wil het niet")

	ria.follow("Drieluik")
	ria.follow("Noor")
	ria.fill("Wat is lastig?", "Ik heb geen plek voor mezelf.")
	ria.fill("Wat wil je?", "Een eigen plek")
	ria.press("Bewaren")
	ria.picture("triptych-phone")
	ria.press("Maak van de wens een doel")
	ria.sees("Een eigen plek", "Hier is nog niet samen naar gekeken.")
	ria.choose("Welke zin past nu?", "Het is nog zoals het was.")
	ria.press("Bewaren")
	ria.sees("Het is nog zoals het was.")

	ria.goes(own + "/plan")
	ria.sees("Een eigen plek")
	ria.choose("Wie doet het?", "familie en vrienden")
	ria.fill("Wat?", "Opa ruimt de zolder op")
	ria.fill("Op welke manier?", "samen met Noor, op zaterdag")
	ria.press("Stap toevoegen")
	ria.picture("plan-phone")
	ria.tabTo("Verplaatsen en meer")
	ria.key(kb.Enter)
	ria.tabTo("Naar maand 2")
	ria.key(kb.Enter)
	ria.sees("De stap staat nu in maand 2.")

	ria.goes(own + "/report")
	ria.sees("Dit past hier niet, dus dat vragen we niet: sociogram (het gezin wil het niet).")
	ria.choose("Wie waren erbij?", "Noor")
	ria.fill("Hoe lang duurde het?", "60")
	ria.choose("Wat hebben jullie gedaan?", "praten")
	ria.choose("Hoe was het?", "fijn")
	ria.choose("Wat uit het stappenplan is klaar?", "Opa ruimt de zolder op")
	ria.press("Klaar")

	petra := h.enter(f.Petra, desk)
	petra.goes("/trajectories/" + f.Trajectory.String() + "/plan")
	petra.sees("familie en vrienden, klaar op", "samen met Noor, op zaterdag")
	petra.picture("plan-desk")
	petra.follow("Verplaatsen en meer")
	petra.sees("Hoe deze stap was", "Verplaatst. Eerder was het:", "Afgestreept. Eerder was het:")
}
