package gedcom

import (
	"cmp"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// tie makes the family of what the records say about each other.
func (r *reader) tie() {
	f := &r.told.Family
	for _, p := range r.persons {
		f.Persons = append(f.Persons, p.Person)
	}
	spouses, children := r.fromPersons()
	for _, u := range r.unions {
		u.ID = r.id()
		u.Partners = r.partners(u, spouses[u])
		f.Unions = append(f.Unions, u.Union)
	}
	for _, u := range r.unions {
		f.Links = append(f.Links, r.links(u, children[u])...)
	}
	f.Links = r.withoutCircles(*f)
	if r.ours {
		r.own()
	} else {
		f.Twins = r.twins()
	}
	f.Index = r.whose()
}

// fromPersons is what the people themselves say: in which unions they are partners, and of which they are children.
func (r *reader) fromPersons() (spouses, children map[*union][]*person) {
	spouses, children = map[*union][]*person{}, map[*union][]*person{}
	for _, p := range r.persons {
		for _, s := range p.fams {
			if u := r.unionAt(s); u != nil {
				spouses[u] = append(spouses[u], p)
			}
		}
		for _, c := range p.childs {
			if u := r.unionAt(c.pointer); u != nil && !slices.Contains(children[u], p) {
				children[u] = append(children[u], p)
			}
		}
	}
	return spouses, children
}

func (r *reader) unionAt(p pointer) *union {
	u := r.unionOf[p.to]
	if u == nil && p.to != "" {
		r.told.miss(p.line, NoRecord, p.to)
	}
	return u
}

func (r *reader) personAt(p pointer) *person {
	n := r.personOf[p.to]
	if n == nil && p.to != "" {
		r.told.miss(p.line, NoRecord, p.to)
	}
	return n
}

// partners are those whom the union names, and then those who name the union.
func (r *reader) partners(u *union, more []*person) []core.ID {
	var ids []core.ID
	for _, p := range u.partners {
		n := r.personAt(p)
		if n == nil {
			continue
		}
		if slices.Contains(ids, n.ID) {
			r.told.miss(p.line, WithOneself, p.to)
			continue
		}
		ids = append(ids, n.ID)
	}
	for _, n := range more {
		if !slices.Contains(ids, n.ID) {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// links are the children of a union, in the order in which it names them, and then those who name the union.
func (r *reader) links(u *union, more []*person) []kin.Link {
	var all []kin.Link
	seen := map[*person]bool{}
	for _, c := range u.children {
		n := r.personAt(c.pointer)
		if n == nil || seen[n] {
			continue
		}
		seen[n] = true
		all = append(all, r.linksOf(u, n, c)...)
	}
	for _, n := range more {
		if !seen[n] {
			all = append(all, r.linksOf(u, n, childOf{pointer: pointer{n.Key, n.line}})...)
		}
	}
	return all
}

// linksOf are the ways in which somebody is a child of one union: adopted after foster care is two.
func (r *reader) linksOf(u *union, n *person, said childOf) []kin.Link {
	if slices.Contains(u.Partners, n.ID) {
		r.told.miss(said.line, OwnChild, n.Key)
		return nil
	}
	var all []kin.Link
	for _, c := range n.childs {
		l := kin.Link{Child: n.ID, Union: u.ID, Kind: cmp.Or(c.kind, said.kind, kin.Birth), From: c.from, Until: c.until}
		if c.to == u.Key && c.to != "" && (r.ours || !slices.ContainsFunc(all, func(m kin.Link) bool { return same(l, m) })) {
			l.ID = r.id()
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		all = []kin.Link{{ID: r.id(), Child: n.ID, Union: u.ID, Kind: cmp.Or(said.kind, kin.Birth)}}
	}
	return all
}

func same(l, m kin.Link) bool { return l.Kind == m.Kind && l.From == m.From && l.Until == m.Until }

// whose is who the picture is of: whom the file names, or who has the name of who handed it in, or the first person.
func (r *reader) whose() []core.ID {
	var ids []core.ID
	for _, p := range r.index {
		if n := r.personAt(p); n != nil && !slices.Contains(ids, n.ID) {
			ids = append(ids, n.ID)
		}
	}
	if len(ids) > 0 || r.ours {
		return ids
	}
	if name := r.submits[r.submit]; name != "" {
		for _, p := range r.persons {
			if p.Name == name {
				return []core.ID{p.ID}
			}
		}
	}
	return []core.ID{r.persons[0].ID}
}
