// Package told says in sentences everything that a genogram shows (TOO-2): who somebody is, who is whose child, who lives where,
// what is between two people. The table beside the picture, the page of one person and the list of changes are made of it.
package told

import (
	"cmp"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// Kind is what a fact is about.
type Kind string

// The kinds in the order in which the table tells them.
const (
	Person    Kind = "person"
	Union     Kind = "union"
	Child     Kind = "child"
	Twins     Kind = "twins"
	Household Kind = "household"
	Stay      Kind = "stay"
	Care      Kind = "care"
	Contact   Kind = "contact"
	Detention Kind = "detention"
	Tie       Kind = "tie"
)

// Kinds lists them.
var Kinds = []Kind{Person, Union, Child, Twins, Household, Stay, Care, Contact, Detention, Tie}

// Fact is one thing that the picture shows, in a sentence. Its identifier is that of what it is about.
type Fact struct {
	Kind   Kind
	ID     core.ID
	People []core.ID // whom it is about, the first before all
	Words  string
}

// Teller tells about one family on one day.
type Teller struct {
	l       text.Lang
	f       kin.Family
	on      core.Date
	ageless bool
	who     map[core.ID]kin.Person
	bonds   map[core.ID]kin.Union
}

// New makes a teller. on is the day for which ages are told.
func New(l text.Lang, f kin.Family, on core.Date) Teller {
	t := Teller{l, f, on, false, make(map[core.ID]kin.Person, len(f.Persons)), make(map[core.ID]kin.Union, len(f.Unions))}
	for _, p := range f.Persons {
		t.who[p.ID] = p
	}
	for _, u := range f.Unions {
		t.bonds[u.ID] = u
	}
	return t
}

// Ageless tells no ages: they differ from day to day while nothing happens.
func (t Teller) Ageless() Teller { t.ageless = true; return t }

// Facts are all of them, kind by kind.
func (t Teller) Facts() (out []Fact) {
	add := func(kind Kind, id core.ID, words string, people ...core.ID) {
		out = append(out, Fact{kind, id, people, words})
	}
	for _, p := range t.f.Persons {
		if p.IsKin() {
			add(Person, p.ID, t.Person(p), p.ID)
		}
	}
	for _, u := range t.f.Unions {
		add(Union, u.ID, t.union(u), u.Partners...)
	}
	for _, k := range t.f.Links {
		u := t.bonds[k.Union]
		add(Child, k.ID, t.link(k, u), append([]core.ID{k.Child}, u.Partners...)...)
	}
	for _, w := range t.f.Twins {
		add(Twins, w.ID, t.twins(w), w.Children...)
	}
	for _, h := range t.f.Households {
		add(Household, h.ID, t.household(h), t.in(h.ID)...)
	}
	for _, s := range t.f.Stays {
		add(Stay, s.ID, t.stay(s), s.Person)
	}
	for _, c := range t.f.Cares {
		add(Care, c.ID, t.dated(t.l.GenogramCares(t.Name(c.Carer), t.Name(c.Child)), c.From, c.Until), c.Carer, c.Child)
	}
	for _, c := range t.f.Contacts {
		add(Contact, c.ID, t.contact(c), c.Child, c.Parent)
	}
	for _, d := range t.f.Detentions {
		add(Detention, d.ID, t.dated(t.l.GenogramInside(t.Name(d.Person)), d.From, d.Until), d.Person)
	}
	for _, b := range t.f.Ties {
		if b.Kind != kin.Acquainted && t.areKin(b.A, b.B) {
			add(Tie, b.ID, t.tie(b), b.A, b.B)
		}
	}
	return out
}

func (t Teller) areKin(all ...core.ID) bool {
	return !slices.ContainsFunc(all, func(id core.ID) bool {
		p, there := t.who[id]
		return !there || !p.IsKin()
	})
}

// About are the facts in which somebody has a part, themselves first.
func About(facts []Fact, id core.ID) (out []Fact) {
	for _, f := range facts {
		if slices.Contains(f.People, id) {
			out = append(out, f)
		}
	}
	return out
}

// Of are the facts of one kind.
func Of(facts []Fact, k Kind) (out []Fact) {
	for _, f := range facts {
		if f.Kind == k {
			out = append(out, f)
		}
	}
	return out
}

// Name is what somebody is called; who has no name is called by what they are.
func (t Teller) Name(id core.ID) string {
	p, there := t.who[id]
	if !there {
		return t.l.GenogramSomebody("none")
	}
	return cmp.Or(p.Name, p.Is, t.nameless(p))
}

func (t Teller) nameless(p kin.Person) string {
	if p.Life != "" {
		return t.l.KinLife(p.Life)
	}
	return t.l.GenogramSomebody(cmp.Or(p.Sex, "none"))
}

// Names joins names as a sentence does.
func (t Teller) Names(all []core.ID) string {
	out := make([]string, len(all))
	for i, id := range all {
		out[i] = t.Name(id)
	}
	return t.l.And(out)
}

// in are those who stay in a household on the day.
func (t Teller) in(household core.ID) (out []core.ID) {
	for _, s := range t.f.Stays {
		if s.Household == household && !slices.Contains(out, s.Person) && t.lasts(s.From, s.Until) {
			out = append(out, s.Person)
		}
	}
	return out
}

func (t Teller) lasts(from, until kin.When) bool {
	return (from.IsZero() || !from.First().After(t.on)) && (until.IsZero() || until.Last().After(t.on))
}
