package kin

import (
	"slices"
	"testing"

	"maatje/internal/dossier"
)

// The names of the places where the parents of this family stay are kept from a child too, when nothing else tells (INT-8).
func TestINT8_ThePlacesOfThisFamilyAreKept(t *testing.T) {
	s := secrets("PI Ter Peel", "PI Zwolle", "Penitentiaire Inrichting Duinzicht", "", "Penitentiaire inrichting", "Centro Malpaso")
	if want := (Secrets{"ter peel", "duinzicht", "centro malpaso"}); !slices.Equal(s, want) {
		t.Fatalf("kept are %q, want %q", s, want)
	}
	for name, want := range map[string]string{
		"Mama (Ter Peel)": "Mama", "mama in ter-peel": "", "Duinzichtlaan 4": "Duinzichtlaan 4", "Oma uit Zwolle": "Oma uit Zwolle", "in Málpaso": "in Málpaso", "centro malpasó": "",
		"Papa (de Bajes)": "Papa", "papa met enkelband": "", "achter de tralies": "", "ge\u00advangenis": "", "gevángenis": "", "Mama [in de bak]": "Mama", "Bakker Jan": "Bakker Jan",
	} {
		f := s.ForChild(Family{Persons: []Person{{ID: 1, Name: name, Is: name}}, Places: []Place{{ID: 2, Centre: 1, Person: 1, Tasks: []string{name}}}}, dossier.Part)
		kept := len(f.Places[0].Tasks) == 0
		if p := f.Persons[0]; p.Name != want || p.Is != want || kept != (want != name) {
			t.Errorf("%q becomes %q and %q, its task is kept: %v; want %q", name, p.Name, p.Is, kept, want)
		}
	}
}

// A household in which only those live who stay inside, since they do, is the cell, whatever it is called.
func TestINT8_AHouseholdOfWhoIsInsideAloneIsKept(t *testing.T) {
	for _, c := range []struct {
		name  string
		stays []Stay
		kept  bool
	}{
		{"since the day", []Stay{{ID: 44, Household: 33, Person: 5, From: day("2026-02-10")}}, true},
		{"nobody knows since when", []Stay{{ID: 44, Household: 33, Person: 5}}, true},
		{"moved inside", []Stay{{ID: 44, Household: 33, Person: 5, From: day("2026-05")}}, true},
		{"lived there before", []Stay{{ID: 44, Household: 33, Person: 5, From: day("2020")}}, false},
		{"came there after", []Stay{{ID: 44, Household: 33, Person: 5, From: day("2027")}}, false},
		{"with somebody", []Stay{{ID: 44, Household: 33, Person: 5}, {ID: 45, Household: 33, Person: 2}}, false},
		{"nobody", nil, false},
	} {
		f := household()
		f.Households[2].Name = "Overkant"
		f.Stays = append(f.Stays[:3:3], c.stays...)
		got := Secrets(nil).ForChild(f, dossier.Story)
		if kept := len(got.Households) == 2; kept != c.kept || kept && len(got.Stays) != 3 {
			t.Errorf("%s: kept %v, want %v", c.name, kept, c.kept)
		}
	}
}
