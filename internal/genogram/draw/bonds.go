package draw

import (
	"math"
	"slices"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
)

// unions draws the line of each union by its state: solid, dashed or dotted by what it was, with a slash for apart, two for
// divorced, and two crossed back for together again.
func (s *studio) unions() {
	for _, u := range s.d.Unions {
		bond := s.bonds[u.Union]
		class := baseOf(bond)
		sign := "state_" + class
		var marks []mark
		var ways []curve
		for _, way := range u.Ways {
			c := curve(s.scale.way(way))
			s.room.stroke(c...)
			ways, marks = append(ways, c), append(marks, mark{"bond " + class, path(c...)})
		}
		if len(bond.Partners) < 2 {
			sign = ""
		}
		if slashes := slashesOf[bond.Now()]; len(ways) > 0 && slashes != "" {
			sign = "state_" + bond.Now()
			marks = append(marks, mark{"slash", slash(slashes, slashPlace(ways, s.scale.point(u.Drop)))})
		}
		s.signs[sign] = true
		s.add("union", u.Union, marks...)
	}
}

// slashesOf are the strokes across the line of a union; a \ lies the other way.
var slashesOf = map[string]string{"separated": "/", "divorced": "//", "reunited": `//\`}

// baseOf is what kind of union it was before it ended or went on.
func baseOf(u kin.Union) string {
	for _, st := range slices.Backward(u.States) {
		if slashesOf[st.Kind] == "" {
			return st.Kind
		}
	}
	if len(u.States) > 0 {
		return "married"
	}
	return "unsaid"
}

func slash(strokes string, at point) (d string) {
	for i, r := range strokes {
		x := at.x + 6*float64(min(i, 1)) - 3*float64(min(len(strokes)-1, 1))
		lean := 4.0
		if r == '\\' {
			x, lean = at.x, -7
		}
		d += path(point{x - lean, at.y + 8}, point{x + lean, at.y - 8})
	}
	return d
}

// slashPlace is on the longest level part of a union's line, beside the drop of the children.
func slashPlace(ways []curve, drop point) point {
	var a, b point
	for _, way := range ways {
		for i := 1; i < len(way); i++ {
			p, q := way[i-1], way[i]
			if math.Abs(p.y-q.y) > 1 {
				continue
			}
			if cut := min(max(drop.x, min(p.x, q.x)), max(p.x, q.x)); math.Abs(cut-p.x) > math.Abs(cut-q.x) {
				q.x = cut
			} else {
				p.x = cut
			}
			if p.to(q) > a.to(b) {
				a, b = p, q
			}
		}
	}
	if a == b && len(ways[0]) > 1 {
		a, b = ways[0][len(ways[0])-2], ways[0][len(ways[0])-1]
	}
	return a.mix(b, .5)
}

// links draws the lines to children: solid by birth, a second dashed one beside it for adopted, dotted and dashed for others, and
// then a word as well.
func (s *studio) links() {
	kinds := map[core.ID]kin.Link{}
	for _, l := range s.f.Links {
		kinds[l.ID] = l
	}
	ways := map[core.ID]curve{}
	for _, c := range s.d.Links {
		ways[c.Link] = s.scale.way(c.Way)
	}
	s.twins(kinds, ways)
	for _, c := range s.d.Links {
		l, way := kinds[c.Link], ways[c.Link]
		class := "link " + l.Kind
		marks := []mark{{class, path(way...)}}
		if l.Kind == "adopted" {
			marks = []mark{{"link birth", path(way...)}, {"link dashed", path(way.parallel(4)...)}}
		}
		s.room.stroke(way...)
		s.signs["link_"+l.Kind] = true
		s.add("link", c.Link, marks...)
	}
	for _, c := range s.d.Links {
		if l := kinds[c.Link]; l.Kind != kin.Birth && l.Kind != "unknown" {
			s.say(s.l.DrawingSign("link_"+l.Kind), "", tail(ways[c.Link]))
		}
	}
}

// tail is the last upright piece of a child's line, where a word belongs to that child alone, down to above their years.
func tail(c curve) curve {
	n := len(c)
	if n < 2 {
		return c
	}
	p, q := c[n-2], c[n-1]
	q.y -= math.Copysign(min(above, math.Abs(q.y-p.y)/2), q.y-p.y)
	return curve{p, q}
}

// twins bend the lines of children born together so that they part from one point; a bar joins the identical.
func (s *studio) twins(kinds map[core.ID]kin.Link, ways map[core.ID]curve) {
	for _, t := range s.f.Twins {
		for _, group := range s.together(t, kinds) {
			var legs []curve
			for _, l := range group {
				legs = append(legs, ways[l])
			}
			apex, ok := apexOf(legs)
			if !ok {
				continue
			}
			for i, l := range group {
				c := slices.Clone(legs[i])
				c[len(c)-2] = apex
				ways[l] = c
			}
			s.signs["twins"] = true
			var bar []mark
			if t.Identical {
				s.signs["identical"] = true
				bar = []mark{{"link birth", barOf(apex, group, ways)}}
			}
			s.add("twins", t.ID, bar...)
			break
		}
	}
}

// together are the links of twins that were born to the same union, which is how they are drawn.
func (s *studio) together(t kin.Twins, kinds map[core.ID]kin.Link) [][]core.ID {
	by := map[core.ID][]core.ID{}
	var order []core.ID
	for _, c := range s.d.Links {
		l := kinds[c.Link]
		if l.Kind != kin.Birth || !slices.Contains(t.Children, l.Child) || len(c.Way) < 2 || c.Slanted {
			continue
		}
		if by[l.Union] == nil {
			order = append(order, l.Union)
		}
		by[l.Union] = append(by[l.Union], c.Link)
	}
	var out [][]core.ID
	for _, u := range order {
		if len(by[u]) > 1 {
			out = append(out, by[u])
		}
	}
	return out
}

// apexOf is the point from which the lines of twins part: in their middle, at the height where they leave the sibship's line.
func apexOf(legs []curve) (point, bool) {
	apex := point{0, math.Inf(1)}
	left, right := math.Inf(1), math.Inf(-1)
	for _, c := range legs {
		if len(c) < 2 {
			return point{}, false
		}
		end := c[len(c)-1]
		left, right = min(left, end.x), max(right, end.x)
		apex.y = min(apex.y, c[len(c)-2].y)
	}
	apex.x = (left + right) / 2
	return apex, true
}

func barOf(apex point, group []core.ID, ways map[core.ID]curve) string {
	left, right := point{math.Inf(1), 0}, point{math.Inf(-1), 0}
	for _, l := range group {
		p := apex.mix(ways[l][len(ways[l])-1], .4)
		if p.x < left.x {
			left = p
		}
		if p.x > right.x {
			right = p
		}
	}
	return path(left, right)
}

// homes draws an outline around those who live together, with the name of the place in a gap of the line.
func (s *studio) homes() {
	names := map[core.ID]string{}
	for _, h := range s.f.Households {
		names[h.ID] = clean(h.Name)
	}
	for i, h := range s.d.Households {
		var marks []mark
		var first []point
		for _, shape := range h.Shapes {
			ps := s.outline(shape, float64(i%4)*3)
			marks = append(marks, mark{"home", rounded(ps, 14)})
			if first == nil {
				first = ps
			}
		}
		s.signs["household"] = true
		s.add("household", h.Household, marks...)
		if len(first) > 2 && names[h.Household] != "" {
			s.label(names[h.Household], first)
		}
	}
}

func (s *studio) outline(shape []arrange.Point, wider float64) []point {
	ps := make([]point, len(shape))
	for i, p := range shape {
		ps[i] = point{s.scale.x(p.X), s.scale.bound(p.Y, wider)}
	}
	return ps
}

// label writes the name of a household on the longest level side at its foot, or its head.
func (s *studio) label(name string, ps []point) {
	text := wrap(name, wordSize, 2*across, 1)[0]
	var a, b point
	for i, p := range ps {
		q := ps[(i+1)%len(ps)]
		if math.Abs(p.y-q.y) < 1 && p.to(q) > a.to(b)+1 {
			a, b = p, q
		}
	}
	if a.x > b.x {
		a, b = b, a
	}
	wide, high := width(text, wordSize)+8, wordSize*1.3
	home := curve{point{a.x + min(wide/2+12, a.to(b)/2), a.y}, point{max(b.x-wide/2-12, (a.x+b.x)/2), b.y}}
	got, _ := s.room.place(home, wide, high, s.scale.height)
	s.out.Words = append(s.out.Words, word{"homename", (got.x0 + got.x1) / 2, got.y1 - high*.28, text})
}
