package genogram

import (
	"fmt"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/kin"
	"maatje/internal/tool"
)

// town is a family of n people in couples of two children each.
func town(n int) (f kin.Family) {
	id := func(i int) core.ID { return core.ID(i + 10) }
	for i := range n {
		f.Persons = append(f.Persons, kin.Person{ID: id(i), Name: fmt.Sprintf("P%d", i), Sex: kin.Sexes[i%2]})
	}
	for i := 0; 2*i+1 < n; i++ {
		u := kin.Union{ID: id(n + i), Partners: []core.ID{id(2 * i), id(2*i + 1)}}
		f.Unions = append(f.Unions, u)
		for _, c := range []int{4*i + 2, 4*i + 4} {
			if c < n {
				f.Links = append(f.Links, kin.Link{ID: id(3*n + c), Child: id(c), Union: u.ID, Kind: kin.Birth})
			}
		}
	}
	return f
}

// A family as large as a family may be is shown and changed, history and all; one more gets its sentence.
func TestTOO2_ATownIsShown(t *testing.T) {
	s := sit(t, db.SQLite)
	tell := func(c kin.Change) {
		s.f.Do(t, func(x *db.Tx) error {
			_, err := kin.Arrange(keep).Record(x, s.f.Dossier, tool.Genogram, kin.MostChanges, c)
			return err
		})
	}
	people := town(kin.MostPeople - 1)
	tell(kin.Change{Did: "taken_over", Put: people})
	s.As(s.f.Ria)
	for i := range mostEvents + 5 {
		p := people.Persons[7]
		p.Name = fmt.Sprint("Tim ", i)
		s.f.Do(t, func(x *db.Tx) error {
			_, err := kin.Record(x, s.f.Dossier, tool.Genogram, kin.MostChanges, kin.Change{Did: "changed", Put: kin.Family{Persons: []kin.Person{p}}})
			return err
		})
	}
	s.adds("P3", "child", "name", "Tess").Is(303)
	for _, page := range []string{"", "?beside=2026-01-01", "/paper", "/people/" + s.who("Tess").String()} {
		s.Get(s.root+page).Is(200, "Tess")
	}
	s.adds("P3", "child", "name", "Ties").Is(422, "hoogstens 3.000 mensen", "Ties")
}

// nasty are families that nobody has: everybody married to everybody, one bond of all, a long line of only children, one who had them
// all, and people who foster each other.
var nasty = map[string]func(n int) kin.Family{
	"everybody with everybody": func(n int) (f kin.Family) {
		for i := range n {
			f.Persons = append(f.Persons, wie(i))
			for j := range i {
				f.Unions = append(f.Unions, kin.Union{ID: core.ID(10_000 + n*i + j), Partners: []core.ID{wie(i).ID, wie(j).ID}})
			}
		}
		return f
	},
	"one bond of all": func(n int) kin.Family {
		f := kin.Family{Unions: []kin.Union{{ID: 10_000}}}
		for i := range n {
			f.Persons = append(f.Persons, wie(i))
			f.Unions[0].Partners = append(f.Unions[0].Partners, wie(i).ID)
		}
		return f
	},
	"a long line": func(n int) (f kin.Family) {
		for i := range n {
			f.Persons = append(f.Persons, wie(i))
			f.Unions = append(f.Unions, kin.Union{ID: core.ID(10_000 + i), Partners: []core.ID{wie(i).ID}})
			if i > 0 {
				f.Links = append(f.Links, kin.Link{ID: core.ID(20_000 + i), Child: wie(i).ID, Union: core.ID(10_000 + i - 1), Kind: kin.Birth})
			}
		}
		return f
	},
	"one who had them all": func(n int) kin.Family {
		f := kin.Family{Persons: []kin.Person{wie(0)}, Unions: []kin.Union{{ID: 10_000, Partners: []core.ID{wie(0).ID}}}}
		for i := 1; i < n; i++ {
			f.Persons = append(f.Persons, wie(i))
			f.Links = append(f.Links, kin.Link{ID: core.ID(20_000 + i), Child: wie(i).ID, Union: 10_000, Kind: kin.Birth})
		}
		return f
	},
	"everybody fosters everybody": func(n int) (f kin.Family) {
		for i := range n {
			f.Persons = append(f.Persons, wie(i))
			f.Unions = append(f.Unions, kin.Union{ID: core.ID(10_000 + i), Partners: []core.ID{wie(i).ID}})
			for j := range n {
				if i != j {
					f.Links = append(f.Links, kin.Link{ID: core.ID(20_000 + n*i + j), Child: wie(j).ID, Union: core.ID(10_000 + i), Kind: "foster_network"})
				}
			}
		}
		return f
	},
}

func wie(i int) kin.Person { return kin.Person{ID: core.ID(i + 10), Name: "Wie"} }

// shown tells a nasty family and looks at its picture, on the screen and on paper.
func shown(t testing.TB, f kin.Family) {
	s := sit(t, db.SQLite)
	s.f.Do(t, func(x *db.Tx) error {
		_, err := kin.Arrange(keep).Record(x, s.f.Dossier, tool.Genogram, 0, kin.Change{Did: "taken_over", Put: f})
		return err
	})
	s.As(s.f.Ria)
	for _, page := range []string{"", "/paper"} {
		s.Get(s.root+page).Is(200, "Wie")
	}
}

func TestTOO2_NastyFamiliesAreDrawn(t *testing.T) {
	for name, grow := range nasty {
		t.Run(name, func(t *testing.T) { shown(t, grow(18)) })
	}
}

// BenchmarkNasty is how long it takes to tell of and to look at families that tie everybody to everybody.
func BenchmarkNasty(b *testing.B) {
	for name, most := range map[string]int{
		"everybody with everybody": 40, "one bond of all": 300, "a long line": 1000, "one who had them all": 800, "everybody fosters everybody": 60,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				shown(b, nasty[name](most))
			}
		})
	}
}
