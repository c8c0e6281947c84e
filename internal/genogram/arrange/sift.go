package arrange

import "slices"

// How often the whole family is sifted at most, and how far one cluster is carried to either side.
const (
	mostPasses = 2
	farthest   = 40
)

// sift takes each cluster of a row by itself past all the others and puts it down where it costs least (Rudell, 1993; for
// crossings Matuszewski, Schoenfeld and Molitor, 1999). It turns clusters round where that is better.
func (f *field) sift() {
	for range mostPasses {
		better := false
		for r := range f.rows {
			better = f.siftRow(r) || better
		}
		for r := range slices.Backward(f.rows) {
			better = f.siftRow(r) || better
		}
		if !better {
			return
		}
	}
}

func (f *field) siftRow(r int) (better bool) {
	for _, c := range slices.Clone(f.rows[r]) {
		better = f.siftOne(r, c, 0) || better
		if len(c.nodes) > 1 {
			better = f.turnRound(r, c, 0) || better
		}
	}
	return better
}

// siftOne walks a cluster far to the right and to the left, and back to the best place it came by, if that gains more than worth.
func (f *field) siftOne(r int, c *cluster, worth float64) bool {
	at := slices.Index(f.rows[r], c)
	best, least, now := at, -worth-1e-9, 0.0
	start := at
	for ; at+1 < len(f.rows[r]) && at < start+farthest; at++ {
		if now += f.swapped(r, at); now < least {
			best, least = at+1, now
		}
	}
	for ; at > 0 && at > start-farthest; at-- {
		if now += f.swapped(r, at-1); now < least {
			best, least = at-1, now
		}
	}
	for ; at < best; at++ {
		f.swapped(r, at)
	}
	return best != start
}

// swapped makes two neighbours change places, and says by how much that costs more. Only what has an end in each of them, or in
// one of them and spreads, is counted: nothing else changes its order.
func (f *field) swapped(r, i int) float64 {
	row := f.rows[r]
	a, b := row[i], row[i+1]
	before := f.between(a, b)
	row[i], row[i+1] = b, a
	for _, n := range a.nodes {
		f.pos[n] += len(b.nodes)
	}
	for _, n := range b.nodes {
		f.pos[n] -= len(a.nodes)
	}
	return f.between(a, b) - before
}

// between is what two neighbours cost each other.
func (f *field) between(a, b *cluster) (out float64) {
	left, right := f.touching(a, 0), f.touching(b, 1)
	for _, x := range left {
		sx := f.lies(&f.levels[x.level][x.at])
		out += costSpread * float64(sx.hi-sx.lo)
		for _, y := range right {
			if x.level != y.level || x.at == y.at {
				continue
			}
			sy := f.lies(&f.levels[y.level][y.at])
			out += pairCost(&sx, &sy)
		}
	}
	for _, y := range right {
		if !slices.Contains(left, y) {
			sy := f.lies(&f.levels[y.level][y.at])
			out += costSpread * float64(sy.hi-sy.lo)
		}
	}
	for _, p := range a.nodes {
		for _, q := range b.nodes {
			out += f.births(p, q)
		}
	}
	return out
}

// touching are the bundles with an end in a cluster, each once.
func (f *field) touching(c *cluster, room int) []end {
	out := f.touched[room][:0]
	for _, n := range c.nodes {
		for _, e := range f.ends[n] {
			if !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	f.touched[room] = out
	return out
}

// pairCost is what two bundles of a level cost each other.
func pairCost(a, b *span) float64 {
	if b.from < a.from {
		a, b = b, a
	}
	if !a.crosses(b) {
		return 0
	}
	return costCrossing + costEdge*float64(min(a.hi-b.lo, a.n*b.n))
}

// births is the cost of two siblings of whom the younger stands left.
func (f *field) births(p, q int) float64 {
	if f.isKnee(p) || f.isKnee(q) || f.g.home[p] < 0 || f.g.home[p] != f.g.home[q] || f.g.born[p].IsZero() || f.g.born[q].IsZero() {
		return 0
	}
	if older := days(f.g.born[p]) - days(f.g.born[q]); older != 0 && (older < 0) != (f.pos[p] < f.pos[q]) {
		return costBirth
	}
	return 0
}

// turnRound turns a cluster, or changes neighbours within it, as long as that gains more than worth.
func (f *field) turnRound(r int, c *cluster, worth float64) (better bool) {
	least := f.inside(r, c)
	for again := true; again; {
		again = false
		if f.reverse(c); f.inside(r, c) < least-worth-1e-9 {
			least, again = f.inside(r, c), true
		} else {
			f.reverse(c)
		}
		for i := 1; i < len(c.nodes) && len(c.nodes) > 2; i++ {
			if f.exchange(c, i); f.inside(r, c) < least-worth-1e-9 {
				least, again = f.inside(r, c), true
			} else {
				f.exchange(c, i)
			}
		}
		better = better || again
	}
	return better
}

// exchange lets a node change places with the one left of it.
func (f *field) exchange(c *cluster, i int) {
	a, b := c.nodes[i-1], c.nodes[i]
	c.nodes[i-1], c.nodes[i] = b, a
	f.pos[a], f.pos[b] = f.pos[b], f.pos[a]
}

func (f *field) reverse(c *cluster) {
	first := f.pos[c.nodes[0]]
	slices.Reverse(c.nodes)
	for i, n := range c.nodes {
		f.pos[n] = first + i
	}
}

// inside is what the ends within one cluster cost each other.
func (f *field) inside(r int, c *cluster) (out float64) {
	touching := f.touching(c, 0)
	for i, x := range touching {
		sx := f.lies(&f.levels[x.level][x.at])
		out += costSpread * float64(sx.hi-sx.lo)
		for _, y := range touching[:i] {
			if x.level == y.level {
				sy := f.lies(&f.levels[y.level][y.at])
				out += pairCost(&sx, &sy)
			}
		}
	}
	for i, p := range c.nodes {
		for _, q := range c.nodes[:i] {
			out += f.births(p, q)
		}
		if f.isKnee(p) {
			continue
		}
		for _, u := range f.g.partner[p] {
			if x := f.g.unions[u].partners; len(x) > 1 && x[0] == p && f.lowest(u) == r {
				lo, hi := f.reach(u, r)
				out += f.apart(u, r, lo, hi) + f.overlaps(u, r, lo, hi)
			}
		}
	}
	return out
}
