package kin

import (
	"strings"
	"testing"

	"maatje/internal/core"
)

func day(s string) When {
	w, err := ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

// household is grandmother Riet, her daughter Kim and Kim's children by two men, of whom the second stays inside.
func household() Family {
	return Family{
		Index: []core.ID{4},
		Persons: []Person{
			{ID: 1, Name: "Riet", Sex: "f", Born: day("1951")}, {ID: 2, Name: "Kim", Sex: "f", Born: day("1984-05")},
			{ID: 3, Name: "Ali", Sex: "m", Born: day("1980-01-02"), Died: day("2020-03-04")}, {ID: 4, Name: "Sanne", Born: day("2014-03-01")},
			{ID: 5, Name: "Ben", Sex: "m"}, {ID: 6, Life: "pregnancy", Born: day("2027-02-01")}, {ID: 7, Name: "Fatma", Beyond: "neighbourhood"},
		},
		Unions: []Union{
			{ID: 11, Partners: []core.ID{1}}, {ID: 12, Partners: []core.ID{2, 3}, States: []State{{"together", When{}}, {"separated", day("2018-06")}}},
			{ID: 13, Partners: []core.ID{2, 5}, States: []State{{"married", day("2024-09-09")}}},
		},
		Links: []Link{
			{ID: 21, Child: 2, Union: 11, Kind: Birth}, {ID: 22, Child: 4, Union: 12, Kind: Birth}, {ID: 23, Child: 6, Union: 13, Kind: Birth},
			{ID: 24, Child: 4, Union: 11, Kind: "foster_network", From: day("2026-03")},
		},
		Households: []Household{{ID: 31, Name: "Bij oma"}, {ID: 32, Name: "Thuis"}, {ID: 33, Name: "PI Zwolle"}},
		Stays: []Stay{
			{ID: 41, Household: 31, Person: 1}, {ID: 42, Household: 31, Person: 4, From: day("2026-03")},
			{ID: 43, Household: 32, Person: 4, Until: day("2026-02-28")}, {ID: 44, Household: 33, Person: 5, From: day("2026-02-10")},
		},
		Detentions: []Detention{{ID: 51, Person: 5, From: day("2026-02-10"), Until: day("2026-12-24")}},
		Contacts: []Contact{
			{ID: 61, Child: 4, Parent: 5, How: "visit", Often: "monthly"}, {ID: 62, Child: 4, Parent: 5, How: "phone", From: day("2026-04-01")},
			{ID: 63, Child: 4, Parent: 2, How: "supervised"},
		},
		Cares: []Care{{ID: 71, Carer: 1, Child: 4, From: day("2026-03")}},
		Ties:  []Tie{{ID: 81, A: 4, B: 1, Kind: "very_close", SaidBy: "Sanne"}, {ID: 82, A: 2, B: 3, Kind: "cut_off", From: day("2018-06"), Until: day("2020-03-04")}},
		Places: []Place{
			{ID: 91, Centre: 4, Person: 7, Ring: 2, Gives: []string{"practical"}, Tasks: []string{"naar zwemles", "mee naar de gevangenis"}},
		},
	}
}

// brief writes what a family holds: the identifiers of everything in it, with what the day changes of them.
func brief(f Family) string {
	var b strings.Builder
	for o := range f.objects() {
		b.WriteString(" " + strings.TrimLeft(o.id().String(), "0"))
	}
	return strings.TrimSpace(b.String())
}

func ids(all ...core.ID) string {
	var f Family
	for _, id := range all {
		f.Persons = append(f.Persons, Person{ID: id})
	}
	return brief(f)
}

func TestTOO2_TheFamilyOfADay(t *testing.T) {
	for on, want := range map[string]string{
		"1950-12-31": ids(5, 7),                                                                             // who has no date is there always
		"1984-05-01": ids(1, 2, 3, 5, 7, 11, 12, 21, 31, 41),                                                // born in some month: from its first day
		"2014-02-28": ids(1, 2, 3, 5, 7, 11, 12, 21, 31, 41),                                                // the day before
		"2018-06-01": ids(1, 2, 3, 4, 5, 7, 11, 12, 21, 22, 31, 32, 41, 43, 61, 63, 81, 82, 91),             // a tie that begins
		"2020-03-04": ids(1, 2, 3, 4, 5, 7, 11, 12, 21, 22, 31, 32, 41, 43, 61, 63, 81, 82, 91),             // its last day
		"2020-03-05": ids(1, 2, 3, 4, 5, 7, 11, 12, 21, 22, 31, 32, 41, 43, 61, 63, 81, 91),                 // and the day after
		"2024-09-09": ids(1, 2, 3, 4, 5, 7, 11, 12, 13, 21, 22, 31, 32, 41, 43, 61, 63, 81, 91),             // a wedding
		"2026-02-28": ids(1, 2, 3, 4, 5, 7, 11, 12, 13, 21, 22, 31, 32, 33, 41, 43, 44, 51, 61, 63, 81, 91), // the last day at home
		"2026-03-01": ids(1, 2, 3, 4, 5, 7, 11, 12, 13, 21, 22, 24, 31, 33, 41, 42, 44, 51, 61, 63, 71, 81, 91),
		"2026-05-01": ids(1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 21, 22, 23, 24, 31, 33, 41, 42, 44, 51, 61, 62, 63, 71, 81, 91), // on the way
		"2026-12-25": ids(1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 21, 22, 23, 24, 31, 33, 41, 42, 44, 61, 62, 63, 71, 81, 91),     // free
		"":           brief(household()),
	} {
		d := core.Date{}
		if on != "" {
			d = core.MustDate(on)
		}
		if got := brief(OnDay(household(), d)); got != want {
			t.Errorf("%s:\n  %s\n  %s", on, got, want)
		}
	}
}

func TestTOO2_WhatPeopleWereOnADay(t *testing.T) {
	then, after := OnDay(household(), core.MustDate("2018-05-31")), OnDay(household(), core.MustDate("2020-03-04"))
	if p := person(then, 3); p.HasDied() || then.Unions[1].Now() != "together" {
		t.Errorf("before: %+v, %+v", p, then.Unions[1])
	}
	if p := person(after, 3); !p.HasDied() || after.Unions[1].Now() != "separated" {
		t.Errorf("after: %+v, %+v", p, after.Unions[1])
	}
	for _, when := range []string{"2020", "2020-03"} { // nobody knows the day: until the last one they may have lived
		f := Family{Persons: []Person{{ID: 1, Died: day(when)}, {ID: 2, Dead: true}}}
		if f := OnDay(f, core.MustDate("2020-03-15")); f.Persons[0].HasDied() || !f.Persons[1].HasDied() {
			t.Errorf("%s: %+v", when, f.Persons)
		}
	}
	early := household()
	early.Links[2].Child, early.Persons[5] = 4, Person{ID: 6}
	if f := OnDay(early, core.MustDate("2020-01-01")); len(f.Unions) != 3 || f.Unions[2].States != nil {
		t.Errorf("a child before the wedding has both parents: %+v", f.Unions)
	}
	if f := OnDay(household(), core.MustDate("1960-01-01")); len(f.Index) != 0 {
		t.Errorf("an index who is not born: %v", f.Index)
	}
}

func person(f Family, id core.ID) Person {
	for _, p := range f.Persons {
		if p.ID == id {
			return p
		}
	}
	return Person{}
}
