package kin

import (
	"slices"

	"maatje/internal/core"
)

// OnDay is the family as it was on a day, by the dates of its facts: who was born, who had died, who was whose, who lived where. What
// has no dates holds always. A day that is not given is every day.
func OnDay(f Family, day core.Date) Family {
	if day.IsZero() {
		return f
	}
	d := daily{day: day, there: map[core.ID]bool{}, alive: map[core.ID]bool{}}
	var out Family
	out.Persons = d.persons(f.Persons)
	out.Index = slices.DeleteFunc(slices.Clone(f.Index), func(id core.ID) bool { return !d.there[id] })
	out.Unions = d.unions(f)
	out.Links = d.links(f.Links)
	out.Twins = d.twins(f.Twins)
	out.Stays = only(f.Stays, func(s Stay) bool { return d.alive[s.Person] && Lasts(s.From, s.Until, day) })
	out.Households = d.households(f, out.Stays)
	out.Detentions = only(f.Detentions, func(x Detention) bool { return d.alive[x.Person] && Lasts(x.From, x.Until, day) })
	out.Contacts = only(f.Contacts, func(c Contact) bool { return d.alive[c.Child] && d.alive[c.Parent] && Lasts(c.From, c.Until, day) })
	out.Cares = only(f.Cares, func(c Care) bool { return d.alive[c.Carer] && d.alive[c.Child] && Lasts(c.From, c.Until, day) })
	out.Ties = only(f.Ties, func(t Tie) bool { return d.there[t.A] && d.there[t.B] && Lasts(t.From, t.Until, day) })
	out.Places = only(f.Places, func(p Place) bool { return d.there[p.Centre] && d.there[p.Person] })
	return out
}

// Lasts says that what began and ended then is there on a day, as far as anybody knows. The last day counts.
func Lasts(from, until When, day core.Date) bool {
	return (from.IsZero() || !from.First().After(day)) && (until.IsZero() || !until.Last().Before(day))
}

// daily looks at a family on one day.
type daily struct {
	day   core.Date
	there map[core.ID]bool // born, or on the way
	alive map[core.ID]bool // and not yet dead
}

// months is for how long somebody is on the way.
const months = 9

func (d daily) persons(all []Person) (out []Person) {
	for _, p := range all {
		first := p.Born.First()
		if p.Life == "pregnancy" && !p.Born.IsZero() {
			first = first.AddMonths(-months)
		}
		if first.After(d.day) {
			continue
		}
		if p.Died.Last().After(d.day) {
			p.Died, p.Dead = When{}, false
		}
		d.there[p.ID], d.alive[p.ID] = true, !p.HasDied()
		out = append(out, p)
	}
	return out
}

// unions are those of people who are there. One of which every state is still to come is there once it has a child.
func (d daily) unions(f Family) (out []Union) {
	for _, u := range f.Unions {
		states := only(u.States, func(s State) bool { return Lasts(s.From, When{}, d.day) })
		partners := only(u.Partners, func(id core.ID) bool { return d.there[id] })
		early := len(states) == 0 && len(u.States) > 0
		if len(partners) == 0 || early && !slices.ContainsFunc(f.Links, func(l Link) bool { return l.Union == u.ID && d.holds(l) }) {
			continue
		}
		u.States, u.Partners = states, partners
		d.there[u.ID] = true
		out = append(out, u)
	}
	return out
}

func (d daily) holds(l Link) bool { return d.there[l.Child] && Lasts(l.From, l.Until, d.day) }

func (d daily) links(all []Link) []Link {
	return only(all, func(l Link) bool { return d.there[l.Union] && d.holds(l) })
}

func (d daily) twins(all []Twins) (out []Twins) {
	for _, w := range all {
		if w.Children = only(w.Children, func(id core.ID) bool { return d.there[id] }); len(w.Children) > 1 {
			out = append(out, w)
		}
	}
	return out
}

// households are those where somebody lives, and those of which nobody said who does.
func (d daily) households(f Family, stays []Stay) []Household {
	return only(f.Households, func(h Household) bool {
		in := func(s Stay) bool { return s.Household == h.ID }
		return slices.ContainsFunc(stays, in) || !slices.ContainsFunc(f.Stays, in)
	})
}

// only are those that are wanted; none is nil, so that two families that say the same are the same.
func only[T any](all []T, wanted func(T) bool) (out []T) {
	for _, x := range all {
		if wanted(x) {
			out = append(out, x)
		}
	}
	return out
}
