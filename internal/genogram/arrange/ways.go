package arrange

import (
	"cmp"
	"math"
	"slices"

	"maatje/internal/kin"
)

// Between two rows lie, from above: the lanes of unions, the lanes of links that do not drive the drawing, and the bars from which
// children hang. Y is counted from the row above, in rows.
const (
	unionTop, unionEnd = 0.46, 0.60
	asideTop, asideEnd = 0.61, 0.66
	barTop, barEnd     = 0.67, 0.80
	besides            = 0.2 // how far from the middle of a symbol a further link comes in
)

// ways draws the lines of a whole family once everybody has a place.
type ways struct {
	g      *graph
	at     []Point // per person
	bonds  []*bond // per union of the graph; nil if nobody of it is drawn
	bars   []*bar
	asides []*aside
	hangs  []hanging
}

// bond is a union on its way to a line.
type bond struct {
	union    int
	row      int
	low      []int // partners in its row, from the left
	high     []int // partners in an upper row
	lane     float64
	drop     Point
	slants   map[int][]Point // per upper partner: the knees on the way
	children map[int][]Point // per child: the way from the drop
	from, to float64
}

// bar is the horizontal from which the children of a union hang, or what leads there.
type bar struct {
	bond     *bond
	part     *field
	level    int
	source   int       // a knee of the part, or one of the partners
	x        float64   // where it comes from above
	targets  []float64 // where it goes down
	nodes    []int
	from, to float64
	y        float64
}

// aside is a link that does not drive the drawing.
type aside struct {
	bond     *bond
	child    int
	column   float64
	from, to float64
	y        float64
}

func newWays(g *graph) *ways {
	return &ways{g: g, at: make([]Point, len(g.ids)), bonds: make([]*bond, len(g.unions))}
}

func (w *ways) stand(n int, p Point) { w.at[n] = p }

// take makes the bonds and the bars of a part that has its places.
func (w *ways) take(f *field, x []float64) {
	for _, row := range f.rows {
		for _, c := range row {
			for _, n := range c.nodes {
				if f.isKnee(n) {
					continue
				}
				for _, u := range w.g.partner[n] {
					if w.bonds[u] == nil {
						w.bonds[u] = w.newBond(f, u)
					}
				}
			}
		}
	}
	for r, level := range f.levels {
		for _, b := range level {
			w.hang(f, x, r, b)
		}
	}
}

func (w *ways) newBond(f *field, u int) *bond {
	b := &bond{union: u, row: f.lowest(u), slants: map[int][]Point{}, children: map[int][]Point{}}
	for _, p := range w.g.unions[u].partners {
		if f.row[p] == b.row {
			b.low = append(b.low, p)
		} else {
			b.high = append(b.high, p)
		}
	}
	slices.SortFunc(b.low, func(p, q int) int { return cmp.Compare(w.at[p].X, w.at[q].X) })
	b.from, b.to = w.at[b.low[0]].X, w.at[b.low[len(b.low)-1]].X
	for _, p := range b.low {
		b.drop.X += w.at[p].X / float64(len(b.low))
	}
	b.drop.X = snap(b.drop.X)
	return b
}

// How near a child must be for the drop to move over it, and how far from the partners the drop stays.
const (
	nearDrop  = 0.25
	fromDrops = 0.1
)

// dropOver moves the drop over the child that is nearest to it, so that no line has a small bend.
func (b *bond) dropOver(children []int, x []float64) {
	best := nearDrop
	middle := b.drop.X
	for _, c := range children {
		if d := math.Abs(x[c] - middle); d <= best && x[c] > b.from+fromDrops && x[c] < b.to-fromDrops {
			best, b.drop.X = d, x[c]
		}
	}
}

