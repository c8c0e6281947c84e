package draw

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// How many words on lines find their place, and how many lines find a way around the others: more than anybody reads in a picture. What
// comes after them runs straight, and is said beside the picture alone.
const (
	mostWords  = 400
	mostRouted = 400
	crowded    = 300 // lines in one place, among which no word is read
)

// bridge is a line from person to person that stands beside the family lines.
type bridge struct {
	a, b        core.ID
	draw        func(c curve)
	word, class string
	way         curve
}

// bridges draws care, contacts and ties. The short ones take their way first, so that a long one goes around them; the words, and the
// years of unions, come when every line lies.
func (s *studio) bridges() {
	all := slices.Concat(s.cares(), s.contacts(), s.ties())
	slices.SortStableFunc(all, func(a, b *bridge) int { return cmp.Compare(s.far(a), s.far(b)) })
	for _, one := range all {
		if one.way = s.reach(one.a, one.b); one.way != nil {
			one.draw(one.way)
		}
	}
	s.dates()
	said := map[string]bool{} // of one carer the same is said once
	for _, one := range all {
		if key := one.class + one.word; one.way != nil && (one.class == "" || !said[key]) {
			s.say(one.word, one.class, one.way)
			said[key] = true
		}
	}
}

func (s *studio) far(b *bridge) float64 { return math.Round(s.at[b.a].to(s.at[b.b])) }

// ties are what is between people: each kind has its shape and its word.
func (s *studio) ties() (out []*bridge) {
	for _, t := range s.f.Ties {
		if t.Kind == kin.Acquainted || kin.Unspoken(t.Kind) && !s.o.ShowAbuse {
			continue
		}
		out = append(out, &bridge{a: t.A, b: t.B, word: s.l.KinTie(t.Kind), draw: func(c curve) {
			s.signs["tie_"+t.Kind] = true
			s.add("tie", t.ID, tieMarks(t.Kind, c)...)
		}})
	}
	return out
}

// cares are arrows from who looks after a child to the child, and since when.
func (s *studio) cares() (out []*bridge) {
	for _, t := range s.f.Cares {
		out = append(out, &bridge{a: t.Carer, b: t.Child, word: s.careWord(t), class: "careword", draw: func(c curve) {
			s.signs["care"] = true
			s.add("care", t.ID, mark{"care", path(c...)}, arrow("care", c, 9))
		}})
	}
	return out
}

// careWord says where a child lives meanwhile and since when, as far as somebody knows.
func (s *studio) careWord(c kin.Care) string {
	name, since := s.short(c.Carer), c.From
	for _, st := range s.f.Stays {
		if st.Person != c.Child {
			continue
		}
		for _, own := range s.f.Stays {
			if own.Person == c.Carer && own.Household == st.Household {
				if !st.From.IsZero() {
					since = st.From
				}
				if since.IsZero() {
					return s.l.DrawingLivesWith(name)
				}
				return s.l.DrawingLivesWithSince(name, s.when(since))
			}
		}
	}
	if since.IsZero() {
		return s.l.DrawingCares(name)
	}
	return s.l.DrawingCaresSince(name, s.when(since))
}

// contacts are how children and parents are in touch: thin lines with a word.
func (s *studio) contacts() (out []*bridge) {
	if !s.o.ShowContacts {
		return nil
	}
	for _, t := range s.f.Contacts {
		how := s.l.KinHow(t.How)
		if t.Often != "" {
			how = s.l.DrawingHowOften(how, s.l.KinOften(t.Often))
		}
		out = append(out, &bridge{a: t.Child, b: t.Parent, word: how, draw: func(c curve) {
			s.signs["contact"] = true
			s.add("contact", t.ID, mark{"contact", path(c...)})
		}})
	}
	return out
}

// reach is a way between the signs of two people, from edge to edge; nil if one of them is not in the picture.
func (s *studio) reach(from, to core.ID) curve {
	a, here := s.at[from]
	b, there := s.at[to]
	if !here || !there || a.to(b) < 2*half {
		return nil
	}
	c := curve{a, b}
	if s.routed++; s.routed <= mostRouted {
		c = s.room.route(a, b)
	}
	c = c.part(half+5, c.length()-half-5)
	s.room.stroke(c...)
	for _, p := range c {
		s.room.cover(box{p.x, p.y, p.x, p.y})
	}
	return c
}

