package kin

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
	"maatje/internal/web/text"
)

func date(s string) core.Date {
	if s == "" {
		return core.Date{}
	}
	return core.MustDate(s)
}

// file is a dossier of a mother inside, her child who lives with a grandmother, and a father.
func file() File {
	return File{
		People: []dossier.Person{
			{ID: 101, Name: "Kim", Sex: "f", Birth: date("1984-05-06"), IsParent: true}, {ID: 102, Name: "Sanne", Birth: date("2014-03-01"), IsChild: true},
			{ID: 103, Name: "Riet", IsCaregiver: true}, {ID: 104, Name: "Ali", DiedOn: date("2020-03-04")},
		},
		Ties:       []dossier.Tie{{Parent: 101, Child: 102, Kind: "birth"}, {Parent: 104, Child: 102, Kind: "birth"}, {Parent: 103, Child: 102, Kind: "step"}},
		Households: []dossier.Household{{ID: 111, Name: "Bij oma"}, {ID: 112, Name: "Leeg"}},
		Members:    []dossier.Member{{ID: 121, Household: 111, Person: 103}, {ID: 122, Household: 111, Person: 102, From: date("2026-03-02")}},
		Detentions: []dossier.Detention{{ID: 131, Parent: 101, From: date("2026-02-10"), ExpectedUntil: date("2027-01-01")}},
	}
}

func keys(all []Gap) (out []string) {
	for _, g := range all {
		if g.Key != "" {
			out = append(out, g.Key)
		}
	}
	return out
}

func says(all []Gap) string {
	var out []string
	for _, g := range all {
		out = append(out, g.Words(text.NL))
	}
	return strings.Join(out, "\n")
}

func with(f Family, c Change) Family { return Fold([]Change{{Put: f}, c}) }

func TestTOO2_WhatTheDossierHasIsTakenOverOnce(t *testing.T) {
	gaps := Compare(Family{}, file())
	want := `Kim, geboren op 6 mei 1984, staat nog niet in de tekening.
Sanne, geboren op 1 maart 2014, staat nog niet in de tekening.
Riet staat nog niet in de tekening.
Ali staat nog niet in de tekening.
Sanne is een kind van Kim, Ali.
Riet woont of woonde in Bij oma.
Sanne woont of woonde in Bij oma, sinds 2 maart 2026.
Kim zit of zat vast, sinds 10 februari 2026.
Riet zorgt voor Sanne.`
	if got := says(gaps); got != want {
		t.Errorf("%s", got)
	}
	c := TakeOver(Family{}, file(), keys(gaps))
	f := with(Family{}, c)
	if err := Check(f, today); err != nil || len(f.Persons) != 4 || len(f.Unions) != 1 || len(f.Links) != 1 || len(f.Households) != 1 || len(f.Stays) != 2 || len(f.Detentions) != 1 ||
		len(f.Cares) != 1 || !slices.Equal(f.Index, []core.ID{102}) {
		t.Errorf("%+v %v", f, err)
	}
	if again := Compare(f, file()); len(again) != 0 {
		t.Errorf("again: %s", says(again))
	}
	if c := TakeOver(f, file(), keys(gaps)); (Book{Family: f, Changes: []Change{{Put: f}}}).does(c) {
		t.Errorf("taken over twice: %+v", c)
	}
}

func TestTOO2_OnlyWhatIsChosenComesInWithWhatItNeeds(t *testing.T) {
	all := keys(Compare(Family{}, file()))
	for name, c := range map[string]struct {
		chosen []string
		want   string
	}{
		"nothing":               {nil, ids()},
		"what there is not":     {[]string{"person", ""}, ids()},
		"the third person":      {all[2:3], ids(103)},
		"the parents":           {all[4:5], ids(101, 102, 104)},
		"where the child lives": {all[6:7], ids(102, 111, 122)},
		"the detention":         {all[7:8], ids(101, 131)},
		"who cares":             {all[8:], ids(102, 103)},
	} {
		f := with(Family{}, TakeOver(Family{}, file(), c.chosen))
		if err := Check(f, today); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		f.Unions, f.Links, f.Cares = nil, nil, nil // of which the identifiers are derived
		if brief(f) != c.want {
			t.Errorf("%s: %s, want %s", name, brief(f), c.want)
		}
	}
}

