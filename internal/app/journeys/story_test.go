package journeys

import (
	"regexp"
	"strings"
	"testing"

	"maatje/internal/db"
)

// story is one family from referral to farewell, and everybody around it.
type story struct {
	*house
	ingrid, petra, bert, ria *person
	visitor                  *tab
	code                     string // of the referral
	dossier, trajectory      string // addresses
	others                   string // who does not fit
}

// TestTheWholeStory lives through the main job on both engines: a school refers a boy whose mother was arrested.
func TestTheWholeStory(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			s := &story{house: open(t, kind)}
			s.theTeam()
			s.theSchoolRefers()
			s.theTalks()
			s.theConditions()
			s.theMatch()
			s.theReport()
			s.theWorry()
			s.theRelease()
			s.theExtension()
			s.theFarewell()
			s.theFigures()
			s.theNeighbours()
		})
	}
}

// theTeam: a project leader, two coordinators and a volunteer who may start.
func (s *story) theTeam() {
	s.ingrid = s.firstLeader("Ingrid Meijer")
	for _, name := range []string{"PI Waterkant", "PI Duinzicht"} {
		s.ingrid.goes("/facilities/new")
		s.ingrid.fill("Naam", name)
		s.ingrid.fill("Plaats", "Zwolle")
		s.ingrid.press("Bewaren")
	}
	s.petra = s.ingrid.invite("Petra Jansen", desk, job{role: "Buitencoördinator", municipalities: "Zwolle"})
	s.bert = s.ingrid.invite("Bert Kuipers", desk, job{role: "Binnencoördinator", facility: "PI Waterkant"})
	s.ria = s.newVolunteer("Ria Verhoef", "2029-11-01")
	s.newVolunteer("Tineke Bos", "")
	s.others = "Tineke Bos"
	s.ria.sees("Je hebt nu geen gezin")
}

// newVolunteer takes somebody through the pipeline; without a certificate she does not fit.
func (s *story) newVolunteer(name, certificate string) *person {
	p := s.petra
	p.goes("/volunteers/new")
	p.fill("Naam", name)
	p.fill("E-mailadres", address(name))
	p.fill("Gemeente", "Zwolle")
	p.fill("Voor hoeveel gezinnen tegelijk?", "2")
	p.choose("Welke steun wil je geven?", "gezinsmaatje", "oudermaatje")
	p.press("Bewaren")
	file := regexp.MustCompile(`/volunteers/[0-9a-z]+`).FindString(p.where())
	new := s.walks(p, s.ingrid, file, name, certificate, phone)
	if new != nil {
		p.goes(file)
		p.sees("1 november 2029", "actief")
	}
	return new
}

// theSchoolRefers by the public form, and Petra makes a file of it without typing anything twice (REF-2, REF-3).
func (s *story) theSchoolRefers() {
	v := s.newTab(desk, nil)
	s.visitor = v
	v.open("/refer")
	v.fill("Wie ben je?", "school")
	v.fill("Je naam", "Juf Els")
	v.fill("Organisatie", "De Regenboog")
	v.refused("Aanmelding versturen")
	v.fill("E-mailadres", "els@deregenboog.nl")
	v.fill("Gemeente waar", "Zwolle")
	v.fill("Inrichting waar", "PI Waterkant")
	v.fill("Naam van de ouder", "Kim de Boer")
	v.choose("De ouder is", "vrouw")
	v.fillIn("Kind 1", "Naam", "Daan de Boer")
	v.fillIn("Kind 1", "Geboren op", s.today().AddMonths(-12*8).String())
	v.fill("Wie zorgt nu", "Truus de Boer")
	v.fill("Wat is deze persoon", "oma")
	v.fill("Wat speelt er", "Daan is stil. Zijn moeder is <b>gisteren</b> opgehaald & hij slaapt bij oma.")
	v.press("Aanmelding versturen")
	v.sees("Dank je wel", "5 werkdagen")
	s.code = regexp.MustCompile(`\b[a-z]{3}-[a-z]{3}-[a-z]{3}\b`).FindString(script[string](v, "document.querySelector('main').innerText"))
	if s.code == "" {
		s.Fatalf("no code\n%s", v.state())
	}

	p := s.petra
	p.goes("/")
	p.picture("worklist-referral")
	p.goes("/referrals")
	p.follow(s.code)
	p.sees("Juf Els", "Daan is stil.", "<b>gisteren</b>")
	p.picture("referral")
	p.press("Dossier maken")
	s.dossier = regexp.MustCompile(`/dossiers/[0-9a-z]+`).FindString(p.where())
	p.goes(s.dossier)
	p.sees("Daan de Boer", "Kim de Boer", "Truus de Boer", "PI Waterkant")
	p.picture("dossier")
}

// theTalks: Bert inside, Petra at home (INT-1, INT-8).
func (s *story) theTalks() {
	s.bert.goes(s.dossier + "/intake")
	s.talk(s.bert, "ouder", "Kim de Boer", "binnen", "Ik wil dat Daan iemand heeft.")
	s.talk(s.petra, "verzorger", "Truus de Boer", "thuis", "Hij vraagt elke avond waar mama is.")
	s.petra.sees("Ik wil dat Daan iemand heeft.")
	s.petra.goes(s.dossier + "/knowledge/new")
	s.petra.fill("Welk kind?", "Daan de Boer")
	s.petra.choose("Wat weet het kind nu?", "Kreeg een ander verhaal te horen.")
	s.petra.fill("Welk verhaal", "Mama werkt op een boot.")
	s.petra.press("Bewaren")
	s.petra.sees("Mama werkt op een boot.")
}

