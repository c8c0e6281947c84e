package draw

import (
	"math"
	"slices"
)

// room is what is taken in the picture: signs with their names, words, and the lines that words should not lie on.
type room struct {
	bodies []box // people: no line goes through them and no word lies on them
	words  []box
	lines  [][2]point
	width  float64 // of the picture
	lowest float64
}

func (r *room) stroke(ps ...point) {
	for i := 1; i < len(ps); i++ {
		r.lines = append(r.lines, [2]point{ps[i-1], ps[i]})
	}
}

// taken says whether a word here would lie on a person or on another word.
func (r *room) taken(b box) bool {
	return slices.ContainsFunc(r.bodies, b.meets) || slices.ContainsFunc(r.words, b.meets)
}

// crossed is how many lines go through.
func (r *room) crossed(b box) (n int) {
	for _, l := range r.lines {
		if b.cuts(l[0], l[1]) {
			n++
		}
	}
	return n
}

// reach is how far from its line a word may lie, in steps away from it.
var reach = []float64{0, 10, 18, 28, 40, 56}

// place finds room for a word of that size along the curve, nearest to its middle first: a place that nobody has and where no
// other line passes, or else one that nobody has. Failing that it goes below the picture, and said is false.
func (r *room) place(c curve, wide, high, bottom float64) (b box, said bool) {
	best, least := box{}, math.Inf(1)
	far := c.length()
	for i, away := range reach {
		for j, t := range []float64{.5, .42, .58, .34, .66, .26, .74, .18, .82} {
			p, v := c.at(far * t)
			for side := -1.0; side <= 1; side += 2 {
				push := away + boolTimes(i > 0, math.Abs(v.y)*wide/2+math.Abs(v.x)*high/2)
				m := point{p.x - v.y*push*side, p.y + v.x*push*side}
				b := box{m.x - wide/2, m.y - high/2, m.x + wide/2, m.y + high/2}
				if b.x0 < edge/2 || b.y0 < edge/2 || b.x1 > r.width-edge/2 || r.taken(b) {
					continue
				}
				if cost := float64(6*r.crossed(b)) + float64(3*i) + float64(j); cost < least {
					best, least = b, cost
				}
			}
		}
	}
	if said = !math.IsInf(least, 1); !said {
		p, _ := c.at(far / 2)
		left := max(min(p.x-wide/2, r.width-edge/2-wide), edge/2)
		best = box{left, bottom, left + wide, bottom + high}
		for r.taken(best) {
			best.y0, best.y1 = best.y0+4, best.y1+4
		}
	}
	r.words = append(r.words, best)
	r.lowest = max(r.lowest, best.y1)
	return best, said
}

// route finds a way between two people that goes through nobody else, lies on no line and crosses few: straight if it can be.
func (r *room) route(from, to point) curve {
	best, least := curve(nil), math.Inf(1)
	for _, right := range []float64{0, 16, -16, 34, -34, 60, -60, 100, -100, 150, -150} {
		c := bow(from, to, right)
		if cost := r.price(c, from, to) + math.Abs(right)/4; cost < least {
			best, least = c, cost
		}
	}
	return best
}

func (r *room) price(c curve, from, to point) (cost float64) {
	for i := 1; i < len(c); i++ {
		for _, b := range r.bodies {
			if !b.has(from) && !b.has(to) && b.cuts(c[i-1], c[i]) {
				cost += 60
			}
		}
		if c[i].y < edge || c[i].x < edge {
			cost += 40
		}
	}
	far := c.length()
	for at := 0.0; at < far; at += 6 {
		p, v := c.at(at)
		for _, l := range r.lines {
			cost += near(p, v, l)
		}
	}
	return cost
}

// near is the price of running so near along a line, or of crossing it.
func near(p, v point, l [2]point) float64 {
	d := l[0].to(l[1])
	if d == 0 {
		return 0
	}
	u := point{(l[1].x - l[0].x) / d, (l[1].y - l[0].y) / d}
	along := (p.x-l[0].x)*u.x + (p.y-l[0].y)*u.y
	off := math.Abs((p.x-l[0].x)*u.y - (p.y-l[0].y)*u.x)
	switch same := math.Abs(u.x*v.x + u.y*v.y); {
	case along < -4 || along > d+4 || off > 9:
		return 0
	case same > .9:
		return 8
	}
	return 1
}

func boolTimes(yes bool, x float64) float64 {
	if yes {
		return x
	}
	return 0
}
