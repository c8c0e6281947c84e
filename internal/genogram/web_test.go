package genogram

import (
	"maatje/internal/authz"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
	"maatje/internal/kin"
	"maatje/internal/web/webtest"
)

// table is a family around the table, on the screen of its volunteer.
type table struct {
	*webtest.Site
	f     *familytest.Family
	clock *dbtest.Clock
	t     testing.TB
	root  string
}

// each sits down on both engines.
func each(t *testing.T, test func(t *testing.T, s *table)) {
	t.Helper()
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) { test(t, sit(t, kind)) })
	}
}

func sit(t testing.TB, kind db.Kind) *table {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, kind, clock)
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
	each(t, func(t *testing.T, s *table) {
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
	})
}

func TestTOO2_AFamilyIsMadeByTappingPeople(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.begin("Sara")
		s.adds("Sara", "parent", "name", "Kim", "sex", "f", "born", "1992").Is(303)
		s.adds("Sara", "parent", "name", "Tom", "sex", "m").Is(303)     // beside Kim: it stands ready
		s.adds("Sara", "sibling", "name", "Noor", "twins", "1").Is(303) // of the same parents
		s.adds("Kim", "partner", "name", "Bas", "state", "married", "from", "mei 2021").Is(303)
		s.adds("Sara", "parent", "name", "Wil", "kind", "foster_network", "with", "none", "from", "2024").Is(303)
		s.adds("Kim", "child", "name", "Jip", "born", "ongeveer 2022").Is(303) // of the newest union
		page := s.Get(s.root).Is(200, "Sara is kind van Kim en Tom.", "Noor is kind van Kim en Tom", "Sara en Noor: twee-eiige tweeling.",
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
	})
}

func TestTOO2_AThirdParentIsAskedWhatTheyAre(t *testing.T) {
	each(t, func(_ *testing.T, s *table) {
		s.begin("Sara")
		s.adds("Sara", "parent", "name", "Kim").Is(303)
		s.adds("Sara", "parent", "name", "Tom").Is(303)
		s.adds("Sara", "parent", "name", "Wil").Is(422, "Kies er één.", "Wil")
		s.adds("Sara", "parent", "name", "Wil", "kind", "foster_network").Is(303)
		s.adds("Sara", "parent", "name", "Bas", "kind", "foster_agency").Is(303)
		s.Get(s.root).Is(200, "Sara is kind van Kim en Tom.", "Sara is kind van Wil: pleegkind, bij iemand", "Sara is kind van Bas: pleegkind, via")
	})
}

func TestTOO2_TheDossierIsTakenOverAfterAPreview(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		begin := s.root + "/begin"
		s.As(s.f.Ria).Get(s.root).Is(200, "Begin met wie er in het dossier staan")
		form := s.Get(begin).Is(200, "Sara", "Noor", "Wil", "Kim").Form(begin)
		if b := s.book(); b.Seq != 0 {
			t.Fatal("a preview changes something")
		}
		all := form["take"]
		s.Post(begin, form).Is(303)
		s.Post(begin, form).Is(303) // a double tap
		if b := s.book(); b.Seq != 1 || len(b.Family.Persons) != 4 || len(b.Family.Index) != 2 {
			t.Errorf("after taking over %d things there are %d people, %d in the middle, %d changes", len(all), len(b.Family.Persons), len(b.Family.Index), b.Seq)
		}
		s.Get(begin).Is(200, "Alles uit het dossier staat al in de tekening.")
		s.Get(s.root).Is(200, "Sara is kind van Kim").Without("In het dossier sta")
	})
}

// What has yet to come cannot be taken over: the preview says so, and what to do.
func TestTOO2_WhatHasYetToComeIsToldOnThePreview(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.f.Do(t, func(x *db.Tx) error {
			_, err := dossier.AddDetention(x, s.f.Dossier, dossier.Stay{Detention: dossier.Detention{Parent: s.f.Mother, From: core.MustDate("2027-02-01")}})
			return err
		})
		begin := s.root + "/begin"
		form := s.As(s.f.Ria).Get(begin).Is(200, "Kim zit of zat vast, sinds 1 februari 2027. 1 februari 2027 moet nog komen").Form(begin)
		s.Post(begin, form).Is(303)
		if b := s.book(); len(b.Family.Persons) != 4 || len(b.Family.Detentions) != 0 {
			t.Errorf("%d people and %d detentions came in", len(b.Family.Persons), len(b.Family.Detentions))
		}
		s.Get(begin).Is(200, "Alles uit het dossier staat al", "moet nog komen")
	})
}

func TestTOO2_WhatWasDoneIsUndoneAndStaysInTheHistory(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.begin("Kim")
		s.adds("Kim", "parent", "name", "Oma").Is(303)
		undo := s.root + "/undo"
		form := s.Get(s.root).Is(200, "Nieuw: Oma").Form(undo)
		s.Post(undo, form).Is(303)
		s.Post(undo, form).Is(303)
		s.Get(s.root).Is(200, "Niet meer: Oma", "Ria maakte iets ongedaan", "14 november 2026", "Nieuw: Kim: om wie het gaat").Without("Kim is kind van Oma.</span>")
		if b := s.book(); len(b.Family.Persons) != 1 || b.Seq != 3 {
			t.Errorf("there are %d people after %d changes", len(b.Family.Persons), b.Seq)
		}
	})
}

