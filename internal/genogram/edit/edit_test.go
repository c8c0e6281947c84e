package edit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// The people of these tests, their unions and what ties them.
const (
	kim, tom, sara, noor, oma  core.ID = 1, 2, 3, 4, 5
	couple, alone              core.ID = 10, 11 // of Kim and Tom; of Oma, whose partner nobody knows
	saraBorn, noorBorn, kimIn  core.ID = 20, 21, 22
	pair                       core.ID = 30
	home, saraStays, omaStays  core.ID = 40, 41, 42
	omaCares, visits, inside   core.ID = 50, 51, 52
	tied, placed               core.ID = 53, 54
	somebody                   core.ID = 90
	newUnion, newLink, newTwin core.ID = 91, 92, 93
	newParent, newParentLink   core.ID = 94, 95
)

var fresh = IDs{Person: somebody, Union: newUnion, Link: newLink, Twins: newTwin, Parent: newParent, ParentLink: newParentLink}

// family is Oma with her daughter Kim, who has twins with Tom.
func family() kin.Family {
	return kin.Family{
		Index:      []core.ID{sara, noor},
		Persons:    []kin.Person{{ID: kim, Name: "Kim"}, {ID: tom, Name: "Tom"}, {ID: sara, Name: "Sara"}, {ID: noor, Name: "Noor"}, {ID: oma, Name: "Oma"}},
		Unions:     []kin.Union{{ID: couple, Partners: []core.ID{kim, tom}, States: []kin.State{{Kind: "married"}}}, {ID: alone, Partners: []core.ID{oma}}},
		Links:      []kin.Link{{ID: saraBorn, Child: sara, Union: couple, Kind: kin.Birth}, {ID: noorBorn, Child: noor, Union: couple, Kind: kin.Birth}, {ID: kimIn, Child: kim, Union: alone, Kind: kin.Birth}},
		Twins:      []kin.Twins{{ID: pair, Children: []core.ID{sara, noor}}},
		Households: []kin.Household{{ID: home, Name: "thuis"}},
		Stays:      []kin.Stay{{ID: saraStays, Household: home, Person: sara}, {ID: omaStays, Household: home, Person: oma}},
		Cares:      []kin.Care{{ID: omaCares, Carer: oma, Child: sara}},
		Contacts:   []kin.Contact{{ID: visits, Child: sara, Parent: tom, How: "visit"}},
		Detentions: []kin.Detention{{ID: inside, Person: tom}},
		Ties:       []kin.Tie{{ID: tied, A: sara, B: tom, Kind: "close"}},
		Places:     []kin.Place{{ID: placed, Centre: sara, Person: oma, Ring: 1}},
	}
}

// says is a change as one reads it: what it puts, and what goes.
func says(c kin.Change) string {
	var out []string
	add := func(format string, what ...any) { out = append(out, fmt.Sprintf(format, what...)) }
	if c.Put.Index != nil {
		add("index %v", numbers(c.Put.Index))
	}
	for _, p := range c.Put.Persons {
		add("person %d", p.ID)
	}
	for _, u := range c.Put.Unions {
		var states []string
		for _, s := range u.States {
			states = append(states, s.Kind)
		}
		add("union %d of %v %s", u.ID, numbers(u.Partners), strings.Join(states, ","))
	}
	for _, k := range c.Put.Links {
		add("link %d: %d of %d %s", k.ID, k.Child, k.Union, k.Kind)
	}
	for _, w := range c.Put.Twins {
		add("twins %d %v %v", w.ID, numbers(w.Children), w.Identical)
	}
	if len(c.Drop) > 0 {
		add("drop %v", numbers(c.Drop))
	}
	return strings.ReplaceAll(strings.Join(out, "; "), " ;", ";")
}

// numbers are identifiers as these tests write them.
func numbers(ids []core.ID) []int64 {
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = id.Int64()
	}
	return out
}

// who comes in as somebody new, or as somebody who is there.
func who() Relative { return Relative{Person: kin.Person{ID: somebody}, Kind: kin.Birth} }

func known(id core.ID) Relative {
	return Relative{Person: kin.Person{ID: id}, Known: true, Kind: kin.Birth}
}

func in(union core.ID, r Relative) Relative {
	r.Union = union
	return r
}

