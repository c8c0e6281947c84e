// Package arrange finds where everybody of a family stands in its genogram and along which ways the lines between them run
// (TOO-2). The same family gives the same drawing, byte by byte, and a change to a family moves as little of it as can be.
package arrange

import (
	"cmp"
	"math"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// Point is a place in the drawing: X in widths of a person, growing to the right; Y in generations, growing downwards.
type Point struct{ X, Y float64 }

// Drawing is a family arranged. Nobody stands in it twice, and nobody nearer than one unit to a neighbour in the row.
type Drawing struct {
	Places     []Place     // everybody who is kin, by row and then from left to right
	Unions     []UnionLine // in the order of the family's unions
	Links      []ChildLine // in the order of the family's links, those that can be drawn
	Households []Outline
	Width      float64 // of everything, in units of X from 0
	Rows       int     // generations
	Crossings  int     // of the lines as they are drawn, once per pair of unions
}

// Place is where one person stands.
type Place struct {
	Person core.ID
	Point
}

// UnionLine is the line between partners: from each partner down to a lane below the row and along it. Of one partner it is the stub
// under that person. A partner from an upper row comes slanted to the first of the others.
type UnionLine struct {
	Union    core.ID
	Lane     float64   // the Y of the horizontal part
	Drop     Point     // where the children hang from it
	Partners []core.ID // as they stand, from left to right, those from upper rows last
	Ways     [][]Point // of each partner
}

// ChildLine is the way from a union's drop to a child. Slanted is one that had to be drawn aslant, since its generations could not be
// merged: an uncle who married his niece.
type ChildLine struct {
	Link    core.ID
	Way     []Point
	Slanted bool
}

// Outline is the boundary around those who live together, as one or more closed shapes around the members that stand side by side.
type Outline struct {
	Household core.ID
	Shapes    [][]Point
}

// Of arranges the family. last, if there is one, is the drawing before this one: who stood in it keeps the order that they had there,
// as long as that costs no crossing more.
func Of(f kin.Family, last *Drawing) Drawing {
	g := read(f)
	var best []*field
	least := math.Inf(1)
	for _, gen := range g.rank() {
		var parts []*field
		cost := 0.0
		for _, persons := range g.parts() {
			part := newField(g, gen, persons)
			if !part.resume(last) {
				part.search()
			}
			parts, cost = append(parts, part), cost+part.whole()
		}
		if cost < least {
			best, least = parts, cost
		}
	}
	return compose(g, f, best)
}

// compose puts the parts beside each other and draws their lines.
func compose(g *graph, f kin.Family, parts []*field) (d Drawing) {
	w := newWays(g)
	for _, part := range parts {
		d.add(part, w)
	}
	slices.SortStableFunc(d.Places, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) })
	w.route(f)
	d.Unions, d.Links = w.unions(), w.links()
	d.Households = outlines(f, d.Places)
	d.Crossings = d.count(f)
	return d
}

// add puts a part to the right of what is there.
func (d *Drawing) add(f *field, w *ways) {
	x := f.spread()
	least := math.Inf(1)
	for _, row := range f.rows {
		for _, c := range row {
			least = min(least, x[c.nodes[0]])
		}
	}
	from := d.Width
	for r, row := range f.rows {
		for _, c := range row {
			for _, n := range c.nodes {
				if x[n] = snap(x[n]-least) + from; f.isKnee(n) {
					continue
				}
				at := Point{x[n], float64(r)}
				d.Places = append(d.Places, Place{f.g.ids[n], at})
				w.stand(n, at)
				d.Width, d.Rows = max(d.Width, x[n]+1), max(d.Rows, r+1)
			}
		}
	}
	w.take(f, x)
}