// What was drawn before is found again; what the family says of its own is not touched.
func TestTOO2_WhoWasDrawnBeforeIsTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		drawn Family
		want  []string // what is told of people, parents, stays and detentions
	}{
		"a namesake":                  {Family{Persons: []Person{{ID: 1, Name: " sanne"}}}, []string{" sanne: in het dossier staat Sanne en geboren op 1 maart 2014."}},
		"with the same words":         {Family{Persons: []Person{{ID: 1, Name: "Riet"}}}, []string{"Riet in de tekening is Riet uit het dossier."}},
		"one of another year":         {Family{Persons: []Person{{ID: 1, Name: "Sanne", Born: day("2010")}}}, []string{"Sanne, geboren op 1 maart 2014, staat nog niet in de tekening."}},
		"one of about that year":      {Family{Persons: []Person{{ID: 1, Name: "Sanne", Born: day("~2012")}}}, []string{"Sanne: in het dossier staat geboren op 1 maart 2014."}},
		"one of another sex":          {Family{Persons: []Person{{ID: 1, Name: "Kim", Sex: "m"}}}, []string{"Kim, geboren op 6 mei 1984, staat nog niet in de tekening."}},
		"a neighbour of that name":    {Family{Persons: []Person{{ID: 1, Name: "Riet", Beyond: "neighbourhood"}}}, []string{"Riet staat nog niet in de tekening."}},
		"renamed, but linked":         {Family{Persons: []Person{{ID: 1, Name: "Mama", File: 101}}}, []string{"Mama: in het dossier staat Kim, vrouw of meisje en geboren op 6 mei 1984."}},
		"dead, which nobody had said": {Family{Persons: []Person{{ID: 1, Name: "Ali", File: 104}}}, []string{"Ali: in het dossier staat overleden op 4 maart 2020."}},
		"who left the file":           {Family{Persons: []Person{{ID: 1, Name: "Piet", File: 199}}}, []string{"Piet staat niet meer in het dossier. In de tekening verandert er niets."}},
		"one parent of two":           {Family{Persons: []Person{{ID: 1, Name: "Sanne", File: 102}, {ID: 2, Name: "Kim", File: 101}}, Unions: []Union{{ID: 11, Partners: []core.ID{2}}}, Links: []Link{{ID: 21, Child: 1, Union: 11, Kind: Birth}}}, []string{"Sanne is een kind van Kim, Ali."}},
		"a stay in that month":        {Family{Persons: []Person{{ID: 1, Name: "Sanne", File: 102}}, Households: []Household{{ID: 2, Name: "bij Oma"}}, Stays: []Stay{{ID: 3, Household: 2, Person: 1, From: day("2026-03")}}}, nil},
		"a stay in another month":     {Family{Persons: []Person{{ID: 1, Name: "Sanne", File: 102}}, Households: []Household{{ID: 2, Name: "bij Oma"}}, Stays: []Stay{{ID: 3, Household: 2, Person: 1, From: day("2026-04")}}}, []string{"Sanne woont of woonde in Bij oma, sinds 2 maart 2026. In de tekening staan andere dagen."}},
		"a detention in that year":    {Family{Persons: []Person{{ID: 1, Name: "Kim", File: 101}}, Detentions: []Detention{{ID: 2, Person: 1, From: day("2026")}}}, nil},
		"a detention of other days":   {Family{Persons: []Person{{ID: 1, Name: "Kim", File: 101}}, Detentions: []Detention{{ID: 2, Person: 1, From: day("2025")}}}, []string{"Kim zit of zat vast, sinds 10 februari 2026. In de tekening staan andere dagen."}},
		"a detention that is gone":    {Family{Persons: []Person{{ID: 1, Name: "Kim", File: 101}}, Detentions: []Detention{{ID: 2, Person: 1, From: day("2020"), Until: day("2021"), File: 199}}}, []string{"Een detentie van Kim staat niet meer in het dossier. In de tekening verandert er niets."}},
	} {
		gaps := Compare(c.drawn, file())
		got := strings.Split(says(gaps), "\n")
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s: not told: %s\n%s", name, want, says(gaps))
			}
		}
		if c.want == nil && (strings.Contains(says(gaps), "andere dagen") || strings.Count(says(gaps), "Sanne woont")+strings.Count(says(gaps), "Kim zit") != 1) {
			t.Errorf("%s: %s", name, says(gaps))
		}
		f := with(c.drawn, TakeOver(c.drawn, file(), keys(gaps)))
		if err := Check(f, today); err != nil || len(keys(Compare(f, file()))) != 0 {
			t.Errorf("%s: after taking all over %v: %s", name, err, says(Compare(f, file())))
		}
	}
}

