package arrange

import (
	"fmt"
	"testing"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// village is a family of n people over many generations: children, partners from elsewhere with or without parents of their own,
// remarriages, and cousins who marry.
func village(n int) kin.Family {
	d := dice(7)
	f := people(1)
	f.Persons[0].Born.Year = 1700
	person := func(year int16) core.ID {
		id := core.ID(len(f.Persons) + 1)
		f.Persons = append(f.Persons, kin.Person{ID: id, Sex: kin.Sexes[d.below(2)], Born: kin.When{Year: year}})
		return id
	}
	for front := []core.ID{1}; len(front) > 0 && len(f.Persons) < n; front = front[1:] {
		year := f.Persons[front[0]-1].Born.Year
		for range 1 + d.below(6)/5 {
			partner := person(year)
			if d.below(7) == 0 {
				f.union(ids(person(year-30), person(year-28)), partner)
			}
			if other := front[d.below(len(front))]; d.below(30) == 0 && other != front[0] {
				partner = other
			}
			u := kin.Union{ID: core.ID(101 + len(f.Unions)), Partners: ids(front[0], partner)}
			f.Unions = append(f.Unions, u)
			for k := range 1 + d.below(4) {
				c := person(year + 22 + 3*int16(k))
				f.link(u.ID, c, kin.Birth)
				front = append(front, c)
			}
		}
	}
	f.Persons = f.Persons[:n]
	return f.Family
}

func BenchmarkOf(b *testing.B) {
	for _, n := range []int{12, 60, 500, 3000} {
		f := village(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			crossings := 0
			for b.Loop() {
				crossings = Of(f, nil).Crossings
			}
			b.ReportMetric(float64(crossings), "crossings")
		})
	}
}

// BenchmarkAgain draws a family of sixty to which a child was added.
func BenchmarkAgain(b *testing.B) {
	f := village(60)
	before := Of(f, nil)
	f.Persons = append(f.Persons, kin.Person{ID: 9000})
	f.Links = append(f.Links, kin.Link{ID: 90000, Child: 9000, Union: f.Unions[len(f.Unions)-1].ID, Kind: kin.Birth})
	for b.Loop() {
		Of(f, &before)
	}
}
