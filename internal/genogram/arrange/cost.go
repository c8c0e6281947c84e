package arrange

// What an order costs. A crossing is the unit. The small ones decide between orders that are equally good otherwise.
const (
	costApart    = 9.0  // somebody stands between partners who is a partner of neither
	costOverlap  = 1.0  // two bonds of one cluster lie over each other
	costBirth    = 0.45 // a younger child stands left of an older one
	costCrossing = 1.0  // lines of two unions cross, once per two unions and row
	costEdge     = 0.02 // each further crossing of single lines of the same two
	costSpread   = 0.01 // each place by which siblings stand further apart than they must
	costMan      = 0.02 // a woman stands left of her husband
)

// span is a bundle as it lies now: where it comes from, and its first and last target.
type span struct {
	from   float64
	lo, hi int
	union  int
	n      int
}

// levelCost is what the lines from this row to the next cost.
func (f *field) levelCost(r int) (out float64) {
	if r < 0 || len(f.levels[r]) == 0 {
		return 0
	}
	spans := f.spans[:0]
	for i := range f.levels[r] {
		s := f.lies(&f.levels[r][i])
		out += costSpread * float64(s.hi-s.lo)
		at := len(spans)
		for spans = append(spans, s); at > 0 && spans[at-1].from > s.from; at-- {
			spans[at] = spans[at-1]
		}
		spans[at] = s
	}
	f.spans = spans
	for i := range spans {
		for j := i + 1; j < len(spans); j++ {
			out += pairCost(&spans[i], &spans[j])
		}
	}
	return out
}

// lies says where a bundle lies now.
func (f *field) lies(b *bundle) span {
	s := span{union: b.union, lo: 1 << 30, hi: -1, n: len(b.to)}
	for _, n := range b.from {
		s.from += float64(f.pos[n])
	}
	s.from /= float64(len(b.from))
	for _, n := range b.to {
		s.lo, s.hi = min(s.lo, f.pos[n]), max(s.hi, f.pos[n])
	}
	return s
}

// crosses says whether lines of two bundles cross, of which a comes from further left or from the same place.
func (a *span) crosses(b *span) bool {
	return a.hi > b.lo && a.union != b.union && (a.from != b.from || b.hi > a.lo)
}

// rowCost is what the order within a row costs: partners apart, bonds over each other, siblings out of order.
func (f *field) rowCost(r int) (out float64) {
	for _, u := range f.bonds[r] {
		lo, hi := f.reach(u, r)
		out += f.apart(u, r, lo, hi) + f.overlaps(u, r, lo, hi)
	}
	for _, b := range f.broods[r] {
		out += costBirth * float64(f.disordered(b))
	}
	return out
}

// work is about how many steps it takes to count what the costliest row costs.
func (f *field) work() (most int) {
	for _, bonds := range f.bonds {
		steps := 1
		for _, u := range bonds {
			for _, p := range f.g.unions[u].partners {
				for _, o := range f.g.partner[p] {
					steps += len(f.g.unions[o].partners)
				}
			}
			for _, o := range f.rivals[u] {
				steps += len(f.g.unions[o].partners)
			}
		}
		most = max(most, steps)
	}
	return max(most, 1)
}

// overlaps is the cost of bonds of the same cluster that a bond lies over.
func (f *field) overlaps(u, r, lo, hi int) (out float64) {
	for _, o := range f.rivals[u] {
		if lo2, hi2 := f.reach(o, r); max(lo, lo2) < min(hi, hi2) {
			out += costOverlap
		}
	}
	return out
}

// reach is where a union's partners in the row begin and end.
func (f *field) reach(u, r int) (lo, hi int) {
	lo, hi = 1<<30, -1
	for _, p := range f.g.unions[u].partners {
		if f.row[p] == r {
			lo, hi = min(lo, f.pos[p]), max(hi, f.pos[p])
		}
	}
	return lo, hi
}

// apart is the cost of strangers between partners, and of a woman left of her husband.
func (f *field) apart(u, r, lo, hi int) (out float64) {
	x := f.g.unions[u]
	if hi-lo+1 > len(x.partners) {
		friends := 0
		for _, p := range x.partners {
			for _, o := range f.g.partner[p] {
				for _, q := range f.g.unions[o].partners {
					if o != u && f.row[q] == r && f.pos[q] > lo && f.pos[q] < hi {
						friends++
					}
				}
			}
		}
		out += costApart * float64(max(0, hi-lo-1-friends))
	}
	if len(x.partners) == 2 {
		a, b := x.partners[0], x.partners[1]
		if f.pos[a] > f.pos[b] {
			a, b = b, a
		}
		if f.g.sex[a] == "f" && f.g.sex[b] == "m" {
			out += costMan
		}
	}
	return out
}

// disordered counts the pairs of siblings of which the younger stands left.
func (f *field) disordered(b brood) (n int) {
	for i := range b {
		at := f.pos[b[i].node]
		for j := i + 1; j < len(b); j++ {
			if f.pos[b[j].node] < at && b[j].born != b[i].born {
				n++
			}
		}
	}
	return n
}

// part is what the order of a row costs by itself and in the lines above and below it.
type part struct{ above, below, within float64 }

func (p part) sum() float64 { return p.above + p.below + p.within }

// around is the cost of everything that the order of row r touches.
func (f *field) around(r int) part { return part{f.levelCost(r - 1), f.levelCost(r), f.rowCost(r)} }

func (f *field) whole() (out float64) {
	for r := range f.rows {
		out += f.levelCost(r) + f.rowCost(r)
	}
	return out
}

// isClean says that nothing crosses, nobody stands between partners, and siblings stand in order.
func (f *field) isClean() bool {
	for r := range f.rows {
		if f.rowCost(r) >= min(costApart, costOverlap, costBirth) {
			return false
		}
		spans := f.spans[:0]
		for i := range f.levels[r] {
			s := f.lies(&f.levels[r][i])
			for _, o := range spans {
				a, b := &o, &s
				if b.from < a.from {
					a, b = b, a
				}
				if a.crosses(b) {
					return false
				}
			}
			spans = append(spans, s)
		}
	}
	return true
}
