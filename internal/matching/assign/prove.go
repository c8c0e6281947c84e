package assign

import "fmt"

// answer tells what was found.
func (s *search) answer() Answer {
	a := Answer{prices: s.prices}
	for f := range s.g.need {
		before := a.Places
		for e := s.g.from[f]; e < s.g.from[f+1]; e++ {
			if s.taken[e] {
				cost := s.g.cost[e] + s.g.least
				a.Pairs = append(a.Pairs, Pair{int(s.g.to[e]), f, cost})
				a.Places, a.Total = a.Places+1, a.Total+cost
			}
		}
		if a.Places > before {
			a.Served++
		}
	}
	return a
}

// Prove checks that an answer keeps to the problem and that none is better, without trusting the search. It is the proof of
// linear programming (complementary slackness; Schrijver 2003, chapter 12): at these prices each pair that was taken is worth it and
// none that was left would be, each volunteer with room costs nothing, and each empty place is worth staying empty. Any
// other assignment adds up to no less.
func Prove(p Problem, a Answer) error {
	g, err := p.graph()
	if err != nil {
		return err
	}
	if len(a.prices.volunteer) != len(g.capacity) || len(a.prices.family) != len(g.need) {
		return fmt.Errorf("assign: the answer has no prices for this problem")
	}
	taken := map[[2]int32]bool{}
	for _, e := range a.Pairs {
		taken[[2]int32{int32(e.Volunteer), int32(e.Family)}] = true
	}
	c := certificate{g: g, prices: a.prices, load: make([]int32, len(g.capacity)), filled: make([]int32, len(g.need))}
	for f := range g.need {
		for e := g.from[f]; e < g.from[f+1]; e++ {
			if err := c.pair(e, int32(f), taken[[2]int32{g.to[e], int32(f)}]); err != nil {
				return err
			}
		}
	}
	return c.rest(a)
}

type certificate struct {
	g            *graph
	prices       prices
	load, filled []int32
	total        int64
	places       int
}

func (c *certificate) pair(e, f int32, taken bool) error {
	v := c.g.to[e]
	left := c.g.cost[e] + c.prices.family[f] - c.prices.volunteer[v]
	if taken {
		c.load[v]++
		c.filled[f]++
		c.places++
		c.total += c.g.cost[e] + c.g.least
	}
	if taken && left > 0 || !taken && left < 0 && c.g.capacity[v] > 0 {
		return fmt.Errorf("assign: volunteer %d and family %d are priced %d, taken %v", v, f, left, taken)
	}
	return nil
}

func (c *certificate) rest(a Answer) error {
	for v, load := range c.load {
		price := c.prices.volunteer[v]
		if load > c.g.capacity[v] || price > 0 || load < c.g.capacity[v] && price != 0 {
			return fmt.Errorf("assign: volunteer %d has %d of %d families at the price %d", v, load, c.g.capacity[v], price)
		}
	}
	for f, filled := range c.filled {
		empty := c.g.need[f] - filled
		price := c.prices.family[f]
		if empty < 0 || filled > 0 && price < -c.g.emptied(int32(f), empty+1) || empty > 0 && price > -c.g.emptied(int32(f), empty) {
			return fmt.Errorf("assign: family %d has %d empty places at the price %d", f, empty, price)
		}
	}
	if c.places != a.Places || c.places != len(a.Pairs) || c.total != a.Total {
		return fmt.Errorf("assign: %d places for %d; the answer says %d for %d", c.places, c.total, a.Places, a.Total)
	}
	return nil
}

// emptied is the price of a family's place that is the nth to stay empty.
func (g *graph) emptied(family, nth int32) int64 {
	if nth >= g.need[family] {
		return g.nobody
	}
	return g.missing
}
