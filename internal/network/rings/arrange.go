package rings

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"maatje/internal/core"
)

// polar is a place by its angle and its distance to the middle.
type polar struct{ angle, far float64 }

func (p polar) point() Point { return Point{p.far * math.Cos(p.angle), p.far * math.Sin(p.angle)} }

// Arrange finds a spot for everybody under their name, in so many rings. Who stands further than there are rings stands in the
// outermost one.
func Arrange(middle Someone, people []Someone, count int) Drawing {
	return arrange(middle, people, count, named)
}

// Numbered is Arrange for a phone: with a number in the place of each name, ring by ring and quarter by quarter. The names
// stand beside it.
func Numbered(middle Someone, people []Someone, count int) Drawing {
	people = slices.Clone(people)
	slices.SortStableFunc(people, func(a, b Someone) int {
		return cmp.Or(cmp.Compare(a.Ring, b.Ring), cmp.Compare(slices.Index(Quarters, a.Quarter), slices.Index(Quarters, b.Quarter)))
	})
	for i := range people {
		people[i].Name = strconv.Itoa(i + 1)
	}
	return arrange(middle, people, count, numbered)
}

func arrange(middle Someone, people []Someone, count int, as look) Drawing {
	a := arranging{look: as, wish: map[core.ID]polar{}, radii: make([]float64, max(count, 1))}
	for i := range a.radii {
		a.radii[i] = inner + a.narrow*float64(i+1)
	}
	people = slices.Clone(people)
	for i := range people {
		people[i].Ring = min(max(people[i].Ring, 1), len(a.radii))
		if !slices.Contains(Quarters, people[i].Quarter) {
			people[i].Quarter = Quarters[0]
		}
	}
	for {
		a.begin(middle)
		full := a.settle(people)
		if full == 0 {
			return a.drawing()
		}
		a.grow(full, people)
	}
}

// arranging is one attempt; what somebody found in the attempt before is their wish in this one.
type arranging struct {
	look
	radii []float64
	wish  map[core.ID]polar
	taken []Box
	mid   Spot
	spots []Spot
}

func (a *arranging) outer() float64 { return a.radii[len(a.radii)-1] }

// begin keeps the middle and the corners, where the names of the quarters stand, free.
func (a *arranging) begin(middle Someone) {
	a.mid = Spot{Someone: middle, Lines: Lines(middle.Name)}
	a.mid.stand(Point{0, named.over - Tap/2}, named)
	far, high := a.outer()+side, a.outer()+foot
	a.taken = append(a.taken[:0], a.mid.Box,
		Box{-far, -high, corner, foot - 4}, Box{far - corner, -high, corner, foot - 4},
		Box{-far, high - foot + 4, corner, foot - 4}, Box{far - corner, high - foot + 4, corner, foot - 4})
	a.spots = a.spots[:0]
}

// settle gives everybody a spot, and returns the ring of the first for whom there is none, or 0.
func (a *arranging) settle(people []Someone) int {
	for _, p := range people {
		s := Spot{Someone: p, Lines: Lines(p.Name)}
		at, ok := a.wish[p.ID]
		if s.stand(at.point(), a.look); !ok || !a.free(s.Box) {
			if at, ok = a.best(s); !ok {
				return p.Ring
			}
			s.stand(at.point(), a.look)
		}
		a.wish[p.ID] = at
		a.taken, a.spots = append(a.taken, s.Box), append(a.spots, s)
	}
	return 0
}

// stand puts somebody at a point.
func (s *Spot) stand(at Point, as look) {
	w := as.wide
	for _, line := range s.Lines {
		w = max(w, Width(line)+6)
	}
	s.Point, s.Foot = at, as.foot
	s.Box = Box{at.X - w/2, at.Y - as.over, w, as.high + LineHigh*float64(len(s.Lines)-1)}
}

