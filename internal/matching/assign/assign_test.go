package assign

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// problems are small enough to try every assignment.
func problems(t *rapid.T) Problem {
	p := Problem{
		Capacity:      rapid.SliceOfN(rapid.IntRange(0, 3), 0, 4).Draw(t, "capacity"),
		Need:          rapid.SliceOfN(rapid.IntRange(0, 3), 0, 4).Draw(t, "need"),
		FamiliesFirst: rapid.Bool().Draw(t, "families first"),
	}
	cost := rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(-9, 9), rapid.Int64Range(-MostCost, MostCost), rapid.Just(int64(0)))
	for v := range p.Capacity {
		for f := range p.Need {
			if len(p.Pairs) < 12 && rapid.IntRange(0, 3).Draw(t, "possible") > 0 {
				p.Pairs = append(p.Pairs, Pair{v, f, cost.Draw(t, "cost")})
			}
		}
	}
	return p
}

// best tries everything.
func best(p Problem) (served, places int, total int64) {
	for set := range 1 << len(p.Pairs) {
		room, need := append([]int(nil), p.Capacity...), append([]int(nil), p.Need...)
		n, sum, fits, has := 0, int64(0), true, map[int]bool{}
		for i, e := range p.Pairs {
			if set>>i&1 == 1 {
				room[e.Volunteer]--
				need[e.Family]--
				fits = fits && room[e.Volunteer] >= 0 && need[e.Family] >= 0
				n, sum, has[e.Family] = n+1, sum+e.Cost, true
			}
		}
		first := 0
		if p.FamiliesFirst {
			first = len(has)
		}
		if fits && (first > served || first == served && (n > places || n == places && sum < total)) {
			served, places, total = first, n, sum
		}
	}
	return served, places, total
}

func TestVOL7_NoAssignmentIsBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := problems(t)
		a, err := Solve(context.Background(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := Prove(p, a); err != nil {
			t.Fatal(err)
		}
		served, places, total := best(p)
		if p.FamiliesFirst && a.Served != served || a.Places != places || a.Total != total {
			t.Fatalf("found %d families, %d places for %d; the best is %d, %d for %d", a.Served, a.Places, a.Total, served, places, total)
		}
	})
}

// The proof says no to what is not the best: otherwise it would prove nothing.
func TestTheProofRefusesWhatIsNotTheBest(t *testing.T) {
	p := Problem{Capacity: []int{1, 1}, Need: []int{1, 1}, Pairs: []Pair{{0, 0, 1}, {0, 1, 2}, {1, 0, 5}, {1, 1, 9}}}
	a, err := Solve(context.Background(), p, nil)
	if err != nil || a.Total != 7 {
		t.Fatalf("got %+v, %v; want a total of 7", a, err)
	}
	for name, worse := range map[string]Answer{
		"a dearer one":     {Pairs: []Pair{{0, 0, 1}, {1, 1, 9}}, Places: 2, Served: 2, Total: 10},
		"a smaller one":    {Pairs: []Pair{{0, 0, 1}}, Places: 1, Served: 1, Total: 1},
		"another total":    {Pairs: a.Pairs, Places: 2, Served: 2, Total: 6},
		"one of too many":  {Pairs: []Pair{{0, 0, 1}, {0, 1, 2}, {1, 0, 5}}, Places: 3, Served: 2, Total: 8},
		"without its pair": {Pairs: []Pair{{0, 1, 2}}, Places: 2, Served: 2, Total: 7},
	} {
		worse.prices = a.prices
		if Prove(p, worse) == nil {
			t.Errorf("%s is taken for the best", name)
		}
	}
}

func random(r *rand.Rand, volunteers, families, each, most int) Problem {
	p := Problem{Capacity: make([]int, volunteers), Need: make([]int, families)}
	for v := range p.Capacity {
		p.Capacity[v] = 1 + r.IntN(3)
	}
	for f := range p.Need {
		p.Need[f] = 1 + r.IntN(most)
		for _, v := range r.Perm(volunteers)[:each] {
			p.Pairs = append(p.Pairs, Pair{v, f, int64(r.IntN(1000))})
		}
	}
	return p
}

func BenchmarkSolve(b *testing.B) {
	for _, c := range []struct {
		name                             string
		volunteers, families, each, most int
	}{
		{"200x50", 200, 50, 40, 1}, {"10000x2000x40", 10_000, 2000, 40, 1}, {"10000x2000x400", 10_000, 2000, 400, 1},
		{"10000x2000x400of3", 10_000, 2000, 400, 3}, {"scarce 500x2000x100", 500, 2000, 100, 1},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := random(rand.New(rand.NewPCG(1, 2)), c.volunteers, c.families, c.each, c.most)
			for b.Loop() {
				if _, err := Solve(context.Background(), p, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestVOL7_TheCheapestPairsAreEnough: who leaves out what Enough leaves out finds nothing worse.
func TestVOL7_TheCheapestPairsAreEnough(t *testing.T) {
	left := 0
	rapid.Check(t, func(t *rapid.T) {
		p := Problem{
			Capacity:      rapid.SliceOfN(rapid.IntRange(1, 3), 1, 12).Draw(t, "capacity"),
			Need:          rapid.SliceOfN(rapid.IntRange(0, 2), 1, 4).Draw(t, "need"),
			FamiliesFirst: rapid.Bool().Draw(t, "families first"),
		}
		places := 0
		for _, n := range p.Need {
			places += n
		}
		fewer := p
		for f := range p.Need {
			var own []Pair
			for v := range p.Capacity {
				if rapid.IntRange(0, 4).Draw(t, "possible") > 0 {
					own = append(own, Pair{v, f, rapid.Int64Range(-3, 9).Draw(t, "cost")})
				}
			}
			p.Pairs = append(p.Pairs, own...)
			slices.SortStableFunc(own, func(a, b Pair) int { return cmp.Compare(a.Cost, b.Cost) })
			fewer.Pairs = append(fewer.Pairs, own[:min(len(own), Enough(places))]...)
		}
		left += len(p.Pairs) - len(fewer.Pairs)
		whole, err := Solve(context.Background(), p, nil)
		some, also := Solve(context.Background(), fewer, nil)
		if err != nil || also != nil {
			t.Fatal(err, also)
		}
		if whole.Served != some.Served || whole.Places != some.Places || whole.Total != some.Total {
			t.Fatalf("all pairs: %d families, %d places for %d; the cheapest: %d, %d for %d", whole.Served, whole.Places, whole.Total, some.Served, some.Places, some.Total)
		}
	})
	if left == 0 {
		t.Error("no pair was ever left out: then this proves nothing")
	}
}
