package journeys

import (
	"net/http"

	"github.com/chromedp/chromedp"
)

// theReport is written on a phone in a car park, and survives that the phone throws the page away (TRA-6, INT-8).
func (s *story) theReport() {
	s.onDay(7)
	ria := s.ria
	ria.goes("/")
	ria.sees("Daan de Boer")
	ria.picture("today-phone")
	ria.press("Verslag schrijven")
	ria.sees("Mama werkt op een boot.")
	ria.choose("Wie waren erbij?", "Daan de Boer", "Truus de Boer")
	ria.fill("Hoe lang duurde het?", "90")
	ria.fill("Hoeveel heb je gereden", "12")
	ria.choose("Wat hebben jullie gedaan?", "praten", "ontspannen")
	ria.choose("Hoe was het?", "moeilijk")
	ria.fill("In je eigen woorden", "We bakten koekjes. Daan vroeg naar de boot.")
	ria.eventually(kept)
	ria.picture("report-phone")
	ria.leads(chromedp.Reload())
	ria.press("Klaar, en ik maak me zorgen")
}

// theWorry is answered, is not enough, and is answered again (SIG-1..3, SIG-5).
func (s *story) theWorry() {
	ria, p := s.ria, s.petra
	ria.sees("112", "0800-2000")
	ria.picture("worry-phone")
	ria.choose("Hoe snel is dit nodig?", "deze week")
	ria.fill("Wat zag en hoorde je?", "Truus viel in slaap aan tafel.")
	ria.fill("Wat denk je zelf?", "Ze is op.")
	ria.press("Stuur naar de coördinator")

	p.goes("/")
	p.picture("worklist-signal")
	p.press("Beantwoorden")
	p.sees("Truus viel in slaap aan tafel.")
	s.answers("Ik bel Truus morgen.")
	ria.goes("/")
	ria.follow("Lezen")
	ria.sees("Ik bel Truus morgen.")
	ria.fill("Is dit niet genoeg?", "Ze heeft vandaag al hulp nodig.")
	ria.press("Dit is niet genoeg")
	p.goes("/")
	p.press("Beantwoorden")
	p.sees("Ze heeft vandaag al hulp nodig.")
	s.answers("Ik ben vanmiddag bij Truus.")
	ria.goes("/")
	ria.follow("Lezen")
	ria.sees("Ik ben vanmiddag bij Truus.")
}

func (s *story) answers(words string) {
	s.petra.fill("Wat is er nodig om dit", "Eerst met Truus praten.")
	s.petra.choose("Wat is er gedaan?", "met het gezin besproken")
	s.petra.fill("Antwoord", words)
	s.petra.press("Antwoord geven")
}

// theRelease comes earlier than expected: nothing ends by itself, the coordinator decides (TRA-8).
func (s *story) theRelease() {
	p := s.petra
	s.expected(200)
	s.expected(30)
	p.goes("/")
	p.picture("worklist-release")
	p.goes(s.trajectory)
	p.sees("De ouder komt eerder thuis dan gedacht.")
	p.follow("Eerder thuis: wat nu?")
	p.refused("Bewaren")
	p.choose("Wat gebeurt er met dit traject?", "Het traject gaat door")
	p.press("Bewaren")
	p.seesNot("De ouder komt eerder thuis dan gedacht.")
}

func (s *story) expected(days int) {
	p := s.petra
	p.goes(s.dossier)
	p.follow("Detentie veranderen")
	p.fill("Verwacht vrij op", s.day(days))
	p.press("Bewaren")
}

func (s *story) theExtension() {
	p := s.petra
	p.goes(s.trajectory)
	p.unfold("Verlengen")
	p.fill("Tot wanneer?", s.today().AddMonths(9).String())
	p.fill("Wat is er nog nodig?", "Samen wennen aan thuis.")
	p.pressedIn("Verlengen", "Verlengen", http.StatusUnprocessableEntity) // TRA-7 asks why
	p.choose("Waarom langer?", "de ouder komt bijna thuis")
	p.pressIn("Verlengen", "Verlengen")
	p.sees("Verlengd tot")
}

// theFarewell is a plan, and support does not end well without it (TRA-9).
func (s *story) theFarewell() {
	p := s.petra
	s.onDay(90)
	p.goes(s.trajectory)
	p.picture("trajectory")
	s.ends(http.StatusUnprocessableEntity)
	p.goes(s.trajectory)
	p.unfold("Contactmoment vastleggen")
	p.choose("Welk moment?", "aan het eind")
	p.fill("Geweest op", s.day(0))
	p.fill("In je eigen woorden", "Kim, Truus en Daan redden het samen.")
	p.pressIn("Contactmoment vastleggen", "Bewaren")
	s.ends(http.StatusUnprocessableEntity)
	p.goes(s.trajectory + "/farewell")
	p.picture("farewell")
	p.fill("Wanneer is het afscheid?", s.day(0))
	p.fill("Hoe hoort Daan de Boer het?", "Ria vertelt het zelf, met een fotoboek.")
	p.fill("Wanneer is het Daan de Boer verteld?", s.day(0))
	p.fill("Wat deed de vrijwilliger? (1)", "Naar voetbal brengen")
	p.fill("Wie doet dat straks? (1)", "Oom Piet")
	p.fill("Het laatste bezoek was op", s.day(0))
	p.choose("Hoe was het voor de familie?", "fijn")
	p.fill("Wat zegt de familie?", "We mizzen haar nu al.")
	p.choose("Hoe was het voor de vrijwilliger?", "fijn")
	p.fill("Wat zegt de vrijwilliger?", "Het is goed zo.")
	p.fill("Kort eindverslag", "Begonnen bij oma, geëindigd thuis.")
	p.press("Bewaren")
	s.ends(http.StatusOK)
	p.goes(s.dossier)
	p.sees("Begeleiding stopte")
	p.picture("dossier-ended")
	s.ria.goes("/")
	s.ria.sees("Je hebt nu geen gezin")
	if status := s.ria.open("/my-families/" + last(s.trajectory)); status != http.StatusNotFound {
		s.Errorf("after the farewell the family's page answers %d", status)
	}
}

func (s *story) ends(status int) {
	s.Helper()
	p := s.petra
	p.goes(s.trajectory)
	p.unfold("Afronden")
	p.chooseIn("Afronden", "Waarom stopt het?", "de vraag is beantwoord")
	p.pressedIn("Afronden", "Afronden", status)
}

// theFigures of the year count this one family (FIG-1..3).
func (s *story) theFigures() {
	s.ingrid.goes("/figures")
	s.ingrid.picture("figures")
	s.ingrid.sees("Van aanmelding naar start")
	s.ingrid.seesNot("Daan", "de Boer", "Truus")
}