func TestTOO2_WhatBecomesOfAFamilyWhenSomebodyIsAdded(t *testing.T) {
	half := func(r Relative, parent core.ID) Relative { r.Half = parent; return r }
	twin := func(r Relative, identical bool) Relative { r.Twins, r.Identical = true, identical; return r }
	state := func(r Relative, kind string) Relative { r.State = kind; return r }
	as := func(r Relative, kind string) Relative { r.Kind = kind; return r }
	alike := func(do func(kin.Family, core.ID, Relative, IDs) kin.Change, of core.ID, r Relative) kin.Change {
		return do(family(), of, r, fresh)
	}
	for _, c := range []struct {
		name string
		got  kin.Change
		want string
	}{
		{"a parent of somebody who has none", alike(Parent, tom, who()), "person 90; union 91 of [90]; link 92: 2 of 91 birth"},
		{"a parent beside the one who is there", alike(Parent, kim, in(alone, who())), "person 90; union 11 of [5 90]"},
		{"a parent apart from the one who is there", alike(Parent, kim, as(who(), "foster_agency")), "person 90; union 91 of [90]; link 92: 1 of 91 foster_agency"},
		{"a third parent in one union", alike(Parent, sara, in(couple, who())), "person 90; union 10 of [1 2 90] married"},
		{"a parent who is drawn already", alike(Parent, tom, known(oma)), "union 91 of [5]; link 92: 2 of 91 birth"},
		{"a parent in the union of others", alike(Parent, tom, in(alone, known(oma))), "union 11 of [5]; link 92: 2 of 11 birth"},
		{"a parent who stands there, by a double tap", alike(Parent, kim, in(alone, known(oma))), "union 11 of [5]"},
		{"a parent in a union that is gone", alike(Parent, kim, in(77, who())), "person 90; union 91 of [90]; link 92: 1 of 91 birth"},
		{"a partner", alike(Partner, oma, state(who(), "married")), "person 90; union 91 of [5 90] married"},
		{"a partner of whom nothing is said", alike(Partner, oma, who()), "person 90; union 91 of [5 90]"},
		{"a partner who is the other parent", alike(Partner, oma, in(alone, state(who(), "divorced"))), "person 90; union 11 of [5 90] divorced"},
		{"a partner who is in the union", alike(Partner, kim, in(couple, state(known(tom), "divorced"))), "union 10 of [1 2] married"},
		{"oneself as a partner", alike(Partner, oma, known(oma)), "union 91 of [5 5]"}, // and the family's own rule refuses it
		{"a child of a couple", alike(Child, kim, in(couple, who())), "person 90; link 92: 90 of 10 birth"},
		{"a child of one alone", alike(Child, oma, as(who(), "adopted")), "person 90; union 91 of [5]; link 92: 90 of 91 adopted"},
		{"a child who is drawn already", alike(Child, oma, in(alone, known(tom))), "link 92: 2 of 11 birth"},
		{"a child of a union that is gone", alike(Child, kim, in(77, who())), "person 90; union 91 of [1]; link 92: 90 of 91 birth"},
		{"a brother of the same parents", alike(Sibling, sara, in(couple, who())), "person 90; link 92: 90 of 10 birth"},
		{"a half sister", alike(Sibling, sara, half(who(), tom)), "person 90; union 91 of [2]; link 92: 90 of 91 birth"},
		{"a brother of somebody without parents", alike(Sibling, oma, who()), "person 90; person 94; union 91 of [94]; link 95: 5 of 91 birth; link 92: 90 of 91 birth"},
		{"a third of the twins", alike(Sibling, sara, in(couple, twin(who(), true))), "person 90; link 92: 90 of 10 birth; twins 30 [3 4 90] true"},
		{"a twin of who had none", alike(Sibling, kim, in(alone, twin(who(), false))), "person 90; link 92: 90 of 11 birth; twins 93 [1 90] false"},
	} {
		if got := strings.TrimSpace(says(c.got)); got != c.want {
			t.Errorf("%s is\n%s\nnot\n%s", c.name, got, c.want)
		}
	}
}

