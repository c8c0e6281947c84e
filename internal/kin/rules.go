package kin

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"maatje/internal/core"
)

// The limits of a family. They are wide: what does not fit is a mistake, or a file of something else.
const (
	LongestName  = 200    // letters of a name, or of a few words
	MostPeople   = 3000   // as many as can be drawn while somebody waits
	MostChanges  = 10_000 // in one book: a dozen on each day of the years that a family is kept
	youngest     = 10     // years between somebody and a child they bore or begot
	roughly      = 5      // years that "about" may be off
	mostMistakes = 5      // that are told at once
)

// Check says what cannot be in a family (TOO-2), every mistake with its sentence. Who has thirty partners, several sets of parents or no
// dates at all is welcome, and so is whoever fosters their own foster parent; nobody descends from themselves.
func Check(f Family, today core.Date) error {
	c := &checks{f: f, today: today, persons: map[core.ID]Person{}, unions: map[core.ID]Union{}, households: map[core.ID]bool{}, names: map[core.ID]bool{}}
	if len(f.Persons) > MostPeople {
		return core.Refuse("TOO-2", "kin_too_many", MostPeople)
	}
	if c.identify(); len(c.fails) > 0 {
		return core.Join(c.fails...)
	}
	c.people()
	c.couples()
	c.lineage()
	c.twins()
	c.homes()
	c.between()
	c.networks()
	return core.Join(c.fails[:min(len(c.fails), mostMistakes)]...)
}

// checks gathers mistakes.
type checks struct {
	f          Family
	today      core.Date
	persons    map[core.ID]Person
	unions     map[core.ID]Union
	households map[core.ID]bool
	names      map[core.ID]bool // every identifier
	fails      []*core.Fail
}

// wrong notes a mistake once.
func (c *checks) wrong(is bool, message string, values ...any) bool {
	if is {
		f := core.Refuse("TOO-2", message, values...)
		if !slices.ContainsFunc(c.fails, func(g *core.Fail) bool { return g.Error() == f.Error() }) {
			c.fails = append(c.fails, f)
		}
	}
	return is
}

// called is the name under which a sentence speaks of somebody.
func (c *checks) called(id core.ID) string {
	p := c.persons[id]
	return cmp.Or(p.Name, p.Is, "?")
}

// identify holds that every identifier is of one thing, and that what is named is there and of the right kind.
func (c *checks) identify() {
	for o := range c.f.objects() {
		c.wrong(o.id() == index || c.names[o.id()], "kin_twice")
		c.names[o.id()] = true
	}
	for _, p := range c.f.Persons {
		c.persons[p.ID] = p
	}
	for _, u := range c.f.Unions {
		c.unions[u.ID] = u
	}
	for _, h := range c.f.Households {
		c.households[h.ID] = true
	}
	for o := range c.f.objects() {
		for _, id := range o.about() {
			c.wrong(!c.isThere(o, id), "kin_not_there")
		}
	}
	for i, id := range c.f.Index {
		_, there := c.persons[id]
		c.wrong(!there || slices.Contains(c.f.Index[:i], id), "kin_not_there")
	}
}

// isThere says whether what an object names is there.
func (c *checks) isThere(o object, id core.ID) bool {
	_, isPerson := c.persons[id]
	_, isUnion := c.unions[id]
	switch o := o.(type) {
	case Link:
		return (id != o.Union || isUnion) && (id != o.Child || isPerson)
	case Stay:
		return (id != o.Household || c.households[id]) && (id != o.Person || isPerson)
	}
	return isPerson
}

func (c *checks) people() {
	for _, p := range c.f.Persons {
		c.words(p.Name, p.Is)
		c.known(Sexes, p.Sex)
		c.known(Lives, p.Life)
		c.known(Beyonds, p.Beyond)
		if p.Life != "pregnancy" {
			c.past(p.Born)
		}
		c.past(p.Died)
		c.wrong(before(p.Died, p.Born), "kin_died_before_birth", c.called(p.ID))
	}
	for _, id := range c.f.Index {
		c.wrong(!c.persons[id].IsKin(), "kin_not_kin", c.called(id))
	}
}

// words holds names to a length that can be read in a picture.
func (c *checks) words(all ...string) {
	for _, s := range all {
		c.wrong(utf8.RuneCountInString(s) > LongestName, "kin_name_long", LongestName)
	}
}

