package network

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// pair are two people, in one order.
type pair [2]core.ID

func paired(a, b core.ID) pair { return pair{min(a, b), max(a, b)} }

// told sorts the ties of a network on a day: those that hold, and the pairs who do not know each other any more although the genogram
// would say so. What is unspoken is left alone: a network with such a tie is the network without it, nothing of it is drawn, counted or
// taken out, and what is told here changes nothing of it.
func (n Network) told(all []kin.Tie, on core.Date) (hold []kin.Tie, apart map[pair]core.ID) {
	apart = map[pair]core.ID{}
	for _, t := range all {
		_, a := n.Alter(t.A)
		_, b := n.Alter(t.B)
		switch {
		case !a || !b || t.A == t.B || kin.Unspoken(t.Kind):
		case kin.Lasts(t.From, t.Until, on):
			hold = append(hold, t)
		case t.Kind == kin.Acquainted && !t.Until.IsZero() && t.Until.Last().Before(on):
			apart[paired(t.A, t.B)] = t.ID
		}
	}
	return hold, apart
}

// acquaint adds who know each other by the genogram. Such a tie has no identifier: nobody told it, and it goes with what it follows from.
func (n *Network) acquaint(f kin.Family, on core.Date) {
	n.related = map[pair]bool{}
	for _, p := range relatives(f, on) {
		_, a := n.Alter(p[0])
		_, b := n.Alter(p[1])
		if !a || !b {
			continue
		}
		n.related[p] = true
		if _, apart := n.apart[p]; !apart && len(n.Between(p[0], p[1])) == 0 {
			n.Ties = append(n.Ties, kin.Tie{A: p[0], B: p[1], Kind: kin.Acquainted})
		}
	}
}

// IsFollowed says that two people know each other because the genogram says so, and nobody told it here.
func (n Network) IsFollowed(a, b core.ID) bool {
	ties := n.Between(a, b)
	return len(ties) > 0 && ties[0].ID.IsZero()
}

// meet writes down that two people know each other, without a word of how. Row is the identifier of what it makes.
func (n Network) meet(c *kin.Change, a, b, row core.ID) {
	if id, apart := n.apart[paired(a, b)]; apart && n.related[paired(a, b)] {
		c.Drop = append(c.Drop, id)
		return
	}
	c.Put.Ties = append(c.Put.Ties, kin.Tie{ID: row, A: a, B: b, Kind: kin.Acquainted, From: kin.On(n.On)})
}

// part writes down that two people do not know each other: what was told between them goes, and where the genogram would say that
// they do, it ends the day before.
func (n Network) part(c *kin.Change, a, b, row core.ID) {
	for _, t := range n.Between(a, b) {
		if !t.ID.IsZero() {
			c.Drop = append(c.Drop, t.ID)
		}
	}
	if _, apart := n.apart[paired(a, b)]; n.related[paired(a, b)] && !apart {
		c.Put.Ties = append(c.Put.Ties, kin.Tie{ID: row, A: a, B: b, Kind: kin.Acquainted, Until: kin.On(n.On.AddDays(-1))})
	}
}

// relatives lists who know each other by the genogram on a day (TOO-3): partners, parents and their children, who cares for a child
// and the child, and everybody who lives in one house. A child and a parent without contact are left out: there it is asked.
func relatives(f kin.Family, on core.Date) (out []pair) {
	f = kin.OnDay(f, on)
	r := related{f: f, seen: map[pair]bool{}}
	for _, u := range f.Unions {
		if now := u.Now(); now != "separated" && now != "divorced" {
			r.all(u.Partners)
		}
	}
	for _, l := range f.Links {
		r.parents(l)
	}
	for _, c := range f.Cares {
		r.add(c.Carer, c.Child)
	}
	for _, h := range f.Households {
		var home []core.ID
		for _, s := range f.Stays {
			if s.Household == h.ID {
				home = append(home, s.Person)
			}
		}
		r.all(home)
	}
	return r.out
}

type related struct {
	f    kin.Family
	seen map[pair]bool
	out  []pair
}

func (r *related) all(ids []core.ID) {
	for i, a := range ids {
		for _, b := range ids[:i] {
			r.add(b, a)
		}
	}
}

func (r *related) parents(l kin.Link) {
	i := slices.IndexFunc(r.f.Unions, func(u kin.Union) bool { return u.ID == l.Union })
	if i < 0 || l.Kind == "unknown" {
		return
	}
	for _, parent := range r.f.Unions[i].Partners {
		apart := func(c kin.Contact) bool {
			return c.Child == l.Child && c.Parent == parent && (c.How == "none" || c.How == "forbidden")
		}
		if !slices.ContainsFunc(r.f.Contacts, apart) {
			r.add(parent, l.Child)
		}
	}
}

func (r *related) add(a, b core.ID) {
	if p := paired(a, b); a != b && !r.seen[p] && r.lives(a) && r.lives(b) {
		r.seen[p] = true
		r.out = append(r.out, p)
	}
}

// lives says that somebody is there to be known.
func (r *related) lives(id core.ID) bool {
	p, there := person(r.f, id)
	return there && p.Life == "" && !p.HasDied()
}

// isTold says that somebody told here who knows whom.
func (n Network) isTold() bool {
	return len(n.apart) > 0 || slices.ContainsFunc(n.Ties, func(t kin.Tie) bool { return !t.ID.IsZero() })
}
