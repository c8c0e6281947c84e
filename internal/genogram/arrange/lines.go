package arrange

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// unions are the lines of those unions of which somebody is drawn, in the family's order.
func (w *ways) unions() (out []UnionLine) {
	for u, b := range w.bonds {
		if b == nil {
			continue
		}
		line := UnionLine{Union: w.g.unions[u].id, Lane: b.lane, Drop: b.drop}
		for _, p := range b.low {
			way := []Point{w.at[p], {w.at[p].X, b.lane}}
			if w.at[p].X != b.drop.X {
				way = append(way, b.drop)
			}
			line.Partners, line.Ways = append(line.Partners, w.g.ids[p]), append(line.Ways, way)
		}
		for _, p := range b.high {
			way := append([]Point{w.at[p]}, b.slants[p]...)
			line.Partners, line.Ways = append(line.Partners, w.g.ids[p]), append(line.Ways, append(way, w.at[b.low[0]]))
		}
		out = append(out, line)
	}
	return out
}

// links are the ways of all links between people who are drawn, in the family's order: those that drive the drawing as the bars
// lead them, and the others aside.
func (w *ways) links() (out []ChildLine) {
	for _, h := range w.hangs {
		line := ChildLine{Link: h.link}
		if h.aside == nil {
			line.Way = h.bond.children[h.child]
		} else {
			line.Way, line.Slanted = w.way(h.aside)
		}
		out = append(out, line)
	}
	return out
}

// hanging is a link that is drawn: by a bar, or aside.
type hanging struct {
	link  core.ID
	bond  *bond
	child int
	aside *aside
}

// findHangs notes which links are drawn, and which of them no bar leads to. Nobody is their own child.
func (w *ways) findHangs(f kin.Family) {
	led := map[[2]int]bool{}
	for _, l := range f.Links {
		child, known := w.g.number[l.Child]
		u, told := w.g.at[l.Union]
		if !known || !told || w.bonds[u] == nil || slices.Contains(w.g.unions[u].partners, child) {
			continue
		}
		h := hanging{link: l.ID, bond: w.bonds[u], child: child}
		if key := [2]int{child, u}; h.bond.children[child] == nil || led[key] {
			h.aside = &aside{bond: h.bond, child: child}
			w.asides = append(w.asides, h.aside)
		} else {
			led[key] = true
		}
		w.hangs = append(w.hangs, h)
	}
}
