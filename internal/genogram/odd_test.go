package genogram

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/kin"
	"maatje/internal/tool"
	"maatje/internal/web/webtest"
)

// three begins with Sara, her mother Kim and Kim's mother Oma.
func three(s *table) {
	s.begin("Sara")
	s.adds("Sara", "parent", "name", "Kim", "born", "1992").Is(303)
	s.adds("Kim", "parent", "name", "Oma").Is(303)
}

// path is where the form is that adds something to somebody.
func (s *table) path(who, what string) string {
	return s.root + "/people/" + s.who(who).String() + "/add/" + what
}

// A form of what cannot be comes back with a sentence, and with everything that was typed. The family stays as it was.
func TestTOO2_WhatCannotBeGetsASentenceAndTheFormComesBackFilled(t *testing.T) {
	is := func(name string) func(*table) string {
		return func(s *table) string { return s.who(name).String() }
	}
	text := func(words string) func(*table) string { return func(*table) string { return words } }
	long := strings.Repeat("ë", 201)
	for _, c := range []struct {
		name, who, what string
		typed           map[string]func(*table) string
		says            string
	}{
		{"one's own grandmother", "Oma", "parent", map[string]func(*table) string{"known": is("Sara"), "name": text("wie dan ook")}, "zou de eigen voorouder zijn"},
		{"one's own child", "Sara", "child", map[string]func(*table) string{"known": is("Kim")}, "zou de eigen voorouder zijn"},
		{"one's own parent", "Oma", "parent", map[string]func(*table) string{"known": is("Oma")}, "Oma kan niet de eigen ouder zijn."},
		{"a union with oneself", "Oma", "partner", map[string]func(*table) string{"known": is("Oma")}, "Oma kan niet de eigen partner zijn."},
		{"a child older than its parent", "Kim", "child", map[string]func(*table) string{"name": text("Bo"), "born": text("1980")}, "Kim is te jong om door geboorte ouder van Bo te zijn."},
		{"a name that is too long", "Kim", "child", map[string]func(*table) string{"name": text(long)}, "200"},
		{"a date that is none", "Kim", "child", map[string]func(*table) string{"name": text("Bo"), "born": text("ooit")}, "Schrijf een jaar, zoals 1961."},
		{"born in the future", "Kim", "child", map[string]func(*table) string{"name": text("Bo"), "born": text("2031")}, "moet nog komen"},
		{"died before birth", "Kim", "sibling", map[string]func(*table) string{"name": text("Bo"), "born": text("1990"), "died": text("1980")}, "kan niet overleden zijn vóór de geboorte"},
		{"a detention that has yet to begin", "Kim", "detention", map[string]func(*table) string{"from": text("1-1-2031")}, "moet nog komen"},
		{"care that ends before it begins", "Sara", "care", map[string]func(*table) string{"two": is("Oma"), "from": text("2025"), "until": text("2020")}, "Het einde ligt vóór het begin."},
		{"contact with oneself", "Sara", "contact", map[string]func(*table) string{"two": is("Sara"), "how": text("visit")}, "Kies twee verschillende mensen."},
		{"a tie with somebody of no family", "Sara", "tie", map[string]func(*table) string{"two": text("0123456789abc"), "kind": text("close")}, "staat er niet meer"},
		{"a tie with nobody", "Sara", "tie", map[string]func(*table) string{"kind": text("close")}, "Kies om wie het gaat."},
		{"a tie that nobody knows", "Sara", "tie", map[string]func(*table) string{"two": is("Kim"), "kind": text("married")}, "Kies er één."},
		{"a house that is nowhere", "Sara", "stay", map[string]func(*table) string{"home": text("0123456789abc"), "from": text("2020")}, "staat er niet meer"},
		{"a house without a name", "Sara", "stay", map[string]func(*table) string{"from": text("2020")}, "Schrijf hoe het huis heet"},
		{"a twin alone", "Sara", "twins", nil, "Kies er minstens twee."},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, s *table) {
				three(s)
				path, values := s.path(c.who, c.what), []string{}
				for name, value := range c.typed {
					values = append(values, name, value(s))
				}
				before := s.book().Seq
				again := s.Post(path, with(s.Get(path).Is(200).Form(path), values...)).Is(422, c.says)
				for i := 0; i < len(values); i += 2 {
					if !filled(again, values[i], values[i+1]) {
						t.Errorf("%s is not %q any more", values[i], values[i+1])
					}
				}
				if after := s.book().Seq; after != before {
					t.Errorf("%d changes after it, not %d", after, before)
				}
			})
		})
	}
}

