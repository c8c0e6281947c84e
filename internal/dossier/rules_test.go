package dossier

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

const today = "2026-01-05"

// messages are what a check says is wrong, as field:message.
func messages(err error) []string {
	var out []string
	if f, ok := core.AsFail(err); ok {
		for _, one := range f.All() {
			out = append(out, one.Field+":"+one.Message)
		}
	}
	slices.Sort(out)
	return out
}

func same(t *testing.T, name string, err error, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := messages(err); !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", name, got, want)
	}
}

func TestINT6_ContactWithHomeWaitsForTheLiftDate(t *testing.T) {
	known := Restriction{From: day("2026-01-01"), ExpectedUntil: day("2026-02-05")}
	unknown := Restriction{From: day("2026-01-01")}
	lifted := Restriction{From: day("2026-01-01"), ExpectedUntil: day("2026-02-05"), LiftedOn: day("2026-01-20")}
	tests := []struct {
		name string
		all  []Restriction
		on   string
		want string
	}{
		{"none", nil, "2026-01-10", ""},
		{"the day before they begin", []Restriction{known}, "2025-12-31", ""},
		{"their first day", []Restriction{known}, "2026-01-01", "dossier_contact_restricted"},
		{"while they run", []Restriction{known}, "2026-01-10", "dossier_contact_restricted"},
		{"past what was expected, not lifted", []Restriction{known}, "2026-03-01", "dossier_contact_restricted"},
		{"nobody knows until when", []Restriction{unknown}, "2026-01-10", "dossier_contact_restricted_unknown"},
		{"the day before the lift", []Restriction{lifted}, "2026-01-19", "dossier_contact_restricted"},
		{"the day of the lift", []Restriction{lifted}, "2026-01-20", ""},
		{"one lifted, one running", []Restriction{lifted, known}, "2026-01-25", "dossier_contact_restricted"},
	}
	for _, tt := range tests {
		f, _ := core.AsFail(ContactHome(tt.all, day(tt.on)))
		switch {
		case tt.want == "" && f != nil:
			t.Errorf("%s: refused with %v", tt.name, f)
		case tt.want != "" && (f == nil || f.Message != tt.want || f.Rule != "INT-6"):
			t.Errorf("%s: got %v, want %s", tt.name, f, tt.want)
		}
	}
	if f, _ := core.AsFail(ContactHome([]Restriction{known}, day("2026-01-10"))); f.Values[0] != day("2026-02-05") {
		t.Errorf("the refusal names %v, want the expected lift", f.Values)
	}
}

func TestINT8_NeutralUntilEveryChildKnowsAll(t *testing.T) {
	tests := []struct {
		name   string
		levels []Level
		want   bool
		toTell int
	}{
		{"no child is known yet", nil, true, 0},
		{"nobody asked", []Level{NotAsked}, true, 1},
		{"nothing", []Level{Nothing}, true, 1},
		{"a story", []Level{Story}, true, 1},
		{"part", []Level{Part}, true, 1},
		{"all", []Level{Everything}, false, 0},
		{"one of two knows all", []Level{Everything, Story}, true, 1},
		{"both know all", []Level{Everything, Everything}, false, 0},
	}
	for _, tt := range tests {
		var knows []Knows
		for _, l := range tt.levels {
			knows = append(knows, Knows{Level: l})
		}
		if got := Neutral(knows); got != tt.want {
			t.Errorf("%s: neutral is %v", tt.name, got)
		}
		if got := len(ToBeTold(knows)); got != tt.toTell {
			t.Errorf("%s: %d to be told, want %d", tt.name, got, tt.toTell)
		}
	}
}

func TestINT8_WhatAChildKnows(t *testing.T) {
	kid := Person{ID: 1, Name: "Sara", IsChild: true, Birth: day("2016-02-01")}
	tests := []struct {
		name string
		k    Knows
		who  Person
		want []string
	}{
		{"all, today", Knows{Level: Everything, Since: day(today)}, kid, nil},
		{"nothing", Knows{Level: Nothing}, kid, nil},
		{"a story without the story", Knows{Level: Story}, kid, []string{"story:dossier_story_missing"}},
		{"a story", Knows{Level: Story, Story: "mama werkt ver weg"}, kid, nil},
		{"part without which part", Knows{Level: Part}, kid, []string{"story:dossier_part_missing"}},
		{"no level, tomorrow", Knows{Since: day("2026-01-06")}, kid, []string{"level:dossier_level_missing", "since:dossier_since_in_future"}},
		{"an invented level", Knows{Level: "bits"}, kid, []string{"level:dossier_level_missing"}},
		{"before birth", Knows{Level: Everything, Since: day("2016-01-31")}, kid, []string{"since:dossier_before_birth"}},
		{"no child", Knows{Level: Everything}, Person{Name: "Wil"}, []string{"child:dossier_no_child"}},
	}
	for _, tt := range tests {
		same(t, tt.name, checkKnows(tt.k, tt.who, day(today)), tt.want...)
	}
}

