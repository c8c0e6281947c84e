package kin

import (
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/dossier"
)

// stays compares who lived where. A home comes in with the first who lives there.
func (c *comparing) stays() {
	for _, h := range c.in.Households {
		i := slices.IndexFunc(c.f.Households, func(k Household) bool { return k.File == h.ID })
		if i < 0 {
			i = slices.IndexFunc(c.f.Households, func(k Household) bool { return k.File == 0 && strings.EqualFold(k.Name, h.Name) })
		}
		c.homes[h.ID], c.homeNames[h.ID] = h.ID, h.Name
		if i >= 0 {
			c.homes[h.ID] = c.f.Households[i].ID
		}
	}
	for _, m := range c.in.Members {
		if c.names[m.Person] == "" || c.homes[m.Household] == 0 {
			continue
		}
		s := Stay{ID: m.ID, Household: c.homes[m.Household], Person: c.ids[m.Person], From: On(m.From), Until: On(m.Until)}
		g := Gap{Key: newStay + " " + m.ID.String(), Kind: newStay, Who: s.Person, Name: c.names[m.Person], With: c.homeNames[m.Household], From: m.From, Until: m.Until,
			put: c.home(m.Household), needs: c.need(m.Person)}
		i := slices.IndexFunc(c.f.Stays, func(k Stay) bool {
			return k.ID == s.ID || k.Household == s.Household && k.Person == s.Person && meet(k.From, k.Until, s.From, s.Until)
		})
		if i >= 0 {
			if k := c.f.Stays[i]; agrees(k.From, m.From) && agrees(k.Until, m.Until) {
				continue
			}
			g.Kind, s.ID = otherStay, c.f.Stays[i].ID
		}
		g.put.Stays = []Stay{s}
		c.gap(g)
	}
}

// home is the household if it is not in the family yet.
func (c *comparing) home(id core.ID) (put Family) {
	if c.homes[id] == id && !slices.ContainsFunc(c.f.Households, func(h Household) bool { return h.ID == id }) {
		put.Households = []Household{{ID: id, Name: c.homeNames[id], File: id}}
	}
	return put
}

func (c *comparing) detentions() {
	there := map[core.ID]bool{}
	for _, d := range c.in.Detentions {
		there[d.ID] = true
		if c.names[d.Parent] == "" {
			continue
		}
		x := Detention{ID: d.ID, Person: c.ids[d.Parent], From: On(d.From), Until: On(d.ReleasedOn), File: d.ID}
		g := Gap{Key: newDetention + " " + d.ID.String(), Kind: newDetention, Who: x.Person, Name: c.names[d.Parent], From: d.From, Until: d.ReleasedOn, needs: c.need(d.Parent)}
		i := slices.IndexFunc(c.f.Detentions, func(k Detention) bool {
			return k.File == d.ID || k.File == 0 && k.Person == x.Person && meet(k.From, k.Until, x.From, x.Until)
		})
		if i >= 0 {
			k := c.f.Detentions[i]
			if agrees(k.From, d.From) && agrees(k.Until, d.ReleasedOn) {
				continue
			}
			g.Kind, x.ID = oldDetention, k.ID
		}
		g.put.Detentions = []Detention{x}
		c.gap(g)
	}
	for _, k := range c.f.Detentions {
		if k.File != 0 && !there[k.File] {
			i := slices.IndexFunc(c.f.Persons, func(p Person) bool { return p.ID == k.Person })
			c.gap(Gap{Kind: goneMark, Who: k.Person, Name: c.f.Persons[i].Name})
		}
	}
}

// cares says who looks after whom: a caregiver after the children of the same home, since both live there; the only one after all of
// whom nobody wrote where they live.
func (c *comparing) cares() {
	var carers []dossier.Person
	for _, p := range c.in.People {
		if p.IsCaregiver {
			carers = append(carers, p)
		}
	}
	for _, p := range carers {
		for _, k := range c.in.People {
			if !k.IsChild || k.ID == p.ID {
				continue
			}
			from, together := c.together(p.ID, k.ID)
			if !together && (len(carers) > 1 || c.lives(k.ID)) {
				continue
			}
			x := Care{ID: derived(3, core.ID(p.ID), core.ID(k.ID)), Carer: c.ids[p.ID], Child: c.ids[k.ID], From: On(from)}
			if slices.ContainsFunc(c.f.Cares, func(o Care) bool { return o.Carer == x.Carer && o.Child == x.Child }) {
				continue
			}
			c.gap(Gap{Key: newCare + " " + x.ID.String(), Kind: newCare, Who: x.Carer, Name: p.Name, With: k.Name, From: from,
				put: Family{Cares: []Care{x}}, needs: c.need(p.ID, k.ID)})
		}
	}
}

// together says that two people live in one home that neither left, and since when.
func (c *comparing) together(a, b core.PersonID) (since core.Date, yes bool) {
	for _, m := range c.in.Members {
		for _, n := range c.in.Members {
			if m.Person == a && n.Person == b && m.Household == n.Household && m.Until.IsZero() && n.Until.IsZero() {
				if since = m.From; n.From.After(since) {
					since = n.From
				}
				return since, true
			}
		}
	}
	return since, false
}

// lives says that the file knows where somebody lives.
func (c *comparing) lives(who core.PersonID) bool {
	return slices.ContainsFunc(c.in.Members, func(m dossier.Member) bool { return m.Person == who && m.Until.IsZero() })
}
