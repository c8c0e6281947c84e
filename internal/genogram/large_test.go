package genogram

import (
	"fmt"
	"testing"
	"time"

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

// A family as large as a family may be is shown and changed while somebody waits, history and all; one more gets its sentence.
func TestTOO2_ATownIsShownWhileSomebodyWaits(t *testing.T) {
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
		at := time.Now()
		s.Get(s.root+page).Is(200, "Tess")
		if took := time.Since(at); took > 20*time.Second {
			t.Errorf("%q takes %v", page, took)
		}
	}
	s.adds("P3", "child", "name", "Ties").Is(422, "hoogstens 3.000 mensen", "Ties")
}

// Everybody married to everybody, thirty at once, a long line of only children, and one who had them all.
func TestTOO2_NastyFamiliesAreShownWhileSomebodyWaits(t *testing.T) {
	id := func(i int) core.ID { return core.ID(i + 10) }
	for name, grow := range map[string]func() kin.Family{
		"everybody with everybody": func() kin.Family {
			f := kin.Family{}
			for i := range 40 {
				f.Persons = append(f.Persons, kin.Person{ID: id(i), Name: "Wie"})
				for j := range i {
					f.Unions = append(f.Unions, kin.Union{ID: id(1000 + 50*i + j), Partners: []core.ID{id(i), id(j)}})
				}
			}
			return f
		},
		"one bond of three hundred": func() kin.Family {
			f := kin.Family{Unions: []kin.Union{{ID: id(5000)}}}
			for i := range 300 {
				f.Persons = append(f.Persons, kin.Person{ID: id(i), Name: "Wie"})
				f.Unions[0].Partners = append(f.Unions[0].Partners, id(i))
			}
			return f
		},
		"a line of a thousand": func() kin.Family {
			f := kin.Family{}
			for i := range 1000 {
				f.Persons = append(f.Persons, kin.Person{ID: id(i), Name: "Wie"})
				f.Unions = append(f.Unions, kin.Union{ID: id(2000 + i), Partners: []core.ID{id(i)}})
				if i > 0 {
					f.Links = append(f.Links, kin.Link{ID: id(4000 + i), Child: id(i), Union: id(2000 + i - 1), Kind: kin.Birth})
				}
			}
			return f
		},
		"one who had them all": func() kin.Family {
			f := kin.Family{Persons: []kin.Person{{ID: id(0), Name: "Wie"}}, Unions: []kin.Union{{ID: id(5000), Partners: []core.ID{id(0)}}}}
			for i := 1; i < 800; i++ {
				f.Persons = append(f.Persons, kin.Person{ID: id(i), Name: "Wie"})
				f.Links = append(f.Links, kin.Link{ID: id(5000 + i), Child: id(i), Union: id(5000), Kind: kin.Birth})
			}
			return f
		},
		"everybody fosters everybody": func() kin.Family {
			f := kin.Family{}
			for i := range 60 {
				f.Persons = append(f.Persons, kin.Person{ID: id(i), Name: "Wie"})
				f.Unions = append(f.Unions, kin.Union{ID: id(1000 + i), Partners: []core.ID{id(i)}})
				for j := range 60 {
					if i != j {
						f.Links = append(f.Links, kin.Link{ID: id(2000 + 60*i + j), Child: id(j), Union: id(1000 + i), Kind: "foster_network"})
					}
				}
			}
			return f
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sit(t, db.SQLite)
			at := time.Now()
			s.f.Do(t, func(x *db.Tx) error {
				_, err := kin.Arrange(keep).Record(x, s.f.Dossier, tool.Genogram, 0, kin.Change{Did: "taken_over", Put: grow()})
				return err
			})
			told := time.Since(at)
			s.As(s.f.Ria)
			for _, page := range []string{"", "/paper"} {
				at := time.Now()
				s.Get(s.root+page).Is(200, "Wie")
				if took := time.Since(at); took > 20*time.Second || told > 20*time.Second {
					t.Errorf("%q takes %v, after %v", page, took, told)
				}
			}
		})
	}
}
