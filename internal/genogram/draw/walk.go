package draw

import (
	"math"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
)

// walk is where the arrow keys lead from somebody: the anchors of a parent, a child and the neighbours in the row.
type walk struct{ Up, Down, Left, Right string }

// walk ties the people together for the arrow keys. Who has no parent in the picture leads to whoever stands nearest in the row
// above, so that everybody can be reached.
func (s *studio) walk() {
	first := 0
	parent, child := s.relatives()
	for i := range s.out.People {
		one, place := &s.out.People[i], s.d.Places[i]
		if len(s.f.Index) > 0 && place.Person == s.f.Index[0] {
			first = i
		}
		if s.o.Focus == place.Person && !s.o.Focus.IsZero() {
			first = i
		}
		up, down := parent[place.Person], child[place.Person]
		if up.IsZero() {
			up = s.nearest(place, -1)
		}
		if down.IsZero() {
			down = s.nearest(place, 1)
		}
		one.Walk.Up, one.Walk.Down = s.known(up), s.known(down)
	}
	if len(s.out.People) > 0 {
		s.out.People[first].First = true
	}
	s.rows()
}

// rows ties the neighbours, and the end of a row to the begin of the next, so that to the right everybody comes by. "7 more" stands
// right of the person it belongs to.
func (s *studio) rows() {
	last, step := "", new(string)
	next := func(anchor string, left, right *string) {
		*step, *left, last, step = anchor, last, anchor, right
	}
	for i := range s.out.People {
		one := &s.out.People[i]
		next(one.Anchor, &one.Walk.Left, &one.Walk.Right)
		if m := one.More; m != nil && m.Href != "" {
			m.Walk.Up = one.Anchor
			next(m.Anchor, &m.Walk.Left, &m.Walk.Right)
		}
	}
}

func (s *studio) known(id core.ID) string {
	if _, there := s.at[id]; !there {
		return ""
	}
	return s.anchor(id)
}

// relatives are a parent and a child of everybody who stand in the picture, by birth first.
func (s *studio) relatives() (parent, child map[core.ID]core.ID) {
	parent, child = map[core.ID]core.ID{}, map[core.ID]core.ID{}
	for _, birth := range []bool{true, false} {
		for _, l := range s.f.Links {
			if (l.Kind == kin.Birth) != birth || s.known(l.Child) == "" {
				continue
			}
			for _, p := range s.bonds[l.Union].Partners {
				if s.known(p) == "" {
					continue
				}
				if parent[l.Child].IsZero() {
					parent[l.Child] = p
				}
				if child[p].IsZero() {
					child[p] = l.Child
				}
			}
		}
	}
	return parent, child
}

// nearest is who stands nearest in the next row upwards or downwards.
func (s *studio) nearest(from arrange.Place, by float64) (best core.ID) {
	least := math.Inf(1)
	for _, p := range s.d.Places {
		if rows := (p.Y - from.Y) * by; rows > .5 {
			if d := rows*1000 + math.Abs(p.X-from.X); d < least {
				best, least = p.Person, d
			}
		}
	}
	return best
}

// attributes are how the arrow keys find their way.
func (w walk) attributes() templ.OrderedAttributes {
	var out templ.OrderedAttributes
	for _, step := range [][2]string{{"data-up", w.Up}, {"data-down", w.Down}, {"data-left", w.Left}, {"data-right", w.Right}} {
		if step[1] != "" {
			out = append(out, templ.KeyValue[string, any]{Key: step[0], Value: step[1]})
		}
	}
	return out
}

func (p person) attributes() templ.OrderedAttributes {
	out := p.Walk.attributes()
	if p.Focus {
		out = append(out, templ.KeyValue[string, any]{Key: "aria-current", Value: "true"})
	}
	if p.First {
		out = append(out, templ.KeyValue[string, any]{Key: "data-first", Value: true})
	}
	return out
}

// role is that of a picture, or, where people in it can be gone to, of a group: what lies inside a picture cannot be reached.
func (d drawing) role() string {
	if d.Links {
		return "group"
	}
	return "img"
}

func (m more) wide() float64 { return width(m.Count, wordSize) + 16 }
