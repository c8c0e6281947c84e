package draw

import (
	"math"
	"slices"
)

// grid finds what lies near a place without looking at everything in the picture.
type grid[T comparable] map[[2]int][]T

const cell = 128.0

func cells(b box, visit func(at [2]int) bool) {
	for x := int(math.Floor(b.x0 / cell)); x <= int(math.Floor(b.x1/cell)); x++ {
		for y := int(math.Floor(b.y0 / cell)); y <= int(math.Floor(b.y1/cell)); y++ {
			if !visit([2]int{x, y}) {
				return
			}
		}
	}
}

func (g grid[T]) put(b box, v T) {
	cells(b, func(at [2]int) bool {
		g[at] = append(g[at], v)
		return true
	})
}

// in is what lies in the cells of a rectangle, each once.
func (g grid[T]) in(b box) (out []T) {
	many := false
	cells(b, func(at [2]int) bool {
		switch {
		case !many && out == nil:
			out = g[at]
		default:
			if !many {
				out, many = slices.Clone(out), true
			}
			for _, v := range g[at] {
				if !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
		}
		return true
	})
	return out
}

// at is what lies in the cell of a point.
func (g grid[T]) at(p point) []T {
	return g[[2]int{int(math.Floor(p.x / cell)), int(math.Floor(p.y / cell))}]
}
