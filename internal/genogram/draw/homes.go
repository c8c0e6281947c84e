package draw

import (
	"math"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
)

// homes draws an outline around those who live together, with the name of the place in a gap of the line.
func (s *studio) homes() {
	names := map[core.ID]string{}
	for _, h := range s.f.Households {
		names[h.ID] = clean(h.Name)
	}
	for i, h := range s.d.Households {
		var marks []mark
		for _, shape := range h.Shapes {
			ps := s.outline(shape, float64(i%4)*3)
			marks = append(marks, mark{"home", rounded(ps, 14)})
			if len(ps) > 2 && names[h.Household] != "" {
				s.label(names[h.Household], ps)
			}
		}
		s.signs["household"] = true
		s.add("household", h.Household, marks...)
	}
}

func (s *studio) outline(shape []arrange.Point, inset float64) []point {
	ps := make([]point, len(shape))
	for i, p := range shape {
		ps[i] = point{s.scale.x(p.X), s.scale.bound(p.Y, inset)}
	}
	return ps
}

// label writes the name of a household on its foot, or on its head.
func (s *studio) label(name string, ps []point) {
	text := wrap(name, boldSize, min(2*across, s.scale.width-2*edge), 1)[0]
	wide, high := width(text, boldSize)+8, wordSize*1.3
	var sides []curve
	for _, foot := range []bool{true, false} {
		var a, b point
		for i, p := range ps {
			q := ps[(i+1)%len(ps)]
			if math.Abs(p.y-q.y) < 1 && p.x > q.x == foot && p.to(q) > a.to(b)+1 {
				a, b = p, q
			}
		}
		if a.x > b.x {
			a, b = b, a
		}
		inner := min(wide/2+12, a.to(b)/2)
		sides = append(sides, curve{point{a.x + inner, a.y}, point{b.x - inner, b.y}})
	}
	got, _ := s.room.place(fit{sides, wide, high})
	s.out.Words = append(s.out.Words, word{"homename", (got.x0 + got.x1) / 2, got.y1 - high*.28, text})
}