// grow widens a ring. Who stands further out goes straight outwards.
func (a *arranging) grow(ring int, people []Someone) {
	for i := ring - 1; i < len(a.radii); i++ {
		a.radii[i] += widen
	}
	for _, p := range people {
		if at, ok := a.wish[p.ID]; ok && p.Ring > ring {
			a.wish[p.ID] = polar{at.angle, at.far + widen}
		}
	}
}

// free says that a box is within the picture and covers nobody.
func (a *arranging) free(b Box) bool {
	far, high := a.outer()+side, a.outer()+foot
	if b.X < -far || b.X+b.W > far || b.Y < -high || b.Y+b.H > high {
		return false
	}
	roomy := b.grown(between)
	return !slices.ContainsFunc(a.taken, roomy.Overlaps)
}

// best is the free place of somebody's ring and quarter that is nicest.
func (a *arranging) best(s Spot) (polar, bool) {
	found, best := polar{}, math.Inf(-1)
	for _, at := range a.places(s.Someone) {
		s.stand(at.point(), a.look)
		if !a.free(s.Box) {
			continue
		}
		if v := a.nice(s, at); v > best+1e-9 {
			found, best = at, v
		}
	}
	return found, !math.IsInf(best, -1)
}

// places lists where somebody could stand, the middle of the ring first.
func (a *arranging) places(p Someone) (out []polar) {
	from, to := a.edges(p.Ring)
	start := float64((slices.Index(Quarters, p.Quarter)+2)%4) * math.Pi / 2
	rows := int((to-from)/11) + 1
	for row := range rows {
		far := (from+to)/2 + math.Pow(-1, float64(row))*float64((row+1)/2)*(to-from)/float64(max(rows-1, 1))
		far = min(max(far, from), to)
		margin := math.Asin(min(edgeOfDot/far, 1))
		steps := max(int(far*math.Pi/2/7), 6)
		for step := range steps + 1 {
			turn := margin + (math.Pi/2-2*margin)*float64(step)/float64(steps)
			out = append(out, polar{start + turn, far})
		}
	}
	return out
}

// edges are between which distances the points of a ring stand.
func (a *arranging) edges(ring int) (from, to float64) {
	from = inner
	if ring > 1 {
		from = a.radii[ring-2]
	}
	return from + edgeOfDot, a.radii[ring-1] - edgeOfDot
}

// nice weighs a place: far from the others, its label within the ring's picture and on its own side of the lines between the
// quarters, in the middle of the ring and of the quarter.
func (a *arranging) nice(s Spot, at polar) float64 {
	room := 1.6
	for _, b := range a.taken {
		dx := math.Abs(b.X+b.W/2-s.Box.X-s.Box.W/2) / ((b.W + s.Box.W) / 2)
		dy := math.Abs(b.Y+b.H/2-s.Box.Y-s.Box.H/2) / ((b.H + s.Box.H) / 2)
		room = min(room, max(dx, dy)-1)
	}
	v := room
	if s.Box.X < 0 && s.Box.X+s.Box.W > 0 || s.Box.Y < 0 && s.Box.Y+s.Box.H > 0 {
		v -= .7
	}
	for _, x := range []float64{s.Box.X, s.Box.X + s.Box.W} {
		v -= max(0, math.Hypot(x, s.Box.Y+s.Box.H)-a.outer()) / 60
	}
	from, to := a.edges(s.Ring)
	v -= .3 * math.Abs(at.far-(from+to)/2) / max(to-from, 1)
	return v - .2*math.Abs(math.Abs(math.Sin(2*at.angle))-1)
}

// drawing rounds to tenths of a pixel, so that the picture's text is short.
func (a *arranging) drawing() Drawing {
	round := func(v float64) float64 { return math.Round(v*10) / 10 }
	d := Drawing{Radii: a.radii, Middle: a.mid, Spots: slices.Clone(a.spots), Width: 2 * (a.outer() + side), Height: 2 * (a.outer() + foot)}
	for i := range d.Spots {
		s := &d.Spots[i]
		s.stand(Point{round(s.X), round(s.Y)}, a.look)
	}
	return d
}