// known refuses a code that no form offers.
func (c *checks) known(codes []string, all ...string) {
	for _, code := range all {
		c.wrong(code != "" && !slices.Contains(codes, code), "kin_unknown_word")
	}
}

// past refuses days to come.
func (c *checks) past(all ...When) {
	for _, w := range all {
		c.wrong(w.First().After(c.today), "kin_future", c.today)
	}
}

// period holds that something does not end before it begins. It may end on a day to come.
func (c *checks) period(from, until When) {
	c.past(from)
	c.wrong(before(until, from), "kin_ends_before")
}

// before says that w lies before v for certain, as exact as both are known.
func before(w, v When) bool {
	return !w.IsZero() && !v.IsZero() && slack(w.Last(), w, 1).Before(slack(v.First(), v, -1))
}

// slack moves a day that is about.
func slack(d core.Date, w When, way int) core.Date {
	if !w.About {
		return d
	}
	return d.AddMonths(12 * roughly * way)
}

func (c *checks) couples() {
	for _, u := range c.f.Unions {
		c.wrong(len(u.Partners) == 0, "kin_nobody")
		for i, id := range u.Partners {
			c.wrong(slices.Contains(u.Partners[:i], id), "kin_own_partner", c.called(id))
			c.wrong(!c.persons[id].IsKin(), "kin_not_kin", c.called(id))
		}
		var last When
		for _, s := range u.States {
			c.wrong(!slices.Contains(States, s.Kind), "kin_unknown_word")
			c.past(s.From)
			c.wrong(before(s.From, last), "kin_states_order")
			if !s.From.IsZero() {
				last = s.From
			}
		}
	}
}

// lineage holds who is whose child.
func (c *checks) lineage() {
	for i, l := range c.f.Links {
		c.wrong(!slices.Contains(Links, l.Kind), "kin_unknown_word")
		c.period(l.From, l.Until)
		if c.wrong(!c.persons[l.Child].IsKin(), "kin_not_kin", c.called(l.Child)) {
			continue
		}
		for _, parent := range c.unions[l.Union].Partners {
			own := c.wrong(parent == l.Child, "kin_own_parent", c.called(l.Child))
			c.wrong(!own && l.Kind == Birth && c.tooYoung(parent, l.Child), "kin_too_young", c.called(parent), c.called(l.Child))
		}
		again := func(k Link) bool {
			return k.Child == l.Child && k.Union == l.Union && k.Kind == l.Kind && meet(k.From, k.Until, l.From, l.Until)
		}
		c.wrong(slices.ContainsFunc(c.f.Links[:i], again), "kin_linked_twice", c.called(l.Child))
	}
	for _, id := range c.circles() {
		c.wrong(true, "kin_own_ancestor", c.called(id))
	}
}

// tooYoung says that nobody can have been born to a parent, as far as the dates of both are known.
func (c *checks) tooYoung(parent, child core.ID) bool {
	p, k := c.persons[parent].Born, c.persons[child].Born
	if p.IsZero() || k.IsZero() {
		return false
	}
	return slack(k.Last(), k, 1).Before(slack(p.First(), p, -1).AddMonths(12 * youngest))
}

// meet says that two periods share a day, or may.
func meet(from, until, from2, until2 When) bool {
	return !before(until, from2) && !before(until2, from)
}

// bloodline are the kinds of links by which somebody descends from somebody. Foster parents and guardians are no ancestors: a
// grandmother can be cared for by a grandchild whom she once fostered.
func bloodline(l Link) bool { return l.Kind == Birth || l.Kind == "adopted" || l.Kind == "unknown" }

// circles are those who descend from themselves, one of each circle.
func (c *checks) circles() (out []core.ID) {
	parents := map[core.ID][]core.ID{}
	for _, l := range c.f.Links {
		if bloodline(l) && !slices.Contains(c.unions[l.Union].Partners, l.Child) {
			parents[l.Child] = append(parents[l.Child], c.unions[l.Union].Partners...)
		}
	}
	const open, done = 1, 2
	state := map[core.ID]int{}
	var up func(core.ID)
	up = func(id core.ID) {
		state[id] = open
		for _, p := range parents[id] {
			switch state[p] {
			case open:
				out = append(out, p)
			case 0:
				up(p)
			}
		}
		state[id] = done
	}
	for _, p := range c.f.Persons {
		if state[p.ID] == 0 {
			up(p.ID)
		}
	}
	return out
}
