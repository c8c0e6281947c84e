package draw

import (
	"cmp"
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
		if len(bond.Partners) < 2 {
			class = "stub"
		}
		sign := "state_" + class
		var marks []mark
		var ways []curve
		for _, way := range u.Ways {
			c := s.aside(u, s.scale.way(way))
			s.room.stroke(c...)
			ways, marks = append(ways, c), append(marks, mark{"bond " + class, path(c...)})
		}
		if len(bond.Partners) < 2 {
			sign = ""
		}
		a, b := level(ways, s.scale.point(u.Drop))
		if slashes := slashesOf[bond.Now()]; len(ways) > 0 && slashes != "" {
			sign = "state_" + bond.Now()
			marks = append(marks, mark{"slash", slash(slashes, a.mix(b, .5))})
			s.room.stroke(point{a.mix(b, .5).x, a.y - 8}, point{a.mix(b, .5).x, a.y + 8})
		}
		if text := s.bondYears(bond); text != "" && len(ways) > 1 {
			s.dated = append(s.dated, dated{text, curve{a, b}})
		}
		s.signs[sign] = true
		s.add("union", u.Union, marks...)
	}
}

// aside moves the begin of a union's line away from the middle of somebody who has several, in the order in which their lines
// go to the left and to the right, so that the lines do not lie on one another.
func (s *studio) aside(u arrange.UnionLine, way []point) curve {
	if len(way) < 2 || way[0].x != way[1].x || way[0].y >= way[1].y {
		return way
	}
	mine := s.drops[way[0]]
	i, n := slices.Index(mine, u.Drop), len(mine)
	if n < 2 || i < 0 {
		return way
	}
	x := way[0].x + min(9, 24/float64(n-1))*(float64(i)-float64(n-1)/2)
	out := curve{{x, way[0].y}, {x, way[1].y}}
	if drop := s.scale.point(u.Drop); len(way) == 2 && drop != way[1] {
		return append(out, way[1])
	} else if len(way) == 2 {
		return append(out, drop)
	}
	return append(out, way[2:]...)
}

// findDrops notes the unions of everybody by where they go, from left to right.
func (s *studio) findDrops() {
	s.drops = map[point][]arrange.Point{}
	for _, u := range s.d.Unions {
		for _, way := range u.Ways {
			if len(way) > 0 {
				p := s.scale.point(way[0])
				s.drops[p] = append(s.drops[p], u.Drop)
			}
		}
	}
	for _, drops := range s.drops {
		slices.SortStableFunc(drops, func(a, b arrange.Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(b.Y, a.Y)) })
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

// level is the longest level part of a union's line, beside the drop of the children.
func level(ways []curve, drop point) (a, b point) {
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
	if a == b && len(ways) > 0 && len(ways[0]) > 1 {
		a, b = ways[0][len(ways[0])-2], ways[0][len(ways[0])-1]
	}
	return a, b
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
	s.enter(kinds, ways)
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
			s.say(s.linkWord(l.Kind), "", tail(ways[c.Link]))
		}
	}
}

func (s *studio) linkWord(kind string) string {
	switch kind {
	case "foster_network":
		return s.l.DrawingFosterNetwork()
	case "foster_agency":
		return s.l.DrawingFosterAgency()
	}
	return s.l.KinLink(kind)
}

// enter lets the lines of a child with several parents end beside each other on the sign, in the order in which they come.
func (s *studio) enter(kinds map[core.ID]kin.Link, ways map[core.ID]curve) {
	by := map[core.ID][]core.ID{}
	for _, c := range s.d.Links {
		if way := ways[c.Link]; len(way) > 1 && way[len(way)-2].x == way[len(way)-1].x {
			child := kinds[c.Link].Child
			by[child] = append(by[child], c.Link)
		}
	}
	for child, links := range by {
		slices.SortStableFunc(links, func(a, b core.ID) int {
			p, q := ways[a], ways[b]
			return cmp.Or(cmp.Compare(p[len(p)-1].x, q[len(q)-1].x), cmp.Compare(p[0].x, q[0].x))
		})
		for i, l := range links {
			ways[l] = ending(ways[l], s.at[child].x+min(10, 24/float64(len(links)))*(float64(i)-float64(len(links)-1)/2))
		}
	}
}

// ending is a way whose last upright piece is moved.
func ending(way curve, x float64) curve {
	n := len(way)
	if way[n-1].x == x {
		return way
	}
	out := slices.Clone(way[:n-2])
	if n == 2 || way[n-3].x == way[n-2].x {
		out = append(out, way[n-2])
	}
	return append(out, point{x, way[n-2].y}, point{x, way[n-1].y})
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
				ways[l] = bent(legs[i], apex)
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

// bent is a child's line that comes down from the apex of its twins instead of from where it left the sibship's line.
func bent(c curve, apex point) curve {
	n := len(c)
	leaves, end := c[n-2], c[n-1]
	out := slices.Clone(c[:n-2])
	if n < 3 || c[n-3].x == leaves.x { // straight down from above: along the sibship's line to the apex first
		out = append(out, point{leaves.x, apex.y})
	}
	return append(out, apex, end)
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
