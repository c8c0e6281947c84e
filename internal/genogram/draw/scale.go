package draw

import (
	"math"
	"slices"

	"maatje/internal/genogram/arrange"
)

// All in pixels, of which a person's width is across. Around the middle of a person's sign there is room above it for years and
// below it for a name on two lines; the lanes of the lines run between the rows.
const (
	across   = 112.0
	half     = 20.0 // of a sign
	above    = half + 20
	below    = half + 40
	moreRoom = 26.0 // below a name, where some say how many more there are
	lane     = 15.0
	between  = 62.0 // between two rows, besides the lanes
	rim      = 10.0 // from those who live together to the line around them
	edge     = 16.0
	nameSize = 13.0
	yearSize = 11.5
	wordSize = 11.5
	boldSize = 12.2 // as wide as bold letters of wordSize are
)

// scale knows where the places of an arrangement lie in the picture. Rows and lanes are set by their order: what lies above
// something else stays above it.
type scale struct {
	left, width, height float64
	below               float64
	rows                []float64
	lanes               [][]float64 // below row i-1: the Ys of the lanes, in the arrangement's units
}

func measure(d arrange.Drawing, more bool) scale {
	s := scale{below: below, rows: make([]float64, max(d.Rows, 1)), lanes: make([][]float64, max(d.Rows, 1)+1)}
	if more {
		s.below += moreRoom
	}
	least, most := 0.0, 0.0
	each(d, func(p arrange.Point) {
		least, most = min(least, p.X-.5), max(most, p.X+.5)
		if r := math.Floor(p.Y + .001); !onRow(p.Y) {
			i := min(max(int(r)+1, 0), len(s.lanes)-1)
			s.lanes[i] = append(s.lanes[i], p.Y)
		}
	})
	s.left, s.width = edge-least*across, 2*edge+(most-least)*across
	y := edge
	for i := range s.lanes {
		slices.Sort(s.lanes[i])
		s.lanes[i] = slices.CompactFunc(s.lanes[i], func(a, b float64) bool { return math.Abs(a-b) < .001 })
		y += s.gap(i)
		if i < len(s.rows) {
			s.rows[i] = y + above
			y += above + s.below
		}
	}
	s.height = y + edge
	return s
}

// gap is the height between row i-1 and row i.
func (s scale) gap(i int) float64 {
	if i == 0 || i == len(s.rows) {
		return lane * float64(len(s.lanes[i])+min(len(s.lanes[i]), 1))
	}
	return between + lane*float64(len(s.lanes[i]))
}

func onRow(y float64) bool { return math.Abs(y-math.Round(y)) < .001 }

func each(d arrange.Drawing, f func(arrange.Point)) {
	for _, p := range d.Places {
		f(p.Point)
	}
	for _, u := range d.Unions {
		for _, way := range u.Ways {
			for _, p := range way {
				f(p)
			}
		}
		if len(u.Ways) > 0 {
			f(u.Drop)
		}
	}
	for _, c := range d.Links {
		for _, p := range c.Way {
			f(p)
		}
	}
}

func (s scale) x(x float64) float64 { return s.left + x*across }

func (s scale) row(i int) float64 { return s.rows[min(max(i, 0), len(s.rows)-1)] }

func (s scale) y(y float64) float64 {
	if onRow(y) {
		return s.row(int(math.Round(y)))
	}
	i := min(max(int(math.Floor(y+.001))+1, 0), len(s.lanes)-1)
	rank, _ := slices.BinarySearch(s.lanes[i], y-.001)
	high := lane * float64(rank+1)
	if i == 0 {
		return s.rows[0] - above - s.gap(0) + high
	}
	return s.rows[i-1] + s.below + rim + high // there is more room above the heads, for words and the lines to twins
}

func (s scale) point(p arrange.Point) point { return point{s.x(p.X), s.y(p.Y)} }

func (s scale) way(ps []arrange.Point) []point {
	out := make([]point, len(ps))
	for i, p := range ps {
		out[i] = s.point(p)
	}
	return out
}

// bound is the Y of an outline: what lies in the lower half of a row's space is below its names, the rest above its years.
func (s scale) bound(y, inset float64) float64 {
	r := math.Round(y)
	if y >= r {
		return s.row(int(r)) + s.below + rim - inset
	}
	return s.row(int(r)) - above - rim + inset
}
