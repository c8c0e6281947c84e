package owndata

import (
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// What the pictures say of somebody goes to them: their own facts and their own network. What is between two people, and where they
// stand in the network of another, does not; and who was told a story reads nothing of a place where people are kept (INT-8).
func TestPRV4_WhatThePicturesSayOfSomebody(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		h := newHousehold(t, d, 7)
		daan, mother := h.people[len(h.people)-1], h.Mother
		h.Do(t, func(x *db.Tx) error {
			_, err := kin.Record(x, h.Dossier, "genogram", 0, kin.Change{Did: "changed", Put: kin.Family{
				Persons:    []kin.Person{{ID: 1, Name: "zqdaan", File: daan.ID}, {ID: 2, Name: "zqmother", File: mother}, {ID: 3, Name: "zqneighbour", Beyond: "neighbourhood"}, {ID: 4, Name: "zqnobody"}},
				Unions:     []kin.Union{{ID: 11, Partners: []core.ID{2, 4}, States: []kin.State{{Kind: "married", From: kin.When{Year: 2001}}}}},
				Links:      []kin.Link{{ID: 12, Child: 1, Union: 11, Kind: "adopted", From: kin.When{Year: 2010, Month: 5, About: true}}},
				Households: []kin.Household{{ID: 13, Name: "zqhome"}, {ID: 14, Name: "PI zqcell"}},
				Stays:      []kin.Stay{{ID: 15, Household: 13, Person: 1}, {ID: 16, Household: 14, Person: 1}},
				Detentions: []kin.Detention{{ID: 17, Person: 2, From: kin.When{Year: 2019}}},
				Contacts:   []kin.Contact{{ID: 18, Child: 1, Parent: 2, How: "phone", Often: "weekly"}},
				Cares:      []kin.Care{{ID: 19, Carer: 4, Child: 1}},
				Ties:       []kin.Tie{{ID: 20, A: 1, B: 2, Kind: "hostile", SaidBy: "zqsaidso"}},
				Places: []kin.Place{{ID: 21, Centre: 1, Person: 3, Ring: 1, Gives: []string{"advice"}, Tasks: []string{"zqtask"}},
					{ID: 22, Centre: 2, Person: 1, Ring: 3, Tasks: []string{"zqhers"}}},
			}})
			return err
		})
		holds := func(who core.PersonID, in, out []string) {
			t.Helper()
			for _, p := range h.people {
				if p.ID != who {
					continue
				}
				got := h.made(t, text.NL, p.ID, h.holder(p), true)
				for _, word := range in {
					if !strings.Contains(got, word) {
						t.Errorf("%s does not read %s", p.Name, word)
					}
				}
				for _, word := range out {
					if strings.Contains(got, word) {
						t.Errorf("%s reads %s", p.Name, word)
					}
				}
			}
		}
		holds(daan.ID, []string{"zqdaan", "zqmother en zqnobody", "geadopteerd kind", "ca. mei 2010", "zqhome", "PI zqcell", "bellen", "elke week", "zqneighbour", "raad", "zqtask"},
			[]string{"zqsaidso", "vijandig", "zqhers"})
		holds(mother, []string{"getrouwd", "2001", "2019", "zqhers", "zqdaan"}, []string{"zqsaidso", "zqtask", "zqneighbour", "zqhome"})
		h.Do(t, func(x *db.Tx) error { return db.Do(x, tForgets, db.Args{"child": daan.ID}) })
		holds(daan.ID, []string{"zqhome", "zqtask"}, []string{"zqcell"})
	})
}
