package network

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"pgregory.net/rapid"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/network/rings"
)

var today = core.MustDate("2026-11-22")

// around makes a family of a middle and n people in their network, each in the next quarter, in the first ring.
func around(n int) kin.Family {
	f := kin.Family{Persons: []kin.Person{{ID: 1, Name: "Sem"}}}
	for i := range n {
		id := core.ID(i + 2)
		beyond := rings.Quarters[i%4]
		if i%4 == 0 {
			beyond = ""
		}
		f.Persons = append(f.Persons, kin.Person{ID: id, Name: fmt.Sprintf("P%d", id), Beyond: beyond})
		f.Places = append(f.Places, kin.Place{ID: 100 + id, Centre: 1, Person: id, Ring: 1})
	}
	return f
}

func of(t testing.TB, f kin.Family) Network {
	t.Helper()
	n, err := Of(f, 1, today)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTOO3_ANetworkIsOfOnePersonAndOneDay(t *testing.T) {
	f := around(3)
	f.Places = append(f.Places, kin.Place{ID: 200, Centre: 2, Person: 3, Ring: 1}, kin.Place{ID: 201, Centre: 1, Person: 99, Ring: 1},
		kin.Place{ID: 202, Centre: 1, Person: 1, Tasks: []string{"koken"}})
	f.Ties = []kin.Tie{
		{ID: 300, A: 2, B: 3, Kind: kin.Acquainted},
		{ID: 301, A: 1, B: 3, Kind: "close"}, // with the middle: that is what the ring says
		{ID: 302, A: 2, B: 99, Kind: "close"},
		{ID: 303, A: 2, B: 4, Kind: "close", Until: kin.On(today.AddDays(-1))},
		{ID: 304, A: 3, B: 4, Kind: "close", From: kin.On(today.AddDays(1))},
		{ID: 305, A: 3, B: 4, Kind: "close", From: kin.On(today), Until: kin.On(today)},
	}
	n := of(t, f)
	if len(n.Alters) != 3 || len(n.Ties) != 2 || n.Ties[1].ID != 305 || !slices.Equal(n.Own.Tasks, []string{"koken"}) {
		t.Errorf("got %d people and %v", len(n.Alters), n.Ties)
	}
	if _, err := Of(f, 77, today); err == nil {
		t.Error("somebody who is not there has a network")
	}
}

// oracle counts the same with another's graph library.
func oracle(n Network) (degrees map[core.ID]int, known, groups int) {
	g := simple.NewUndirectedGraph()
	for _, a := range n.Alters {
		g.AddNode(simple.Node(a.ID))
	}
	for _, t := range n.Ties {
		g.SetEdge(g.NewEdge(simple.Node(t.A), simple.Node(t.B)))
	}
	degrees = map[core.ID]int{}
	for _, a := range n.Alters {
		degrees[a.ID] = g.From(int64(a.ID)).Len()
	}
	for _, c := range topo.ConnectedComponents(g) {
		if len(c) > 1 {
			groups++
		}
	}
	return degrees, g.Edges().Len(), groups
}

func TestTOO4_AnotherLibraryCountsTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := around(rapid.IntRange(0, 20).Draw(r, "size"))
		for i := range rapid.IntRange(0, 40).Draw(r, "ties") {
			f.Ties = append(f.Ties, kin.Tie{ID: core.ID(1000 + i), A: core.ID(rapid.IntRange(1, 22).Draw(r, "a")),
				B: core.ID(rapid.IntRange(1, 22).Draw(r, "b")), Kind: rapid.SampledFrom(kin.Ties).Draw(r, "kind")})
		}
		n := of(t, f)
		got := n.Facts(4)
		degrees, known, groups := oracle(n)
		alone, best := []core.ID(nil), 0
		for _, a := range n.Alters {
			best = max(best, degrees[a.ID])
			if degrees[a.ID] == 0 {
				alone = append(alone, a.ID)
			}
		}
		var most []core.ID
		for _, a := range n.Alters {
			if best > 1 && degrees[a.ID] == best {
				most = append(most, a.ID)
			}
		}
		if got.Known != known || got.Groups != groups || !slices.Equal(got.Alone, alone) || !slices.Equal(got.Most, most) || got.Known > got.Pairs {
			r.Fatalf("we count %+v, gonum %d known, %d groups, alone %v, most %v", got, known, groups, alone, most)
		}
	})
}

func TestTOO4_HowMuchPeopleKnowEachOtherIsSaidInSteps(t *testing.T) {
	for _, c := range []struct {
		pairs, known int
		want         string
	}{{0, 0, ""}, {1, 0, "nobody"}, {1, 1, "everybody"}, {6, 1, "few"}, {6, 2, "some"}, {6, 4, "some"}, {6, 5, "most"}, {6, 6, "everybody"}, {66, 21, "few"}, {66, 22, "some"}} {
		if got := (Facts{Pairs: c.pairs, Known: c.known}).Density(); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.known, c.pairs, got, c.want)
		}
	}
	for _, c := range []struct {
		size, professionals int
		want                string
	}{{0, 0, "none"}, {4, 0, "none"}, {5, 1, "few"}, {4, 1, "quarter"}, {4, 2, "half"}, {5, 2, "quarter"}, {5, 3, "over_half"}, {4, 4, "all"}} {
		if got := (Facts{Size: c.size, Quarters: map[string]int{"professionals": c.professionals}}).Share(); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.professionals, c.size, got, c.want)
		}
	}
}

