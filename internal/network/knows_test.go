package network

import (
	"bytes"
	"slices"
	"testing"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/network/exchange"
	"maatje/internal/web/text"
)

// home is a network of Sem (1): mother 2 and father 3 who are apart, the mother's partner 4, sister 5, grandmother 6, and a friend 7.
// Mother, partner, sister and friend live in one house.
func home() kin.Family {
	f := kin.Family{Persons: []kin.Person{{ID: 1, Name: "Sem"}}}
	for id, name := range []string{2: "Mama", 3: "Papa", 4: "Bas", 5: "Roos", 6: "Oma", 7: "Jip"} {
		if name != "" {
			f.Persons = append(f.Persons, kin.Person{ID: core.ID(id), Name: name})
			f.Places = append(f.Places, kin.Place{ID: core.ID(100 + id), Centre: 1, Person: core.ID(id), Ring: 1})
		}
	}
	f.Unions = []kin.Union{
		{ID: 20, Partners: []core.ID{2, 3}, States: []kin.State{{Kind: "together"}, {Kind: "separated", From: kin.On(today.AddDays(-9))}}},
		{ID: 21, Partners: []core.ID{2, 4}}, {ID: 22, Partners: []core.ID{6}},
	}
	f.Links = []kin.Link{{ID: 30, Child: 1, Union: 20, Kind: kin.Birth}, {ID: 31, Child: 5, Union: 20, Kind: kin.Birth}, {ID: 32, Child: 2, Union: 22, Kind: kin.Birth}}
	f.Households = []kin.Household{{ID: 40, Name: "thuis"}}
	for i, id := range []core.ID{1, 2, 4, 5, 7} {
		f.Stays = append(f.Stays, kin.Stay{ID: core.ID(50 + i), Household: 40, Person: id})
	}
	return f
}

func pairsOf(n Network) (out []pair) {
	for _, t := range n.Ties {
		out = append(out, paired(t.A, t.B))
	}
	slices.SortFunc(out, func(a, b pair) int { return slices.Compare(a[:], b[:]) })
	return out
}