// say writes words along a line: on one line, on two narrow ones, or on more.
func (s *studio) say(text, class string, c curve) {
	if m, _ := c.at(c.length() / 2); len(s.out.Words) >= mostWords || len(s.room.lines.at(m)) > crowded {
		return
	}
	high := wordSize * 1.25
	var ways [][]string
	var fits []fit
	narrow := 66.0
	for word := range strings.FieldsSeq(text) {
		narrow = min(max(narrow, width(word, wordSize)), across)
	}
	for _, most := range []float64{across, narrow} {
		lines, wide := wrap(text, wordSize, most, 4), 0.0
		for _, l := range lines {
			wide = max(wide, width(l, wordSize))
		}
		if len(ways) > 0 && strings.HasSuffix(lines[len(lines)-1], "…") {
			break
		}
		ways, fits = append(ways, lines), append(fits, fit{[]curve{c}, wide + 4, high * float64(len(lines))})
	}
	b, which := s.room.place(fits...)
	if which < 0 {
		from, _ := c.at(c.length() / 2)
		s.out.Lines = append(s.out.Lines, line{"leader", "", []mark{{"leader", path(from, point{(b.x0 + b.x1) / 2, b.y0})}}})
	}
	for i, l := range ways[max(which, 0)] {
		s.out.Words = append(s.out.Words, word{cmp.Or(class, "tieword"), (b.x0 + b.x1) / 2, b.y0 + high*(float64(i)+.78), l})
	}
}

// tieMarks draws a kind of tie along a curve. No two kinds look alike, also without colours.
func tieMarks(kind string, c curve) []mark {
	far := c.length()
	stroke := func(class string, cs ...curve) (out []mark) {
		for _, one := range cs {
			out = append(out, mark{"tie" + class, path(one...)})
		}
		return out
	}
	middle := func(d string) mark { return mark{"tie sheet", d} }
	m, _ := c.at(far / 2)
	switch kind {
	case "close":
		return stroke("", c.parallel(2.5), c.parallel(-2.5))
	case "very_close":
		return stroke("", c, c.parallel(4), c.parallel(-4))
	case "fused":
		return append(stroke("", c.parallel(3), c.parallel(-3)), rungs(c, 3)...)
	case "best_friends":
		return append(stroke("", c.parallel(2.5), c.parallel(-2.5)), mark{"tie sheet", diamond(m, 7)})
	case "love":
		return append(stroke("", c), middle(circle(c.beside(far/2-4, 0), 6)), mark{"tie", circle(c.beside(far/2+4, 0), 6)})
	case "distant":
		return stroke(" dashed", c)
	case "indifferent":
		return stroke(" dotted", c)
	case "cut_off":
		return append(stroke("", c.part(0, far/2-7), c.part(far/2+7, far)), bars(c, far/2-7, far/2+7))
	case "repaired":
		return append(stroke("", c.part(0, far/2-9), c.part(far/2+9, far)), bars(c, far/2-9, far/2+9), mark{"tie", circle(m, 5)})
	case "discord":
		return stroke("", wave(c, 4, 18, false))
	case "hostile":
		return stroke("", wave(c, 5, 10, true))
	case "fused_hostile":
		return stroke("", c.parallel(7), c.parallel(-7), wave(c, 4, 10, true))
	case "violent":
		return append(stroke("", wave(c.part(0, far-9), 5, 10, true)), mark{"tie full", head(c, 11, 6)})
	case "controlling":
		return append(stroke("", c), mark{"tie sheet", square(m, 6)}, arrow("tie", c, 8))
	case "abuse":
		inner := wave(c.part(0, far-9), 4, 10, true)
		return append(stroke("", inner.parallel(2.5), inner.parallel(-2.5)), mark{"tie full", head(c, 11, 6)})
	case "neglect":
		return append(stroke(" dashed", c), arrow("tie", c, 8))
	}
	return stroke("", c)
}

// wave runs along a curve from side to side: sharp for a zigzag.
func wave(c curve, high, long float64, sharp bool) curve {
	far := c.length()
	n := max(int(math.Round(far/long)), 1)
	steps := 2
	if !sharp {
		steps = 10
	}
	out := make(curve, 0, n*steps+1)
	for i := range n*steps + 1 {
		t := float64(i) / float64(n*steps)
		side := math.Sin(2 * math.Pi * t * float64(n))
		if sharp {
			side = float64(i%2*2 - 1)
			if i == 0 || i == n*steps {
				side = 0
			}
		}
		out = append(out, c.beside(far*t, high*side))
	}
	return out
}

func rungs(c curve, high float64) []mark {
	var d strings.Builder
	for at := 4.0; at < c.length(); at += 8 {
		d.WriteString(path(c.beside(at, high), c.beside(at, -high)))
	}
	return []mark{{"tie", d.String()}}
}

func bars(c curve, a, b float64) mark {
	return mark{"tie", path(c.beside(a, 7), c.beside(a, -7)) + path(c.beside(b, 7), c.beside(b, -7))}
}

// arrow is an open head at the end, head a filled one.
func arrow(class string, c curve, long float64) mark {
	far := c.length()
	tip, _ := c.at(far)
	return mark{class, path(c.beside(far-long, long*.6), tip, c.beside(far-long, -long*.6))}
}

func head(c curve, long, wide float64) string {
	far := c.length()
	tip, _ := c.at(far)
	return closed(c.beside(far-long, wide), tip, c.beside(far-long, -wide))
}
