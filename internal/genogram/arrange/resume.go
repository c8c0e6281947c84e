package arrange

import (
	"cmp"
	"math"
	"slices"

	"maatje/internal/core"
)

// worthMoving is what an order must gain before somebody who stood somewhere moves: most of a crossing.
const worthMoving = 0.9

// resume begins with the order of the last drawing and puts who is new where they cost least. It says whether it could: none of a
// part that stood nowhere is known.
func (f *field) resume(last *Drawing) bool {
	if last == nil {
		return false
	}
	stood := map[core.ID]float64{}
	for _, p := range last.Places {
		stood[p.Person] = p.X
	}
	x := f.guess(stood)
	if x == nil {
		return false
	}
	for r := range f.rows {
		for _, c := range f.rows[r] {
			slices.SortStableFunc(c.nodes, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
		}
		slices.SortStableFunc(f.rows[r], func(a, b *cluster) int { return cmp.Compare(mean(a.nodes, x), mean(b.nodes, x)) })
		f.number(r)
	}
	for r := range f.rows {
		for _, c := range slices.Clone(f.rows[r]) {
			f.siftOne(r, c, f.worth(c, stood))
			if len(c.nodes) > 1 {
				f.turnRound(r, c, f.worth(c, stood))
			}
		}
	}
	return true
}

// worth is what must be gained before a cluster moves: nothing, if somebody in it is new or it is a knee.
func (f *field) worth(c *cluster, stood map[core.ID]float64) float64 {
	for _, n := range c.nodes {
		if f.isKnee(n) {
			return 0
		}
		if _, known := stood[f.g.ids[n]]; !known {
			return 0
		}
	}
	return worthMoving
}

// guess is about where each node stood, or would have stood: who is new stands in the middle of those they are tied to. Without
// anybody known it is nil.
func (f *field) guess(stood map[core.ID]float64) []float64 {
	x := make([]float64, len(f.row))
	known := 0
	for n := range x {
		x[n] = math.NaN()
		if !f.isKnee(n) {
			if at, ok := stood[f.g.ids[n]]; ok {
				x[n] = at
			}
		}
	}
	for _, row := range f.rows {
		for _, c := range row {
			for _, n := range c.nodes {
				if !math.IsNaN(x[n]) {
					known++
				}
			}
		}
	}
	if known == 0 {
		return nil
	}
	near := f.near()
	for again := true; again; {
		again = false
		for n := range x {
			if math.IsNaN(x[n]) {
				if x[n] = f.beside(n, near, x); !math.IsNaN(x[n]) {
					again = true
				}
			}
		}
	}
	for n := range x {
		if math.IsNaN(x[n]) {
			x[n] = 0
		}
	}
	return x
}

// beside is a little right of the middle of the known ones that a node is tied to: partners, and the other ends of its lines.
func (f *field) beside(n int, near [][]int, x []float64) float64 {
	ties := slices.Clone(near[n])
	if !f.isKnee(n) {
		for _, u := range f.g.partner[n] {
			ties = append(ties, f.g.unions[u].partners...)
		}
	}
	sum, count := 0.0, 0
	for _, q := range ties {
		if !math.IsNaN(x[q]) {
			sum, count = sum+x[q], count+1
		}
	}
	if count == 0 {
		return math.NaN()
	}
	return sum/float64(count) + 0.3
}
