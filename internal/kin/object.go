package kin

import (
	"iter"

	"maatje/internal/core"
)

// object is anything in a family that has an identifier of its own. An identifier is of one object alone, whatever kind it is.
type object interface {
	id() core.ID
	about() []core.ID // who and what it names; without them it cannot be
}

func (p Person) id() core.ID    { return p.ID }
func (u Union) id() core.ID     { return u.ID }
func (l Link) id() core.ID      { return l.ID }
func (w Twins) id() core.ID     { return w.ID }
func (h Household) id() core.ID { return h.ID }
func (s Stay) id() core.ID      { return s.ID }
func (d Detention) id() core.ID { return d.ID }
func (c Contact) id() core.ID   { return c.ID }
func (c Care) id() core.ID      { return c.ID }
func (t Tie) id() core.ID       { return t.ID }
func (p Place) id() core.ID     { return p.ID }

func (p Person) about() []core.ID    { return nil }
func (u Union) about() []core.ID     { return u.Partners }
func (l Link) about() []core.ID      { return []core.ID{l.Child, l.Union} }
func (w Twins) about() []core.ID     { return w.Children }
func (h Household) about() []core.ID { return nil }
func (s Stay) about() []core.ID      { return []core.ID{s.Household, s.Person} }
func (d Detention) about() []core.ID { return []core.ID{d.Person} }
func (c Contact) about() []core.ID   { return []core.ID{c.Child, c.Parent} }
func (c Care) about() []core.ID      { return []core.ID{c.Carer, c.Child} }
func (t Tie) about() []core.ID       { return []core.ID{t.A, t.B} }
func (p Place) about() []core.ID     { return []core.ID{p.Centre, p.Person} }

// objects are all of them, kind by kind.
func (f Family) objects() iter.Seq[object] {
	return func(yield func(object) bool) {
		_ = each(f.Persons, yield) && each(f.Unions, yield) && each(f.Links, yield) && each(f.Twins, yield) &&
			each(f.Households, yield) && each(f.Stays, yield) && each(f.Detentions, yield) && each(f.Contacts, yield) &&
			each(f.Cares, yield) && each(f.Ties, yield) && each(f.Places, yield)
	}
}

// Has says whether anybody or anything of the family has this identifier.
func (f Family) Has(id core.ID) bool {
	for o := range f.objects() {
		if o.id() == id {
			return true
		}
	}
	return false
}

func each[T object](all []T, yield func(object) bool) bool {
	for _, o := range all {
		if !yield(o) {
			return false
		}
	}
	return true
}

// add puts an object among those of its kind.
func (f *Family) add(o object) {
	switch o := o.(type) {
	case Person:
		f.Persons = append(f.Persons, o)
	case Union:
		f.Unions = append(f.Unions, o)
	case Link:
		f.Links = append(f.Links, o)
	case Twins:
		f.Twins = append(f.Twins, o)
	case Household:
		f.Households = append(f.Households, o)
	case Stay:
		f.Stays = append(f.Stays, o)
	case Detention:
		f.Detentions = append(f.Detentions, o)
	case Contact:
		f.Contacts = append(f.Contacts, o)
	case Care:
		f.Cares = append(f.Cares, o)
	case Tie:
		f.Ties = append(f.Ties, o)
	case Place:
		f.Places = append(f.Places, o)
	}
}