func TestTOO3_WhoKnowsWhomBeginsWithTheGenogram(t *testing.T) {
	all := []pair{{2, 4}, {2, 5}, {2, 6}, {2, 7}, {3, 5}, {4, 5}, {4, 7}, {5, 7}}
	without := func(gone ...pair) []pair {
		return slices.DeleteFunc(slices.Clone(all), func(p pair) bool { return slices.Contains(gone, p) })
	}
	for name, c := range map[string]struct {
		change func(*kin.Family)
		want   []pair
	}{
		"as it is":                  {func(*kin.Family) {}, all},
		"still together":            {func(f *kin.Family) { f.Unions[0].States = f.Unions[0].States[:1] }, append([]pair{{2, 3}}, all...)},
		"separated from tomorrow":   {func(f *kin.Family) { f.Unions[0].States[1].From = kin.On(today.AddDays(1)) }, append([]pair{{2, 3}}, all...)},
		"a friend who moved out":    {func(f *kin.Family) { f.Stays[4].Until = kin.On(today.AddDays(-1)) }, without(pair{2, 7}, pair{4, 7}, pair{5, 7})},
		"no contact with a parent":  {func(f *kin.Family) { f.Contacts = []kin.Contact{{ID: 60, Child: 5, Parent: 3, How: "none"}} }, without(pair{3, 5})},
		"forbidden to see a parent": {func(f *kin.Family) { f.Contacts = []kin.Contact{{ID: 60, Child: 5, Parent: 3, How: "forbidden"}} }, without(pair{3, 5})},
		"visits a parent":           {func(f *kin.Family) { f.Contacts = []kin.Contact{{ID: 60, Child: 5, Parent: 3, How: "visit"}} }, all},
		"perhaps a parent":          {func(f *kin.Family) { f.Links[1].Kind = "unknown" }, without(pair{3, 5})},
		"grandmother died":          {func(f *kin.Family) { f.Persons[5].Dead = true }, without(pair{2, 6})},
		"a sister on the way":       {func(f *kin.Family) { f.Persons[4].Life = "pregnancy" }, without(pair{2, 5}, pair{3, 5}, pair{4, 5}, pair{5, 7})},
		"grandmother cares": {func(f *kin.Family) { f.Cares = []kin.Care{{ID: 61, Carer: 6, Child: 5}} },
			[]pair{{2, 4}, {2, 5}, {2, 6}, {2, 7}, {3, 5}, {4, 5}, {4, 7}, {5, 6}, {5, 7}}},
	} {
		t.Run(name, func(t *testing.T) {
			f := home()
			c.change(&f)
			if got := pairsOf(of(t, f)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// put applies a change, as the book does.
func put(f kin.Family, c kin.Change) kin.Family {
	f.Ties = slices.DeleteFunc(slices.Clone(f.Ties), func(t kin.Tie) bool {
		return slices.Contains(c.Drop, t.ID) || slices.ContainsFunc(c.Put.Ties, func(p kin.Tie) bool { return p.ID == t.ID })
	})
	f.Ties = append(f.Ties, c.Put.Ties...)
	return f
}

func knows(t *testing.T, f kin.Family, who, line core.ID, others ...core.ID) kin.Family {
	t.Helper()
	c, err := Knows(of(t, f), who, line, others)
	if err != nil {
		t.Fatal(err)
	}
	return put(f, c)
}

func TestTOO3_WhatFollowsFromTheGenogramCanBeTakenAwayAndComesBack(t *testing.T) {
	f := home()
	if n := of(t, f); n.isTold() || !n.IsFollowed(2, 6) || n.IsFollowed(3, 6) {
		t.Error("what follows is not told")
	}
	same := knows(t, f, 2, 300, 4, 5, 6, 7)
	if len(same.Ties) != 0 {
		t.Errorf("what was left as it is became %v", same.Ties)
	}
	gone := knows(t, f, 2, 300, 4, 5, 7)
	for range 2 {
		if n := of(t, gone); len(n.Between(2, 6)) != 0 || !n.isTold() || n.Facts(4).Known != 7 {
			t.Errorf("taken away, and there is %v", n.Ties)
		}
		gone = knows(t, gone, 6, 310) // asked again of the other, left out again
	}
	if len(gone.Ties) != 1 {
		t.Errorf("said twice it stands there twice: %v", gone.Ties)
	}
	yesterday, err := Of(gone, 1, today.AddDays(-1))
	if err != nil || len(yesterday.Between(2, 6)) == 0 {
		t.Error("the day before is rewritten")
	}
	back := knows(t, gone, 6, 320, 2)
	if n := of(t, back); !n.IsFollowed(2, 6) || len(back.Ties) != 0 {
		t.Errorf("it does not come back: %v", back.Ties)
	}
	c, err := Tied(of(t, home()), 2, 6, 330, "close")
	if err != nil || len(c.Put.Ties) != 1 || c.Put.Ties[0].ID != 330 {
		t.Errorf("more is said of who know each other already: %v %v", c, err)
	}
	close := put(f, c)
	if n := of(t, close); len(n.Between(2, 6)) != 1 || n.IsFollowed(2, 6) {
		t.Errorf("what is told does not stand in its place: %v", n.Ties)
	}
	c, err = Tied(of(t, close), 2, 6, 340, "")
	if n := of(t, put(close, c)); err != nil || len(n.Between(2, 6)) != 0 {
		t.Errorf("taken away, and there is %v: %v", n.Ties, err)
	}
}

// TOO-2: violence, abuse and neglect are told by a deliberate choice, and a network is looked at together.
func TestTOO3_WhatIsUnspokenIsNeitherShownNorTouched(t *testing.T) {
	for _, kind := range []string{"violent", "abuse", "neglect"} {
		plain, hard := home(), home()
		hard.Ties = []kin.Tie{{ID: 70, A: 3, B: 6, Kind: kind}, {ID: 71, A: 3, B: 5, Kind: kind}}
		seen := func(f kin.Family) string {
			var out bytes.Buffer
			n := of(t, f)
			for _, c := range []error{
				drawn(text.NL, n.draw(text.NL, "p", "/x", 4, true), 4).Render(t.Context(), &out),
				sentences(n.Sentences(text.NL, 4)).Render(t.Context(), &out),
				sentences(n.Since(of(t, plain)).Sentences(text.NL, n)).Render(t.Context(), &out),
				exchange.WriteGraphML(&out, opened{}.graph(n, core.Instant{})),
			} {
				if c != nil {
					t.Fatal(c)
				}
			}
			return out.String()
		}
		if seen(hard) != seen(plain) {
			t.Errorf("a network shows %s", kind)
		}
		if c, err := Tied(of(t, hard), 3, 6, 300, "close"); err != nil || len(c.Drop) > 0 || c.Put.Ties[0].ID != 300 {
			t.Errorf("telling of a close tie writes over %s: %+v %v", kind, c, err)
		}
		if c, err := Knows(of(t, hard), 3, 300, nil); err != nil || len(c.Drop) > 0 {
			t.Errorf("who does not know anybody loses %s: %+v %v", kind, c, err)
		}
		hard.Persons[2].Beyond = "friends"
		hard.Unions, hard.Links = nil, nil
		if c, err := Gone(hard, of(t, hard), 3); err != nil || slices.Contains(c.Drop, core.ID(70)) || slices.Contains(c.Drop, core.ID(3)) {
			t.Errorf("who leaves the network takes %s with them: %+v %v", kind, c, err)
		}
	}
}
