package draw

import (
	"math"
	"strconv"
	"strings"
)

type point struct{ x, y float64 }

func (p point) to(q point) float64 { return math.Hypot(q.x-p.x, q.y-p.y) }

func (p point) mix(q point, t float64) point { return point{p.x + (q.x-p.x)*t, p.y + (q.y-p.y)*t} }

func num(x float64) string {
	s := strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// path writes points as a stroke through them.
func path(ps ...point) string {
	var b strings.Builder
	for i, p := range ps {
		b.WriteByte("ML"[min(i, 1)])
		b.WriteString(num(p.x) + " " + num(p.y))
	}
	return b.String()
}

func closed(ps ...point) string { return path(ps...) + "Z" }

func circle(c point, r float64) string {
	d := num(r)
	return "M" + num(c.x-r) + " " + num(c.y) + "a" + d + " " + d + " 0 1 0 " + num(2*r) + " 0a" + d + " " + d + " 0 1 0 " + num(-2*r) + " 0Z"
}

func square(c point, r float64) string {
	return closed(point{c.x - r, c.y - r}, point{c.x + r, c.y - r}, point{c.x + r, c.y + r}, point{c.x - r, c.y + r})
}

func dome(c point, r float64) string {
	return "M" + num(c.x-r) + " " + num(c.y+r) + "V" + num(c.y) + "a" + num(r) + " " + num(r) + " 0 0 1 " + num(2*r) + " 0V" + num(c.y+r) + "Z"
}

func diamond(c point, r float64) string {
	return closed(point{c.x, c.y - r}, point{c.x + r, c.y}, point{c.x, c.y + r}, point{c.x - r, c.y})
}

func triangle(c point, r float64) string {
	return closed(point{c.x, c.y - r}, point{c.x + r, c.y + .8*r}, point{c.x - r, c.y + .8*r})
}

func cross(c point, r float64) string {
	return path(point{c.x - r, c.y - r}, point{c.x + r, c.y + r}) + path(point{c.x + r, c.y - r}, point{c.x - r, c.y + r})
}

// rounded is a closed shape with soft corners.
func rounded(ps []point, r float64) string {
	var b strings.Builder
	for i, p := range ps {
		before, after := ps[(i+len(ps)-1)%len(ps)], ps[(i+1)%len(ps)]
		in, out := towards(p, before, r), towards(p, after, r)
		b.WriteByte("ML"[min(i, 1)])
		b.WriteString(num(in.x) + " " + num(in.y) + "Q" + num(p.x) + " " + num(p.y) + " " + num(out.x) + " " + num(out.y))
	}
	return b.String() + "Z"
}

// towards is the point r on the way from p to q, or half way if that is nearer.
func towards(p, q point, r float64) point {
	d := p.to(q)
	if d == 0 {
		return p
	}
	return p.mix(q, min(r/d, .5))
}

// box is a rectangle.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) wide() float64 { return b.x1 - b.x0 }

func (b box) high() float64 { return b.y1 - b.y0 }

// view is the rectangle as a viewBox.
func (b box) view() string {
	return num(b.x0) + " " + num(b.y0) + " " + num(b.wide()) + " " + num(b.high())
}

func (b box) meets(c box) bool { return b.x0 < c.x1 && c.x0 < b.x1 && b.y0 < c.y1 && c.y0 < b.y1 }

func (b box) has(p point) bool { return b.x0 < p.x && p.x < b.x1 && b.y0 < p.y && p.y < b.y1 }

// cuts says whether the stroke from p to q goes through the rectangle (Liang and Barsky).
func (b box) cuts(p, q point) bool {
	t0, t1 := 0.0, 1.0
	for _, e := range [4][2]float64{{p.x - q.x, p.x - b.x0}, {q.x - p.x, b.x1 - p.x}, {p.y - q.y, p.y - b.y0}, {q.y - p.y, b.y1 - p.y}} {
		switch {
		case e[0] == 0 && e[1] < 0:
			return false
		case e[0] < 0:
			t0 = max(t0, e[1]/e[0])
		case e[0] > 0:
			t1 = min(t1, e[1]/e[0])
		}
	}
	return t0 < t1
}

// curve is a stroke that is walked by the way along it.
type curve []point

func (c curve) length() (sum float64) {
	for i := 1; i < len(c); i++ {
		sum += c[i-1].to(c[i])
	}
	return sum
}

// at is the point so far along the curve, and the direction there.
func (c curve) at(far float64) (p, along point) {
	for i := 1; i < len(c); i++ {
		d := c[i-1].to(c[i])
		if d > 0 && (far <= d || i == len(c)-1) {
			return c[i-1].mix(c[i], min(max(far/d, 0), 1)), point{(c[i].x - c[i-1].x) / d, (c[i].y - c[i-1].y) / d}
		}
		far -= d
	}
	return c[0], point{1, 0}
}

// beside is the point so far along and so far to the right of it.
func (c curve) beside(far, right float64) point {
	p, v := c.at(far)
	return point{p.x - v.y*right, p.y + v.x*right}
}

// part is the curve from so far to so far.
func (c curve) part(from, to float64) curve {
	begin, _ := c.at(from)
	out, far := curve{begin}, 0.0
	for i := 1; i < len(c); i++ {
		far += c[i-1].to(c[i])
		if far > from && far < to {
			out = append(out, c[i])
		}
	}
	end, _ := c.at(to)
	return append(out, end)
}

// parallel is the curve drawn so far to the right of itself.
func (c curve) parallel(right float64) curve {
	out, far := make(curve, len(c)), 0.0
	for i := range c {
		if i > 0 {
			far += c[i-1].to(c[i])
		}
		out[i] = c.beside(far, right)
	}
	return out
}

// bow is the curve from p to q with its middle so far to the right of the straight way.
func bow(p, q point, right float64) curve {
	if right == 0 {
		return curve{p, q}
	}
	d := max(p.to(q), 1)
	m := p.mix(q, .5)
	m = point{m.x - (q.y-p.y)/d*2*right, m.y + (q.x-p.x)/d*2*right}
	out := make(curve, 0, 25)
	for i := range 25 {
		t := float64(i) / 24
		out = append(out, p.mix(m, t).mix(m.mix(q, t), t))
	}
	return out
}