// filled says that a field of the page has a value: typed, or chosen of a list that offers it.
func filled(p webtest.Page, name, value string) bool {
	body := html.UnescapeString(p.Body)
	at := strings.Index(body, `name="`+name+`"`)
	if at < 0 {
		return name == "home" // it is asked where there are homes
	}
	offered := strings.Contains(body, `value="`+value+`"`)
	chosen := strings.Contains(body, `value="`+value+`" selected`) || strings.Contains(body, `value="`+value+`" checked`)
	typed := strings.Contains(body, `value="`+value+`"`) && !strings.Contains(body, `<option value="`+value+`"`)
	return chosen || typed || !offered // what is not offered was never on the form
}

// What somebody else took away meanwhile is not made again by accident: whoever typed gets it back, with what to do.
func TestTOO2_WhatSomebodyElseTookAwayMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		three(s)
		s.adds("Kim", "partner", "name", "Bas", "state", "married").Is(303)
		s.adds("Sara", "tie", "two", s.who("Oma").String(), "kind", "close", "said_by", "Sara").Is(303)
		tie, person := s.root+"/facts/"+s.book().Family.Ties[0].ID.String(), s.root+"/facts/"+s.who("Oma").String()
		add, child := s.path("Oma", "child"), s.path("Kim", "child")
		forms := map[string]url.Values{}
		for _, path := range []string{tie, person, add, child} {
			forms[path] = s.Get(path).Is(200).Form(path)
		}
		bas, oma := s.book().Family.Unions, s.who("Oma").String()
		with(forms[child], "with", bas[len(bas)-1].ID.String(), "name", "Jip")
		with(forms[tie], "said_by", "Sara en Noor", "two", oma, "kind", "close")
		for _, who := range []string{"Oma", "Bas"} {
			away := s.root + "/facts/" + s.who(who).String() + "/away"
			s.Post(away, s.Get(strings.TrimSuffix(away, "/away")).Form(away)).Is(303)
		}
		before := s.book()
		for path, typed := range map[string][2]string{tie: {"said_by", "Sara en Noor"}, person: {"born", "1950"}, add: {"name", "Tante Mo"}, child: {"name", "Jip"}} {
			for range 2 { // and again, by who did not read it
				with(forms[path], typed[0], typed[1])
				page := s.Post(path, forms[path]).Is(409, "intussen weggehaald", "ongedaan maken")
				if forms[path] = page.Form(path); forms[path].Get(typed[0]) != typed[1] {
					t.Errorf("%s: %s is %q", path, typed[0], forms[path].Get(typed[0]))
				}
				with(forms[path], "two", oma, "kind", "close")
				if path == child {
					with(forms[path], "with", bas[len(bas)-1].ID.String(), "kind", kin.Birth)
				}
			}
		}
		s.Get(tie).Is(404)
		s.Get(add).Is(404)
		if after := s.book(); after.Seq != before.Seq {
			t.Errorf("%d changes, not %d", after.Seq, before.Seq)
		}
	})
}