// Whoever is added is told about in the history under whom they were added to, and nothing that was there is written in.
func TestTOO2_AnEditTellsWhomItIsAboutAndTouchesNoFamilyInPlace(t *testing.T) {
	for name, do := range map[string]func(kin.Family, core.ID, Relative, IDs) kin.Change{"parent": Parent, "partner": Partner, "child": Child, "sibling": Sibling} {
		f := family()
		for _, r := range []Relative{who(), in(couple, who()), in(alone, who()), {Person: kin.Person{ID: somebody}, Union: couple, Twins: true, State: "divorced"}} {
			if c := do(f, sara, r, fresh); c.Did != name || c.About != sara {
				t.Errorf("%s is told as %s of %d", name, c.Did, c.About)
			}
		}
		if got, want := fmt.Sprint(f), fmt.Sprint(family()); got != want {
			t.Errorf("%s changed the family itself:\n%s\nnot\n%s", name, got, want)
		}
	}
}

func TestTOO2_WhoGoesTakesAlongWhatCannotBeWithoutThem(t *testing.T) {
	f := family()
	three := family()
	three.Twins[0].Children = []core.ID{sara, noor, kim}
	childless := family()
	childless.Links = childless.Links[2:]
	for _, c := range []struct {
		name string
		got  kin.Change
		want string
	}{
		{"a child: her link, her twin, her home, who cared, her network", Away(f, sara), "index [4]; drop [3 20 30 41 50 51 53 54]"},
		{"a parent: the union stays, since it has children", Away(f, tom), "union 10 of [1] married; drop [2 51 52 53]"},
		{"the one partner: the union goes with its links", Away(f, oma), "drop [5 11 22 42 50 54]"},
		{"a partner of a union without children: the union goes", Away(childless, tom), "drop [2 10 51 52 53]"},
		{"one of three: the others are twins", Away(three, kim), "union 10 of [2] married; twins 30 [3 4] false; drop [1 22]"},
		{"somebody who is not there", Away(f, 77), "drop [77]"},
		{"a union: the links of its children go, they stay", Without(f, couple), "drop [10 20 21]"},
		{"a household: its stays go", Without(f, home), "drop [40 41 42]"},
		{"a tie", Without(f, tied), "drop [53]"},
		{"a person, asked as a fact", Without(f, oma), "drop [5 11 22 42 50 54]"},
		{"what is not there", Without(f, 77), "drop [77]"},
	} {
		if got := says(c.got); got != c.want {
			t.Errorf("%s is\n%s\nnot\n%s", c.name, got, c.want)
		}
		if c.got.Did != "away" {
			t.Errorf("%s is told as %s", c.name, c.got.Did)
		}
	}
	if got, want := fmt.Sprint(f), fmt.Sprint(family()); got != want {
		t.Errorf("the family itself changed:\n%s\nnot\n%s", got, want)
	}
}

// Whatever is taken away, what is left names nothing that is gone.
func TestTOO2_WhatIsLeftNamesNothingThatIsGone(t *testing.T) {
	f := family()
	for id := range core.ID(60) {
		left := kin.Fold([]kin.Change{{Put: f}, Without(f, id)})
		if err := kin.Check(left, core.MustDate("2026-11-14")); err != nil {
			t.Errorf("without %d: %v", id, err)
		}
	}
}

func TestTOO2_WhoIsWhoseIsFound(t *testing.T) {
	f := family()
	for _, c := range []struct {
		name      string
		got, want []core.ID
	}{
		{"brothers and sisters", SiblingsOf(f, sara), []core.ID{noor}},
		{"nobody's brother", SiblingsOf(f, oma), nil},
		{"the children of a couple", ChildrenOf(f, couple), []core.ID{sara, noor}},
		{"the children of no union", ChildrenOf(f, 77), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, c.got, c.want)
		}
	}
	half := kin.Fold([]kin.Change{{Put: f}, Child(f, tom, who(), fresh)})
	if got := SiblingsOf(half, sara); !slices.Equal(got, []core.ID{noor, somebody}) {
		t.Errorf("with a half brother: %v", got)
	}
	if p, u := ParentsOf(f, sara), UnionsOf(f, oma); len(p) != 1 || p[0].ID != couple || len(u) != 1 || u[0].ID != alone {
		t.Errorf("parents in %v, a union in %v", p, u)
	}
	if _, there := Person(f, 77); there {
		t.Error("77 is somebody")
	}
	if _, there := Union(f, sara); there {
		t.Error("a person is a union")
	}
}
