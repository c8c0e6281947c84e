// Package assign finds, for all families that wait and all volunteers who can take one, the best way to bring them together:
// as many places filled as can be, and among all ways to do that the one of least total cost. It knows nothing of people: the
// caller says which pairs are possible and what each costs (VOL-7). What it finds is proved: Prove holds the answer against
// prices that no better answer could meet.
package assign

import (
	"fmt"
	"math"
)

// Problem is what has to be decided. Volunteers and families are numbered from 0.
type Problem struct {
	Capacity []int  // of each volunteer: how many families more
	Need     []int  // of each family: how many volunteers more
	Pairs    []Pair // each volunteer and family at most once
	// FamiliesFirst counts families with somebody before places filled: nobody gets a second volunteer for whom another
	// family could have had its first. Without it the places of all families count alike.
	FamiliesFirst bool
}

// Pair is a volunteer who could support a family, and what that costs; less is better, and less than nothing is allowed.
type Pair struct {
	Volunteer, Family int
	Cost              int64
}

// Answer is the best assignment.
type Answer struct {
	Pairs  []Pair // in the order of families, then volunteers
	Places int    // that are filled
	Served int    // families with one volunteer at least
	Total  int64  // the sum of the costs

	prices prices
}

// Enough is how many pairs of a family are worth giving to Solve when there are so many places to fill in all families together: its
// cheapest ones with volunteers who have room. Who stands further down is never needed: the other places take one volunteer each
// at most, so that one of the cheaper ones is free to come instead.
func Enough(places int) int { return max(places, 1) }

// The largest instance: beyond it a sum of costs could leave the numbers we count with.
const (
	MostVolunteers = 200_000
	MostFamilies   = 200_000
	MostPairs      = 50_000_000
	MostCost       = 1_000_000_000 // either way
	MostPlaces     = 1_000_000     // capacity or need of one, and needs of all together
)

var errLarge = fmt.Errorf("this is larger than %d volunteers, %d families and %d pairs", MostVolunteers, MostFamilies, MostPairs)

var errPlaces = fmt.Errorf("a capacity or a need is less than nothing, or more than %d; so may all needs together not be", MostPlaces)

// check says what is wrong with a problem. A pair that stands twice is found when the pairs are laid out.
func (p Problem) check() error {
	if len(p.Capacity) > MostVolunteers || len(p.Need) > MostFamilies || len(p.Pairs) > MostPairs {
		return errLarge
	}
	all := 0
	for _, n := range p.Need {
		if n < 0 || n > MostPlaces {
			return errPlaces
		}
		all += n
	}
	for _, c := range p.Capacity {
		if c < 0 || c > MostPlaces {
			return errPlaces
		}
	}
	if all > MostPlaces {
		return errPlaces
	}
	for _, e := range p.Pairs {
		if e.Volunteer < 0 || e.Volunteer >= len(p.Capacity) || e.Family < 0 || e.Family >= len(p.Need) {
			return fmt.Errorf("a pair names volunteer %d and family %d, and one of them is not there", e.Volunteer, e.Family)
		}
		if e.Cost < -MostCost || e.Cost > MostCost {
			return fmt.Errorf("the pair of %v does not lie between -%d and %[2]d", e, MostCost)
		}
	}
	return nil
}

// graph is the problem laid out for the search: the pairs of family f are from[f] to from[f+1]. Costs are not less than
// nothing: each has the least one taken off, which changes every answer with so many places by the same.
type graph struct {
	capacity []int32
	need     []int32
	from     []int32
	to       []int32 // the volunteer of each pair
	cost     []int64
	least    int64
	// missing is the price of a family's place that stays empty, and of its last one, when it has nobody.
	missing, nobody int64
}

func (p Problem) graph() (*graph, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	g := &graph{capacity: narrow(p.Capacity), need: narrow(p.Need), from: make([]int32, len(p.Need)+1),
		to: make([]int32, len(p.Pairs)), cost: make([]int64, len(p.Pairs))}
	for _, e := range p.Pairs {
		g.from[e.Family+1]++
		g.least = min(g.least, e.Cost)
	}
	for f := range p.Need {
		g.from[f+1] += g.from[f]
	}
	at, most := append([]int32(nil), g.from...), int64(0)
	for _, e := range p.Pairs {
		i := at[e.Family]
		at[e.Family]++
		g.to[i], g.cost[i] = int32(e.Volunteer), e.Cost-g.least
		most = max(most, g.cost[i])
	}
	g.price(p, most)
	return g, g.twice()
}

// price sets what an empty place costs: more than any change of who helps whom could save, so that places count first. A
// way of improving passes each volunteer and family at most once.
func (g *graph) price(p Problem, most int64) {
	g.missing = (most + 1) * int64(2*min(len(p.Capacity), len(p.Need))+2)
	g.nobody = g.missing
	if p.FamiliesFirst {
		g.nobody = 2 * g.missing
	}
}

func (g *graph) twice() error {
	seen := make([]int32, len(g.capacity))
	for f := range g.need {
		for i := g.from[f]; i < g.from[f+1]; i++ {
			if seen[g.to[i]] == int32(f)+1 {
				return fmt.Errorf("volunteer %d and family %d are a pair twice", g.to[i], f)
			}
			seen[g.to[i]] = int32(f) + 1
		}
	}
	return nil
}

func narrow(ns []int) []int32 {
	out := make([]int32, len(ns))
	for i, n := range ns {
		out[i] = int32(min(n, math.MaxInt32))
	}
	return out
}

func (e Pair) String() string {
	return fmt.Sprintf("volunteer %d, family %d: %d", e.Volunteer, e.Family, e.Cost)
}
