package draw

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// Around cuts a family to those who stand at most so many generations from somebody: parents, their other children, partners,
// children and who looks after whom. left says how many of the others there are around each who remained; nobody is counted
// twice, and those whom no line joins to anybody are counted under the zero identifier. Of somebody unknown everything is left as it is.
func Around(f kin.Family, person core.ID, generations int) (cut kin.Family, left map[core.ID]int) {
	near := nearness(f)
	if !slices.ContainsFunc(f.Persons, func(p kin.Person) bool { return p.ID == person && p.IsKin() }) {
		return f, nil
	}
	kept := map[core.ID]bool{person: true}
	order := []core.ID{person}
	front := order
	for range generations {
		var next []core.ID
		for _, id := range front {
			for _, other := range near.within(id) {
				if !kept[other] {
					kept[other] = true
					next = append(next, other)
				}
			}
		}
		order, front = append(order, next...), next
	}
	return keep(f, kept), count(f, near, kept, order)
}

// kinship is who stands near whom: parents and children one generation away, partners and carers beside.
type kinship struct {
	partners, parents, children, carers map[core.ID][]core.ID
}

func nearness(f kin.Family) kinship {
	k := kinship{map[core.ID][]core.ID{}, map[core.ID][]core.ID{}, map[core.ID][]core.ID{}, map[core.ID][]core.ID{}}
	drawn := map[core.ID]bool{}
	for _, p := range f.Persons {
		drawn[p.ID] = p.IsKin()
	}
	tie := func(m map[core.ID][]core.ID, a, b core.ID) {
		if drawn[a] && drawn[b] && a != b && !slices.Contains(m[a], b) {
			m[a] = append(m[a], b)
		}
	}
	bonds := map[core.ID]kin.Union{}
	for _, u := range f.Unions {
		bonds[u.ID] = u
		for _, a := range u.Partners {
			for _, b := range u.Partners {
				tie(k.partners, a, b)
			}
		}
	}
	for _, l := range f.Links {
		for _, p := range bonds[l.Union].Partners {
			tie(k.parents, l.Child, p)
			tie(k.children, p, l.Child)
		}
	}
	for _, c := range f.Cares {
		tie(k.carers, c.Child, c.Carer)
		tie(k.carers, c.Carer, c.Child)
	}
	return k
}

// within is everybody one generation around somebody: partners, parents with their other children, children, carers and cared for.
func (k kinship) within(id core.ID) []core.ID {
	out := slices.Concat(k.partners[id], k.parents[id], k.children[id], k.carers[id])
	for _, p := range k.parents[id] {
		out = append(out, k.children[p]...)
	}
	return out
}

func (k kinship) all(id core.ID) []core.ID {
	return slices.Concat(k.parents[id], k.partners[id], k.children[id], k.carers[id])
}

// count gives everybody who was left out to the one who remained and stands nearest to them.
func count(f kin.Family, k kinship, kept map[core.ID]bool, order []core.ID) map[core.ID]int {
	left := map[core.ID]int{}
	under, queue := map[core.ID]core.ID{}, slices.Clone(order)
	for _, id := range order {
		under[id] = id
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, other := range k.all(queue[0]) {
			if _, seen := under[other]; !seen {
				under[other] = under[queue[0]]
				queue = append(queue, other)
			}
		}
	}
	for _, p := range f.Persons {
		if p.IsKin() && !kept[p.ID] {
			left[under[p.ID]]++
		}
	}
	return left
}

// keep leaves those people and what ties them. A union stays with one partner if a child of it stays.
func keep(f kin.Family, kept map[core.ID]bool) kin.Family {
	out := f
	out.Index = only(f.Index, func(id core.ID) bool { return kept[id] })
	out.Persons = only(f.Persons, func(p kin.Person) bool { return kept[p.ID] })
	parents := map[core.ID]bool{}
	for _, l := range f.Links {
		if kept[l.Child] {
			parents[l.Union] = true
		}
	}
	out.Unions, parents = bondsOf(f, kept, parents)
	out.Links = only(f.Links, func(l kin.Link) bool { return kept[l.Child] && parents[l.Union] })
	out.Twins = nil
	for _, t := range f.Twins {
		t.Children = only(t.Children, func(id core.ID) bool { return kept[id] })
		if len(t.Children) > 1 {
			out.Twins = append(out.Twins, t)
		}
	}
	out.Stays = only(f.Stays, func(s kin.Stay) bool { return kept[s.Person] })
	lived := map[core.ID]bool{}
	for _, s := range out.Stays {
		lived[s.Household] = true
	}
	out.Households = only(f.Households, func(h kin.Household) bool { return lived[h.ID] })
	out.Detentions = only(f.Detentions, func(d kin.Detention) bool { return kept[d.Person] })
	out.Contacts = only(f.Contacts, func(c kin.Contact) bool { return kept[c.Child] && kept[c.Parent] })
	out.Cares = only(f.Cares, func(c kin.Care) bool { return kept[c.Carer] && kept[c.Child] })
	out.Ties = only(f.Ties, func(t kin.Tie) bool { return kept[t.A] && kept[t.B] })
	return out
}

// bondsOf are the unions with two partners left, or with one and a child, and which they are.
func bondsOf(f kin.Family, kept, parents map[core.ID]bool) (out []kin.Union, stay map[core.ID]bool) {
	stay = map[core.ID]bool{}
	for _, u := range f.Unions {
		u.Partners = only(u.Partners, func(id core.ID) bool { return kept[id] })
		if len(u.Partners) > 1 || len(u.Partners) == 1 && parents[u.ID] {
			out = append(out, u)
			stay[u.ID] = true
		}
	}
	return out, stay
}

func only[T any](all []T, yes func(T) bool) (out []T) {
	for _, one := range all {
		if yes(one) {
			out = append(out, one)
		}
	}
	return out
}
