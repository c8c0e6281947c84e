package network

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/kin"
	"maatje/internal/network/rings"
	"maatje/internal/web/text"
)

// picture is a network as it is drawn: where everybody stands, and in the sociogram what ties them.
type picture struct {
	rings.Drawing
	id     string // tells two pictures on one page apart
	title  string
	desc   string
	people []spot
	bonds  []bond
	ties   []string // kinds that are drawn, for the legend
	walks  bool
	small  numbered
}

// numbered is the same picture where there is no room for names: numbers, and a list of names for each ring.
type numbered struct {
	rings.Drawing
	bonds []bond
	lists []ringList
}

// ringList are the people of a ring, by the numbers that they have in the picture.
type ringList struct {
	ring, first int
	people      []spot
}

// spot is somebody in the picture.
type spot struct {
	rings.Spot
	anchor, href          string
	called, sentence      string
	left, right, up, down string
	first                 bool
}

type bond struct {
	id    string
	marks []rings.Mark
}

// draw makes the picture. Base is where the people's own pages stand; empty in a picture of the past, in which nothing can be changed.
func (n Network) draw(l text.Lang, id, base string, count int, ties bool) picture {
	middle, people := n.stands(func(k kin.Person) string { return name(l, k) })
	p := picture{Drawing: rings.Arrange(middle, people, count), id: id, walks: base != ""}
	p.small.Drawing = rings.Numbered(middle, people, count)
	whose := name(l, n.Middle)
	p.title = l.NetworkMapOf(whose)
	if ties {
		p.title = l.NetworkSociogramOf(whose)
	}
	p.desc = l.NetworkDescription(len(p.Spots), l.Number(count)) + " " + n.where(l, n.Facts(count))
	spotted := func(s rings.Spot) spot {
		a, _ := n.Alter(s.ID)
		one := spot{Spot: s, anchor: id + "-" + s.ID.String(), called: name(l, a.Person), sentence: n.sentence(l, a, count)}
		if base != "" {
			one.href = base + "/people/" + s.ID.String()
		}
		return one
	}
	for _, s := range p.Spots {
		p.people = append(p.people, spotted(s))
	}
	p.walk()
	p.small.list(spotted)
	if ties {
		p.bonds, p.ties = n.bound(p.Drawing)
		p.small.bonds, _ = n.bound(p.small.Drawing)
	}
	return p
}

// list sorts the numbers by ring.
func (m *numbered) list(spotted func(rings.Spot) spot) {
	for i, s := range m.Spots {
		if i == 0 || m.Spots[i-1].Ring != s.Ring {
			m.lists = append(m.lists, ringList{ring: s.Ring, first: i + 1})
		}
		last := &m.lists[len(m.lists)-1]
		last.people = append(last.people, spotted(s))
	}
}

// widths are those in which the style sheet asks whether a picture with names fits; in the last it fits nowhere.
var widths = []float64{330, 400, 500, 600, 700, 800, 900, 1000, 1100}

// needs is the class of a picture by its width.
func (p picture) needs() string {
	for _, w := range widths {
		if p.Width <= w {
			return "needs-" + num(w)
		}
	}
	return "needs-more"
}

// walk is where the arrow keys lead: left and right along everybody, ring by ring and with the clock; up to a nearer ring, down to
// a further one.
func (p *picture) walk() {
	slices.SortStableFunc(p.people, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.Ring, b.Ring), cmp.Compare(turn(a.Spot), turn(b.Spot)))
	})
	for i := range p.people {
		one := &p.people[i]
		one.first = i == 0
		if i > 0 {
			one.left, p.people[i-1].right = p.people[i-1].anchor, one.anchor
		}
		one.up, one.down = p.nearest(*one, -1), p.nearest(*one, 1)
	}
}

// turn is how far with the clock somebody stands, from the left.
func turn(s rings.Spot) float64 { return math.Mod(math.Atan2(s.Y, s.X)+3*math.Pi, 2*math.Pi) }

// nearest is who stands nearest in the next ring inwards or outwards in which somebody stands.
func (p *picture) nearest(from spot, by int) string {
	best, least := "", math.Inf(1)
	for _, o := range p.people {
		if steps := (o.Ring - from.Ring) * by; steps > 0 {
			if d := float64(steps)*1e4 + math.Hypot(o.X-from.X, o.Y-from.Y); d < least {
				best, least = o.anchor, d
			}
		}
	}
	return best
}

// bound draws what is between the people, the first tie of each pair, and says which kinds there are.
func (n Network) bound(d rings.Drawing) (bonds []bond, kinds []string) {
	seen := map[pair]bool{}
	for _, t := range n.Ties {
		a, ok := d.Of(t.A)
		b, there := d.Of(t.B)
		between := paired(t.A, t.B)
		if !ok || !there || seen[between] {
			continue
		}
		seen[between] = true
		bonds = append(bonds, bond{tieID(t), rings.Line(t.Kind, a.Point, b.Point)})
		if !slices.Contains(kinds, t.Kind) {
			kinds = append(kinds, t.Kind)
		}
	}
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Compare(slices.Index(kin.Ties, a), slices.Index(kin.Ties, b)) })
	return bonds, kinds
}

// tieID tells ties apart; one that follows from the genogram by whom it is between.
func tieID(t kin.Tie) string {
	if t.ID.IsZero() {
		return t.A.String() + "-" + t.B.String()
	}
	return t.ID.String()
}

func viewBox(d rings.Drawing) string {
	return num(-d.Width/2) + " " + num(-d.Height/2) + " " + num(d.Width) + " " + num(d.Height)
}

// role is that of a picture, or of a group where its people can be gone to: what lies inside a picture cannot be reached.
func (p picture) role() string {
	if p.walks {
		return "group"
	}
	return "img"
}

func (s spot) attributes() templ.OrderedAttributes {
	var out templ.OrderedAttributes
	for _, step := range [][2]string{{"data-up", s.up}, {"data-down", s.down}, {"data-left", s.left}, {"data-right", s.right}} {
		if step[1] != "" {
			out = append(out, templ.KeyValue[string, any]{Key: step[0], Value: step[1]})
		}
	}
	if s.first {
		out = append(out, templ.KeyValue[string, any]{Key: "data-first", Value: true})
	}
	return out
}

// corner is where the name of a quarter stands.
func corner(d rings.Drawing, quarter string) (x, y, anchor string) {
	far, high := d.Outer(), d.Height/2-8
	switch quarter {
	case "family":
		return num(-far), num(-high + 4), "start"
	case "friends":
		return num(far), num(-high + 4), "end"
	case "neighbourhood":
		return num(far), num(high), "end"
	}
	return num(-far), num(high), "start"
}

func num(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64) }
