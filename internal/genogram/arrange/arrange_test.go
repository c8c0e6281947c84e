package arrange

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// told is a family in few words: persons 1 to n, unions from 101 on.
type told struct{ kin.Family }

func people(n int) *told {
	t := &told{}
	for i := range n {
		t.Persons = append(t.Persons, kin.Person{ID: core.ID(i + 1)})
	}
	return t
}

func (t *told) union(partners []core.ID, children ...core.ID) *told {
	u := kin.Union{ID: core.ID(101 + len(t.Unions)), Partners: partners}
	t.Unions = append(t.Unions, u)
	for _, c := range children {
		t.link(u.ID, c, kin.Birth)
	}
	return t
}

func (t *told) link(u, c core.ID, kind string) *told {
	t.Links = append(t.Links, kin.Link{ID: core.ID(1001 + len(t.Links)), Child: c, Union: u, Kind: kind})
	return t
}

func (t *told) born(years ...int16) *told {
	for i, y := range years {
		t.Persons[i].Born = kin.When{Year: y}
	}
	return t
}

func ids(of ...core.ID) []core.ID { return of }

func at(d Drawing) map[core.ID]Point {
	out := map[core.ID]Point{}
	for _, p := range d.Places {
		out[p.Person] = p.Point
	}
	return out
}

// anyFamily is a family of anything, with circles, strangers and nonsense.
func anyFamily(t *rapid.T, most int) kin.Family {
	n := rapid.IntRange(0, most).Draw(t, "persons")
	f := people(n)
	for i := range f.Persons {
		f.Persons[i].Sex = rapid.SampledFrom([]string{"", "f", "m", "x"}).Draw(t, "sex")
		f.Persons[i].Born.Year = int16(rapid.SampledFrom([]int{0, 0, 1900, 1950, 2000, 2001, 2002}).Draw(t, "born"))
		f.Persons[i].Beyond = rapid.SampledFrom([]string{"", "", "", "", "friends"}).Draw(t, "beyond")
	}
	one := rapid.Map(rapid.IntRange(0, most+1), func(i int) core.ID { return core.ID(i) })
	for range rapid.IntRange(0, most).Draw(t, "unions") {
		f.union(rapid.SliceOfN(one, 0, 4).Draw(t, "partners"))
	}
	for range rapid.IntRange(0, 2*most).Draw(t, "links") {
		f.link(core.ID(101+rapid.IntRange(0, most).Draw(t, "union")), one.Draw(t, "child"), rapid.SampledFrom(kin.Links).Draw(t, "kind"))
	}
	f.Households = []kin.Household{{ID: 1}, {ID: 2}}
	for i := range rapid.IntRange(0, most).Draw(t, "stays") {
		f.Stays = append(f.Stays, kin.Stay{ID: core.ID(i), Household: core.ID(1 + i%2), Person: one.Draw(t, "stays here")})
	}
	return f.Family
}

func TestTOO2_EverybodyStandsSomewhereOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFamily(t, 14)
		d := Of(f, nil)
		holds(t, f, d)
		if again := Of(f, nil); !reflect.DeepEqual(d, again) {
			t.Error("the same family is drawn in another way")
		}
		holds(t, f, Of(f, &d))
	})
}

// failing is what a test and a property can say.
type failing interface{ Errorf(string, ...any) }

// holds is what is true of every drawing.
func holds(t failing, f kin.Family, d Drawing) {
	seen := at(d)
	if len(seen) != len(d.Places) {
		t.Errorf("somebody stands in the drawing twice: %v", d.Places)
	}
	for _, p := range f.Persons {
		if _, drawn := seen[p.ID]; drawn != p.IsKin() {
			t.Errorf("%d is drawn: %v", p.ID, drawn)
		}
	}
	for i, p := range d.Places {
		if i > 0 && d.Places[i-1].Y == p.Y && p.X-d.Places[i-1].X < 1 {
			t.Errorf("%d stands %v from %d", p.Person, p.X-d.Places[i-1].X, d.Places[i-1].Person)
		}
		if p.X < 0 || p.X >= d.Width || p.Y < 0 || int(p.Y) >= d.Rows {
			t.Errorf("%d stands outside, at %v", p.Person, p.Point)
		}
	}
	linesEnd(t, f, d, seen)
}

// linesEnd holds that every line begins and ends at those it ties, and that every link between people who are drawn has its line.
func linesEnd(t failing, f kin.Family, d Drawing, at map[core.ID]Point) {
	drops := map[core.ID]Point{}
	for _, u := range d.Unions {
		drops[u.Union] = u.Drop
		for i, p := range u.Partners {
			if way := u.Ways[i]; way[0] != at[p] {
				t.Errorf("the line of %d to %d begins at %v, not at %v", u.Union, p, way[0], at[p])
			}
		}
	}
	drawn := map[core.ID]bool{}
	for _, l := range d.Links {
		drawn[l.Link] = true
		link := f.Links[slices.IndexFunc(f.Links, func(x kin.Link) bool { return x.ID == l.Link })]
		if first, last := l.Way[0], l.Way[len(l.Way)-1]; first != drops[link.Union] || last.Y != at[link.Child].Y || last.X-at[link.Child].X > besides+0.02 {
			t.Errorf("link %d runs from %v to %v, the union drops at %v and the child stands at %v", l.Link, first, last, drops[link.Union], at[link.Child])
		}
	}
	for _, l := range f.Links {
		_, here := at[l.Child]
		_, there := drops[l.Union]
		own := slices.ContainsFunc(f.Unions, func(u kin.Union) bool { return u.ID == l.Union && slices.Contains(u.Partners, l.Child) })
		if here && there && !own && !drawn[l.ID] {
			t.Errorf("link %d of %d to %d has no line", l.ID, l.Child, l.Union)
		}
	}
}

