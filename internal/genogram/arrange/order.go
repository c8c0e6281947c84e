package arrange

import (
	"cmp"
	"math"
	"slices"
)

// dice are numbers that look like chance and are the same every time: SplitMix64 (Steele, Lea and Flood, 2014).
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

func (d *dice) part() float64 { return float64(d.next()>>11) / (1 << 53) }

// order is who stands where, to go back to.
type order [][]cluster

func (f *field) keep() order {
	out := make(order, len(f.rows))
	for r, row := range f.rows {
		for _, c := range row {
			out[r] = append(out[r], cluster{slices.Clone(c.nodes)})
		}
	}
	return out
}

// keepIn is keep in the room of an order that is not needed any more.
func (f *field) keepIn(o order) order {
	for r, row := range f.rows {
		for i, c := range row {
			o[r][i].nodes = append(o[r][i].nodes[:0], c.nodes...)
		}
	}
	return o
}

func (f *field) back(o order) {
	for r, row := range o {
		f.rows[r] = f.rows[r][:0]
		for i := range row {
			f.rows[r] = append(f.rows[r], &cluster{slices.Clone(row[i].nodes)})
		}
		f.number(r)
	}
}

// How long is searched: so many beginnings, and so many moves by chance for each node, up to a most. In a large family each
// beginning is sifted alone, since chance does not get far there.
const (
	beginnings   = 6
	movesPerNode = 400
	mostMoves    = 16000
	mostWork     = 100_000_000 // steps of counting in all moves: where everybody was with everybody chance gets fewer
	large        = 400         // nodes
)

// search finds an order that costs little: from several beginnings, by medians and sifting, and then by annealing. It ends when
// nothing crosses and everybody stands in order.
func (f *field) search() {
	d := dice(20140617)
	var best order
	least := math.Inf(1)
	turns := beginnings
	if len(f.row) > large {
		turns = 1
	}
	for i := range turns {
		f.begin(i)
		f.medians(8)
		f.sift()
		if len(f.row) <= large {
			f.anneal(&d, min(movesPerNode*len(f.row), mostMoves, max(1, mostWork/f.work())))
		}
		if c := f.whole(); c < least-1e-9 {
			best, least = f.keep(), c
		}
		if f.isClean() {
			break
		}
	}
	f.back(best)
}

// begin walks from person to person and appends each cluster to its row when it is met.
func (f *field) begin(turn int) {
	var all []*cluster
	of := map[int]*cluster{}
	for _, row := range f.rows {
		for _, c := range row {
			all = append(all, c)
			for _, n := range c.nodes {
				of[n] = c
			}
		}
	}
	slices.SortFunc(all, func(a, b *cluster) int { return cmp.Compare(slices.Min(a.nodes), slices.Min(b.nodes)) })
	for r := range f.rows {
		f.rows[r] = f.rows[r][:0]
	}
	near := f.near()
	seen := map[*cluster]bool{}
	var walk func(c *cluster)
	walk = func(c *cluster) {
		if seen[c] {
			return
		}
		seen[c] = true
		slices.Sort(c.nodes)
		f.rows[f.row[c.nodes[0]]] = append(f.rows[f.row[c.nodes[0]]], c)
		for _, n := range c.nodes {
			for _, q := range near[n] {
				walk(of[q])
			}
		}
	}
	for i := range all {
		walk(all[(i+turn*len(all)/6)%len(all)])
	}
	for r := range f.rows {
		f.number(r)
	}
}

// near are the nodes at the other ends of a node's lines: first those below it.
func (f *field) near() [][]int {
	out := make([][]int, len(f.row))
	for _, level := range f.levels {
		for _, b := range level {
			for _, n := range b.from {
				out[n] = append(out[n], b.to...)
			}
		}
	}
	for _, level := range f.levels {
		for _, b := range level {
			for _, n := range b.to {
				out[n] = append(out[n], b.from...)
			}
		}
	}
	return out
}

// medians sorts each row by where its lines come from, down and up in turn, and keeps the best.
func (f *field) medians(turns int) {
	best, least := f.keep(), f.whole()
	for t := range turns {
		for i := range f.rows {
			r := i
			if t%2 == 1 {
				r = len(f.rows) - 1 - i
			}
			f.settle(r, t%2 == 0)
		}
		if c := f.whole(); c < least-1e-9 {
			best, least = f.keep(), c
		}
	}
	f.back(best)
}