// hang makes the bar of a bundle; a bundle that comes from an upper partner is a slanted line with knees instead.
func (w *ways) hang(f *field, x []float64, level int, b bundle) {
	one := w.bonds[b.union]
	if b.upper >= 0 {
		if k := b.to[len(b.to)-1]; f.isKnee(k) {
			one.slants[b.upper] = append(one.slants[b.upper], Point{x[k], float64(level + 1)})
		}
		return
	}
	n := &bar{bond: one, level: level, part: f, source: b.from[0], nodes: b.to}
	if f.isKnee(n.source) {
		n.x = x[n.source]
	} else {
		one.dropOver(b.to, x)
		n.x = one.drop.X
	}
	n.from, n.to = n.x, n.x
	for _, c := range b.to {
		n.targets = append(n.targets, x[c])
		n.from, n.to = min(n.from, x[c]), max(n.to, x[c])
	}
	w.bars = append(w.bars, n)
}

// route gives every lane its height, and every link its way.
func (w *ways) route(f kin.Family) {
	w.laneBonds()
	w.laneBars()
	w.wayBars()
	w.findHangs(f)
	w.goAside()
}

// laneBonds lets bonds of a row that lie over each other take different lanes, the short ones nearest to the row.
func (w *ways) laneBonds() {
	rows := map[int][]*bond{}
	for _, b := range w.bonds {
		if b != nil {
			rows[b.row] = append(rows[b.row], b)
		}
	}
	for r, bonds := range rows {
		slices.SortStableFunc(bonds, func(a, b *bond) int { return cmp.Compare(a.to-a.from, b.to-b.from) })
		lanes, most := make([]int, len(bonds)), 0
		for i, b := range bonds {
			for j, o := range bonds[:i] {
				if b.from < o.to && o.from < b.to || b.from == o.from && b.to == o.to {
					lanes[i] = max(lanes[i], lanes[j]+1)
				}
			}
			most = max(most, lanes[i])
		}
		for i, b := range bonds {
			b.lane = float64(r) + lane(unionTop, unionEnd, lanes[i], most)
			b.drop.Y = b.lane
		}
	}
}

// lane is the height of one of the lanes of a band, the first at its top.
func lane(top, end float64, i, most int) float64 {
	return snapY(top + (end-top)*float64(i)/float64(max(most, 1)))
}

// snapY puts heights on a grid as snap does, finer, so that many lanes stay apart.
func snapY(y float64) float64 { return float64(int(y*1024+0.5)) / 1024 }

// laneBars puts the bars between two rows above each other so that little crosses.
func (w *ways) laneBars() {
	rows := map[int][]*bar{}
	for _, b := range w.bars {
		rows[b.level] = append(rows[b.level], b)
	}
	for r, bars := range rows {
		order := orderBars(bars)
		lanes, most := make([]int, len(order)), 0
		for i, b := range order {
			for j, o := range order[:i] {
				if b.from <= o.to && o.from <= b.to {
					lanes[i] = max(lanes[i], lanes[j]+1)
				}
			}
			most = max(most, lanes[i])
		}
		for i, b := range order {
			b.y = float64(r) + lane(barTop, barEnd, lanes[i], most)
		}
	}
}

// orderBars sorts bars from top to bottom: each is put where it crosses least with those that are there already.
func orderBars(bars []*bar) (out []*bar) {
	for _, b := range bars {
		best, least, now := 0, 0, 0
		for i, o := range out {
			now += above(o, b) - above(b, o)
			if now < least {
				best, least = i+1, now
			}
		}
		out = slices.Insert(out, best, b)
	}
	return out
}

// above is how often two bars cross if the first lies above the second.
func above(a, b *bar) (n int) {
	if a.from > b.to || b.from > a.to {
		return 0
	}
	if b.x > a.from && b.x < a.to {
		n++
	}
	for _, x := range a.targets {
		if x > b.from && x < b.to {
			n++
		}
	}
	return n
}

// knee is a knee of one part.
type knee struct {
	part *field
	n    int
}

