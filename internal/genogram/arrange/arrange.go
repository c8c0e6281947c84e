// Package arrange finds where everybody of a family stands in its genogram and along which ways the lines between them run
// (TOO-2). The same family gives the same drawing, byte by byte, and a change to a family moves as little of it as can be.
package arrange

import (
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

// UnionLine is the line between partners: from each partner down to a lane below the row and along it. Partners are in the order
// in which they stand, from left to right. Of one partner it is the stub under that person.
type UnionLine struct {
	Union core.ID
	Lane  float64 // the Y of the horizontal part
	Drop  Point   // where the children hang from it
	Ways  [][]Point
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

// Of arranges the family. last, if there is one, is the drawing before this one: it is where the search begins.
func Of(f kin.Family, last *Drawing) Drawing {
	return Drawing{}
}