// The second parent joins the first for all children of whom the file says so; a half sibling keeps the one parent.
func TestTOO2_TheSecondParentJoinsTheFirst(t *testing.T) {
	in := file()
	in.People = append(in.People, dossier.Person{ID: 105, Name: "Noor", IsChild: true})
	drawn := Family{
		Persons: []Person{{ID: 1, Name: "Kim", File: 101}, {ID: 2, Name: "Sanne", File: 102}, {ID: 3, Name: "Noor", File: 105}},
		Unions:  []Union{{ID: 11, Partners: []core.ID{1}}}, Links: []Link{{ID: 21, Child: 2, Union: 11, Kind: Birth}, {ID: 22, Child: 3, Union: 11, Kind: Birth}},
	}
	in.Ties = append(in.Ties, dossier.Tie{Parent: 101, Child: 105, Kind: "birth"})
	f := with(drawn, TakeOver(drawn, in, keys(Compare(drawn, in))))
	if len(f.Unions) != 2 || f.Links[0].Union == 11 || f.Links[1].Union != 11 || len(f.Links) != 2 {
		t.Errorf("a half sister: %+v %+v", f.Unions, f.Links)
	}
	in.Ties = append(in.Ties, dossier.Tie{Parent: 104, Child: 105, Kind: "birth"})
	f = with(drawn, TakeOver(drawn, in, keys(Compare(drawn, in))))
	if len(f.Unions) != 1 || len(f.Unions[0].Partners) != 2 || len(f.Links) != 2 {
		t.Errorf("a sister: %+v %+v", f.Unions, f.Links)
	}
}

// Whatever is chosen of whatever file, a family comes of it, and nothing is told twice.
func TestTOO2_AnyChoiceOfAnyFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := file()
		day := func() core.Date {
			return date(rapid.SampledFrom([]string{"", "2020-01-05", "2026-03-02"}).Draw(t, "day"))
		}
		in.Ties = nil
		for _, child := range []core.PersonID{102, 104} {
			for _, parent := range []core.PersonID{101, 103} {
				if rapid.Bool().Draw(t, "tie") {
					in.Ties = append(in.Ties, dossier.Tie{Parent: parent, Child: child, Kind: rapid.SampledFrom([]string{"birth", "adoption", "foster", "step"}).Draw(t, "kind")})
				}
			}
		}
		in.Members[0].From, in.Members[1].From, in.Detentions[0].From = day(), day(), day()
		f := Family{}
		for range 3 {
			wanted := only(keys(Compare(f, in)), func(string) bool { return rapid.Bool().Draw(t, "tick") })
			f = with(f, TakeOver(f, in, wanted))
			if err := Check(f, today); err != nil {
				t.Fatalf("%v: %+v", err, f)
			}
			for _, key := range keys(Compare(f, in)) {
				if slices.Contains(wanted, key) {
					t.Fatalf("%s is told again: %+v", key, f)
				}
			}
		}
	})
}

func TestTOO2_TheDossierIsReadAsFarAsTheActorMay(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		for _, who := range []authz.Actor{f.Ria, f.Petra} {
			must(t, f.DB.Read(context.Background(), who, func(x *db.Tx) error {
				in, err := FromFile(x, f.Dossier)
				if err == nil && (len(in.People) != 4 || len(in.Ties) != 2) {
					t.Errorf("%s reads %+v", who.Name(), in)
				}
				return err
			}))
		}
		must(t, f.DB.Read(context.Background(), f.Omar, func(x *db.Tx) error {
			in, err := FromFile(x, f.Dossier)
			if len(in.People)+len(in.Ties)+len(in.Households)+len(in.Members)+len(in.Detentions) != 0 {
				t.Errorf("elsewhere they read %+v", in)
			}
			return err
		}))
		var b Book
		for range 2 {
			must(t, f.DB.Write(context.Background(), f.Ria, func(x *db.Tx) error {
				in, err := FromFile(x, f.Dossier)
				if err != nil {
					return err
				}
				b, err = Record(x, f.Dossier, "genogram", b.Seq, TakeOver(b.Family, in, keys(Compare(b.Family, in))))
				return err
			}))
		}
		if b.Seq != 1 || len(b.Family.Persons) != 4 || len(b.Family.Links) != 2 || len(b.Family.Unions) != 1 || len(b.Family.Cares) != 2 {
			t.Errorf("taken over: %+v", b)
		}
	})
}
