package draw

import (
	"math"
	"slices"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// person is somebody as they are drawn.
type person struct {
	ID, Anchor     string
	Href           string
	Name, Sentence string // the whole name; everything the picture says about them, for who does not see it
	Focus, First   bool   // First: where the one tab stop is at first
	Marks          []mark
	Words          []word
	Inside         []string // the detentions that the mark stands for
	Box            box      // to touch
	Walk           walk
	More           *more
}

// more says how many people around somebody were left out.
type more struct {
	Anchor, Href, Count, Sentence string
	Box                           box
	Walk                          walk
}

// people draws everybody, with a name below, years above and an age inside.
func (s *studio) people() {
	for _, place := range s.d.Places {
		p, at := s.who[place.Person], s.at[place.Person]
		one := person{
			ID: p.ID.String(), Anchor: s.anchor(p.ID), Name: s.named(p), Focus: p.ID == s.o.Focus,
			Box: box{at.x - across/2 + 4, at.y - above, at.x + across/2 - 4, at.y + below},
		}
		if s.o.Link != nil {
			one.Href = s.o.Link(p.ID)
		}
		one.Marks = s.sign(p, at)
		one.Words = append(s.years(p, at), s.name(p, at)...)
		if age := s.age(p); age != "" && p.Life == "" {
			one.Words = append(one.Words, word{"age", at.x, at.y + 5, age})
		}
		s.inside(&one, p, at)
		one.Sentence = s.sentence(p)
		s.left(&one, p, at)
		s.stand(one, at)
		s.out.People = append(s.out.People, one)
	}
	s.walk()
}

func (s *studio) anchor(id core.ID) string { return s.out.ID + "-" + id.String() }

// stand takes the space of somebody's sign and words.
func (s *studio) stand(p person, at point) {
	sign := box{at.x - half - 5, at.y - half - 4, at.x + half + 5, at.y + half + 3}
	s.room.signs.put(sign, sign)
	s.room.bodies.put(sign, sign)
	for _, w := range p.Words {
		if w.Class != "age" {
			b := w.box()
			s.room.bodies.put(b, b)
		}
	}
	if m := p.More; m != nil {
		b := box{at.x - m.wide()/2, m.Box.y0 + 10, at.x + m.wide()/2, m.Box.y0 + 34}
		s.room.bodies.put(b, b)
	}
}

// box is the space of a word, by its class.
func (w word) box() box {
	size := wordSize
	switch w.Class {
	case "name", "age":
		size = nameSize
	case "year born", "year died", "year bond":
		size = yearSize
	case "homename":
		size = boldSize
	}
	wide := width(w.Text, size)
	x := w.X - wide/2
	switch w.Class {
	case "year born":
		x = w.X - wide
	case "year died":
		x = w.X
	}
	return box{x, w.Y - size*.85, x + wide, w.Y + size*.28}
}

// sign draws the shape of somebody: by sex, or of a child that was not born alive or not yet.
func (s *studio) sign(p kin.Person, at point) []mark {
	var marks []mark
	shape, name := square, "sex_m"
	switch {
	case p.Life != "":
		name = "life_" + p.Life
	case p.Sex == "f":
		shape, name = circle, "sex_f"
	case p.Sex == "x":
		shape, name = dome, "sex_x"
	case p.Sex != "m":
		shape, name = diamond, "sex_unknown"
	}
	r := half
	switch p.Life {
	case "pregnancy":
		shape = triangle
	case "miscarriage":
		s.signs[name] = true
		return append(marks, mark{"sign full", circle(at, 6)})
	case "stillbirth":
		r = 12
		if p.Sex == "f" {
			shape = circle
		}
	}
	s.signs[name] = true
	if p.ID == s.o.Focus {
		marks = append(marks, mark{"focus", circle(at, half+9)})
	}
	if shapeOf := r; name == "sex_unknown" {
		r = shapeOf + 3 // a square on its corner looks smaller
	}
	marks = append(marks, mark{"sign", shape(at, r)})
	if slices.Contains(s.f.Index, p.ID) {
		s.signs["index"] = true
		marks = append(marks, mark{"sign inner", shape(at, r-4)})
	}
	if p.HasDied() || p.Life == "stillbirth" {
		if p.Life == "" {
			s.signs["dead"] = true
		}
		marks = append(marks, mark{"cross", cross(at, r*reachOf(name))})
	}
	return marks
}

// reachOf is how far the cross of who died goes, so that it ends on the edge of the sign.
func reachOf(name string) float64 {
	switch name {
	case "sex_f":
		return math.Sqrt2 / 2
	case "sex_unknown":
		return .5
	case "sex_x":
		return .8
	}
	return 1
}

// age is what stands inside: how old somebody is on the day of the picture or was when they died.
func (s *studio) age(p kin.Person) string {
	on := kin.On(s.o.On)
	if p.HasDied() {
		on = p.Died
	}
	if p.Born.IsZero() || on.IsZero() {
		return ""
	}
	oldest, youngest := p.Born.First().AgeOn(on.Last()), p.Born.Last().AgeOn(on.First())
	if youngest > oldest || oldest < 0 || oldest > 130 {
		return ""
	}
	if oldest == youngest && !p.Born.About && !on.About {
		return strconv.Itoa(oldest)
	}
	return "±" + strconv.Itoa((oldest+max(youngest, 0)+1)/2)
}

// years are those of birth and death, left and right of the line that comes from above.
func (s *studio) years(p kin.Person, at point) (out []word) {
	y := at.y - half - 8
	if !p.Born.IsZero() {
		out = append(out, word{"year born", at.x - 5, y, s.year(p.Born)})
	}
	if !p.Died.IsZero() {
		out = append(out, word{"year died", at.x + 5, y, "† " + s.year(p.Died)})
	}
	return out
}

func (s *studio) year(w kin.When) string {
	if w.About {
		return s.l.DrawingAbout(strconv.Itoa(int(w.Year)))
	}
	return strconv.Itoa(int(w.Year))
}

// name is on two lines; a short one leaves the second to what the family calls somebody.
func (s *studio) name(p kin.Person, at point) (out []word) {
	lines := wrap(s.named(p), nameSize, across-10, 2)
	for i, text := range lines {
		out = append(out, word{"name", at.x, at.y + half + 17 + 15*float64(i), text})
	}
	if is := clean(p.Is); len(lines) == 1 && clean(p.Name) != "" && is != "" {
		out = append(out, word{"is", at.x, at.y + half + 32, wrap(is, wordSize, across-10, 1)[0]})
	}
	return out
}

// inside marks who stays inside by a small ring at the sign's foot, the same for everybody.
func (s *studio) inside(one *person, p kin.Person, at point) {
	if s.o.HideDetention {
		return
	}
	for _, d := range s.f.Detentions {
		if d.Person == p.ID {
			one.Inside = append(one.Inside, d.ID.String())
		}
	}
	if len(one.Inside) > 0 {
		s.signs["inside"] = true
		one.Marks = append(one.Marks, insideMark(point{at.x + half, at.y + half - 4})...)
	}
}

func insideMark(c point) []mark {
	return []mark{{"inside", circle(c, 7)}, {"inside full", circle(c, 2.5)}}
}

// left says how many people around somebody are not in the picture.
func (s *studio) left(one *person, p kin.Person, at point) {
	n := s.o.More[p.ID]
	if n <= 0 {
		return
	}
	y := at.y + below
	one.More = &more{
		Anchor: one.Anchor + "-more", Count: s.l.DrawingMore(n), Sentence: s.l.DrawingMoreAround(n, one.Name),
		Box: box{at.x - across/2 + 6, y - 14, at.x + across/2 - 6, y + 48},
	}
	if s.o.MoreLink != nil {
		one.More.Href = s.o.MoreLink(p.ID)
	}
}