// wayBars walks down from each drop over the bars to the children.
func (w *ways) wayBars() {
	knees := map[knee][]Point{}
	slices.SortStableFunc(w.bars, func(a, b *bar) int { return cmp.Compare(a.level, b.level) })
	for _, b := range w.bars {
		way := []Point{b.bond.drop}
		if b.part.isKnee(b.source) {
			way = knees[knee{b.part, b.source}]
		}
		for i, n := range b.nodes {
			one := append(slices.Clone(way), Point{b.x, b.y})
			if b.targets[i] != b.x {
				one = append(one, Point{b.targets[i], b.y})
			}
			if b.part.isKnee(n) {
				knees[knee{b.part, n}] = one
			} else {
				b.bond.children[n] = append(one, w.at[n])
			}
		}
	}
}

// goAside draws the links that do not drive the drawing: from the drop along a lane of their own, past the rows between where nobody
// stands, and into the symbol beside its middle.
func (w *ways) goAside() {
	rows := map[int][]*aside{}
	for _, a := range w.asides {
		a.column = w.column(a)
		a.from, a.to = min(a.bond.drop.X, a.column), max(a.bond.drop.X, a.column)
		rows[a.bond.row] = append(rows[a.bond.row], a)
	}
	for r, asides := range rows {
		lanes, most := make([]int, len(asides)), 0
		for i, a := range asides {
			for j, o := range asides[:i] {
				if a.from <= o.to && o.from <= a.to {
					lanes[i] = max(lanes[i], lanes[j]+1)
				}
			}
			most = max(most, lanes[i])
		}
		for i, a := range asides {
			a.y = float64(r) + lane(asideTop, asideEnd, lanes[i], most)
		}
	}
}

// column is where an aside goes down: over the child, or between two people in the rows between, where it crosses least on a short way.
func (w *ways) column(a *aside) float64 {
	x := snap(w.at[a.child].X + besides)
	best, least := x, 1e9
	for try := range 17 {
		shift := float64((try+1)/2) * 0.5
		if try%2 == 1 {
			shift = -shift
		}
		cost := 2*float64(w.crossed(x+shift, a.bond.row+1, int(w.at[a.child].Y)-1)) + float64(try)*0.25
		if w.stands(x+shift, a.bond.row+1, int(w.at[a.child].Y)-1) {
			cost += 100
		}
		if cost < least {
			best, least = x+shift, cost
		}
	}
	return best
}

// crossed is how many lanes and bars of these rows a column runs through.
func (w *ways) crossed(x float64, from, to int) (n int) {
	for _, b := range w.bonds {
		if b != nil && b.row >= from && b.row <= to && b.from < x && x < b.to {
			n++
		}
	}
	for _, b := range w.bars {
		if b.level >= from && b.level <= to && b.from < x && x < b.to {
			n++
		}
	}
	return n
}

// stands says whether somebody's symbol lies on a column between two rows.
func (w *ways) stands(x float64, from, to int) bool {
	return slices.ContainsFunc(w.at, func(p Point) bool {
		return int(p.Y) >= from && int(p.Y) <= to && p.X > x-0.3 && p.X < x+0.3
	})
}

// way is the way of an aside. To a child that does not stand lower than the union there is a straight one alone.
func (w *ways) way(a *aside) (way []Point, slanted bool) {
	end := w.at[a.child]
	switch row := int(end.Y); {
	case row < a.bond.row:
		return []Point{a.bond.drop, end}, true
	case row == a.bond.row:
		return []Point{a.bond.drop, {a.bond.drop.X, a.y}, {snap(end.X + besides), a.y}, {snap(end.X + besides), end.Y}}, false
	}
	x, into := a.column, snap(end.X+besides)
	way = []Point{a.bond.drop, {a.bond.drop.X, a.y}, {x, a.y}}
	if x != into {
		y := end.Y - 0.36
		way = append(way, Point{x, snapY(y)}, Point{into, snapY(y)})
	}
	return append(way, Point{into, end.Y}), false
}
