package network

import (
	"slices"
	"strings"
	"unicode/utf8"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// Most people in one network. On paper nobody comes to a third of it.
const Most = 150

// MostTasks of the volunteer in one network.
const MostTasks = 30

const longestName = 200

// Names splits what was typed into names: one on each line, or with a comma or a semicolon between them.
func Names(typed string) (out []string) {
	for s := range strings.FieldsFuncSeq(typed, func(r rune) bool { return strings.ContainsRune("\n,;", r) }) {
		if s = strings.Join(strings.Fields(s), " "); s != "" && !slices.ContainsFunc(out, same(s)) {
			out = append(out, s)
		}
	}
	return out
}

func same(a string) func(string) bool {
	return func(b string) bool { return strings.EqualFold(a, b) }
}

// Named applies TOO-3: who is named is put in the network, and is somebody of the genogram where they stand there already. Line
// is the identifier that the screen gave, so that a double tap names nobody twice.
func Named(f kin.Family, middle, line core.ID, names []string) (kin.Change, error) {
	n, err := Of(f, middle, core.Date{})
	if err != nil {
		return kin.Change{}, err
	}
	if len(names) == 0 {
		return kin.Change{}, invalid("names", "network_name_missing")
	}
	if len(n.Alters)+len(names) > Most {
		return kin.Change{}, invalid("names", "network_full", Most)
	}
	c := kin.Change{Did: "network_named", About: middle}
	for i, name := range names {
		if utf8.RuneCountInString(name) > longestName {
			return c, invalid("names", "network_name_long", longestName)
		}
		if strings.EqualFold(name, n.Middle.Name) || slices.ContainsFunc(n.Alters, func(a Alter) bool { return strings.EqualFold(name, a.Name) }) {
			return c, invalid("names", "network_named_already", name)
		}
		id := line + core.ID(2*i)
		if p, found := only(f, n, name); found {
			c.Put.Places = append(c.Put.Places, kin.Place{ID: id + 1, Centre: middle, Person: p.ID})
			continue
		}
		c.Put.Persons = append(c.Put.Persons, kin.Person{ID: id, Name: name})
		c.Put.Places = append(c.Put.Places, kin.Place{ID: id + 1, Centre: middle, Person: id})
	}
	return c, nil
}

// only finds the one person of that name who is not in the network yet; of two it finds neither.
func only(f kin.Family, n Network, name string) (found kin.Person, ok bool) {
	for _, p := range f.Persons {
		if _, there := n.Alter(p.ID); there || p.ID == n.Middle.ID || !strings.EqualFold(p.Name, name) {
			continue
		}
		if ok {
			return kin.Person{}, false
		}
		found, ok = p, true
	}
	return found, ok
}

// Taken puts somebody who is known already in the network.
func Taken(f kin.Family, middle, line core.ID, who kin.Person) (kin.Change, error) {
	n, err := Of(f, middle, core.Date{})
	if err != nil {
		return kin.Change{}, err
	}
	c := kin.Change{Did: "network_named", About: middle}
	if _, there := n.Alter(who.ID); there || who.ID == middle {
		return c, invalid("names", "network_named_already", who.Name)
	}
	if len(n.Alters) == Most {
		return c, invalid("names", "network_full", Most)
	}
	if _, known := person(f, who.ID); !known {
		c.Put.Persons = []kin.Person{who}
	}
	c.Put.Places = []kin.Place{{ID: line + 1, Centre: middle, Person: who.ID}}
	return c, nil
}

// Whose applies TOO-3: who somebody is to the family: a quarter and a word of their own.
func Whose(n Network, says map[core.ID]Word) (kin.Change, error) {
	c := kin.Change{Did: "network_who", About: n.Middle.ID}
	for _, a := range n.Alters {
		w, said := says[a.ID]
		if !said {
			continue
		}
		if !IsQuarter(w.Quarter) {
			return c, invalid("quarter_"+a.ID.String(), "network_quarter_missing", a.Name)
		}
		p := a.Person
		p.Is, p.Beyond = w.Is, w.Quarter
		if w.Quarter == "family" {
			p.Beyond = ""
		}
		if p != a.Person {
			c.Put.Persons = append(c.Put.Persons, p)
		}
	}
	return c, nil
}

// Word is who somebody is: the quarter, and the family's own word.
type Word struct{ Quarter, Is string }

// Placed applies TOO-4: somebody stands in a ring.
func Placed(n Network, who core.ID, ring, count int) (kin.Change, error) {
	a, there := n.Alter(who)
	if !there {
		return kin.Change{}, invalid("who", "network_choose_name")
	}
	if ring < 1 || ring > count {
		return kin.Change{}, invalid("ring", "network_choose_ring")
	}
	a.Place.Ring = ring
	return kin.Change{Did: "network_placed", About: who, Put: kin.Family{Places: []kin.Place{a.Place}}}, nil
}

// Offered are the kinds of ties that the network asks for. Others come from the genogram and stay as they are.
var Offered = []string{kin.Acquainted, "close", "very_close", "best_friends", "love", "distant", "cut_off", "discord"}

// Knows applies TOO-3: whom of the others somebody knows. Whom somebody knows already keeps the tie that is there; who is not known
// any more has it taken away.
func Knows(n Network, who, line core.ID, others []core.ID) (kin.Change, error) {
	if _, there := n.Alter(who); !there {
		return kin.Change{}, core.NotFound()
	}
	c := kin.Change{Did: "network_knows", About: who}
	for i, o := range n.Alters {
		ties := n.Between(who, o.ID)
		switch chosen := slices.Contains(others, o.ID); {
		case o.ID == who:
		case chosen && len(ties) == 0:
			n.meet(&c, who, o.ID, line+core.ID(i))
		case !chosen && len(ties) > 0:
			n.part(&c, who, o.ID, line+core.ID(i))
		}
	}
	return c, nil
}

// Tied applies TOO-3: what is between two people of the network. The empty kind takes it away.
func Tied(n Network, a, b, line core.ID, kind string) (kin.Change, error) {
	c := kin.Change{Did: "network_tied", About: a}
	_, here := n.Alter(a)
	_, there := n.Alter(b)
	if !here || !there || a == b {
		return c, invalid("other", "network_choose_name")
	}
	ties := n.Between(a, b)
	if kind == "" {
		n.part(&c, a, b, line)
		return c, nil
	}
	if !slices.Contains(Offered, kind) {
		return c, invalid("kind", "network_choose_tie")
	}
	t := kin.Tie{ID: line, A: a, B: b, From: kin.On(n.On)}
	if len(ties) > 0 && !n.IsFollowed(a, b) {
		t = ties[0]
	}
	t.Kind = kind
	c.Put.Ties = []kin.Tie{t}
	return c, nil
}

// Gives applies TOO-4: what somebody gives, could give, and could take over.
func Gives(n Network, who core.ID, gives, could, tasks []string) (kin.Change, error) {
	a, there := n.Alter(who)
	if !there {
		return kin.Change{}, core.NotFound()
	}
	a.Place.Gives, a.Place.Could = known(gives, kin.Supports), known(could, kin.Supports)
	kept := slices.DeleteFunc(slices.Clone(a.Place.Tasks), func(t string) bool { return slices.Contains(n.Own.Tasks, t) })
	a.Place.Tasks = append(known(tasks, n.Own.Tasks), kept...)
	return kin.Change{Did: "network_support", About: who, Put: kin.Family{Places: []kin.Place{a.Place}}}, nil
}

// known keeps of a choice what can be chosen, in that order.
func known(chosen, from []string) (out []string) {
	for _, s := range from {
		if slices.Contains(chosen, s) {
			out = append(out, s)
		}
	}
	return out
}

// Tasked applies TOO-4: what the volunteer does today.
func Tasked(n Network, line core.ID, more []string) (kin.Change, error) {
	own := n.Own
	if own.ID.IsZero() {
		own = kin.Place{ID: line, Centre: n.Middle.ID, Person: n.Middle.ID}
	}
	own.Tasks = slices.Clone(own.Tasks)
	for _, t := range more {
		if utf8.RuneCountInString(t) > longestName {
			return kin.Change{}, invalid("tasks", "network_name_long", longestName)
		}
		if !slices.ContainsFunc(own.Tasks, same(t)) {
			own.Tasks = append(own.Tasks, t)
		}
	}
	switch {
	case len(more) == 0:
		return kin.Change{}, invalid("tasks", "network_task_missing")
	case len(own.Tasks) > MostTasks:
		return kin.Change{}, invalid("tasks", "network_tasks_full", MostTasks)
	}
	return kin.Change{Did: "network_tasks", About: n.Middle.ID, Put: kin.Family{Places: []kin.Place{own}}}, nil
}

// Untasked takes a task of the volunteer off the list.
func Untasked(n Network, task string) (kin.Change, error) {
	i := slices.Index(n.Own.Tasks, task)
	if i < 0 {
		return kin.Change{}, core.NotFound()
	}
	own := n.Own
	own.Tasks = slices.Delete(slices.Clone(own.Tasks), i, i+1)
	return kin.Change{Did: "network_tasks", About: n.Middle.ID, Put: kin.Family{Places: []kin.Place{own}}}, nil
}

// Gone takes somebody out of the network, with what ties them to the others in it. In the genogram they stay.
func Gone(f kin.Family, n Network, who core.ID) (kin.Change, error) {
	a, there := n.Alter(who)
	if !there {
		return kin.Change{}, core.NotFound()
	}
	c := kin.Change{Did: "network_gone", About: n.Middle.ID, Drop: []core.ID{a.Place.ID}}
	if a.IsKin() || isElsewhere(f, n.Middle.ID, who) {
		return c, nil
	}
	for _, t := range f.Ties {
		if t.A == who || t.B == who {
			c.Drop = append(c.Drop, t.ID)
		}
	}
	c.Drop = append(c.Drop, who)
	return c, nil
}

// isElsewhere says that somebody stands in another network or in the genogram too.
func isElsewhere(f kin.Family, middle, who core.ID) bool {
	return slices.Contains(f.Index, who) ||
		slices.ContainsFunc(f.Ties, func(t kin.Tie) bool { return kin.Unspoken(t.Kind) && (t.A == who || t.B == who) }) ||
		slices.ContainsFunc(f.Places, func(p kin.Place) bool { return p.Centre != middle && p.Person == who || p.Centre == who }) ||
		slices.ContainsFunc(f.Unions, func(u kin.Union) bool { return slices.Contains(u.Partners, who) }) ||
		slices.ContainsFunc(f.Twins, func(t kin.Twins) bool { return slices.Contains(t.Children, who) }) ||
		slices.ContainsFunc(f.Links, func(l kin.Link) bool { return l.Child == who }) ||
		slices.ContainsFunc(f.Stays, func(s kin.Stay) bool { return s.Person == who }) ||
		slices.ContainsFunc(f.Detentions, func(d kin.Detention) bool { return d.Person == who }) ||
		slices.ContainsFunc(f.Contacts, func(c kin.Contact) bool { return c.Child == who || c.Parent == who }) ||
		slices.ContainsFunc(f.Cares, func(c kin.Care) bool { return c.Child == who || c.Carer == who })
}

// Renamed gives somebody another name.
func Renamed(n Network, who core.ID, name string) (kin.Change, error) {
	a, there := n.Alter(who)
	switch {
	case !there:
		return kin.Change{}, core.NotFound()
	case name == "":
		return kin.Change{}, invalid("name", "network_name_missing")
	}
	a.Name = name
	return kin.Change{Did: "network_who", About: who, Put: kin.Family{Persons: []kin.Person{a.Person}}}, nil
}

func invalid(field, message string, values ...any) *core.Fail {
	f := core.Invalid(field, message, values...)
	f.Rule = "TOO-4"
	return f
}