func (s *story) talk(p *person, with, who, place, said string) {
	p.goes(s.dossier + "/intake")
	p.unfold("Gesprek opschrijven")
	p.choose("Met wie?", with)
	p.fill("Wie precies?", who)
	p.choose("Waar of hoe?", place)
	p.fill("Hoe lang?", "45")
	p.fill("Wat is er gezegd?", said)
	p.pressIn("Gesprek opschrijven", "Bewaren")
	p.sees(said)
}

// theConditions: a start is refused as long as one of them is missing, and the page says which (INT-4).
func (s *story) theConditions() {
	p := s.petra
	p.goes(s.dossier + "/professionals/new")
	p.fill("Organisatie", "Jeugdbescherming Oost")
	p.fill("Wat voor hulp?", "jeugdzorg")
	p.press("Bewaren")
	p.goes(s.dossier + "/intake")
	p.picture("intake")
	for _, c := range []string{"Delict tegen een kind", "Psychische problemen", "Verslaving", "Kinderen jaren uit beeld"} {
		p.choose(c, "gevraagd: nee")
	}
	p.pressFor("/contraindications")

	s.notYet("a", "b", "c", "d")
	s.authority()
	s.agrees("begeleiding beginnen", "Daan de Boer", "Kim de Boer", "heeft het gezag", "alleen gezegd")
	s.notYet("a", "b", "c", "d") // spoken opens nothing (CON-1)
	s.agrees("begeleiding beginnen", "Daan de Boer", "Kim de Boer", "heeft het gezag", "op papier")
	s.notYet("b", "c", "d")
	s.agrees("een maatje thuis ontvangen", "Truus de Boer", "Truus de Boer", "voor zichzelf", "op papier")
	s.notYet("c", "d")
	s.agrees("de kinderen vertellen", "Kim de Boer", "Kim de Boer", "voor zichzelf", "op papier")
	s.notYet("d")
	p.fill("Wanneer is het afgesproken?", s.day(0))
	p.fill("Met wie, en wat?", "Mevrouw Smit, brief in de map")
	p.pressFor("/youth-care")
	p.choose("Wat wordt het?", "beginnen")
	p.press("Besluit vastleggen")
	p.seesNot("Beginnen kan nog niet")
	p.picture("intake-decided")
}

func (s *story) authority() {
	p := s.petra
	p.goes(s.dossier + "/authority/new")
	p.fill("Over welk kind?", "Daan de Boer")
	p.fill("Wie heeft het gezag?", "Kim de Boer")
	p.choose("Wat voor gezag?", "ouderlijk gezag")
	p.press("Bewaren")
}

func (s *story) agrees(purpose, about, giver, as, how string) {
	p := s.petra
	p.goes(s.dossier + "/consents/new")
	p.fill("Waarvoor?", purpose)
	p.choose("Over wie?", about)
	p.fill("Wie geeft toestemming?", giver)
	p.choose("Als wie?", as)
	p.choose("Hoe is de toestemming gegeven?", how)
	p.fill("Waar ligt het papier?", "map op kantoor")
	p.fill("Vanaf", s.day(0))
	p.press("Bewaren")
}

// conditions are the beginnings of the sentences of INT-4, as a refusal says them.
var conditions = map[string]string{
	"a": "De ouder met gezag heeft nog niet schriftelijk ingestemd", "b": "Thuis is nog niet ingestemd met een vrijwilliger",
	"c": "De ouder heeft nog niet gezegd dat de kinderen het mogen horen", "d": "Er is jeugdzorg bij het gezin. Spreek eerst af",
}

// notYet tries to start, and expects that each missing condition is named and no other.
func (s *story) notYet(letters ...string) {
	s.Helper()
	p := s.petra
	p.goes(s.dossier + "/intake")
	p.choose("Wat wordt het?", "beginnen")
	p.refused("Besluit vastleggen")
	named := script[string](p.tab, `document.querySelector('.errors').innerText`)
	for letter, sentence := range conditions {
		is := strings.Contains(named, sentence)
		if want := strings.Contains(strings.Join(letters, ""), letter); is != want {
			s.Errorf("condition %s named: %v, want %v\n%s", letter, is, want, named)
		}
	}
}

// theMatch: the list says why somebody fits and why not; each of the three says yes (VOL-7, TRA-3).
func (s *story) theMatch() {
	p := s.petra
	p.goes(s.dossier + "/trajectories/new")
	p.choose("Welke steun?", "gezinsmaatje")
	p.choose("Voor wie?", "Daan de Boer", "Truus de Boer")
	p.press("Beginnen")
	s.trajectory = regexp.MustCompile(`/trajectories/[0-9a-z]+`).FindString(p.where())
	p.goes(s.trajectory + "/match")
	p.sees("Ria Verhoef")
	if s.others != "" {
		p.unfold("1 vrijwilliger kan nu niet")
		p.sees(s.others)
	}
	p.picture("match")
	p.press("Ria Verhoef vragen")

	s.ria.goes("/")
	s.ria.seesNot("Daan", "de Boer")
	s.ria.press("Bekijken")
	s.ria.seesNot("Daan", "de Boer")
	s.ria.picture("proposal-phone")
	s.ria.press("Ja, graag")

	p.goes(s.trajectory + "/match")
	p.fill("Kennismaking plannen", s.day(2))
	p.press("Kennismaking plannen")
	s.onDay(2)
	p.goes(s.trajectory + "/match")
	p.fill("Ze hebben kennisgemaakt op", s.day(0))
	p.press("Ze hebben kennisgemaakt op")
	p.press("De familie zegt ja")
	p.sees("Komt sinds")
}
