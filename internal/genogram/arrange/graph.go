package arrange

import (
	"cmp"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// graph is a family as the search sees it: persons by number, unions with their partners and children.
type graph struct {
	ids     []core.ID
	born    []kin.When
	sex     []string
	unions  []union
	partner [][]int // per person: the unions they are a partner of
	number  map[core.ID]int
	at      map[core.ID]int // the unions by identifier
	under   [][]int         // per person: the unions whose child they are in the drawing
	home    []int           // per person: the union whose child they are in the drawing, -1 for none
}

// union is a bond with the children that are drawn under it first.
type union struct {
	id       core.ID
	partners []int // without those who are not drawn, each once
	children []int // those whose link drives the drawing, oldest first; who has no birthday stays where they were told
}

// read makes the graph of those who are kin.
func read(f kin.Family) *graph {
	g := &graph{number: map[core.ID]int{}, at: map[core.ID]int{}}
	for _, p := range f.Persons {
		if _, twice := g.number[p.ID]; twice || !p.IsKin() {
			continue
		}
		g.number[p.ID] = len(g.ids)
		g.ids, g.born, g.sex = append(g.ids, p.ID), append(g.born, p.Born), append(g.sex, p.Sex)
	}
	g.partner, g.under, g.home = make([][]int, len(g.ids)), make([][]int, len(g.ids)), make([]int, len(g.ids))
	for i := range g.home {
		g.home[i] = -1
	}
	g.bind(f)
	return g
}

func (g *graph) bind(f kin.Family) {
	for _, u := range f.Unions {
		if _, twice := g.at[u.ID]; twice {
			continue
		}
		one := union{id: u.ID}
		for _, id := range u.Partners {
			if n, known := g.number[id]; known && !slices.Contains(one.partners, n) {
				one.partners = append(one.partners, n)
				g.partner[n] = append(g.partner[n], len(g.unions))
			}
		}
		g.at[u.ID] = len(g.unions)
		g.unions = append(g.unions, one)
	}
	var later []kin.Link
	for _, l := range firstLinks(f) {
		if child, known := g.number[l.Child]; known && (l.Kind == kin.Birth || g.home[child] < 0) {
			g.hang(child, l)
		} else {
			later = append(later, l)
		}
	}
	g.joinParts(later)
	for i := range g.unions {
		g.sortBorn(g.unions[i].children)
	}
}

// hang puts a child under a union, unless it hangs there, or is one of its partners.
func (g *graph) hang(child int, l kin.Link) {
	u, told := g.at[l.Union]
	if !told || len(g.unions[u].partners) == 0 || slices.Contains(g.unions[u].partners, child) || slices.Contains(g.unions[u].children, child) {
		return
	}
	if g.home[child] < 0 {
		g.home[child] = u
	}
	g.under[child] = append(g.under[child], u)
	g.unions[u].children = append(g.unions[u].children, child)
}

// joinParts lets a further link of a child, such as foster care, drive the drawing where nothing else would put the two parts of the
// family together. All others are routed when everybody has a place.
func (g *graph) joinParts(later []kin.Link) {
	part := make([]int, len(g.ids))
	for i, persons := range g.parts() {
		for _, p := range persons {
			part[p] = i
		}
	}
	for _, l := range later {
		child, known := g.number[l.Child]
		u, told := g.at[l.Union]
		if !known || !told || len(g.unions[u].partners) == 0 {
			continue
		}
		from, to := part[g.unions[u].partners[0]], part[child]
		if from == to {
			continue
		}
		g.hang(child, l)
		for p := range part {
			if part[p] == from {
				part[p] = to
			}
		}
	}
}

// firstLinks are the links in the order in which they claim a child: birth before adoption before everything else.
func firstLinks(f kin.Family) []kin.Link {
	out := slices.Clone(f.Links)
	rank := func(l kin.Link) int { return slices.Index(kin.Links, l.Kind) }
	slices.SortStableFunc(out, func(a, b kin.Link) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// sortBorn puts the oldest first among those whose birthday is known; the others keep their places.
func (g *graph) sortBorn(children []int) {
	var places, known []int
	for i, c := range children {
		if !g.born[c].IsZero() {
			places, known = append(places, i), append(known, c)
		}
	}
	slices.SortStableFunc(known, func(a, b int) int { return g.born[a].Compare(g.born[b]) })
	for i, at := range places {
		children[at] = known[i]
	}
}
