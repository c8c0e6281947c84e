package arrange

import (
	"fmt"
	"maps"
	"slices"
)

// generations says in which row everybody stands: partners in one row, children under their parents, links as short as that
// allows. A bond between two generations, such as that of an uncle and his niece, stays a bond between two rows.
type generations struct {
	group []int // per person: those who stand in one row for being partners
	row   []int // per person
}

// How often the bonds that had to be slanted are tried first instead, and how many ways to slant as few are searched further.
const (
	mostTries = 24
	mostWays  = 4
)

// rank finds the generations: the longest path over groups of partners, and then links made short. Where bonds have to be slanted
// it gives several ways, each with as few of them as were found.
func (g *graph) rank() (out []generations) {
	for _, w := range g.married() {
		rows := w.shortest(w.longest())
		r := generations{group: make([]int, len(g.ids)), row: make([]int, len(g.ids))}
		for p := range g.ids {
			r.group[p] = w.find(p)
			r.row[p] = rows[r.group[p]]
		}
		out = append(out, r)
	}
	return out
}

// married merges partners into groups, in orders of the bonds in which few are left between two rows.
func (g *graph) married() []*web {
	order := make([]int, len(g.unions))
	for i := range order {
		order[i] = i
	}
	best := map[string]*web{}
	var names []string
	least := len(g.unions) + 1
	for range mostTries {
		w, left, done := g.marryAll(order)
		if len(left) < least {
			least, names = len(left), nil
		}
		name := fmt.Sprint(slices.Sorted(slices.Values(left)))
		if len(left) == least && !slices.Contains(names, name) {
			best[name] = w
			names = append(names, name)
		}
		if len(left) == 0 || len(names) == mostWays {
			break
		}
		order = append(left, done...)
	}
	var out []*web
	for _, name := range names {
		out = append(out, best[name])
	}
	return out
}

// marryAll merges the unions in an order, and says which could not be merged.
func (g *graph) marryAll(order []int) (w *web, left, done []int) {
	w = g.withoutCircles()
	for _, u := range order {
		if w.marry(g.unions[u].partners) {
			done = append(done, u)
		} else {
			left = append(left, u)
		}
	}
	return w, left, done
}

// marry merges all of a union, if that makes nobody stand above themselves.
func (w *web) marry(partners []int) bool {
	all := true
	for i := 1; i < len(partners); i++ {
		all = w.merge(partners[0], partners[i]) && all
	}
	return all
}

// web is the groups and who stands above whom.
type web struct {
	parent []int   // union-find
	below  [][]int // per group: persons that must stand lower, once per link
	above  [][]int
}

// withoutCircles takes over the links of the graph, but for those that would make somebody their own ancestor.
func (g *graph) withoutCircles() *web {
	w := &web{parent: make([]int, len(g.ids)), below: make([][]int, len(g.ids)), above: make([][]int, len(g.ids))}
	for p := range w.parent {
		w.parent[p] = p
	}
	for _, u := range g.unions {
		for _, c := range u.children {
			if slices.ContainsFunc(u.partners, func(p int) bool { return w.reaches(c, p) }) {
				continue
			}
			for _, p := range u.partners {
				w.below[p], w.above[c] = append(w.below[p], c), append(w.above[c], p)
			}
		}
	}
	return w
}

func (w *web) find(p int) int {
	for w.parent[p] != p {
		w.parent[p] = w.parent[w.parent[p]]
		p = w.parent[p]
	}
	return p
}

// reaches says whether there is a way down from one group to another.
func (w *web) reaches(from, to int) bool {
	from, to = w.find(from), w.find(to)
	seen := map[int]bool{from: true}
	for stack := []int{from}; len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if at == to {
			return true
		}
		for _, next := range w.below[at] {
			if next = w.find(next); !seen[next] {
				seen[next] = true
				stack = append(stack, next)
			}
		}
	}
	return false
}

