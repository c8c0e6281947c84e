// Package rings finds where the people of a network stand: in rings around one member of the family, near or further, in the
// quarter to which they belong (TOO-4). The same people give the same picture, byte by byte; no label covers another label or
// somebody else's point; and who comes later leaves the others where they stand, or moves them straight outwards.
package rings

import "maatje/internal/core"

// Quarters are the parts of the rings, from the top left with the clock.
var Quarters = []string{"family", "friends", "neighbourhood", "professionals"}

// Someone stands in a ring, in a quarter. Who came to their ring first comes first in the list.
type Someone struct {
	ID      core.ID
	Name    string
	Ring    int // 1 is nearest
	Quarter string
}

// Point is a place in the picture, in pixels from its middle; Y grows downwards.
type Point struct{ X, Y float64 }

// Box is a part of the picture: what a finger can press.
type Box struct{ X, Y, W, H float64 }

// Spot is where somebody stands. The point lies in the middle of the box from left to right; the label stands under it, on one line or two.
type Spot struct {
	Someone
	Lines []string // the name, shortened where it is long; or the number
	Point
	Box  Box
	Foot float64 // from the point to the foot of the label's first line
}

// Drawing is a network arranged. With names it is as wide as they need; with numbers it fits a phone, and nobody in it is pressed.
type Drawing struct {
	Radii  []float64 // the outer edge of each ring, from the inside
	Spots  []Spot    // in the order of the people
	Middle Spot      // whose network it is
	Width  float64   // of everything; the middle of the picture is 0, 0
	Height float64
}

// Sizes in pixels. A box is at least as large as a fingertip.
const (
	Tap       = 44.0 // least side of a box
	Dot       = 7.0  // radius of a point
	LineHigh  = 14.0 // from a line of a label to the next
	between   = 2.0  // two boxes are at least so far apart
	inner     = 34.0 // radius of the middle, where nobody else stands
	widen     = 6.0  // by which a ring grows when somebody does not fit
	side      = 6.0  // from the outermost ring to the edge of the picture
	foot      = 26.0 // the same above and below: the names of the quarters
	corner    = 116.0
	longest   = 80.0 // width of a label
	edgeOfDot = Dot + 2
)

// Outer is the edge of the outermost ring.
func (d Drawing) Outer() float64 { return d.Radii[len(d.Radii)-1] }

// Of finds the spot of somebody.
func (d Drawing) Of(id core.ID) (Spot, bool) {
	if d.Middle.ID == id {
		return d.Middle, true
	}
	for _, s := range d.Spots {
		if s.ID == id {
			return s, true
		}
	}
	return Spot{}, false
}

// Overlaps says whether two boxes cover each other.
func (b Box) Overlaps(o Box) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}

func (b Box) grown(by float64) Box { return Box{b.X - by, b.Y - by, b.W + 2*by, b.H + 2*by} }

// look is how much room somebody takes: the least width and height of their box, where the point stands in it and where the label; and
// how narrow a ring is that holds few.
type look struct{ wide, high, over, foot, narrow float64 }

var (
	named    = look{Tap, Tap, 14, 23, 30}
	numbered = look{20, 28, 9, 18, 22}
)
