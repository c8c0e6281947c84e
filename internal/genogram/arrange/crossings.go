package arrange

import (
	"math"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// stroke is a straight piece of the line of a union or of a link to a child of it.
type stroke struct {
	a, b  Point
	union core.ID
}

// count is how many pairs of unions have lines that cross, as they are drawn. Lines that touch do not cross.
func (d *Drawing) count(f kin.Family) int {
	rows := map[int][]stroke{}
	for _, s := range d.strokes(f) {
		for r := int(math.Floor(min(s.a.Y, s.b.Y))); r <= int(math.Floor(max(s.a.Y, s.b.Y)-1e-9)); r++ {
			rows[r] = append(rows[r], s)
		}
	}
	pairs := map[[2]core.ID]bool{}
	for _, strokes := range rows {
		for i, s := range strokes {
			for _, t := range strokes[:i] {
				if s.union != t.union && s.crosses(t) {
					pairs[[2]core.ID{min(s.union, t.union), max(s.union, t.union)}] = true
				}
			}
		}
	}
	return len(pairs)
}

func (d *Drawing) strokes(f kin.Family) (out []stroke) {
	add := func(way []Point, u core.ID) {
		for i := 1; i < len(way); i++ {
			out = append(out, stroke{way[i-1], way[i], u})
		}
	}
	for _, u := range d.Unions {
		for _, way := range u.Ways {
			add(way, u.Union)
		}
	}
	of := map[core.ID]core.ID{}
	for _, l := range f.Links {
		of[l.ID] = l.Union
	}
	for _, l := range d.Links {
		add(l.Way, of[l.Link])
	}
	return out
}

// crosses says whether two strokes cross inside both of them.
func (s stroke) crosses(t stroke) bool {
	if max(s.a.X, s.b.X) < min(t.a.X, t.b.X) || max(t.a.X, t.b.X) < min(s.a.X, s.b.X) {
		return false
	}
	side := func(p, q, r Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	opposite := func(a, b float64) bool { return a > 1e-9 && b < -1e-9 || a < -1e-9 && b > 1e-9 }
	return opposite(side(s.a, s.b, t.a), side(s.a, s.b, t.b)) && opposite(side(t.a, t.b, s.a), side(t.a, t.b, s.b))
}