func TestTOO4_SupportNobodyGivesAndTasksNobodyTakes(t *testing.T) {
	f := around(4)
	f.Places[0].Gives = []string{"practical"}
	f.Places[1].Could, f.Places[0].Could = []string{"advice", "practical"}, []string{"practical"}
	f.Places[1].Tasks = []string{"koken", "fietsen"}
	f.Places[2].Ring, f.Places[3].Ring = 0, 4
	f.Places = append(f.Places, kin.Place{ID: 202, Centre: 1, Person: 1, Tasks: []string{"koken", "voorlezen"}})
	got := of(t, f).Facts(3)
	want := Facts{
		Size: 4, Waiting: 1, Rings: []int{2, 0, 1}, Quarters: map[string]int{"family": 1, "friends": 1, "neighbourhood": 1, "professionals": 1},
		Pairs: 6, Alone: []core.ID{2, 3, 4, 5}, Lacking: []string{"company", "advice", "emotional"},
		Could: map[string][]core.ID{"advice": {3}, "practical": {3}}, Open: []string{"voorlezen"}, Taken: []string{"koken"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if none := of(t, around(0)).Facts(4); none.Lacking != nil || none.Pairs != 0 {
		t.Errorf("of nobody it says %+v", none)
	}
}

func TestTOO4_WhatChangedBetweenTwoDays(t *testing.T) {
	before, after := around(5), around(5)
	before.Ties = []kin.Tie{{ID: 300, A: 2, B: 3, Kind: "close"}, {ID: 301, A: 3, B: 5, Kind: "close"}}
	after.Ties = []kin.Tie{{ID: 301, A: 5, B: 3, Kind: "distant"}, {ID: 302, A: 4, B: 5, Kind: "close"}, {ID: 303, A: 5, B: 4, Kind: "love"}, {ID: 304, A: 6, B: 5, Kind: "love"}}
	before.Places[4].Ring, before.Places[0].Ring, after.Places[1].Ring = 0, 3, 2
	after.Places[3].Gives, before.Places[3].Gives = []string{"advice"}, []string{"company"}
	after.Places[3].Tasks, before.Places[3].Tasks = []string{"koken"}, []string{"fietsen"}
	after.Persons[5].Beyond = "friends"
	after.Places = append(after.Places[:2], after.Places[3:]...)
	before.Places = append(before.Places[:4:4], kin.Place{ID: 150, Centre: 1, Person: 6, Ring: 0})
	now := of(t, after)
	d := now.Since(of(t, before))
	ids := func(all []Alter) (out []core.ID) {
		for _, a := range all {
			out = append(out, a.ID)
		}
		return out
	}
	for _, c := range []struct {
		what string
		got  []core.ID
		want []core.ID
	}{
		{"came", ids(d.Came), nil}, {"left", ids(d.Left), []core.ID{4}}, {"closer", ids(d.Closer), []core.ID{2}},
		{"further", ids(d.Further), []core.ID{3}}, {"moved", ids(d.Moved), []core.ID{6}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	if len(d.Met) != 1 || d.Met[0].A.ID != 6 || len(d.Parted) != 1 || d.Parted[0].B.ID != 3 {
		t.Errorf("met %v, parted %v", d.Met, d.Parted)
	}
	if len(d.Given) != 1 || d.Given[0].Kind != "advice" || len(d.Ended) != 1 || len(d.Taken) != 1 || d.Taken[0].Name != "koken" || len(d.Back) != 1 || d.Back[0].Name != "fietsen" {
		t.Errorf("given %v, ended %v, taken %v, back %v", d.Given, d.Ended, d.Taken, d.Back)
	}
	if !now.Since(now).IsNone() || d.IsNone() {
		t.Error("what did not change changed, or the other way round")
	}
	if came := now.Since(of(t, around(0))).Came; len(came) != 4 {
		t.Errorf("%d came", len(came))
	}
}

func TestTOO4_AStepFurtherOrCloserStaysWithinTheRings(t *testing.T) {
	for _, c := range []struct{ ring, count, closer, further int }{
		{0, 4, 4, 1}, {1, 4, 1, 2}, {2, 4, 1, 3}, {4, 4, 3, 4}, {3, 3, 2, 3}, {4, 3, 2, 3},
	} {
		if got := Closer(c.ring, c.count); got != c.closer {
			t.Errorf("closer from %d of %d is %d", c.ring, c.count, got)
		}
		if got := Further(c.ring, c.count); got != c.further {
			t.Errorf("further from %d of %d is %d", c.ring, c.count, got)
		}
	}
	for chosen, want := range map[int]int{0: 3, 3: 3, 4: 4, 9: 4} {
		if Count(chosen) != want {
			t.Errorf("%d rings", Count(chosen))
		}
	}
	if !IsQuarter("friends") || IsQuarter("") || IsQuarter("enemies") {
		t.Error("a quarter is not known")
	}
}
