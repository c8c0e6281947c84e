package kin

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/dossier"
)

func TestINT8_TheChildsPictureHidesWhatTheChildDoesNotKnow(t *testing.T) {
	for level, hides := range map[dossier.Level]bool{dossier.NotAsked: true, dossier.Nothing: true, dossier.Story: true, dossier.Part: true, dossier.Everything: false} {
		f := Secrets(nil).ForChild(household(), level)
		if !hides {
			if !f.same(household()) {
				t.Errorf("%q: something is hidden", level)
			}
			continue
		}
		if len(f.Detentions) != 0 || len(f.Households) != 2 || len(f.Stays) != 3 {
			t.Errorf("%q: shows where he is: %+v", level, f)
		}
		if len(f.Contacts) != 1 || f.Contacts[0].How != "phone" {
			t.Errorf("%q: shows contacts %+v", level, f.Contacts)
		}
		if !slices.Equal(f.Places[0].Tasks, []string{"naar zwemles"}) || len(f.Persons) != 7 || len(f.Ties) != 2 || len(f.Cares) != 1 {
			t.Errorf("%q: hides more than it must: %+v", level, f)
		}
	}
	if f := household(); f.Places[0].Tasks[1] == "" || len(f.Detentions) != 1 {
		t.Error("the family itself was changed")
	}
}

// A visit to who is at home tells nothing; a ban tells of anybody.
func TestINT8_WaysOfBeingInTouch(t *testing.T) {
	for how, want := range map[string][2]bool{
		"visit": {false, true}, "phone": {true, true}, "letter": {true, true}, "video": {true, true}, "none": {true, true},
		"supervised": {false, false}, "forbidden": {false, false},
	} {
		f := household()
		f.Contacts = []Contact{{ID: 61, Child: 4, Parent: 5, How: how}, {ID: 62, Child: 4, Parent: 2, How: how}}
		left := Secrets(nil).ForChild(f, dossier.Story).Contacts
		has := func(id core.ID) bool { return slices.ContainsFunc(left, func(c Contact) bool { return c.ID == id }) }
		if got := [2]bool{has(61), has(62)}; got != want {
			t.Errorf("%s: with who is inside and with who is not %v, want %v", how, got, want)
		}
	}
	if len(Hows) != 7 {
		t.Error("a new way of being in touch: say what it gives away")
	}
}

func TestINT8_NamesGiveNoFacilityAway(t *testing.T) {
	for name, want := range map[string]string{
		"Papa": "Papa", "Papa (PI Zwolle)": "Papa", "papa [zit vast]": "papa", "Papa in de gevangenis": "", "pi Vught": "", "P.I. Vught": "",
		"Tante Pi": "Tante Pi", "Opa JC": "", "Celine": "Celine", "Marcel": "Marcel", "in de cel": "", "Detentiecentrum": "", "Huis van Bewaring": "",
		"Piet (oom)": "Piet (oom)", "reclasseringswerker": "", "casemanager, justitie": "", "zit nu binnen": "", "binnenhuisarchitect": "binnenhuisarchitect",
		"Rikers prison": "", "Opa (1950) (vader van Kim, zit vast)": "Opa", "": "",
	} {
		f := Secrets(nil).ForChild(Family{Persons: []Person{{ID: 1, Name: name, Is: name}}, Ties: []Tie{{ID: 2, A: 1, B: 1, SaidBy: name}}}, dossier.Part)
		if p := f.Persons[0]; p.Name != want || p.Is != want || f.Ties[0].SaidBy != want {
			t.Errorf("%q becomes %+v and %q, want %q", name, p, f.Ties[0].SaidBy, want)
		}
	}
	f := Family{Persons: []Person{{ID: 1, Name: "Els", Is: "casemanager PI Zwolle", Beyond: "professionals"}, {ID: 2, Name: "Juf"}}, Ties: []Tie{{ID: 3, A: 1, B: 2}}}
	if got := brief(Secrets(nil).ForChild(f, dossier.Nothing)); got != ids(2) {
		t.Errorf("the helper who works inside: %s", got)
	}
	f = household()
	f.Persons[4].Name, f.Persons[4].Is = "Ben (JJI)", "stiefvader, zit vast"
	words, err := json.Marshal(Secrets(nil).ForChild(f, dossier.Nothing))
	if err != nil || strings.Contains(string(words), "JJI") || strings.Contains(string(words), "vast") || strings.Contains(string(words), "Zwolle") {
		t.Errorf("%s %v", words, err)
	}
}

// What is left out takes along all that hangs on it.
func TestINT8_WhatIsHiddenByChoice(t *testing.T) {
	if got := brief(Without(household(), 81, 7)); got != brief(Without(household(), 81, 91, 7)) || strings.Contains(got, ids(81)) {
		t.Errorf("hidden: %s", got)
	}
	f := Without(household(), 5)
	if got, want := brief(f), ids(1, 2, 3, 4, 6, 7, 11, 12, 13, 21, 22, 23, 24, 31, 32, 33, 41, 42, 43, 63, 71, 81, 82, 91); got != want {
		t.Errorf("without a partner:\n  %s\n  %s", got, want)
	}
	f = Without(household(), 2, 3)
	if err := Check(f, core.MustDate("2026-11-22")); err != nil || len(f.Unions) != 2 {
		t.Errorf("without both: %+v %v", f.Unions, err)
	}
}

func TestINT8_AChildsPictureIsAboutThatChild(t *testing.T) {
	f := Family{
		Index: []core.ID{2}, Persons: []Person{{ID: 1, File: 71}, {ID: 2, File: 72}, {ID: 3}},
		Ties: []Tie{{ID: 11, A: 1, B: 3, Kind: "close", SaidBy: "oma"}, {ID: 12, A: 2, B: 3, Kind: "discord"}, {ID: 13, A: 3, B: 1, Kind: "distant"}},
	}
	got := About(f, 71)
	if len(got.Index) != 1 || got.Index[0] != 1 {
		t.Errorf("the picture is about %v", got.Index)
	}
	if len(got.Ties) != 2 || got.Ties[0].ID != 11 || got.Ties[1].ID != 13 || got.Ties[0].SaidBy != "" {
		t.Errorf("of the ties it has %+v", got.Ties)
	}
	if f.Index[0] != 2 || f.Ties[0].SaidBy != "oma" || len(f.Ties) != 3 {
		t.Errorf("the family itself became %+v", f)
	}
	if got := About(f, 99); len(got.Ties) != 0 {
		t.Errorf("somebody who is not in the picture sees %+v", got.Ties)
	}
}