func TestTOO2_TwoAtOnceOverwriteNothing(t *testing.T) {
	each(t, func(_ *testing.T, s *table) {
		s.begin("Kim")
		fact := s.root + "/facts/" + s.who("Kim").String()
		hers, his := s.Get(fact).Form(fact), s.Get(fact).Form(fact)
		s.Post(fact, with(hers, "born", "1992")).Is(303)
		again := s.Post(fact, with(his, "born", "1993")).Is(409, "1993", "geboren 1992").Form(fact)
		s.Post(fact, again).Is(303) // who saw what the other wrote may mean it
		s.Get(s.root).Is(200, "geboren 1993")
		s.Post(fact, with(s.Get(fact).Form(fact), "born", "vroeger")).Is(422, "vroeger", "Schrijf een jaar")
	})
}

func TestTOO2_TheGenogramIsNotThereForOthers(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.begin("Kim")
		office, kim := "/dossiers/"+s.f.Dossier.String()+"/genogram", s.who("Kim").String()
		s.As(s.f.Petra).Get(office).Is(200, "Kim", office+"/people/"+kim)
		s.Get(office+"/people/"+kim).Is(200, "Ouder erbij")
		form := with(s.Get(office+"/people/"+kim+"/add/parent").Form(office+"/people/"+kim+"/add/parent"), "name", "Oma")
		s.Post(office+"/people/"+kim+"/add/parent", form).Is(303)
		none := func(a authz.Actor, root string) {
			t.Helper()
			s.As(a)
			for _, page := range []string{"", "/paper", "/begin", "/people/" + kim, "/people/" + kim + "/add/parent", "/facts/" + kim} {
				s.Get(root + page).Is(404).Without("Kim")
			}
			for _, deed := range []string{"/undo", "/begin", "/first", "/people/" + kim + "/add/parent", "/facts/" + kim, "/facts/" + kim + "/away"} {
				s.Post(root+deed, form).Is(404)
			}
		}
		admin := authz.SignedIn(core.AccountID(99), 0, "Ad", authz.Administrator, authz.Origin{})
		for _, a := range []authz.Actor{s.f.Tom, s.f.Stranger, s.f.Omar, s.f.Leader, admin} {
			none(a, s.root)
			none(a, office)
		}
		s.f.EndMatch(t, s.f.Ria, "2026-11-10")
		none(s.f.Ria, s.root)
		if n := len(s.book().Family.Persons); n != 2 {
			t.Errorf("somebody else changed it: %d people", n)
		}
	})
}

func TestINT8_TheChildsPictureSaysNothingOfDetention(t *testing.T) {
	each(t, func(_ *testing.T, s *table) {
		s.begin("Sara")
		s.adds("Sara", "parent", "name", "Kim").Is(303)
		s.adds("Kim", "detention", "from", "2024").Is(303)
		s.Get(s.root).Is(200, "Kim zit vast")
		for _, page := range []string{s.root + "?for=" + s.f.Sara.String(), s.root + "/paper?for=" + s.f.Sara.String()} {
			s.Get(page).Is(200, "Mijn familie", "Kim").Without("zit vast", "detentie", "gevangenis")
		}
		s.Get(s.root + "?for=" + s.f.Mother.String()).Is(404)
	})
}

var drawn = regexp.MustCompile(`data-kind="([a-z]+)" data-id="([0-9a-z]+)"`)

var inTable = regexp.MustCompile(`data-fact="([a-z]+)" data-id="([0-9a-z]+)"`)

func TestTOO2_TheTableSaysWhatThePictureSays(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.begin("Sara")
		s.adds("Sara", "parent", "name", "Kim").Is(303)
		s.adds("Sara", "parent", "name", "Tom").Is(303)
		s.adds("Sara", "sibling", "name", "Noor", "twins", "1").Is(303)
		kim := s.who("Kim").String()
		s.adds("Sara", "stay", "home_name", "thuis").Is(303)
		s.adds("Noor", "stay", "home", s.book().Family.Households[0].ID.String()).Is(303)
		s.adds("Sara", "care", "two", kim).Is(303)
		s.adds("Sara", "contact", "two", kim, "how", "phone").Is(303)
		s.adds("Sara", "tie", "two", kim, "kind", "close").Is(303)
		s.adds("Noor", "tie", "two", kim, "kind", "neglect").Is(303)
		s.adds("Tom", "detention").Is(303)
		for _, query := range []string{"?x=1", "?hide=1", "?abuse=1"} {
			body := s.Get(s.root + query + "&show=all").Is(200).Body
			picture, table := map[string]bool{}, map[string]bool{}
			for _, m := range drawn.FindAllStringSubmatch(body, -1) {
				picture[m[2]] = true
			}
			told := map[string]string{}
			for _, m := range inTable.FindAllStringSubmatch(body, -1) {
				table[m[2]], told[m[2]] = true, m[1]
			}
			for id := range picture {
				if !table[id] {
					t.Errorf("%s: the picture has %s and the table does not", query, id)
				}
			}
			for id, kind := range told {
				// A stay is the outline of its household around somebody.
				if kind != "stay" && !picture[id] {
					t.Errorf("%s: the table has the %s %s and the picture does not", query, kind, id)
				}
			}
			if len(picture) < 9 {
				t.Errorf("%s: the picture has %d things", query, len(picture))
			}
		}
	})
}
