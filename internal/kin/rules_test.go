package kin

import (
	"fmt"
	"strings"
	"testing"

	"maatje/internal/core"
)

var today = core.MustDate("2026-11-22")

// trio is a couple with a child, and a neighbour.
func trio() Family {
	return Family{
		Persons: []Person{{ID: 1, Name: "Wim"}, {ID: 2, Name: "Els"}, {ID: 3, Name: "Kim"}, {ID: 4, Name: "Fatma", Beyond: "neighbourhood"}, {ID: 5, Is: "een oom"}},
		Unions:  []Union{{ID: 11, Partners: []core.ID{1, 2}}, {ID: 12, Partners: []core.ID{3}}},
		Links:   []Link{{ID: 21, Child: 3, Union: 11, Kind: Birth}},
	}
}

func child(id, child, union core.ID, kind string) Link {
	return Link{ID: id, Child: child, Union: union, Kind: kind}
}

// mistake is made in a family, and told in a sentence with these values.
type mistake struct {
	make func(*Family)
	want string
}

func checked(t *testing.T, all map[string]mistake) {
	t.Helper()
	for name, c := range all {
		f := trio()
		c.make(&f)
		err := Check(f, today)
		if c.want == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if fail, ok := core.AsFail(err); c.want != "" && (!ok || !contains(fail, c.want)) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestTOO2_EveryMistakeHasItsSentence(t *testing.T) {
	long := strings.Repeat("ë", LongestName)
	checked(t, map[string]mistake{
		"nothing is wrong":              {func(*Family) {}, ""},
		"nobody at all":                 {func(f *Family) { *f = Family{} }, ""},
		"an identifier of two":          {func(f *Family) { f.Unions[0].ID = 1 }, "kin_twice"},
		"no identifier":                 {func(f *Family) { f.Persons[4].ID = 0 }, "kin_twice"},
		"a child who is not there":      {func(f *Family) { f.Links[0].Child = 99 }, "kin_not_there"},
		"a child of a person":           {func(f *Family) { f.Links[0].Union = 1 }, "kin_not_there"},
		"a couple as a child":           {func(f *Family) { f.Links[0].Child = 12 }, "kin_not_there"},
		"a partner who is a couple":     {func(f *Family) { f.Unions[0].Partners[0] = 12 }, "kin_not_there"},
		"a stay in a person":            {func(f *Family) { f.Stays = []Stay{{ID: 31, Household: 1, Person: 1}} }, "kin_not_there"},
		"an index who is not there":     {func(f *Family) { f.Index = []core.ID{99} }, "kin_not_there"},
		"an index twice":                {func(f *Family) { f.Index = []core.ID{3, 3} }, "kin_not_there"},
		"two of whom it is the picture": {func(f *Family) { f.Index = []core.ID{3, 5} }, ""},
		"an index who is no family":     {func(f *Family) { f.Index = []core.ID{4} }, "kin_not_kin Fatma"},
		"200 letters":                   {func(f *Family) { f.Persons[0].Name = long }, ""},
		"201 letters":                   {func(f *Family) { f.Persons[0].Name = long + "e" }, "kin_name_long 200"},
		"a long word for somebody":      {func(f *Family) { f.Persons[0].Is = long + "e" }, "kin_name_long 200"},
		"a long home":                   {func(f *Family) { f.Households = []Household{{ID: 31, Name: long + "e"}} }, "kin_name_long 200"},
		"a long name of who said so":    {func(f *Family) { f.Ties = []Tie{{ID: 31, A: 1, B: 2, Kind: "close", SaidBy: long + "e"}} }, "kin_name_long 200"},
		"a long task":                   {func(f *Family) { f.Places = []Place{{ID: 31, Centre: 1, Person: 2, Tasks: []string{long + "e"}}} }, "kin_name_long 200"},
		"a sex nobody offers":           {func(f *Family) { f.Persons[0].Sex = "q" }, "kin_unknown_word"},
		"a life nobody offers":          {func(f *Family) { f.Persons[0].Life = "q" }, "kin_unknown_word"},
		"a quarter nobody offers":       {func(f *Family) { f.Persons[4].Beyond = "church" }, "kin_unknown_word"},
		"born today":                    {func(f *Family) { f.Persons[2].Born = day("2026-11-22") }, ""},
		"born tomorrow":                 {func(f *Family) { f.Persons[2].Born = day("2026-11-23") }, "kin_future 2026-11-22"},
		"born next year":                {func(f *Family) { f.Persons[2].Born = day("2027") }, "kin_future 2026-11-22"},
		"expected next year":            {func(f *Family) { f.Persons[2].Born, f.Persons[2].Life = day("2027"), "pregnancy" }, ""},
		"dead tomorrow":                 {func(f *Family) { f.Persons[2].Died = day("2026-11-23") }, "kin_future 2026-11-22"},
		"dead on the day of birth":      {func(f *Family) { f.Persons[2].Born, f.Persons[2].Died = day("2014-03-01"), day("2014-03-01") }, ""},
		"dead in the month of birth":    {func(f *Family) { f.Persons[2].Born, f.Persons[2].Died = day("2014-03-31"), day("2014-03") }, ""},
		"dead the day before":           {func(f *Family) { f.Persons[2].Born, f.Persons[2].Died = day("2014-03-01"), day("2014-02-28") }, "kin_died_before_birth Kim"},
		"dead about then":               {func(f *Family) { f.Persons[2].Born, f.Persons[2].Died = day("~2014"), day("2010") }, ""},
		"dead long before about then":   {func(f *Family) { f.Persons[2].Born, f.Persons[2].Died = day("~2014"), day("2008") }, "kin_died_before_birth Kim"},
		"a couple of nobody":            {func(f *Family) { f.Unions[1].Partners = nil }, "kin_nobody"},
		"one's own partner":             {func(f *Family) { f.Unions[1].Partners = []core.ID{3, 3} }, "kin_own_partner Kim"},
		"a partner outside the family":  {func(f *Family) { f.Unions[1].Partners = []core.ID{3, 4} }, "kin_not_kin Fatma"},
		"a state nobody offers":         {func(f *Family) { f.Unions[0].States = []State{{Kind: "happy"}} }, "kin_unknown_word"},
		"married tomorrow":              {func(f *Family) { f.Unions[0].States = []State{{"married", day("2026-11-23")}} }, "kin_future 2026-11-22"},
		"states in their order": {func(f *Family) {
			f.Unions[0].States = []State{{"married", day("1990")}, {"separated", When{}}, {"reunited", day("1990-06")}}
		}, ""},
		"parted before married": {func(f *Family) {
			f.Unions[0].States = []State{{"married", day("1990")}, {"separated", When{}}, {"divorced", day("1989")}}
		}, "kin_states_order"},
		"a link nobody offers":              {func(f *Family) { f.Links[0].Kind = "step" }, "kin_unknown_word"},
		"a link that ends before":           {func(f *Family) { f.Links[0].From, f.Links[0].Until = day("2020-02"), day("2020-01") }, "kin_ends_before"},
		"a child outside the family":        {func(f *Family) { f.Links[0].Child = 4 }, "kin_not_kin Fatma"},
		"one's own parent":                  {func(f *Family) { f.Links = append(f.Links, child(22, 3, 12, "guardian")) }, "kin_own_parent Kim"},
		"one's own grandfather":             {func(f *Family) { f.Links = append(f.Links, child(22, 1, 12, Birth)) }, "kin_own_ancestor Wim"},
		"an adopted grandfather of oneself": {func(f *Family) { f.Links = append(f.Links, child(22, 1, 12, "adopted")) }, "kin_own_ancestor Wim"},
		"fostering one's own parent":        {func(f *Family) { f.Links = append(f.Links, child(22, 1, 12, "foster_network")) }, ""},
		"fostering one's foster parent":     {func(f *Family) { f.Links = []Link{child(21, 3, 11, "foster_agency"), child(22, 2, 12, "guardian")} }, ""},
		"a child twice":                     {func(f *Family) { f.Links = append(f.Links, child(22, 3, 11, Birth)) }, "kin_linked_twice Kim"},
		"fostered, then adopted":            {func(f *Family) { f.Links = []Link{child(21, 3, 11, "foster_agency"), child(22, 3, 11, "adopted")} }, ""},
		"fostered in two periods": {func(f *Family) {
			f.Links = []Link{{21, 3, 11, "foster_agency", day("2019"), day("2020-01")}, {22, 3, 11, "foster_agency", day("2020-02"), When{}}}
		}, ""},
		"fostered in two that meet": {func(f *Family) {
			f.Links = []Link{{21, 3, 11, "foster_agency", day("2019"), day("2020-02")}, {22, 3, 11, "foster_agency", day("2020-02"), When{}}}
		}, "kin_linked_twice Kim"},
		"a parent of ten":               {func(f *Family) { f.Persons[0].Born, f.Persons[2].Born = day("1990-06-01"), day("2000-06-01") }, ""},
		"a parent not yet ten":          {func(f *Family) { f.Persons[0].Born, f.Persons[2].Born = day("1990-06-01"), day("2000-05-31") }, "kin_too_young Wim Kim"},
		"a child older than its parent": {func(f *Family) { f.Persons[1].Born, f.Persons[2].Born = day("2014"), day("1990") }, "kin_too_young Els Kim"},
		"a parent about ten":            {func(f *Family) { f.Persons[0].Born, f.Persons[2].Born = day("~1990"), day("1996") }, ""},
		"a young guardian": {func(f *Family) {
			f.Persons[0].Born, f.Persons[2].Born, f.Links[0].Kind = day("2000"), day("2003"), "guardian"
		}, ""},
	})
}

func TestTOO2_EveryMistakeBetweenPeopleHasItsSentence(t *testing.T) {
	checked(t, map[string]mistake{
		"one of twins":      {func(f *Family) { f.Twins = []Twins{{ID: 31, Children: []core.ID{3}}} }, "kin_twins_two"},
		"a twin of oneself": {func(f *Family) { f.Twins = []Twins{{ID: 31, Children: []core.ID{3, 3}}} }, "kin_twins_twice Kim"},
		"twins of whom one is of other twins": {func(f *Family) {
			f.Twins = []Twins{{ID: 31, Children: []core.ID{3, 5}}, {ID: 32, Children: []core.ID{5, 1}}}
		}, "kin_twins_twice een oom"},
		"a twin outside the family": {func(f *Family) { f.Twins = []Twins{{ID: 31, Children: []core.ID{3, 4}}} }, "kin_not_kin Fatma"},
		"twins of different parents": {func(f *Family) {
			f.Twins, f.Links = []Twins{{ID: 31, Children: []core.ID{3, 5}}}, append(f.Links, child(22, 5, 12, Birth))
		}, "kin_twins_parents"},
		"twins of parents whom nobody knows": {func(f *Family) { f.Twins = []Twins{{ID: 31, Children: []core.ID{3, 5}}} }, ""},
		"a stay that ends on its day":        {func(f *Family) { home(f, day("2026-03-01"), day("2026-03-01")) }, ""},
		"a stay that ends before it begins":  {func(f *Family) { home(f, day("2026-03-01"), day("2026-02-28")) }, "kin_ends_before"},
		"a stay that ends next year":         {func(f *Family) { home(f, day("2026-03-01"), day("2027-02")) }, ""},
		"a stay that begins tomorrow":        {func(f *Family) { home(f, day("2026-11-23"), When{}) }, "kin_future 2026-11-22"},
		"a stay twice": {func(f *Family) {
			home(f, day("2026-03"), When{})
			f.Stays = append(f.Stays, Stay{ID: 33, Household: 31, Person: 3})
		}, "kin_lives_twice Kim"},
		"a detention that ends before": {func(f *Family) {
			f.Detentions = []Detention{{ID: 31, Person: 1, From: day("2026-03"), Until: day("2026-02")}}
		}, "kin_ends_before"},
		"in touch with oneself":              {func(f *Family) { f.Contacts = []Contact{{ID: 31, Child: 3, Parent: 3, How: "phone"}} }, "kin_with_self Kim"},
		"in touch nobody knows how":          {func(f *Family) { f.Contacts = []Contact{{ID: 31, Child: 3, Parent: 1}} }, "kin_unknown_word"},
		"in touch as often as nobody offers": {func(f *Family) { f.Contacts = []Contact{{ID: 31, Child: 3, Parent: 1, How: "phone", Often: "always"}} }, "kin_unknown_word"},
		"in touch tomorrow": {func(f *Family) {
			f.Contacts = []Contact{{ID: 31, Child: 3, Parent: 1, How: "phone", Last: day("2026-11-23")}}
		}, "kin_future 2026-11-22"},
		"caring for oneself":          {func(f *Family) { f.Cares = []Care{{ID: 31, Carer: 3, Child: 3}} }, "kin_with_self Kim"},
		"a tie with oneself":          {func(f *Family) { f.Ties = []Tie{{ID: 31, A: 5, B: 5, Kind: "close"}} }, "kin_with_self een oom"},
		"a tie nobody offers":         {func(f *Family) { f.Ties = []Tie{{ID: 31, A: 1, B: 2}} }, "kin_unknown_word"},
		"a tie with the neighbour":    {func(f *Family) { f.Ties = []Tie{{ID: 31, A: 1, B: 4, Kind: Acquainted}} }, ""},
		"a support nobody offers":     {func(f *Family) { f.Places = []Place{{ID: 31, Centre: 1, Person: 4, Gives: []string{"money"}}} }, "kin_unknown_word"},
		"a support nobody could give": {func(f *Family) { f.Places = []Place{{ID: 31, Centre: 1, Person: 4, Could: []string{"money"}}} }, "kin_unknown_word"},
		"a ring below the middle":     {func(f *Family) { f.Places = []Place{{ID: 31, Centre: 1, Person: 4, Ring: -1}} }, "kin_unknown_word"},
		"in two places": {func(f *Family) {
			f.Places = []Place{{ID: 31, Centre: 1, Person: 4}, {ID: 32, Centre: 1, Person: 4, Ring: 2}}
		}, "kin_placed_twice Fatma"},
		"in the networks of two": {func(f *Family) {
			f.Places = []Place{{ID: 31, Centre: 1, Person: 4}, {ID: 32, Centre: 2, Person: 4, Ring: 2}}
		}, ""},
		"a child of one parent": {func(f *Family) { f.Links = append(f.Links, child(22, 5, 12, Birth)) }, ""},
	})
}

func home(f *Family, from, until When) {
	f.Households = []Household{{ID: 31, Name: "Thuis"}}
	f.Stays = []Stay{{ID: 32, Household: 31, Person: 3, From: from, Until: until}}
}

// contains says that a sentence is among the mistakes, with its values.
func contains(f *core.Fail, want string) bool {
	for _, one := range f.All() {
		words := one.Message
		for _, v := range one.Values {
			words += fmt.Sprintf(" %v", v)
		}
		if words == want && one.Rule == "TOO-2" {
			return true
		}
	}
	return false
}

// Big and odd families are welcome.
func TestTOO2_WideLimits(t *testing.T) {
	f := Family{Unions: []Union{{ID: 10000}}}
	for i := range core.ID(MostPeople) {
		f.Persons = append(f.Persons, Person{ID: i + 1})
		if i < 30 {
			f.Unions[0].Partners = append(f.Unions[0].Partners, i+1)
		}
		if i > 0 { // everybody descends from the one before
			f.Unions = append(f.Unions, Union{ID: 20000 + i, Partners: []core.ID{i}})
			f.Links = append(f.Links, child(30000+i, i+1, 20000+i, Birth))
		}
	}
	if err := Check(f, today); err != nil {
		t.Errorf("30 partners and %d people: %v", MostPeople, err)
	}
	f.Links = append(f.Links, child(40000, 1, 10000, "unknown"))
	if fail, ok := core.AsFail(Check(f, today)); !ok || fail.Message != "kin_own_parent" {
		t.Errorf("one's own parent: %v", fail)
	}
	f.Unions[0].Partners = []core.ID{MostPeople}
	if fail, ok := core.AsFail(Check(f, today)); !ok || fail.Message != "kin_own_ancestor" {
		t.Errorf("the first descends from the last: %v", fail)
	}
	f.Persons = append(f.Persons, Person{ID: 99999})
	if fail, ok := core.AsFail(Check(f, today)); !ok || fail.Message != "kin_too_many" {
		t.Errorf("one too many: %v", fail)
	}
}

func TestTOO2_ManyMistakesAreToldAFewAtATime(t *testing.T) {
	f := Family{}
	for i := range core.ID(40) {
		f.Persons = append(f.Persons, Person{ID: i + 1, Name: fmt.Sprint("n", i), Born: day("2020"), Died: day("2010")})
	}
	if fail, ok := core.AsFail(Check(f, today)); !ok || len(fail.All()) != mostMistakes {
		t.Errorf("%v", fail)
	}
}
