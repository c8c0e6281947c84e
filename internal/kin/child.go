package kin

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/dossier"
)

// ForChild is the family as it may be shown to a child that knows so much (INT-8). Unless the child was told everything, nothing in
// it says that somebody stays inside, also not by a name or by that of a place where somebody does.
func (s Secrets) ForChild(f Family, knows dossier.Level) Family {
	if knows == dossier.Everything {
		return f
	}
	return s.quiet(f)
}

// About is the family as one child of it looks at it (INT-8): the picture is theirs, and of the ties it has their own, without who
// told of them. What is between others, and what a brother or sister told, is not for this child to read.
func About(f Family, child core.PersonID) Family {
	i := slices.IndexFunc(f.Persons, func(p Person) bool { return p.File == child })
	if i < 0 {
		f.Ties = nil
		return f
	}
	own := f.Persons[i].ID
	f.Index = []core.ID{own}
	f.Ties = only(f.Ties, func(t Tie) bool { return t.A == own || t.B == own })
	for i := range f.Ties {
		f.Ties[i].SaidBy = ""
	}
	return f
}

// Without is the family without these, and without what cannot be when they are gone.
func Without(f Family, ids ...core.ID) Family {
	if len(ids) == 0 {
		return f
	}
	there := func(id core.ID) bool { return !slices.Contains(ids, id) }
	out := Family{
		Index:      only(f.Index, there),
		Persons:    only(f.Persons, func(p Person) bool { return there(p.ID) }),
		Households: only(f.Households, func(h Household) bool { return there(h.ID) }),
	}
	kept := map[core.ID]bool{}
	for o := range out.objects() {
		kept[o.id()] = true
	}
	for _, u := range f.Unions {
		if u.Partners = only(u.Partners, func(id core.ID) bool { return kept[id] }); there(u.ID) && len(u.Partners) > 0 {
			out.Unions, kept[u.ID] = append(out.Unions, u), true
		}
	}
	for _, w := range f.Twins {
		if w.Children = only(w.Children, func(id core.ID) bool { return kept[id] }); there(w.ID) && len(w.Children) > 1 {
			out.Twins = append(out.Twins, w)
		}
	}
	whole := func(o object) bool {
		return there(o.id()) && !slices.ContainsFunc(o.about(), func(id core.ID) bool { return !kept[id] })
	}
	out.Links = only(f.Links, func(l Link) bool { return whole(l) })
	out.Stays = only(f.Stays, func(s Stay) bool { return whole(s) })
	out.Detentions = only(f.Detentions, func(d Detention) bool { return whole(d) })
	out.Contacts = only(f.Contacts, func(c Contact) bool { return whole(c) })
	out.Cares = only(f.Cares, func(c Care) bool { return whole(c) })
	out.Ties = only(f.Ties, func(t Tie) bool { return whole(t) })
	out.Places = only(f.Places, func(p Place) bool { return whole(p) })
	return out
}

// quiet leaves out what gives away that somebody stays inside.
func (s Secrets) quiet(f Family) Family {
	inside := map[core.ID]bool{}
	for _, d := range f.Detentions {
		inside[d.Person] = true
	}
	cells := cells(f)
	f.Detentions = nil
	f.Contacts = only(f.Contacts, func(c Contact) bool { return !tells(c, inside[c.Parent]) })
	f = Without(f, append(cells, s.telling(f)...)...)
	f.Persons = slices.Clone(f.Persons)
	for i, p := range f.Persons {
		f.Persons[i].Name, f.Persons[i].Is = s.discreet(p.Name), s.discreet(p.Is)
	}
	f.Ties = slices.Clone(f.Ties)
	for i, t := range f.Ties {
		f.Ties[i].SaidBy = s.discreet(t.SaidBy)
	}
	f.Places = slices.Clone(f.Places)
	for i, p := range f.Places {
		f.Places[i].Tasks = only(p.Tasks, func(task string) bool { return !s.givesAway(task) })
	}
	return f
}

// tells says that a way of being in touch gives away more than the child may know: a visit tells of whoever stays inside where they
// are, supervision and a ban tell of anybody that something is the matter.
func tells(c Contact, inside bool) bool {
	return c.How == "supervised" || c.How == "forbidden" || c.How == "visit" && inside
}

// telling are the households and helpers whose very name gives it away.
func (s Secrets) telling(f Family) (out []core.ID) {
	for _, h := range f.Households {
		if s.givesAway(h.Name) {
			out = append(out, h.ID)
		}
	}
	for _, p := range f.Persons {
		if p.Beyond == "professionals" && (s.givesAway(p.Name) || s.givesAway(p.Is)) {
			out = append(out, p.ID)
		}
	}
	return out
}

// cells are the households, whatever their names, in which nobody ever lived but those who stay inside, since they do.
func cells(f Family) (out []core.ID) {
	for _, h := range f.Households {
		lived, home := false, false
		for _, s := range f.Stays {
			if s.Household == h.ID {
				lived, home = true, home || !isInside(f, s)
			}
		}
		if lived && !home {
			out = append(out, h.ID)
		}
	}
	return out
}

// isInside says that a stay can be the stay inside, by its dates.
func isInside(f Family, s Stay) bool {
	return slices.ContainsFunc(f.Detentions, func(d Detention) bool {
		return d.Person == s.Person && !before(s.From, d.From) && !before(d.Until, s.From)
	})
}