func TestTRA8_AnEndThatCameCloser(t *testing.T) {
	tests := []struct {
		name     string
		old, now Detention
		want     bool
	}{
		{"nothing changed", Detention{ExpectedUntil: day("2026-06-01")}, Detention{ExpectedUntil: day("2026-06-01")}, false},
		{"expected a day earlier", Detention{ExpectedUntil: day("2026-06-01")}, Detention{ExpectedUntil: day("2026-05-31")}, true},
		{"expected a day later", Detention{ExpectedUntil: day("2026-06-01")}, Detention{ExpectedUntil: day("2026-06-02")}, false},
		{"released on the expected day", Detention{ExpectedUntil: day("2026-06-01")}, Detention{ExpectedUntil: day("2026-06-01"), ReleasedOn: day("2026-06-01")}, false},
		{"released a day before", Detention{ExpectedUntil: day("2026-06-01")}, Detention{ExpectedUntil: day("2026-06-01"), ReleasedOn: day("2026-05-31")}, true},
		{"released, nobody knew when", Detention{}, Detention{ReleasedOn: day("2026-05-31")}, true},
		{"expected for the first time", Detention{}, Detention{ExpectedUntil: day("2026-05-31")}, false},
		{"not expected any more", Detention{ExpectedUntil: day("2026-06-01")}, Detention{}, false},
	}
	for _, tt := range tests {
		if got := movedEarlier(tt.old, tt.now); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestPersonsDates(t *testing.T) {
	tests := []struct {
		name string
		p    Person
		want []string
	}{
		{"a name is enough", Person{Name: "Wil"}, nil},
		{"no name", Person{Name: " "}, []string{"name:dossier_name_missing"}},
		{"born today", Person{Name: "Bo", Birth: day(today)}, nil},
		{"born tomorrow", Person{Name: "Bo", Birth: day("2026-01-06")}, []string{"birth:dossier_birth_in_future"}},
		{"born in 1899", Person{Name: "Bo", Birth: day("1899-12-31")}, []string{"birth:dossier_birth_too_long_ago"}},
		{"died on the day of birth", Person{Name: "Bo", Birth: day("2025-01-01"), DiedOn: day("2025-01-01")}, nil},
		{"died before birth", Person{Name: "Bo", Birth: day("2025-01-02"), DiedOn: day("2025-01-01")}, []string{"died_on:dossier_died_before_birth"}},
		{"several at once", Person{Birth: day("2026-01-06"), DiedOn: day("2026-01-07")},
			[]string{"name:dossier_name_missing", "birth:dossier_birth_in_future", "died_on:dossier_died_in_future"}},
		{"a parent of nine", Person{Name: "Bo", Birth: day("2016-01-06"), IsChild: true, IsParent: true}, []string{"roles:dossier_parent_too_young"}},
		{"a young parent of 15", Person{Name: "Bo", Birth: day("2010-01-05"), IsChild: true, IsParent: true}, nil},
	}
	for _, tt := range tests {
		same(t, tt.name, checkPerson(tt.p, day(today)), tt.want...)
	}
}

func TestDetentionDates(t *testing.T) {
	parent := Person{ID: 1, Name: "Anouk", Birth: day("1990-01-01"), IsParent: true}
	open := Detention{ID: 7, Parent: 1, From: day("2025-06-01")}
	past := Detention{ID: 8, Parent: 1, From: day("2024-01-01"), ReleasedOn: day("2024-06-01")}
	tests := []struct {
		name   string
		d      Detention
		others []Detention
		want   []string
	}{
		{"nothing known yet", Detention{Parent: 1}, nil, nil},
		{"from a letter, next week", Detention{Parent: 1, From: day("2026-01-12")}, nil, nil},
		{"before birth", Detention{Parent: 1, From: day("1989-12-31")}, nil, []string{"from:dossier_before_birth"}},
		{"released on the first day", Detention{Parent: 1, From: day("2025-01-01"), ReleasedOn: day("2025-01-01")}, nil, nil},
		{"released before", Detention{Parent: 1, From: day("2025-01-02"), ReleasedOn: day("2025-01-01")}, nil, []string{"released_on:dossier_release_before_detention"}},
		{"released today", Detention{Parent: 1, From: day("2025-01-02"), ReleasedOn: day(today)}, nil, nil},
		{"released tomorrow", Detention{Parent: 1, ReleasedOn: day("2026-01-06")}, nil, []string{"released_on:dossier_release_in_future"}},
		{"expected before the begin", Detention{Parent: 1, From: day("2025-01-02"), ExpectedUntil: day("2025-01-01")}, nil, []string{"expected_until:dossier_end_before_start"}},
		{"a second open one", Detention{Parent: 1, From: day("2025-12-01")}, []Detention{open}, []string{"parent:dossier_two_open_detentions"}},
		{"the same one again", Detention{ID: 7, Parent: 1, From: day("2025-12-01")}, []Detention{open}, nil},
		{"somebody else's", Detention{Parent: 2, From: day("2025-12-01")}, []Detention{open}, nil},
		{"after an earlier one", Detention{Parent: 1, From: day("2024-06-02")}, []Detention{past}, nil},
		{"arrested again at the gate", Detention{Parent: 1, From: day("2024-06-01")}, []Detention{past}, nil},
		{"a day too early", Detention{Parent: 1, From: day("2024-05-31")}, []Detention{past}, []string{"from:dossier_detentions_overlap"}},
	}
	for _, tt := range tests {
		same(t, tt.name, checkDetention(tt.d, parent, tt.others, day(today)), tt.want...)
	}
}

func TestPlacementDates(t *testing.T) {
	d := Detention{ID: 3, From: day("2025-01-01"), ReleasedOn: day("2025-12-31")}
	abroad := Detention{ID: 3, From: day("2025-01-01"), Country: "ES"}
	here := Placement{ID: 5, Detention: 3, Facility: 9, From: day("2025-02-01")}
	done := Placement{ID: 5, Detention: 3, Facility: 9, From: day("2025-02-01"), Until: day("2025-03-01")}
	tests := []struct {
		name   string
		p      Placement
		d      Detention
		others []Placement
		want   []string
	}{
		{"in a facility", Placement{Detention: 3, Facility: 9, From: day("2025-01-01"), Until: day("2025-12-31")}, d, nil, nil},
		{"nowhere", Placement{Detention: 3}, d, nil, []string{"facility:dossier_placement_nowhere"}},
		{"abroad in a Dutch facility", Placement{Detention: 3, Facility: 9}, abroad, nil, []string{"facility:dossier_placement_abroad"}},
		{"abroad in a place", Placement{Detention: 3, Place: "Alicante"}, abroad, nil, nil},
		{"before the detention", Placement{Detention: 3, Place: "bureau", From: day("2024-12-31")}, d, nil, []string{"from:dossier_before_detention"}},
		{"after the release", Placement{Detention: 3, Facility: 9, From: day("2026-01-01")}, d, nil, []string{"from:dossier_after_release"}},
		{"ends before it begins", Placement{Detention: 3, Facility: 9, From: day("2025-05-02"), Until: day("2025-05-01")}, d, nil, []string{"until:dossier_end_before_start"}},
		{"a second open one", Placement{Detention: 3, Facility: 9}, d, []Placement{here}, []string{"until:dossier_two_open_placements"}},
		{"transferred on the day the last one ended", Placement{Detention: 3, Facility: 9, From: day("2025-03-01")}, d, []Placement{done}, nil},
		{"a day in two facilities", Placement{Detention: 3, Facility: 9, From: day("2025-02-28")}, d, []Placement{done}, []string{"from:dossier_placements_overlap"}},
	}
	for _, tt := range tests {
		same(t, tt.name, checkPlacement(tt.p, tt.d, tt.others), tt.want...)
	}
}

func TestWhatLiesInsideADetention(t *testing.T) {
	d := Detention{ID: 3, From: day("2025-06-01"), ReleasedOn: day("2025-12-31")}
	same(t, "a restriction before it", checkRestriction(Restriction{From: day("2025-05-31")}, d, day(today)), "from:dossier_before_detention")
	same(t, "a restriction from the first day", checkRestriction(Restriction{From: day("2025-06-01"), LiftedOn: day("2025-06-01")}, d, day(today)))
	same(t, "lifted before it began", checkRestriction(Restriction{From: day("2025-06-02"), LiftedOn: day("2025-06-01")}, d, day(today)), "lifted_on:dossier_end_before_start")
	same(t, "lifted tomorrow", checkRestriction(Restriction{From: day("2025-06-02"), LiftedOn: day("2026-01-06")}, d, day(today)), "lifted_on:dossier_lifted_in_future")
	same(t, "no first day", checkRestriction(Restriction{}, d, day(today)), "from:dossier_from_missing")
	same(t, "a leave of one day", checkLeave(Leave{From: day("2025-12-31"), Until: day("2025-12-31")}, d))
	same(t, "a leave past the release", checkLeave(Leave{From: day("2025-12-31"), Until: day("2026-01-01")}, d), "until:dossier_after_release")
	same(t, "a leave without days", checkLeave(Leave{}, d), "from:dossier_from_missing", "until:dossier_until_missing")
	same(t, "a detention moved past its placement", checkWithin(d, []Placement{{Detention: 3, Place: "bureau", From: day("2025-05-30")}}, []Restriction{{Detention: 3, From: day("2025-05-30")}}),
		"from:dossier_placement_earlier", "from:dossier_restriction_earlier")
	same(t, "released before a transfer", checkWithin(d, []Placement{{Detention: 3, Place: "PI", From: day("2026-01-01")}}, nil), "released_on:dossier_placement_later")
}

func TestAuthorityOnADate(t *testing.T) {
	kid := Person{ID: 1, Name: "Sara", IsChild: true, Birth: day("2008-01-05")}
	aunt := Person{ID: 2, Name: "Els", DiedOn: day("2025-01-01")}
	tests := []struct {
		name   string
		a      Authority
		holder Person
		want   []string
	}{
		{"a person", Authority{Holder: 2}, aunt, nil},
		{"an organisation", Authority{HolderName: "Voogdij Oost"}, Person{}, nil},
		{"nobody", Authority{}, Person{}, []string{"holder:dossier_holder_missing"}},
		{"both", Authority{Holder: 2, HolderName: "Voogdij Oost"}, aunt, []string{"holder_name:dossier_holder_twice"}},
		{"over oneself", Authority{Holder: 1}, kid, []string{"holder:dossier_own_authority"}},
		{"on the last day of being 17", Authority{HolderName: "x", From: day("2026-01-04")}, Person{}, nil},
		{"on the 18th birthday", Authority{HolderName: "x", From: day("2026-01-05")}, Person{}, []string{"from:dossier_of_age"}},
		{"by somebody dead", Authority{From: day("2025-01-02")}, aunt, []string{"from:dossier_after_death"}},
		{"before birth", Authority{HolderName: "x", From: day("2008-01-04")}, Person{}, []string{"from:dossier_before_birth"}},
	}
	for _, tt := range tests {
		same(t, tt.name, checkAuthority(tt.a, kid, tt.holder), tt.want...)
	}
	all := []Authority{{ID: 1, Child: 1, Until: day("2025-06-30")}, {ID: 2, Child: 1, From: day("2025-07-01")}, {ID: 3, Child: 9}}
	for _, tt := range []struct {
		on   string
		want core.ID
	}{{"2025-06-30", 1}, {"2025-07-01", 2}} {
		if got := Deciding(all, 1, day(tt.on)); len(got) != 1 || got[0].ID != tt.want {
			t.Errorf("on %s decides %v, want %d", tt.on, got, tt.want)
		}
	}
}

func TestCaseC17_MovedFiveTimesInThreeYears(t *testing.T) {
	var members []Member
	for i, from := range []string{"2022-06-01", "2023-02-01", "2023-08-01", "2024-03-01", "2024-11-01", "2025-06-01"} {
		members = append(members, Member{Person: 1, Household: core.ID(i + 1), From: day(from)})
	}
	if got := Moves(members, 1, day(today), 3); got != 5 {
		t.Errorf("moved %d times, want 5", got)
	}
	if got := Moves(members, 2, day(today), 3); got != 0 {
		t.Errorf("somebody else moved %d times", got)
	}
	twice := []Member{{Person: 1, Household: 1, From: day("2024-01-01")}, {Person: 1, Household: 1, From: day("2025-01-01")}}
	if got := Moves(twice, 1, day(today), 3); got != 0 {
		t.Errorf("coming back to the same home is %d moves", got)
	}
}

func TestMembershipsMayOverlap(t *testing.T) {
	kid := Person{ID: 1, Name: "Sara", IsChild: true, Birth: day("2016-02-01")}
	same(t, "from the birth on", checkMember(Member{Household: 1, From: day("2016-02-01")}, kid))
	same(t, "before birth", checkMember(Member{Household: 1, From: day("2016-01-31")}, kid), "from:dossier_before_birth")
	same(t, "end before start", checkMember(Member{Household: 1, From: day("2020-02-01"), Until: day("2020-01-31")}, kid), "until:dossier_end_before_start")
	same(t, "no home", checkMember(Member{}, kid), "household:dossier_household_missing")
	f := File{Members: []Member{{Person: 1, Household: 1, From: day("2020-01-01")}, {Person: 1, Household: 2, From: day("2021-01-01")}}}
	if got := f.LivesIn(1, day(today)); len(got) != 2 {
		t.Errorf("lives in %d homes, want both", len(got))
	}
}

func TestStatesFollowEachOther(t *testing.T) {
	for _, tt := range []struct {
		from, to State
		ok       bool
	}{
		{Intake, Running, true}, {Intake, Waiting, true}, {Waiting, Running, true}, {Running, Aftercare, true}, {Aftercare, Closed, true},
		{Closed, Intake, true}, {Closed, Closed, true}, {Closed, Running, false}, {Running, Intake, false},
	} {
		if err := mayFollow(tt.from, tt.to); (err == nil) != tt.ok {
			t.Errorf("%s to %s: %v", tt.from, tt.to, err)
		}
	}
}
