package journeys

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// tick puts a tick in a box.
func (p *tab) tick(words string) {
	p.Helper()
	p.do(chromedp.Click(p.the("box", words)))
}

// walks takes somebody whose file is there through everything that is asked before the start, as a coordinator does; the page says each
// time what is missing. Without a certificate the way ends there. Whoever starts has an account by then.
func (h *house) walks(p, leader *person, file, name, certificate string, width int64) *person {
	h.Helper()
	p.goes(file + "/screening")
	p.sees("Er is nog geen eerste gesprek opgeschreven", "Er is nog geen account")
	p.unfold("Gesprek opschrijven")
	p.fill("Wanneer was het gesprek?", h.day(0))
	p.fill("In eigen woorden", "Wil graag iets doen, en heeft geduld.")
	p.pressIn("Gesprek opschrijven", "Bewaren")
	p.press("Vastleggen: gesproken")

	p.unfold("Huisbezoek opschrijven")
	p.fill("Wanneer was het bezoek?", h.day(0))
	p.fill("Wat zag en hoorde je?", "Een warm huis met een hond.")
	p.fill("Wie wonen er?", "Samen met haar man, die het een goed idee vindt.")
	p.tick("Iedereen in huis is het ermee eens")
	p.pressIn("Huisbezoek opschrijven", "Bewaren")
	p.press("Vastleggen: huisbezoek gedaan")

	h.refer(p, "Oude buurvrouw", "0612340001")
	h.refer(p, "Chef van vroeger", "0612340002")
	p.press("Vastleggen: referenties gevraagd")
	if certificate == "" {
		return nil
	}
	p.goes(file)
	p.unfold("Ik heb een VOG gezien")
	p.fill("Nummer", "4711")
	p.fill("Afgegeven op", h.day(1))
	p.refused("Bewaren", "Deze dag moet nog komen.")
	p.fill("Afgegeven op", h.day(-20))
	p.fill("Geldig tot en met", certificate)
	p.pressIn("Ik heb een VOG gezien", "Bewaren")
	p.goes(file + "/screening")
	p.press("Vastleggen: VOG gezien")

	p.goes(file + "/confidentiality")
	p.picture("confidentiality")
	p.fill("Typ je naam", "Iemand anders")
	p.refused("Tekenen", "Typ de naam zoals hij hier staat")
	p.fill("Typ je naam", name)
	p.tick("Ik heb het gelezen")
	p.press("Tekenen")
	p.press("Vastleggen: geheimhouding getekend")

	p.goes(file)
	for _, course := range []string{"algemene training", "gezinsmaatje", "oudermaatje"} {
		p.unfold("Training toevoegen")
		p.fill("Training", course)
		p.pressIn("Training toevoegen", "Bewaren")
	}
	p.goes(file + "/screening")
	p.press("Vastleggen: getraind")
	p.sees("Er is nog geen account")
	p.seesNot("Vastleggen: actief")
	p.picture("screening")
	new := leader.invite(name, width, job{role: "Vrijwilliger"})
	p.goes(file + "/screening")
	p.press("Vastleggen: actief")
	return new
}

// refer names somebody who says something about the volunteer.
func (h *house) refer(p *person, who, phone string) {
	h.Helper()
	p.unfold("Referentie toevoegen")
	p.fill("Wie?", who)
	p.fill("Waarvan kennen ze elkaar?", "van vroeger")
	p.fill("Telefoon", phone)
	p.fill("Gevraagd op", h.day(0))
	p.pressIn("Referentie toevoegen", "Referentie bewaren")
	p.fill("Wat zei deze persoon?", "Je kunt op haar rekenen.")
	p.press("Dit is gezegd")
}

