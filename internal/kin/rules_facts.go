package kin

import (
	"slices"

	"maatje/internal/core"
)

// twins holds that children born together were born to the same parents, and that nobody was born with two sets of others.
func (c *checks) twins() {
	born := map[core.ID]core.ID{}
	for _, l := range c.f.Links {
		if l.Kind == Birth {
			born[l.Child] = l.Union
		}
	}
	seen := map[core.ID]bool{}
	for _, w := range c.f.Twins {
		c.wrong(len(w.Children) < 2, "kin_twins_two")
		var with core.ID
		for _, id := range w.Children {
			c.wrong(seen[id], "kin_twins_twice", c.called(id))
			c.wrong(!c.persons[id].IsKin(), "kin_not_kin", c.called(id))
			c.wrong(with != 0 && born[id] != 0 && born[id] != with, "kin_twins_parents")
			if seen[id] = true; born[id] != 0 {
				with = born[id]
			}
		}
	}
}

func (c *checks) homes() {
	for _, h := range c.f.Households {
		c.words(h.Name)
	}
	lived := map[[2]core.ID][]Stay{}
	for _, s := range c.f.Stays {
		c.period(s.From, s.Until)
		where := [2]core.ID{s.Household, s.Person}
		again := func(o Stay) bool { return meet(o.From, o.Until, s.From, s.Until) }
		c.wrong(slices.ContainsFunc(lived[where], again), "kin_lives_twice", c.called(s.Person))
		lived[where] = append(lived[where], s)
	}
	for _, d := range c.f.Detentions {
		c.period(d.From, d.Until)
	}
}

func (c *checks) between() {
	for _, x := range c.f.Contacts {
		c.wrong(x.Child == x.Parent, "kin_with_self", c.called(x.Child))
		c.wrong(!slices.Contains(Hows, x.How), "kin_unknown_word")
		c.known(Oftens, x.Often)
		c.past(x.Last)
		c.period(x.From, x.Until)
	}
	for _, x := range c.f.Cares {
		c.wrong(x.Carer == x.Child, "kin_with_self", c.called(x.Child))
		c.period(x.From, x.Until)
	}
	for _, t := range c.f.Ties {
		c.wrong(t.A == t.B, "kin_with_self", c.called(t.A))
		c.wrong(!slices.Contains(Ties, t.Kind), "kin_unknown_word")
		c.words(t.SaidBy)
		c.period(t.From, t.Until)
	}
}

// networks holds that everybody stands in one place of somebody's network.
func (c *checks) networks() {
	seen := map[[2]core.ID]bool{}
	for _, p := range c.f.Places {
		where := [2]core.ID{p.Centre, p.Person}
		c.wrong(seen[where], "kin_placed_twice", c.called(p.Person))
		seen[where] = true
		c.wrong(p.Ring < 0, "kin_unknown_word")
		c.known(Supports, p.Gives...)
		c.known(Supports, p.Could...)
		c.words(p.Tasks...)
	}
}
