package told

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

var today = core.MustDate("2026-11-14")

// when reads a day as files write it.
func when(t *testing.T, s string) kin.When {
	t.Helper()
	w, err := kin.ParseWhen(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTOO2_SomebodyIsSaidAsFarAsTheyAreKnown(t *testing.T) {
	born := func(s string) kin.When { return when(t, s) }
	for _, c := range []struct {
		name   string
		p      kin.Person
		nl, en string
	}{
		{"nothing is known", kin.Person{}, "iemand: man of vrouw niet bekend.", "somebody: man or woman not known."},
		{"a name alone", kin.Person{Name: "Kim"}, "Kim: man of vrouw niet bekend.", ""},
		{"a word for who has no name", kin.Person{Is: "oma", Sex: "f"}, "oma: vrouw.", ""},
		{"a name and a word", kin.Person{Name: "Wil", Is: "oma", Sex: "f"}, "Wil: oma, vrouw.", ""},
		{"born on a day, the birthday is tomorrow", kin.Person{Name: "Kim", Sex: "f", Born: born("1992-11-15")}, "Kim: vrouw, geboren 15 november 1992, 33 jaar.", ""},
		{"born on a day, the birthday is today", kin.Person{Name: "Kim", Sex: "f", Born: born("1992-11-14")}, "Kim: vrouw, geboren 14 november 1992, 34 jaar.", ""},
		{"born in a month", kin.Person{Name: "Kim", Sex: "f", Born: born("1992-03")}, "Kim: vrouw, geboren maart 1992, ongeveer 34 jaar.", ""},
		{"born in a year", kin.Person{Name: "Jan", Sex: "m", Born: born("1950")}, "Jan: man, geboren 1950, ongeveer 76 jaar.", "Jan: man, born 1950, about 76 years."},
		{"born about a year", kin.Person{Name: "Jan", Sex: "m", Born: born("~1950")}, "Jan: man, geboren ongeveer 1950, ongeveer 76 jaar.", ""},
		{"dead, nobody knows since when", kin.Person{Name: "Jan", Sex: "m", Born: born("1950"), Dead: true}, "Jan: man, geboren 1950, overleden.", ""},
		{"dead since a day", kin.Person{Name: "Jan", Sex: "m", Died: born("2019-05-03")}, "Jan: man, overleden 3 mei 2019.", ""},
		{"not born yet", kin.Person{Life: "pregnancy", Born: born("2027-01")}, "zwangerschap: geboren januari 2027.", ""},
		{"a child that was born dead and has a name", kin.Person{Name: "Lis", Life: "stillbirth", Born: born("2020")}, "Lis: doodgeboren, geboren 2020.", ""},
	} {
		if got := New(text.NL, kin.Family{Persons: []kin.Person{c.p}}, today).Person(c.p); got != c.nl {
			t.Errorf("%s: %q, not %q", c.name, got, c.nl)
		}
		if got := New(text.EN, kin.Family{Persons: []kin.Person{c.p}}, today).Person(c.p); c.en != "" && got != c.en {
			t.Errorf("%s: %q, not %q", c.name, got, c.en)
		}
	}
}

func TestTOO2_APeriodIsSaidAsFarAsItIsKnown(t *testing.T) {
	for _, c := range [][3]string{
		{"", "", ""},
		{"2024", "", "sinds 2024"},
		{"", "2024-05", "tot mei 2024"},
		{"2024-05-03", "~2025", "van 3 mei 2024 tot ongeveer 2025"},
	} {
		if got := Period(text.NL, when(t, c[0]), when(t, c[1])); got != c[2] {
			t.Errorf("from %q until %q is %q, not %q", c[0], c[1], got, c[2])
		}
	}
}

// told is the family of these tests: each kind of fact at least once.
func told(t *testing.T) kin.Family {
	t.Helper()
	return kin.Family{
		Index: []core.ID{3},
		Persons: []kin.Person{
			{ID: 1, Name: "Kim", Sex: "f"}, {ID: 2, Name: "Tom", Sex: "m"}, {ID: 3, Name: "Sara", Sex: "f"}, {ID: 4, Name: "Noor", Sex: "f"},
			{ID: 5, Name: "Mo", Beyond: "friends"},
		},
		Unions: []kin.Union{
			{ID: 10, Partners: []core.ID{1, 2}, States: []kin.State{{Kind: "married", From: when(t, "2015")}, {Kind: "divorced"}}}, {ID: 11, Partners: []core.ID{1}},
			{ID: 12, Partners: []core.ID{2, 4}},
		},
		Links: []kin.Link{{ID: 20, Child: 3, Union: 10, Kind: kin.Birth}, {ID: 21, Child: 4, Union: 11, Kind: "foster_network", From: when(t, "2024")}},
		Twins: []kin.Twins{{ID: 30, Children: []core.ID{3, 4}, Identical: true}},
		Households: []kin.Household{
			{ID: 40, Name: "thuis"}, {ID: 41},
		},
		Stays: []kin.Stay{
			{ID: 42, Household: 40, Person: 3}, {ID: 43, Household: 40, Person: 4, Until: when(t, "2020")}, {ID: 44, Household: 41, Person: 1, Until: when(t, "2020")},
		},
		Cares:      []kin.Care{{ID: 50, Carer: 1, Child: 4, From: when(t, "2024-02")}},
		Contacts:   []kin.Contact{{ID: 51, Child: 3, Parent: 2, How: "visit", Often: "weekly", Last: when(t, "2026-11-01")}, {ID: 52, Child: 4, Parent: 2, How: "none"}},
		Detentions: []kin.Detention{{ID: 53, Person: 2, From: when(t, "2024")}},
		Ties: []kin.Tie{
			{ID: 54, A: 3, B: 1, Kind: "close", SaidBy: "Sara"}, {ID: 55, A: 3, B: 4, Kind: kin.Acquainted}, {ID: 56, A: 3, B: 5, Kind: "close"},
		},
	}
}

func TestTOO2_EveryFactIsASentence(t *testing.T) {
	facts := New(text.NL, told(t), today).Facts()
	want := map[core.ID]string{
		1: "Kim: vrouw.", 2: "Tom: man.", 3: "Sara: om wie het gaat, vrouw.", 4: "Noor: vrouw.",
		10: "Kim en Tom: getrouwd sinds 2015, gescheiden.", 11: "Kim: de andere ouder is niet bekend.", 12: "Tom en Noor: samen.",
		20: "Sara is kind van Kim en Tom.", 21: "Noor is kind van Kim: pleegkind, bij iemand uit de eigen kring, sinds 2024.",
		30: "Sara en Noor: eeneiige tweeling.", 40: "thuis: Sara.", 41: "een huis zonder naam: hier woont nu niemand.",
		42: "Sara woont: thuis.", 43: "Noor woonde: thuis, tot 2020.", 44: "Kim woonde: een huis zonder naam, tot 2020.",
		50: "Kim zorgt voor Noor, sinds februari 2024.", 51: "Contact van Sara met Tom: bezoek, elke week, voor het laatst 1 november 2026.",
		52: "Contact van Noor met Tom: geen contact.", 53: "Tom zit vast, sinds 2024.", 54: "Sara en Kim: goede band, zegt Sara.",
	}
	for _, f := range facts {
		if want[f.ID] != f.Words {
			t.Errorf("%s %d is %q, not %q", f.Kind, f.ID, f.Words, want[f.ID])
		}
		if delete(want, f.ID); len(f.People) == 0 && f.ID != 41 {
			t.Errorf("%q is about nobody", f.Words)
		}
	}
	for id, words := range want { // who is no kin, and that two know each other, are the network's
		t.Errorf("nothing tells %d: %q", id, words)
	}
	kinds := make([]Kind, len(facts))
	for i, f := range facts {
		kinds[i] = f.Kind
	}
	order := func(a, b Kind) int { return slices.Index(Kinds, a) - slices.Index(Kinds, b) }
	if !slices.IsSortedFunc(kinds, order) {
		t.Errorf("the kinds come as %v", kinds)
	}
}

func TestTOO2_FactsOfOneAndOfAKind(t *testing.T) {
	facts := New(text.NL, told(t), today).Facts()
	ids := func(facts []Fact) (out []int64) {
		for _, f := range facts {
			out = append(out, f.ID.Int64())
		}
		return out
	}
	for _, c := range []struct {
		name string
		got  []Fact
		want []int64
	}{
		{"of Noor", About(facts, 4), []int64{4, 12, 21, 30, 43, 50, 52}},
		{"of nobody", About(facts, 77), nil},
		{"the homes", Of(facts, Household), []int64{40, 41}},
		{"of no kind", Of(facts, "x"), nil},
	} {
		if got := ids(c.got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

// A name of any script, length and emptiness makes a sentence, and none breaks another.
func TestTOO2_AnyNameMakesASentence(t *testing.T) {
	for _, name := range []string{"", "محمد", "李小龍", "Ωmega", "O'Brien", strings.Repeat("a", 200), "👩‍👧", "{who}", "<b>"} {
		f := told(t)
		f.Persons[0].Name = name
		for _, l := range []text.Lang{text.NL, text.EN} {
			for _, fact := range New(l, f, today).Facts() {
				if !strings.HasSuffix(fact.Words, ".") || name != "" && fact.ID == 1 && !strings.HasPrefix(fact.Words, name) {
					t.Errorf("with %q the %s is %q", name, fact.Kind, fact.Words)
				}
			}
		}
	}
}

func TestTOO2_WhatDiffersBetweenTwoPictures(t *testing.T) {
	fact := func(k Kind, id core.ID, words string) Fact { return Fact{Kind: k, ID: id, Words: words} }
	kim, married, divorced := fact(Person, 1, "Kim."), fact(Union, 2, "getrouwd."), fact(Union, 2, "gescheiden.")
	for _, c := range []struct {
		name        string
		before, now []Fact
		want        []Difference
	}{
		{"nothing", []Fact{kim, married}, []Fact{kim, married}, nil},
		{"another order", []Fact{married, kim}, []Fact{kim, married}, nil},
		{"somebody came", nil, []Fact{kim}, []Difference{{Person, 1, "", "Kim."}}},
		{"somebody left", []Fact{kim}, nil, []Difference{{Person, 1, "Kim.", ""}}},
		{"in other words", []Fact{kim, married}, []Fact{kim, divorced}, []Difference{{Union, 2, "getrouwd.", "gescheiden."}}},
		{"what is gone comes last", []Fact{kim, married}, []Fact{divorced}, []Difference{{Union, 2, "getrouwd.", "gescheiden."}, {Person, 1, "Kim.", ""}}},
		{"who lives in a home is told by their stay", []Fact{fact(Household, 3, "thuis: Kim.")}, []Fact{fact(Household, 3, "thuis: Sara.")}, nil},
		{"a new home", nil, []Fact{fact(Household, 3, "thuis: Kim.")}, []Difference{{Household, 3, "", "thuis: Kim."}}},
	} {
		if got := Differences(c.before, c.now); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

// An age is another one on another day while nothing happens: what changed is told without.
func TestTOO2_ABirthdayIsNoChange(t *testing.T) {
	f := kin.Family{Persons: []kin.Person{{ID: 1, Name: "Kim", Born: when(t, "1992-02-02")}}}
	before, now := New(text.NL, f, core.MustDate("2020-01-01")), New(text.NL, f, today)
	if len(Differences(before.Facts(), now.Facts())) != 1 || len(Differences(before.Ageless().Facts(), now.Ageless().Facts())) != 0 {
		t.Error("an age is told where it should not be, or is not where it should")
	}
}

func TestTOO2_NamesakesAreToldApartByTheirYear(t *testing.T) {
	l := New(text.NL, told(t), today)
	for _, c := range []struct {
		p    kin.Person
		want string
	}{{kin.Person{ID: 1, Name: "Kim"}, "Kim"}, {kin.Person{ID: 1, Name: "Kim", Born: when(t, "~1992")}, "Kim (1992)"}, {kin.Person{ID: 77}, l.Name(77)}} {
		if got := l.Called(c.p); got != c.want || got == "" {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}
