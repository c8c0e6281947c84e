package assign

import (
	"context"
	"slices"
)

// prices are what makes an answer certain: what a place costs at each volunteer and family. See Prove.
type prices struct{ volunteer, family []int64 }

// search finds one better way at a time: the cheapest chain that begins at a family with an empty place, passes from volunteers
// to the families they would leave, and ends at a volunteer with room or at a place that stays empty. Prices keep every step
// not less than nothing, so that the cheapest is found nearest first (Dijkstra 1959; Edmonds and Karp 1972). The prices of
// volunteers and families end up as the proof.
type search struct {
	g      *graph
	prices prices
	load   []int32   // families of each volunteer
	empty  []int32   // places of each family that were given up
	taken  []bool    // by pair
	holds  [][]int32 // the pairs of each volunteer that are taken
	owner  []int32   // the family of each pair

	// of one chain: distances, how each was reached, and what was touched
	toVolunteer, toFamily   []int64
	viaVolunteer, viaFamily []int32 // the pair
	touched                 []int32
	families                []int32
	heap                    []waiting
}

type waiting struct {
	distance int64
	node     int32
}

const (
	far    = int64(1) << 62
	nobody = int32(-1)
)

// Solve finds the best assignment. It stops with the context's error when that ends; progress, if given, hears how many of
// the places have been decided.
func Solve(ctx context.Context, p Problem, progress func(done, of int)) (Answer, error) {
	g, err := p.graph()
	if err != nil {
		return Answer{}, err
	}
	s := newSearch(g)
	done, of := 0, 0
	for _, n := range g.need {
		of += int(n)
	}
	for f := range g.need {
		for range g.need[f] {
			s.place(int32(f))
			if done++; done%64 == 0 {
				if err := ctx.Err(); err != nil {
					return Answer{}, err
				}
				if progress != nil {
					progress(done, of)
				}
			}
		}
	}
	return s.answer(), ctx.Err()
}

func newSearch(g *graph) *search {
	v, f := len(g.capacity), len(g.need)
	s := &search{
		g: g, prices: prices{make([]int64, v), make([]int64, f)},
		load: make([]int32, v), empty: make([]int32, f),
		taken: make([]bool, len(g.to)), holds: make([][]int32, v), owner: make([]int32, len(g.to)),
		toVolunteer: make([]int64, v), toFamily: make([]int64, f), viaVolunteer: make([]int32, v), viaFamily: make([]int32, f),
	}
	for i := range s.toVolunteer {
		s.toVolunteer[i] = far
	}
	for i := range s.toFamily {
		s.toFamily[i] = far
		for e := g.from[i]; e < g.from[i+1]; e++ {
			s.owner[e] = int32(i)
		}
	}
	return s
}

// goal is where a chain ends: a volunteer with room, or a family that gives up a place.
type goal struct {
	distance          int64
	volunteer, family int32
}

// place decides about one place of the family.
func (s *search) place(family int32) {
	end := goal{far, nobody, nobody}
	s.reach(family, 0, nobody, &end)
	for {
		v, d, ok := s.nearest()
		if !ok || d >= end.distance {
			break
		}
		for _, e := range s.holds[v] {
			back := s.prices.volunteer[v] - s.prices.family[s.owner[e]] - s.g.cost[e]
			s.reach(s.owner[e], d+back, e, &end)
		}
	}
	s.carryOut(end)
	s.newPrices(end.distance)
}

// reach looks on from a family: to give up a place of it, or to another volunteer.
func (s *search) reach(family int32, d int64, via int32, end *goal) {
	if d >= s.toFamily[family] || d >= end.distance {
		return
	}
	if s.toFamily[family] == far {
		s.families = append(s.families, family)
	}
	s.toFamily[family], s.viaFamily[family] = d, via
	g, at := s.g, d+s.prices.family[family]
	if given := at + s.givingUp(family); given < end.distance {
		*end = goal{given, nobody, family}
	}
	for e := g.from[family]; e < g.from[family+1]; e++ {
		v := g.to[e]
		n := at + g.cost[e] - s.prices.volunteer[v]
		if n >= s.toVolunteer[v] || n >= end.distance || s.taken[e] || g.capacity[v] == 0 {
			continue
		}
		if s.toVolunteer[v] == far {
			s.touched = append(s.touched, v)
		}
		s.toVolunteer[v], s.viaVolunteer[v] = n, e
		if s.load[v] < g.capacity[v] {
			// the price of a volunteer with room is nothing
			*end = goal{n, v, nobody}
			continue
		}
		s.push(waiting{n, v})
	}
}

// givingUp is the price of one empty place more in this family.
func (s *search) givingUp(family int32) int64 {
	if s.empty[family] == s.g.need[family]-1 {
		return s.g.nobody
	}
	return s.g.missing
}

// carryOut goes back along the chain, taking and leaving pairs.
func (s *search) carryOut(end goal) {
	family := end.family
	if family == nobody {
		s.load[end.volunteer]++
		family = s.take(s.viaVolunteer[end.volunteer])
	} else {
		s.empty[family]++
	}
	for {
		left := s.viaFamily[family]
		if left == nobody {
			return
		}
		v := s.g.to[left]
		s.leave(left)
		family = s.take(s.viaVolunteer[v])
	}
}

func (s *search) take(e int32) (family int32) {
	s.taken[e] = true
	s.holds[s.g.to[e]] = append(s.holds[s.g.to[e]], e)
	return s.owner[e]
}

func (s *search) leave(e int32) {
	s.taken[e] = false
	h := s.holds[s.g.to[e]]
	i := slices.Index(h, e)
	h[i] = h[len(h)-1]
	s.holds[s.g.to[e]] = h[:len(h)-1]
}

// newPrices makes every step of the next search cost not less than nothing again, and forgets the distances.
func (s *search) newPrices(end int64) {
	for _, v := range s.touched {
		if d := s.toVolunteer[v]; d < end {
			s.prices.volunteer[v] += d - end
		}
		s.toVolunteer[v] = far
	}
	for _, f := range s.families {
		if d := s.toFamily[f]; d < end {
			s.prices.family[f] += d - end
		}
		s.toFamily[f] = far
	}
	s.touched, s.families, s.heap = s.touched[:0], s.families[:0], s.heap[:0]
}
