package edit

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// Away takes somebody out of the family, with everything that was said of them. A union of two stays as long as it has
// children; twins need two.
func Away(f kin.Family, id core.ID) kin.Change {
	c := kin.Change{Did: "away", About: id, Drop: []core.ID{id}}
	if slices.Contains(f.Index, id) {
		c.Put.Index = slices.DeleteFunc(slices.Clone(f.Index), func(x core.ID) bool { return x == id })
	}
	for _, u := range UnionsOf(f, id) {
		u.Partners = slices.DeleteFunc(slices.Clone(u.Partners), func(x core.ID) bool { return x == id })
		if len(u.Partners) == 0 || len(u.Partners) == 1 && len(ChildrenOf(f, u.ID)) == 0 {
			c.Drop = append(c.Drop, withLinks(f, u.ID)...)
		} else {
			c.Put.Unions = append(c.Put.Unions, u)
		}
	}
	for _, w := range f.Twins {
		if left := slices.DeleteFunc(slices.Clone(w.Children), func(x core.ID) bool { return x == id }); len(left) == len(w.Children) {
			continue
		} else if len(left) < 2 {
			c.Drop = append(c.Drop, w.ID)
		} else {
			w.Children = left
			c.Put.Twins = append(c.Put.Twins, w)
		}
	}
	c.Drop = append(c.Drop, about(f, id)...)
	slices.Sort(c.Drop)
	c.Drop = slices.Compact(c.Drop)
	return c
}

// about are the facts about somebody that cannot be without them.
func about(f kin.Family, id core.ID) (out []core.ID) {
	add := func(fact core.ID, people ...core.ID) {
		if slices.Contains(people, id) {
			out = append(out, fact)
		}
	}
	for _, x := range f.Links {
		add(x.ID, x.Child)
	}
	for _, x := range f.Stays {
		add(x.ID, x.Person)
	}
	for _, x := range f.Detentions {
		add(x.ID, x.Person)
	}
	for _, x := range f.Contacts {
		add(x.ID, x.Child, x.Parent)
	}
	for _, x := range f.Cares {
		add(x.ID, x.Carer, x.Child)
	}
	for _, x := range f.Ties {
		add(x.ID, x.A, x.B)
	}
	for _, x := range f.Places {
		add(x.ID, x.Centre, x.Person)
	}
	return out
}

// withLinks is a union and the links of its children.
func withLinks(f kin.Family, union core.ID) []core.ID {
	out := []core.ID{union}
	for _, k := range f.Links {
		if k.Union == union {
			out = append(out, k.ID)
		}
	}
	return out
}

// Without takes one fact away: a tie, a stay, a union with the links of its children, a household with its stays.
func Without(f kin.Family, id core.ID) kin.Change {
	if _, ok := Person(f, id); ok {
		return Away(f, id)
	}
	c := kin.Change{Did: "away", Drop: []core.ID{id}}
	if _, ok := Union(f, id); ok {
		c.Drop = withLinks(f, id)
	}
	for _, s := range f.Stays {
		if s.Household == id {
			c.Drop = append(c.Drop, s.ID)
		}
	}
	return c
}