// merge puts two partners in one row, unless one of them descends from the other's row.
func (w *web) merge(a, b int) bool {
	a, b = w.find(a), w.find(b)
	if a == b {
		return true
	}
	if w.reaches(a, b) || w.reaches(b, a) {
		return false
	}
	w.parent[b] = a
	w.below[a], w.above[a] = append(w.below[a], w.below[b]...), append(w.above[a], w.above[b]...)
	return true
}

// longest gives each group the lowest row that everything above it asks for.
func (w *web) longest() []int {
	rows, waits := make([]int, len(w.parent)), make([]int, len(w.parent))
	var ready []int
	for p := range w.parent {
		if w.find(p) == p {
			if waits[p] = len(w.above[p]); waits[p] == 0 {
				ready = append(ready, p)
			}
		}
	}
	for ; len(ready) > 0; ready = ready[1:] {
		for _, c := range w.below[ready[0]] {
			c = w.find(c)
			rows[c] = max(rows[c], rows[ready[0]]+1)
			if waits[c]--; waits[c] == 0 {
				ready = append(ready, c)
			}
		}
	}
	return rows
}

// shortest moves groups, and groups that hang together by links that cannot be shorter, until no move makes the links together
// shorter. It begins with what is above.
func (w *web) shortest(rows []int) []int {
	for turn, moved := 0, true; moved && turn < 4*len(rows)+8 && turn < 200; turn++ {
		moved = false
		for p := range w.parent {
			for _, way := range []int{1, -1} {
				if w.find(p) == p && w.isLoose(rows, p, way) && w.shift(rows, p, way) {
					moved = true
				}
			}
		}
	}
	if len(rows) > 0 {
		least := rows[w.find(0)]
		for p := range rows {
			least = min(least, rows[w.find(p)])
		}
		for p := range rows {
			rows[p] -= least
		}
	}
	return rows
}

// isLoose says that some link of the group in this direction is longer than it must be.
func (w *web) isLoose(rows []int, p, way int) bool {
	return slices.ContainsFunc(w.ahead(p, way), func(q int) bool { return (rows[w.find(q)]-rows[p])*way > 1 })
}

// mostPushed is how many groups one move may take along.
const mostPushed = 200

// shift moves the group one row in a direction, with what it pushes and with what would rather come along, if that makes the
// links together shorter.
func (w *web) shift(rows []int, p, way int) bool {
	set := w.push(rows, map[int]bool{}, p, way)
	gain := w.gain(set, way)
	for grown := true; grown && gain <= 0 && len(set) < mostPushed; {
		grown = false
		for _, q := range w.trailing(set, way) {
			if set[q] {
				continue
			}
			if more := w.push(rows, set, q, way); w.gain(more, way) >= gain {
				set, gain, grown = more, w.gain(more, way), true
			}
		}
	}
	if gain <= 0 {
		return false
	}
	for q := range set {
		rows[q] += way
	}
	return true
}

// push is the set with p and with everything that p stands against.
func (w *web) push(rows []int, set map[int]bool, p, way int) map[int]bool {
	out := maps.Clone(set)
	out[p] = true
	for todo := []int{p}; len(todo) > 0; todo = todo[1:] {
		for _, q := range w.ahead(todo[0], way) {
			if q = w.find(q); !out[q] && (rows[q]-rows[todo[0]])*way <= 1 {
				out[q] = true
				todo = append(todo, q)
			}
		}
	}
	return out
}

// gain is by how much a move makes the links shorter, together.
func (w *web) gain(set map[int]bool, way int) (gain int) {
	for q := range set {
		for _, o := range w.ahead(q, way) {
			if !set[w.find(o)] {
				gain++
			}
		}
		for _, o := range w.ahead(q, -way) {
			if !set[w.find(o)] {
				gain--
			}
		}
	}
	return gain
}

// trailing are the groups whose links a move of the set makes longer, in the order of their numbers.
func (w *web) trailing(set map[int]bool, way int) (out []int) {
	for q := range set {
		for _, o := range w.ahead(q, -way) {
			if o = w.find(o); !set[o] {
				out = append(out, o)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *web) ahead(p, way int) []int {
	if way > 0 {
		return w.below[p]
	}
	return w.above[p]
}
