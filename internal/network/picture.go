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
}

// spot is somebody in the picture.
type spot struct {
	rings.Spot
	anchor, href, sentence string
	left, right, up, down  string
	first                  bool
}

type bond struct {
	id    string
	marks []rings.Mark
}

// draw makes the picture. Base is where the people's own pages stand; empty in a picture of the past, in which nothing can be changed.
func (n Network) draw(l text.Lang, id, base string, count int, ties bool) picture {
	p := picture{Drawing: n.Arranged(count, func(k kin.Person) string { return name(l, k) }), id: id, walks: base != ""}
	whose := name(l, n.Middle)
	p.title = l.NetworkMapOf(whose)
	if ties {
		p.title = l.NetworkSociogramOf(whose)
	}
	p.desc = l.NetworkDescription(len(p.Spots), l.Number(count)) + " " + n.where(l, n.Facts(count))
	for _, s := range p.Spots {
		a, _ := n.Alter(s.ID)
		one := spot{Spot: s, anchor: id + "-" + s.ID.String(), sentence: n.sentence(l, a, count)}
		if base != "" {
			one.href = base + "/people/" + s.ID.String()
		}
		p.people = append(p.people, one)
	}
	p.walk()
	if ties {
		p.tie(n)
	}
	return p
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

// tie draws what is between the people, the first tie of each pair.
func (p *picture) tie(n Network) {
	seen := map[pair]bool{}
	for _, t := range n.Ties {
		a, ok := p.Of(t.A)
		b, there := p.Of(t.B)
		between := paired(t.A, t.B)
		if !ok || !there || seen[between] {
			continue
		}
		seen[between] = true
		p.bonds = append(p.bonds, bond{tieID(t), rings.Line(t.Kind, a.Point, b.Point)})
		if !slices.Contains(p.ties, t.Kind) {
			p.ties = append(p.ties, t.Kind)
		}
	}
	slices.SortFunc(p.ties, func(a, b string) int { return cmp.Compare(slices.Index(kin.Ties, a), slices.Index(kin.Ties, b)) })
}

// tieID tells ties apart; one that follows from the genogram by whom it is between.
func tieID(t kin.Tie) string {
	if t.ID.IsZero() {
		return t.A.String() + "-" + t.B.String()
	}
	return t.ID.String()
}

func (p picture) viewBox() string {
	return num(-p.Width/2) + " " + num(-p.Height/2) + " " + num(p.Width) + " " + num(p.Height)
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
func (p picture) corner(quarter string) (x, y, anchor string) {
	far, high := p.Outer(), p.Height/2-8
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