// settle sorts one row by the places at the other ends of its lines above or below.
func (f *field) settle(r int, above bool) {
	sum, n := make(map[int]float64), make(map[int]float64)
	count := func(node int, at float64) { sum[node] += at; n[node]++ }
	if above && r > 0 {
		for _, b := range f.levels[r-1] {
			for i, c := range b.to {
				count(c, f.middle(b.from)+float64(i)*1e-3)
			}
		}
	}
	if !above {
		for _, b := range f.levels[r] {
			for i, p := range b.from {
				count(p, f.middle(b.to)+float64(i)*1e-3)
			}
		}
	}
	key := map[*cluster]float64{}
	for _, c := range f.rows[r] {
		s, k := 0.0, 0.0
		for _, node := range c.nodes {
			s, k = s+sum[node], k+n[node]
		}
		if key[c] = float64(f.pos[c.nodes[0]]); k > 0 {
			key[c] = s / k
		}
		slices.SortStableFunc(c.nodes, func(a, b int) int {
			if n[a] == 0 || n[b] == 0 {
				return 0
			}
			return cmp.Compare(sum[a]/n[a], sum[b]/n[b])
		})
	}
	slices.SortStableFunc(f.rows[r], func(a, b *cluster) int { return cmp.Compare(key[a], key[b]) })
	f.number(r)
}

func (f *field) middle(nodes []int) (out float64) {
	for _, n := range nodes {
		out += float64(f.pos[n])
	}
	return out / float64(len(nodes))
}

// anneal tries moves by chance: those that make it better stay, and in the beginning some that do not.
func (f *field) anneal(d *dice, moves int) {
	free, parts := f.free(), make([]part, len(f.rows))
	if len(free) == 0 {
		return
	}
	for r := range f.rows {
		parts[r] = f.around(r)
	}
	now := f.whole()
	best, least := f.keep(), now
	m := move{f: f}
	heat, cool := 1.2, math.Pow(0.02, 1/float64(moves))
	for range moves {
		heat *= cool
		r := free[d.below(len(free))]
		m.make(d, r)
		f.number(r)
		after := f.around(r)
		delta := after.sum() - parts[r].sum()
		if delta > 1e-9 && d.part() >= math.Exp(-delta/heat) {
			m.undo()
			f.number(r)
			continue
		}
		f.note(parts, r, after)
		if now += delta; now < least-1e-9 {
			best, least = f.keepIn(best), now
		}
	}
	f.back(best)
}

// free are the rows in which something can move.
func (f *field) free() (out []int) {
	for r, row := range f.rows {
		if len(row) > 1 || len(row) == 1 && len(row[0].nodes) > 1 {
			out = append(out, r)
		}
	}
	return out
}

// note writes down the cost of a row that moved; its neighbours share their lines with it.
func (f *field) note(parts []part, r int, p part) {
	parts[r] = p
	if r > 0 {
		parts[r-1].below = p.above
	}
	if r+1 < len(parts) {
		parts[r+1].above = p.below
	}
}

// move is one change of the order of a row, with what is needed to take it back.
type move struct {
	f        *field
	row      []*cluster
	old, new []*cluster
	c        *cluster
	i, j     int
	kind     int
}

// The kinds of moves.
const (
	swap = iota
	carry
	reverse
	turn
	exchange
)

// make changes the order of a row somehow.
func (m *move) make(d *dice, r int) {
	m.row = m.f.rows[r]
	n := len(m.row)
	switch k := d.below(10); {
	case k < 3 && n > 1:
		m.kind, m.i = swap, d.below(n-1)
	case k < 7 && n > 1:
		m.kind = carry
		m.carry(d)
	case k == 7 && n > 1:
		m.kind, m.i = reverse, d.below(n-1)
		m.j = min(m.i+2+d.below(n-m.i-1), n)
	default:
		m.kind, m.c = turn, m.row[d.below(n)]
		if k := len(m.c.nodes); k > 2 && d.below(2) == 0 {
			m.kind, m.i, m.j = exchange, d.below(k), d.below(k)
		}
	}
	if m.kind != carry {
		m.undo()
	}
}

// undo takes the move back. All but a carry are their own way back.
func (m *move) undo() {
	switch m.kind {
	case swap:
		m.row[m.i], m.row[m.i+1] = m.row[m.i+1], m.row[m.i]
	case carry:
		copy(m.row, m.old)
	case reverse:
		slices.Reverse(m.row[m.i:m.j])
	case turn:
		slices.Reverse(m.c.nodes)
	case exchange:
		m.c.nodes[m.i], m.c.nodes[m.j] = m.c.nodes[m.j], m.c.nodes[m.i]
	}
}

// carry takes some neighbours to another place in the row.
func (m *move) carry(d *dice) {
	m.old = append(m.old[:0], m.row...)
	i, k := d.below(len(m.row)), 1
	for i+k < len(m.row) && d.below(2) == 0 {
		k++
	}
	j := d.below(len(m.row) - k + 1)
	m.new = m.new[:0]
	for at, c := range m.old {
		if at >= i && at < i+k {
			continue
		}
		if len(m.new) == j {
			m.new = append(m.new, m.old[i:i+k]...)
		}
		m.new = append(m.new, c)
	}
	if len(m.new) < len(m.old) {
		m.new = append(m.new, m.old[i:i+k]...)
	}
	copy(m.row, m.new)
}
