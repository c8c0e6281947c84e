package draw

import (
	"math"
	"slices"
)

// room is what is taken in the picture: signs with their names, words, and the lines that words should not lie on.
type room struct {
	signs  grid[box] // of people: no line goes through them if it can be helped
	bodies grid[box] // those, and names and years: no word lies on them
	words  grid[box]
	lines  grid[[2]point]
	home   box // where the family stands
	used   box // that, and what hangs out of it
}

// beside is how near a line is felt.
const beside = 14.0

// air is how far lines and words between people may go around the family, where there is no room within.
const air = 44.0

func newRoom(width, height float64) room {
	home := box{0, 0, width, height}
	return room{signs: grid[box]{}, bodies: grid[box]{}, words: grid[box]{}, lines: grid[[2]point]{}, home: home, used: home}
}

// cover makes the picture as large as what is drawn.
func (r *room) cover(b box) {
	r.used = box{min(r.used.x0, b.x0-edge/2), min(r.used.y0, b.y0-edge/2), max(r.used.x1, b.x1+edge/2), max(r.used.y1, b.y1+edge/2)}
}

// outside is how far a rectangle hangs out of where the family stands.
func (r *room) outside(b box) float64 {
	return max(r.home.x0+edge/2-b.x0, r.home.y0+edge/2-b.y0, b.x1-r.home.x1+edge/2, b.y1-r.home.y1+edge/2, 0)
}

func (r *room) stroke(ps ...point) {
	for i := 1; i < len(ps); i++ {
		p, q := ps[i-1], ps[i]
		r.lines.put(box{min(p.x, q.x) - beside, min(p.y, q.y) - beside, max(p.x, q.x) + beside, max(p.y, q.y) + beside}, [2]point{p, q})
	}
}

// taken says whether a word here would lie on a person or on another word.
func (r *room) taken(b box) bool {
	return slices.ContainsFunc(r.bodies.in(b), b.meets) || slices.ContainsFunc(r.words.in(b), b.meets)
}

// crossed is how many lines go through.
func (r *room) crossed(b box) (n int) {
	for _, l := range r.lines.in(b) {
		if b.cuts(l[0], l[1]) {
			n++
		}
	}
	return n
}

// reach is how far from its line a word may lie, in steps away from it.
var reach = []float64{0, 5, 12, 22, 34, 48}

// fit is how a word may be set: its size, and the lines beside which it belongs, the best first.
type fit struct {
	beside     []curve
	wide, high float64
}

// place finds room for a word beside its line, nearest to the middle first: a place that nobody has and where no other line passes,
// or else one that nobody has. Failing that it goes below the picture; which is the fit that was used, or -1.
func (r *room) place(fits ...fit) (best box, which int) {
	which, least := -1, math.Inf(1)
	for f, fit := range fits {
		for i, c := range fit.beside {
			if b, cost := r.seek(c, fit.wide, fit.high); cost+float64(4*i+2*f) < least {
				best, least, which = b, cost+float64(4*i+2*f), f
			}
		}
	}
	if which < 0 {
		p, _ := fits[0].beside[0].at(fits[0].beside[0].length() / 2)
		left := max(min(p.x-fits[0].wide/2, r.home.x1-edge/2-fits[0].wide), edge/2)
		best = box{left, r.home.y1, left + fits[0].wide, r.home.y1 + fits[0].high}
		for r.taken(best) {
			best.y0, best.y1 = best.y0+4, best.y1+4
		}
	}
	r.words.put(best, best)
	r.cover(best)
	return best, which
}

// seek is the best place beside one curve, and its price.
func (r *room) seek(c curve, wide, high float64) (best box, least float64) {
	least = math.Inf(1)
	far := c.length()
	for i, away := range reach {
		for j, t := range []float64{.5, .42, .58, .34, .66, .26, .74, .18, .82} {
			p, v := c.at(far * t)
			if i > 0 {
				away = reach[i] + math.Abs(v.y)*wide/2 + math.Abs(v.x)*high/2
			}
			for side := -1.0; side <= 1; side += 2 {
				m := point{p.x - v.y*away*side, p.y + v.x*away*side}
				b := box{m.x - wide/2, m.y - high/2, m.x + wide/2, m.y + high/2}
				out := r.outside(b)
				if out > air {
					continue
				}
				if cost := float64(3*i+j) + out/4; cost < least && !r.taken(b) {
					if cost += float64(6 * r.crossed(b)); cost < least {
						best, least = b, cost
					}
				}
			}
		}
	}
	return best, least
}

// route finds a way between two people that goes through nobody else, lies on no line and crosses few: straight if it can be.
func (r *room) route(from, to point) curve {
	best, least := curve(nil), math.Inf(1)
	for _, right := range []float64{0, 16, -16, 34, -34, 60, -60, 85, -85, 120, -120, 170, -170} {
		c := bow(from, to, right)
		if cost := r.price(c, from, to) + math.Abs(right)/4; cost < least {
			best, least = c, cost
		}
	}
	return best
}

func (r *room) price(c curve, from, to point) (cost float64) {
	far := c.length()
	for at := 0.0; at < far; at += 6 {
		p, v := c.at(at)
		cost += hits(r.bodies.at(p), p, from, to, 8) + hits(r.signs.at(p), p, from, to, 30)
		if out := r.outside(box{p.x, p.y, p.x, p.y}); out > air {
			cost += 20
		} else if out > 0 {
			cost++
		}
		for _, l := range r.lines.at(p) {
			cost += near(p, v, l)
		}
	}
	return cost
}

// hits is the price of a point that lies in a box which is neither where a line begins nor where it ends.
func hits(boxes []box, p, from, to point, price float64) (cost float64) {
	for _, b := range boxes {
		if b.has(p) && !b.has(from) && !b.has(to) {
			cost += price
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
		return 4
	}
	return 3
}
