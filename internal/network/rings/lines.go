package rings

import (
	"math"
	"strconv"
	"strings"
)

// Mark is a part of a line: how it is drawn, and its path.
type Mark struct{ Class, D string }

// way is a straight way between two people, from edge to edge of their points.
type way struct {
	from Point
	x, y float64 // its direction
	long float64
}

// Line draws a kind of tie between two points. No two kinds look alike, also without colours; one it does not know is plain.
func Line(kind string, a, b Point) []Mark {
	far := math.Hypot(b.X-a.X, b.Y-a.Y)
	if far < 4*Dot {
		return nil
	}
	w := &way{x: (b.X - a.X) / far, y: (b.Y - a.Y) / far, long: far - 4*Dot}
	w.from = Point{a.X + 2*Dot*w.x, a.Y + 2*Dot*w.y}
	mid := w.long / 2
	switch kind {
	case "close":
		return []Mark{{"", w.along(2.5, -2.5)}}
	case "very_close":
		return []Mark{{"", w.along(0, 4, -4)}}
	case "fused":
		return []Mark{{"thick", w.along(0)}}
	case "best_friends":
		return []Mark{{"", w.along(2.5, -2.5)}, {"sheet", w.around(mid, 7, 4)}}
	case "love":
		return []Mark{{"", w.along(0)}, {"sheet", w.around(mid-5, 6, 12)}, {"sheet", w.around(mid+5, 6, 12)}}
	case "distant":
		return []Mark{{"dashed", w.along(0)}}
	case "indifferent":
		return []Mark{{"dotted", w.along(0)}}
	case "cut_off":
		return []Mark{{"", w.part(0, mid-7, 0) + w.part(mid+7, w.long, 0) + w.bar(mid-7) + w.bar(mid+7)}}
	case "repaired":
		return []Mark{{"", w.part(0, mid-9, 0) + w.part(mid+9, w.long, 0) + w.bar(mid-9) + w.bar(mid+9)}, {"sheet", w.around(mid, 5, 12)}}
	case "discord":
		return []Mark{{"", w.zigzag(4, 18)}}
	case "hostile":
		return []Mark{{"", w.zigzag(5, 9)}}
	case "fused_hostile":
		return []Mark{{"", w.zigzag(4, 9) + w.along(7, -7)}}
	case "controlling":
		return []Mark{{"", w.along(0)}, {"sheet", w.around(mid, 8, 3)}}
	}
	return []Mark{{"thin", w.along(0)}}
}

// at is a point on the way, so far from its beginning and so far beside it.
func (w *way) at(far, beside float64) Point {
	return Point{w.from.X + far*w.x - beside*w.y, w.from.Y + far*w.y + beside*w.x}
}

func (w *way) along(beside ...float64) string {
	var b strings.Builder
	for _, by := range beside {
		b.WriteString(w.part(0, w.long, by))
	}
	return b.String()
}

func (w *way) part(from, to, beside float64) string {
	if to <= from {
		return ""
	}
	return path(false, w.at(from, beside), w.at(to, beside))
}

func (w *way) bar(far float64) string { return path(false, w.at(far, 6), w.at(far, -6)) }

// around is a figure of so many corners on the way: four are a diamond, twelve as good as a circle.
func (w *way) around(far, radius float64, corners int) string {
	points := make([]Point, corners)
	for i := range points {
		turn := 2 * math.Pi * float64(i) / float64(corners)
		points[i] = w.at(far+radius*math.Cos(turn), radius*math.Sin(turn))
	}
	return path(true, points...)
}

func (w *way) zigzag(high, long float64) string {
	n := max(int(w.long/long), 1) * 2
	points := make([]Point, n+1)
	for i := range points {
		side := high * float64(i%2*2-1)
		if i == 0 || i == n {
			side = 0
		}
		points[i] = w.at(w.long*float64(i)/float64(n), side)
	}
	return path(false, points...)
}

func path(closed bool, points ...Point) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteByte("ML"[min(i, 1)])
		b.WriteString(short(p.X) + " " + short(p.Y))
	}
	if closed {
		b.WriteByte('Z')
	}
	return b.String()
}

func short(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64) }
