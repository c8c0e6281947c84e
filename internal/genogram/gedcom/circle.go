package gedcom

import (
	"maatje/internal/core"
	"maatje/internal/kin"
)

// withoutCircles leaves out the births that make somebody their own ancestor.
func (r *reader) withoutCircles(f kin.Family) []kin.Link {
	bad := findCircles(f)
	var kept []kin.Link
	for i, l := range f.Links {
		if !bad[i] {
			kept = append(kept, l)
			continue
		}
		n := r.personByID(l.Child)
		r.told.miss(n.line, OwnAncestor, n.Key)
	}
	return kept
}

// circles walks down from every person. Other ways of being a child than by birth may go round: somebody can care for a
// grandmother who once cared for them.
type circles struct {
	down  map[core.ID][]int // by parent: the links to children
	links []kin.Link
	state map[core.ID]int // 1 while somebody's descendants are walked, 2 after
	bad   map[int]bool
}

// findCircles finds the links by birth, by their place in the family, that make somebody their own ancestor.
func findCircles(f kin.Family) map[int]bool {
	c := circles{down: map[core.ID][]int{}, links: f.Links, state: map[core.ID]int{}, bad: map[int]bool{}}
	parents := map[core.ID][]core.ID{}
	for _, u := range f.Unions {
		parents[u.ID] = u.Partners
	}
	for i, l := range f.Links {
		for _, p := range parents[l.Union] {
			if l.Kind == kin.Birth {
				c.down[p] = append(c.down[p], i)
			}
		}
	}
	for _, p := range f.Persons {
		c.walk(p.ID)
	}
	return c.bad
}

// walk goes down from one person; a link to somebody it came from closes a circle.
func (c *circles) walk(p core.ID) {
	if c.state[p] != 0 {
		return
	}
	c.state[p] = 1
	for _, i := range c.down[p] {
		child := c.links[i].Child
		if c.state[child] == 1 {
			c.bad[i] = true
		} else {
			c.walk(child)
		}
	}
	c.state[p] = 2
}