// A union with thirty partners, placements that go round, two families without a link, names of every script: a picture, and its words.
func TestTOO2_WhatIsRareIsDrawn(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		three(s)
		for i := range 30 {
			s.adds("Oma", "partner", "name", fmt.Sprintf("Partner %d", i)).Is(303)
		}
		names := []string{strings.Repeat("n", 200), strings.Repeat("n ", 99) + "m", "محمد بن سلمان", "李小龍", "Ἀχιλλεύς", "👩‍👧‍👦", "Zoë O'Brien & <zoon>", "ا\u202eabc"}
		for _, name := range names {
			s.adds("Kim", "child", "name", name).Is(303)
		}
		// Sara is the foster parent of her own grandmother, who is hers.
		s.adds("Sara", "parent", "known", s.who("Oma").String(), "kind", "foster_network", "with", "none").Is(303)
		s.adds("Oma", "parent", "known", s.who("Sara").String(), "kind", "foster_network", "with", "none").Is(303)
		s.f.Do(t, func(x *db.Tx) error { // two who are nobody's
			_, err := kin.Record(x, s.f.Dossier, tool.Genogram, 1000, kin.Change{Did: "child", Put: kin.Family{
				Persons: []kin.Person{{ID: 71, Name: "Los"}, {ID: 72}}, Unions: []kin.Union{{ID: 73, Partners: []core.ID{71}}},
				Links: []kin.Link{{ID: 74, Child: 72, Union: 73, Kind: kin.Birth}},
			}})
			return err
		})
		for _, page := range []string{"", "?show=all", "?beside=2025-01-01", "?on=1900-01-01", "?near=" + s.who("Oma").String(), "/paper", "/people/" + s.who("Oma").String()} {
			got := s.Get(s.root + page).Is(200)
			if !utf8.ValidString(got.Body) || !strings.Contains(got.Body, "</html>") {
				t.Errorf("%s is no whole page", page)
			}
		}
		page := s.Get(s.root+"?show=all").Is(200, "Partner 29", "Zoë O'Brien & <zoon>", "Los", "Oma is kind van Sara: pleegkind")
		if strings.Contains(page.Body, "<zoon>") {
			t.Error("a name is written as a tag")
		}
	})
}

// crowd is a family of so many people in five generations and more, without any date.
func crowd(n int) (f kin.Family) {
	person := func(i int) core.ID { return core.ID(1000 + i) }
	for i := range n {
		f.Persons = append(f.Persons, kin.Person{ID: person(i), Name: fmt.Sprintf("Naam %d", i), Sex: kin.Sexes[i%2]})
		if i > 0 && i%3 != 0 {
			f.Links = append(f.Links, kin.Link{ID: core.ID(300000 + i), Child: person(i), Union: core.ID(200000 + (i-1)/4), Kind: kin.Birth})
		}
	}
	for u := 0; u*4+1 < n; u++ {
		partners := []core.ID{person(u)}
		if other := 3 * (u + 1); other < n && other > u {
			partners = append(partners, person(other))
		}
		f.Unions = append(f.Unions, kin.Union{ID: core.ID(200000 + u), Partners: partners})
	}
	f.Index = []core.ID{person(0)}
	return f
}

// village makes a family of so many people at once.
func village(t testing.TB, s *table, n int) {
	t.Helper()
	err := s.f.DB.Write(t.Context(), s.f.Petra, func(x *db.Tx) error {
		_, err := kin.Arrange(keep).Record(x, s.f.Dossier, tool.Genogram, 0, kin.Change{Did: "child", Put: crowd(n)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// mostBytes is what a page of five hundred people may weigh before it is packed.
const mostBytes = 3 << 20

func TestTOO2_FiveHundredPeopleAreAPage(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		village(t, s, 500)
		page := s.As(s.f.Ria).Get(s.root).Is(200, "Naam 499")
		if len(page.Body) > mostBytes {
			t.Errorf("the page has %d bytes", len(page.Body))
		}
		s.adds("Naam 499", "child", "name", "Jip").Is(303)
		for _, more := range []string{"?show=all", "/paper", "/people/" + s.who("Naam 0").String()} {
			s.Get(s.root + more).Is(200)
		}
	})
}

// BenchmarkPageOf500 is the page of a family of five hundred, from the database to the last byte.
func BenchmarkPageOf500(b *testing.B) {
	s := sit(b, db.SQLite)
	village(b, s, 500)
	size := 0
	for b.Loop() {
		size = len(s.As(s.f.Ria).Get(s.root).Is(200).Body)
	}
	b.ReportMetric(float64(size), "bytes/page")
}
