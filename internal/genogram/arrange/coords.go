package arrange

import (
	"math"
	"slices"
)

// How far neighbours in a row stand from each other at least, in widths of a person.
const (
	betweenPersons = 1.0
	toKnee         = 0.7
	betweenKnees   = 0.4
	grid           = 64 // places are whole parts of it, so that they are the same on every machine
)

// pull is a wish that two middles lie under each other: between some nodes and some others.
type pull struct {
	a, b   []int
	weight float64
}

// pulls are the wishes of a part: children under the middle of their parents, long lines straight, partners side by side.
func (f *field) pulls() (out []pull) {
	for r, level := range f.levels {
		for _, b := range level {
			out = append(out, pull{b.from, b.to, 2})
			for _, c := range b.to {
				w := 0.08
				if f.isKnee(c) || f.isKnee(b.from[0]) {
					w = 3
				}
				out = append(out, pull{b.from, []int{c}, w})
			}
		}
		for _, u := range f.bonds[r] {
			var here []int
			for _, p := range f.g.unions[u].partners {
				if f.row[p] == r {
					here = append(here, p)
				}
			}
			for i := 1; i < len(here); i++ {
				out = append(out, pull{here[i-1 : i], here[i : i+1], 0.4})
			}
		}
	}
	return out
}

// spread gives every node its X: what the pulls ask for, as near as the order and the distances allow. It goes down the slope of
// the squares with momentum, and after each step puts every row back into its order with the least movement.
func (f *field) spread() []float64 {
	x := make([]float64, len(f.row))
	gaps := make([][]float64, len(f.rows))
	nodes := make([][]int, len(f.rows))
	for r := range f.rows {
		for _, c := range f.rows[r] {
			nodes[r] = append(nodes[r], c.nodes...)
		}
		gaps[r] = f.gaps(nodes[r])
		for i, n := range nodes[r] {
			x[n] = gaps[r][i] - gaps[r][len(gaps[r])-1]/2
		}
	}
	pulls := f.pulls()
	step := f.step(pulls)
	y, grad := append([]float64(nil), x...), make([]float64, len(x))
	for t, turns := 1.0, 0; turns < 400; turns++ {
		slope(pulls, y, grad)
		moved := 0.0
		t2 := (1 + math.Sqrt(1+4*t*t)) / 2
		for r := range nodes {
			for _, n := range nodes[r] {
				y[n] -= step * grad[n]
			}
			project(nodes[r], gaps[r], y)
			for _, n := range nodes[r] {
				d := y[n] - x[n]
				moved = max(moved, math.Abs(d))
				x[n], y[n] = y[n], y[n]+(t-1)/t2*d
			}
		}
		if t = t2; moved < 1e-4 {
			break
		}
	}
	for r := range nodes {
		project(nodes[r], gaps[r], x)
	}
	f.straighten(nodes, gaps, x)
	return x
}

// straighten puts the knees of a long line over whom the line leads to, from below, where they stand nearly there and have the room.
func (f *field) straighten(nodes [][]int, gaps [][]float64, x []float64) {
	for r, level := range slices.Backward(f.levels) {
		for _, b := range level {
			k := b.from[0]
			if !f.isKnee(k) {
				continue
			}
			for _, c := range b.to {
				if math.Abs(x[c]-x[k]) <= nearDrop && fits(nodes[r], gaps[r], x, k, x[c]) {
					x[k] = x[c]
					break
				}
			}
		}
	}
}

// fits says whether a node of a row may stand here with its neighbours where they are.
func fits(nodes []int, gaps, x []float64, n int, at float64) bool {
	i := slices.Index(nodes, n)
	return (i == 0 || at-x[nodes[i-1]] >= gaps[i]-gaps[i-1]) && (i == len(nodes)-1 || x[nodes[i+1]]-at >= gaps[i+1]-gaps[i])
}

// gaps is where each node of a row would be if all stood as close as they may, from 0.
func (f *field) gaps(nodes []int) []float64 {
	out := make([]float64, len(nodes))
	for i := 1; i < len(nodes); i++ {
		d := betweenPersons
		switch a, b := f.isKnee(nodes[i-1]), f.isKnee(nodes[i]); {
		case a && b:
			d = betweenKnees
		case a || b:
			d = toKnee
		}
		out[i] = out[i-1] + d
	}
	return out
}

// step is a step that never overshoots: the inverse of a bound on the curvature.
func (f *field) step(pulls []pull) float64 {
	bound := make([]float64, len(f.row))
	for _, p := range pulls {
		for _, n := range p.a {
			bound[n] += 4 * p.weight / float64(len(p.a))
		}
		for _, n := range p.b {
			bound[n] += 4 * p.weight / float64(len(p.b))
		}
	}
	most := 1e-9
	for _, b := range bound {
		most = max(most, b)
	}
	return 1 / most
}

// slope is the gradient of all pulls at x.
func slope(pulls []pull, x, grad []float64) {
	clear(grad)
	for _, p := range pulls {
		d := 2 * p.weight * (mean(p.a, x) - mean(p.b, x))
		for _, n := range p.a {
			grad[n] += d / float64(len(p.a))
		}
		for _, n := range p.b {
			grad[n] -= d / float64(len(p.b))
		}
	}
}

func mean(nodes []int, x []float64) (out float64) {
	for _, n := range nodes {
		out += x[n]
	}
	return out / float64(len(nodes))
}

// project moves the nodes of a row as little as it can, in squares, so that they keep their order and their distances: isotonic
// regression by pooling neighbours that stand too close (Ayer and others, 1955).
func project(nodes []int, gaps, x []float64) {
	type pool struct {
		sum float64
		n   int
	}
	pools := make([]pool, 0, len(nodes))
	for i, n := range nodes {
		one := pool{x[n] - gaps[i], 1}
		for len(pools) > 0 {
			last := pools[len(pools)-1]
			if last.sum/float64(last.n) <= one.sum/float64(one.n) {
				break
			}
			one.sum, one.n = one.sum+last.sum, one.n+last.n
			pools = pools[:len(pools)-1]
		}
		pools = append(pools, one)
	}
	i := 0
	for _, p := range pools {
		for range p.n {
			x[nodes[i]] = p.sum/float64(p.n) + gaps[i]
			i++
		}
	}
}

func snap(x float64) float64 { return math.Round(x*grid) / grid }