// TestFromApplicationToTheFirstMatch: somebody reads what it is and applies without an account; the coordinator finds it on her list, and takes
// her through every step to a first family (VOL-1, VOL-2, TRA-3).
func TestFromApplicationToTheFirstMatch(t *testing.T) {
	s := &story{house: open(t, db.SQLite)}
	s.ingrid = s.firstLeader("Ingrid Meijer")
	s.petra = s.ingrid.invite("Petra Jansen", desk, job{role: "Buitencoördinator", municipalities: "Zwolle"})
	p := s.petra

	v := s.newTab(phone, nil)
	v.open("/apply")
	v.sees("Een diploma of ervaring is niet nodig", "luisteren")
	v.picture("apply-phone")
	v.fill("Je naam", "Ria Verhoef")
	v.fill("In welke gemeente", "Zwolle")
	v.refused("Aanmelding versturen", "zodat we je kunnen bereiken")
	v.fill("E-mailadres", address("Ria Verhoef"))
	v.fill("Waarom wil je maatje worden?", "Ik was zelf zo'n kind & weet hoe het is.")
	v.choose("Wat spreekt je aan?", "gezinsmaatje")
	v.press("Aanmelding versturen")
	v.sees("5 werkdagen")
	v.open("/apply")
	v.fill("Je naam", "Ria V.")
	v.fill("In welke gemeente", "Zwolle")
	v.fill("E-mailadres", address("Ria Verhoef"))
	v.fill("Waarom wil je maatje worden?", "Ik hoorde nog niets.")
	v.press("Aanmelding versturen")
	v.seesNot("Ria", "bekend")

	p.goes("/")
	p.sees("iemand wil vrijwilliger worden", "Ria Verhoef")
	p.goes("/volunteers/pipeline")
	p.sees("Ria Verhoef", "Er is nog geen eerste gesprek opgeschreven")
	p.picture("pipeline")
	p.follow("Ria Verhoef")
	file := regexp.MustCompile(`/volunteers/[0-9a-z]+`).FindString(p.where())
	p.goes(file + "/screening")
	p.sees("Ik was zelf zo'n kind & weet hoe het is.", "Heeft zich opnieuw aangemeld", "Ik hoorde nog niets.")
	s.ria = s.walks(p, s.ingrid, file, "Ria Verhoef", s.day(200), phone)
	p.goes("/volunteers/pipeline")
	p.sees("Niemand is onderweg")

	s.aFamilyThatMayStart()
	s.theMatch()
	s.theCertificateEnds(file)
}

// aFamilyThatMayStart: a family in Zwolle, of which everything that a start asks is there.
func (s *story) aFamilyThatMayStart() {
	s.ingrid.goes("/facilities/new")
	s.ingrid.fill("Naam", "PI Waterkant")
	s.ingrid.fill("Plaats", "Zwolle")
	s.ingrid.press("Bewaren")
	s.bert = s.ingrid.invite("Bert Kuipers", desk, job{role: "Binnencoördinator", facility: "PI Waterkant"})
	s.theSchoolRefers()
	s.theTalks()
	s.theConditions()
}

// works does a job of the program, as its turn would.
func (h *house) works(name string) {
	h.Helper()
	for _, j := range h.app.Jobs {
		if j.Name == name {
			if err := j.Run(h.Context(), authz.System(name)); err != nil {
				h.Fatal(err)
			}
			return
		}
	}
	h.Fatalf("no job is called %s", name)
}

// theCertificateEnds: the clock goes on; both hear it beforehand, and once it has ended there is no visit and no new match, and the
// coordinator sees what runs (VOL-3).
func (s *story) theCertificateEnds(file string) {
	const warn = "volunteer.certificates"
	s.onDay(112)
	s.works(warn)
	s.ria.goes("/")
	s.ria.sees("je VOG loopt af")
	s.ria.goes("/me")
	s.ria.sees("VOG loopt af op", "Je coördinator helpt je")
	s.ria.picture("own-certificate-phone")
	s.petra.goes("/")
	s.petra.sees("VOG loopt af", "Ria Verhoef")

	s.onDay(90)
	s.works(warn)
	s.petra.goes("/")
	s.petra.sees("een VOG is verlopen")
	s.petra.goes(file)
	s.petra.sees("VOG verlopen op", "Plan geen bezoek met Ria Verhoef", "de Boer: gezinsmaatje")
	s.petra.picture("certificate-ended")
	s.ria.goes(strings.Replace(s.trajectory, "/trajectories/", "/my-families/", 1) + "/visit")
	s.ria.fill("Welke dag?", s.day(3))
	s.ria.fill("Hoe laat?", "14:00")
	s.ria.refused("Bezoek plannen", "De VOG is verlopen op")
	s.petra.goes(s.dossier + "/trajectories/new")
	s.petra.choose("Welke steun?", "op maat")
	s.petra.choose("Voor wie?", "Daan de Boer")
	s.petra.press("Beginnen")
	s.petra.goes(regexp.MustCompile(`/trajectories/[0-9a-z]+`).FindString(s.petra.where()) + "/match")
	s.petra.unfold("1 vrijwilliger kan nu niet")
	s.petra.sees("Ria Verhoef", "VOG verlopen")
}
