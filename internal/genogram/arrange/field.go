package arrange

import (
	"slices"

	"maatje/internal/kin"
)

// field is a part of a family that hangs together, on its way to a good order. Nodes are persons by number and, above those, the
// knees of long lines: one for each row that a line passes.
type field struct {
	g    *graph
	gen  generations
	rows [][]*cluster
	pos  []int // per node: its place in its row, from the left
	row  []int // per node

	levels [][]bundle // what runs from each row to the next
	bonds  [][]int    // per row: the unions of more than one partner in it
	rivals [][]int    // per union: the bonds before it in its own cluster
	ends   [][]end    // per node: the bundles that it is an end of
	broods [][]brood  // per row: siblings whose birthdays are known

	spans   []span   // room to count in
	touched [2][]end // the same
}

// cluster is what stays together in a row: partners, and partners of partners; or one person; or a knee.
type cluster struct{ nodes []int }

// bundle is the lines of one union from a row to the next: from the middle of its sources to each of its targets.
type bundle struct {
	union    int
	from, to []int
	upper    int // the partner from an upper row whose slanted line this is, or -1
}

// brood is siblings in one row, the oldest first.
type brood []sibling

type sibling struct{ node, born int }

// newField lays out the rows of a part, from 0, without an order yet. persons are those of the part.
func newField(g *graph, gen generations, persons []int) *field {
	f := &field{g: g, gen: gen, pos: make([]int, len(g.ids)), row: slices.Clone(gen.row)}
	last, first := 0, len(g.ids)
	for _, p := range persons {
		last, first = max(last, gen.row[p]), min(first, gen.row[p])
	}
	for _, p := range persons {
		f.row[p] -= first
	}
	last -= first
	f.rows = make([][]*cluster, last+1)
	f.levels, f.bonds, f.broods = make([][]bundle, last+1), make([][]int, last+1), make([][]brood, last+1)
	seen := map[int]bool{}
	for _, p := range persons {
		for _, u := range g.partner[p] {
			if !seen[u] {
				seen[u] = true
				f.draw(u)
			}
		}
	}
	f.gather(persons)
	f.index()
	return f
}

// end says that a node is a source or a target of a bundle.
type end struct {
	level, at int
}

// index notes which bundles a node is an end of, and which bonds can lie over each other.
func (f *field) index() {
	f.ends = make([][]end, len(f.row))
	for r, level := range f.levels {
		for i, b := range level {
			for _, n := range slices.Concat(b.from, b.to) {
				f.ends[n] = append(f.ends[n], end{r, i})
			}
		}
	}
	f.rivals = make([][]int, len(f.g.unions))
	for _, bonds := range f.bonds {
		of := map[int][]int{}
		for _, u := range bonds {
			root := f.gen.group[f.g.unions[u].partners[0]]
			f.rivals[u] = slices.Clone(of[root])
			of[root] = append(of[root], u)
		}
	}
}

// gather makes the clusters in the order in which their first person was told.
func (f *field) gather(persons []int) {
	of := map[int]*cluster{}
	for _, p := range persons {
		root := f.gen.group[p]
		if of[root] == nil {
			of[root] = &cluster{}
			f.rows[f.row[p]] = append(f.rows[f.row[p]], of[root])
		}
		of[root].nodes = append(of[root].nodes, p)
	}
	for n := len(f.g.ids); n < len(f.row); n++ {
		f.rows[f.row[n]] = append(f.rows[f.row[n]], &cluster{nodes: []int{n}})
	}
}

// draw adds the lines of a union: from partners who stand in an upper row to the others, and from the union to its children.
func (f *field) draw(u int) {
	x := f.g.unions[u]
	low := f.lowest(u)
	var low1, upper []int
	for _, p := range x.partners {
		if f.row[p] == low {
			low1 = append(low1, p)
		} else {
			upper = append(upper, p)
		}
	}
	if len(low1) > 1 {
		f.bonds[low] = append(f.bonds[low], u)
	}
	for _, p := range upper {
		f.chain(bundle{u, []int{p}, low1, p}, f.row[p])
	}
	var below []int
	for _, c := range x.children {
		if f.row[c] > low {
			below = append(below, c)
		}
	}
	if len(below) > 0 {
		f.chain(bundle{u, low1, below, -1}, low)
	}
	f.brood(u)
}

// lowest is the row of a union: that of its lowest partner.
func (f *field) lowest(u int) (low int) {
	for _, p := range f.g.unions[u].partners {
		low = max(low, f.row[p])
	}
	return low
}

// chain runs from a row to targets in lower ones, with a knee in each row between.
func (f *field) chain(b bundle, at int) {
	for targets := b.to; len(targets) > 0; at++ {
		var here, later []int
		for _, c := range targets {
			if f.row[c] == at+1 {
				here = append(here, c)
			} else {
				later = append(later, c)
			}
		}
		from := b.from
		if len(later) > 0 {
			knee := len(f.row)
			f.row, f.pos = append(f.row, at+1), append(f.pos, 0)
			here, b.from = append(here, knee), []int{knee}
		}
		f.levels[at] = append(f.levels[at], bundle{b.union, from, here, b.upper})
		targets = later
	}
}

// brood notes which siblings of a union stand in one row, the oldest first.
func (f *field) brood(u int) {
	rows := map[int]brood{}
	for _, c := range f.g.unions[u].children {
		if born := f.g.born[c]; !born.IsZero() {
			rows[f.row[c]] = append(rows[f.row[c]], sibling{c, days(born)})
		}
	}
	for r, b := range rows {
		if len(b) > 1 {
			f.broods[r] = append(f.broods[r], b)
		}
	}
}

// days makes a day a number that compares as the day does.
func days(w kin.When) int { return (int(w.Year)*12+int(max(w.Month, 1)))*31 + int(max(w.Day, 1)) }

// number writes down where everybody of a row stands.
func (f *field) number(r int) {
	i := 0
	for _, c := range f.rows[r] {
		for _, n := range c.nodes {
			f.pos[n] = i
			i++
		}
	}
}

func (f *field) isKnee(n int) bool { return n >= len(f.g.ids) }

// parts are the persons of a graph by what hangs together through bonds and links, in the order of their first persons.
func (g *graph) parts() [][]int {
	part := make([]int, len(g.ids))
	for i := range part {
		part[i] = -1
	}
	var out [][]int
	for p := range g.ids {
		if part[p] >= 0 {
			continue
		}
		part[p] = len(out)
		one := []int{p}
		for i := 0; i < len(one); i++ {
			for _, q := range g.beside(one[i]) {
				if part[q] < 0 {
					part[q] = len(out)
					one = append(one, q)
				}
			}
		}
		slices.Sort(one)
		out = append(out, one)
	}
	return out
}

// beside are the partners, children, parents and siblings of somebody.
func (g *graph) beside(p int) (out []int) {
	for _, u := range slices.Concat(g.partner[p], g.under[p]) {
		out = append(append(out, g.unions[u].partners...), g.unions[u].children...)
	}
	return out
}
