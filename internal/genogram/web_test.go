package genogram

import (
	"net/url"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/kin"
	"maatje/internal/web/webtest"
)

// table is a family around the table, on the screen of its volunteer.
type table struct {
	*webtest.Site
	f     *familytest.Family
	clock *dbtest.Clock
	t     *testing.T
	root  string
}

func sit(t *testing.T) *table {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	f := familytest.New(t, d)
	w := webtest.New(t, clock.Now)
	NewService(d).Routes(w.Router)
	return &table{w, f, clock, t, "/my-families/" + f.Trajectory.String() + "/genogram"}
}

// book is what is written about the family.
func (s *table) book() (b kin.Book) {
	s.t.Helper()
	s.f.Do(s.t, func(x *db.Tx) (err error) {
		b, err = kin.Load(x, s.f.Dossier)
		return err
	})
	return b
}

// who finds somebody by name.
func (s *table) who(name string) core.ID {
	s.t.Helper()
	for _, p := range s.book().Family.Persons {
		if p.Name == name {
			return p.ID
		}
	}
	s.t.Fatalf("%s is not in the family", name)
	return 0
}

// begin makes the first person.
func (s *table) begin(name string) {
	s.t.Helper()
	first := s.root + "/first"
	s.Post(first, with(s.As(s.f.Ria).Get(s.root).Is(200, "Hier staat nog niemand").Form(first), "name", name)).Is(303)
}

// adds fills in the form that adds something to somebody.
func (s *table) adds(who, what string, pairs ...string) webtest.Page {
	s.t.Helper()
	path := s.root + "/people/" + s.who(who).String() + "/add/" + what
	return s.Post(path, with(s.Get(path).Is(200).Form(path), pairs...))
}

func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

func TestTOO2_AGrandmotherIsThreeTapsAndOneWord(t *testing.T) {
	s := sit(t)
	s.begin("Kim")
	kim := s.root + "/people/" + s.who("Kim").String()
	s.Get(s.root).Is(200, kim)                                                            // tap Kim
	s.Get(kim).Is(200, "Kim: om wie het gaat", kim+"/add/parent")                         // tap Ouder erbij
	form := with(s.Get(kim+"/add/parent").Is(200).Form(kim+"/add/parent"), "name", "Oma") // one word, tap Bewaren
	answer := s.Post(kim+"/add/parent", form).Is(303)
	if want := s.root + "#p-" + s.who("Oma").String(); answer.Location != want {
		t.Errorf("after it the reader is at %s, not at %s", answer.Location, want)
	}
	s.Post(kim+"/add/parent", form).Is(303) // a double tap
	if b := s.book(); len(b.Family.Persons) != 2 || len(b.Family.Unions) != 1 || len(b.Family.Links) != 1 || b.Seq != 2 {
		t.Errorf("there are %d people, %d unions, %d links after %d changes", len(b.Family.Persons), len(b.Family.Unions), len(b.Family.Links), b.Seq)
	}
	s.Get(s.root).Is(200, "Kim is kind van Oma")
}

func TestTOO2_AFamilyIsMadeByTappingPeople(t *testing.T) {
	s := sit(t)
	s.begin("Sara")
	s.adds("Sara", "parent", "name", "Kim", "sex", "f", "born", "1992").Is(303)
	s.adds("Sara", "parent", "name", "Tom", "sex", "m").Is(303)     // beside Kim: it stands ready
	s.adds("Sara", "sibling", "name", "Noor", "twins", "1").Is(303) // of the same parents
	s.adds("Kim", "partner", "name", "Bas", "state", "married", "from", "mei 2021").Is(303)
	s.adds("Sara", "parent", "name", "Wil", "kind", "foster_network", "with", "none", "from", "2024").Is(303)
	s.adds("Kim", "child", "name", "Jip", "born", "ongeveer 2022").Is(303) // of the newest union
	page := s.Get(s.root).Is(200, "Sara is kind van Kim en Tom: kind.", "Noor is kind van Kim en Tom", "Sara en Noor: twee-eiige tweeling.",
		"Kim en Bas: getrouwd sinds mei 2021.", "Sara is kind van Wil: pleegkind, bij iemand uit de eigen kring, sinds 2024.", "Jip is kind van Kim en Bas",
		"Jip: man of vrouw niet bekend, geboren ongeveer 2022, ongeveer 4 jaar.")
	if strings.Contains(page.Body, "Is dit ook de ouder") {
		t.Error("a question of a form stands on the page")
	}

	sara, kim := s.who("Sara"), s.who("Kim")
	s.adds("Sara", "stay", "home_name", "bij oma", "from", "2024").Is(303)
	s.adds("Noor", "stay", "home", s.book().Family.Households[0].ID.String()).Is(303)
	s.adds("Sara", "stay", "home", "new", "home_name", "bij Tom").Is(303) // in two at once
	s.adds("Sara", "care", "two", s.who("Wil").String(), "from", "3-2-2024").Is(303)
	s.adds("Sara", "contact", "two", kim.String(), "how", "visit", "often", "weekly", "last", "1-11-2026").Is(303)
	s.adds("Sara", "tie", "two", kim.String(), "kind", "close", "said_by", "Sara").Is(303)
	s.adds("Kim", "detention", "from", "2024").Is(303)
	s.Get(s.root).Is(200, "bij oma: Sara en Noor.", "Sara woont: bij Tom.", "Wil zorgt voor Sara, sinds 3 februari 2024.",
		"Contact van Sara met Kim: bezoek, elke week, voor het laatst 1 november 2026.", "Sara en Kim: goede band, zegt Sara.", "Kim zit vast, sinds 2024.")
	s.Get(s.root+"/people/"+sara.String()).Is(200, "Sara en Kim: goede band, zegt Sara.").Without("Jip is kind van")
	s.Get(s.root + "?hide=1").Is(200).Without("zit vast, sinds")
}