func TestTOO2_WhoStandsWhere(t *testing.T) {
	for name, c := range map[string]struct {
		family *told
		rows   map[core.ID]float64
		order  []core.ID // from left to right, in one row
		cross  int
	}{
		"nobody":                 {people(0), nil, nil, 0},
		"one alone":              {people(1), map[core.ID]float64{1: 0}, nil, 0},
		"parents and a child":    {people(3).union(ids(1, 2), 3), map[core.ID]float64{1: 0, 2: 0, 3: 1}, nil, 0},
		"the oldest stands left": {people(5).union(ids(1, 2), 3, 4, 5).born(0, 0, 2010, 2005, 2007), nil, ids(4, 5, 3), 0},
		"no dates: as told":      {people(5).union(ids(1, 2), 3, 4, 5), nil, ids(3, 4, 5), 0},
		"half siblings":          {people(5).union(ids(1, 2), 4).union(ids(2, 3), 5), map[core.ID]float64{4: 1, 5: 1}, ids(1, 2, 3), 0},
		"parents-in-law join in": {people(7).union(ids(1, 2), 5).union(ids(3, 4), 6).union(ids(5, 6), 7), map[core.ID]float64{1: 0, 3: 0, 5: 1, 6: 1, 7: 2}, nil, 0},
		"one parent known":       {people(2).union(ids(1), 2), map[core.ID]float64{1: 0, 2: 1}, nil, 0},
		"a late joiner stands low": {people(6).union(ids(1, 2), 3).union(ids(3, 4), 5).union(ids(5, 6)),
			map[core.ID]float64{1: 0, 3: 1, 4: 1, 5: 2, 6: 2}, nil, 0},
		"an uncle and his niece stand in her row": {people(5).union(ids(1, 2), 3, 4).union(ids(4), 5).union(ids(3, 5)),
			map[core.ID]float64{1: 0, 4: 1, 3: 2, 5: 2}, nil, 0},
		"a father and his daughter are bound aslant": {people(4).union(ids(1, 2), 3).union(ids(1, 3), 4),
			map[core.ID]float64{1: 0, 2: 0, 3: 1, 4: 2}, nil, 1},
		"one's own ancestor":       {people(2).union(ids(1), 2).union(ids(2), 1), nil, nil, 0},
		"one's own child":          {people(1).union(ids(1), 1), map[core.ID]float64{1: 0}, nil, 0},
		"a union with oneself":     {people(2).union(ids(1, 1), 2), map[core.ID]float64{1: 0, 2: 1}, nil, 0},
		"three partners":           {people(4).union(ids(1, 2)).union(ids(1, 3)).union(ids(1, 4)), map[core.ID]float64{1: 0, 2: 0, 3: 0, 4: 0}, nil, 0},
		"foster parents from afar": {people(5).union(ids(1, 2), 3).union(ids(4, 5)).link(102, 3, "foster_agency"), map[core.ID]float64{1: 0, 4: 0, 3: 1}, nil, 1},
		"a grandmother fosters":    {people(5).union(ids(1, 2), 3).union(ids(3, 4), 5).link(101, 5, "foster_network"), map[core.ID]float64{1: 0, 3: 1, 5: 2}, nil, 0},
		"two families":             {people(4).union(ids(1), 2).union(ids(3), 4), map[core.ID]float64{1: 0, 2: 1, 3: 0, 4: 1}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := Of(c.family.Family, nil)
			holds(t, c.family.Family, d)
			here := at(d)
			for id, row := range c.rows {
				if here[id].Y != row {
					t.Errorf("%d stands in row %v, not %v", id, here[id].Y, row)
				}
			}
			for i := 1; i < len(c.order); i++ {
				if here[c.order[i]].X <= here[c.order[i-1]].X {
					t.Errorf("%d does not stand right of %d: %v", c.order[i], c.order[i-1], here)
				}
			}
			if d.Crossings > c.cross {
				t.Errorf("%d crossings", d.Crossings)
			}
		})
	}
}

// TestTOO2_ABabyMovesNobodyPastAnother adds a child, a partner or a parent to a family that is drawn already: those who stood in it
// keep their order in the rows.
func TestTOO2_ABabyMovesNobodyPastAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := grown(t)
		before := Of(f, nil)
		u := f.Unions[rapid.IntRange(0, len(f.Unions)-1).Draw(t, "union")].ID
		f.Persons = append(f.Persons, kin.Person{ID: 900, Born: kin.When{Year: 2026}})
		f.Links = append(f.Links, kin.Link{ID: 9000, Child: 900, Union: u, Kind: kin.Birth})
		after := at(Of(f, &before))
		for i, p := range before.Places {
			if i > 0 && before.Places[i-1].Y == p.Y && after[before.Places[i-1].Person].X > after[p.Person].X {
				t.Errorf("%d and %d changed places", before.Places[i-1].Person, p.Person)
			}
		}
	})
}

// grown is a family that grew as families do: from a couple down, with partners from elsewhere.
func grown(t *rapid.T) kin.Family {
	f := people(2).union(ids(1, 2))
	young := []core.ID{}
	add := func() core.ID {
		id := core.ID(len(f.Persons) + 1)
		f.Persons = append(f.Persons, kin.Person{ID: id})
		return id
	}
	for range rapid.IntRange(1, 12).Draw(t, "steps") {
		if len(young) > 0 && rapid.Bool().Draw(t, "a partner") {
			i := rapid.IntRange(0, len(young)-1).Draw(t, "whose")
			f.union(ids(young[i], add()))
			young = slices.Delete(young, i, i+1)
			continue
		}
		c := add()
		f.link(f.Unions[rapid.IntRange(0, len(f.Unions)-1).Draw(t, "of")].ID, c, kin.Birth)
		young = append(young, c)
	}
	return f.Family
}

func TestTOO2_HouseholdsAreDrawnAroundTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFamily(t, 12)
		d := Of(f, nil)
		for _, h := range d.Households {
			for _, p := range d.Places {
				lives := slices.ContainsFunc(f.Stays, func(s kin.Stay) bool { return s.Household == h.Household && s.Person == p.Person })
				if inside := slices.ContainsFunc(h.Shapes, func(s []Point) bool { return within(s, p.Point) }); inside != lives {
					t.Errorf("%d lives in %d: %v, and is drawn in it: %v", p.Person, h.Household, lives, inside)
				}
			}
		}
	})
}

func within(shape []Point, p Point) bool {
	return p.X > shape[0].X && p.X < shape[2].X && p.Y > shape[0].Y && p.Y < shape[2].Y
}

func FuzzArrange(f *testing.F) {
	f.Add([]byte{3, 1, 2, 0, 3, 101})
	f.Add([]byte{40, 1, 1, 1, 1, 9, 9, 9, 3, 4, 200, 17, 3, 3, 90})
	f.Fuzz(func(t *testing.T, b []byte) {
		family := fromBytes(b)
		holds(t, family, Of(family, nil))
	})
}

// fromBytes makes a family of anything: a number of persons, and then unions of three and links of two bytes.
func fromBytes(b []byte) kin.Family {
	if len(b) == 0 {
		return kin.Family{}
	}
	f := people(int(b[0] % 48))
	for b = b[1:]; len(b) >= 3 && len(f.Unions) < 40; b = b[3:] {
		n := byte(len(f.Persons) + 1)
		f.union(ids(core.ID(b[0]%n), core.ID(b[1]%n)), core.ID(b[2]%n))
		if b[0] > 128 {
			f.link(f.Unions[int(b[1])%len(f.Unions)].ID, core.ID(b[2]%n), kin.Links[int(b[0])%len(kin.Links)])
		}
	}
	return f.Family
}

// TestTOO2_WhatNeedNotCrossDoesNot: from one couple down, with partners whose parents nobody knows, there is always an order in which
// nothing crosses.
func TestTOO2_WhatNeedNotCrossDoesNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := grown(t)
		if d := Of(f, nil); d.Crossings > 0 {
			t.Errorf("%d crossings", d.Crossings)
		}
	})
}

// TestTOO2_SiblingsStandByAge: where birth order alone decides, it is never broken.
func TestTOO2_SiblingsStandByAge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := grown(t)
		for i := range f.Persons {
			f.Persons[i].Born.Year = int16(rapid.IntRange(1950, 2020).Draw(t, "born"))
		}
		d := Of(f, nil)
		here, born := at(d), map[core.ID]int16{}
		for _, p := range f.Persons {
			born[p.ID] = p.Born.Year
		}
		for _, a := range f.Links {
			for _, b := range f.Links {
				if a.Union == b.Union && born[a.Child] < born[b.Child] && here[a.Child].X > here[b.Child].X {
					t.Errorf("%d of %d stands right of %d of %d", a.Child, born[a.Child], b.Child, born[b.Child])
				}
			}
		}
	})
}

// TestTOO2_ALongLineRunsStraight: an uncle who stands a row lower, beside his niece, hangs from one straight line.
func TestTOO2_ALongLineRunsStraight(t *testing.T) {
	f := people(6).union(ids(1, 2), 3, 4).union(ids(4), 5).union(ids(3, 5), 6)
	d := Of(f.Family, nil)
	uncle := at(d)[3]
	for _, l := range d.Links {
		if l.Way[len(l.Way)-1] != uncle {
			continue
		}
		for _, p := range l.Way {
			if p.X != uncle.X {
				t.Errorf("the line bends at %v on its way down to %v", p, uncle)
			}
		}
		return
	}
	t.Error("nothing leads to the uncle")
}
