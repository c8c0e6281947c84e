package genogram

import (
	"slices"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/genogram/edit"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web/form"
)

// A fact is asked and changed by one form; what it asks depends on its kind. The names of the fields are the same wherever they mean
// the same.
var factFields = form.Fields{
	Lines: []string{
		"row", "name", "is", "sex", "born", "life", "dead", "died", "index", // a person
		"one", "two", "home", "home_name", "home_row", "children", "identical", "kind", "how", "often", "last", "said_by", "from", "until",
		"state_*", "since_*",
	},
	Max: map[string]int{"born": 40, "died": 40, "from": 40, "until": 40, "last": 40},
}

// mostStates is how many of them a form sends at most.
const mostStates = 40

func stateField(i int) string { return "state_" + strconv.Itoa(i) }

func sinceField(i int) string { return "since_" + strconv.Itoa(i) }

// kindOf says what kind of fact it is; none if there is no such fact.
func kindOf(facts []told.Fact, id core.ID) told.Kind {
	if i := slices.IndexFunc(facts, func(f told.Fact) bool { return f.ID == id }); i >= 0 {
		return facts[i].Kind
	}
	return ""
}

// fill puts what is known of a fact into its form.
func fill(f *form.Form, fam kin.Family, kind told.Kind, id core.ID) {
	f.Set("row", id.String())
	switch kind {
	case told.Person:
		p, _ := edit.Person(fam, id)
		fillPerson(f, p, slices.Contains(fam.Index, id))
	case told.Union:
		u, _ := edit.Union(fam, id)
		for i, s := range u.States {
			f.Set(stateField(i), s.Kind).Set(sinceField(i), typed(f.Lang, s.From))
		}
	case told.Child:
		k := get(fam.Links, id, func(k kin.Link) core.ID { return k.ID })
		dates(f.Set("kind", k.Kind), k.From, k.Until)
	case told.Twins:
		w := get(fam.Twins, id, func(w kin.Twins) core.ID { return w.ID })
		f.Set("identical", tick(w.Identical)).Set("children", texts(w.Children)...)
	case told.Household:
		f.Set("name", get(fam.Households, id, func(h kin.Household) core.ID { return h.ID }).Name)
	case told.Stay, told.Care, told.Contact, told.Detention, told.Tie:
		fillTold(f, fam, kind, id)
	}
}

func fillPerson(f *form.Form, p kin.Person, index bool) {
	f.Set("name", p.Name).Set("is", p.Is).Set("sex", p.Sex).Set("life", p.Life).Set("born", typed(f.Lang, p.Born))
	f.Set("dead", tick(p.Dead)).Set("died", typed(f.Lang, p.Died)).Set("index", tick(index))
}

// fillTold fills the form of what is told of somebody.
func fillTold(f *form.Form, fam kin.Family, kind told.Kind, id core.ID) {
	switch kind { //nolint:exhaustive // fill asks for these alone
	case told.Stay:
		s := get(fam.Stays, id, func(s kin.Stay) core.ID { return s.ID })
		dates(f.Set("one", s.Person.String()).Set("home", s.Household.String()), s.From, s.Until)
	case told.Care:
		c := get(fam.Cares, id, func(c kin.Care) core.ID { return c.ID })
		dates(f.Set("one", c.Child.String()).Set("two", c.Carer.String()), c.From, c.Until)
	case told.Contact:
		c := get(fam.Contacts, id, func(c kin.Contact) core.ID { return c.ID })
		f.Set("one", c.Child.String()).Set("two", c.Parent.String()).Set("how", c.How).Set("often", c.Often).Set("last", typed(f.Lang, c.Last))
		dates(f, c.From, c.Until)
	case told.Detention:
		d := get(fam.Detentions, id, func(d kin.Detention) core.ID { return d.ID })
		dates(f.Set("one", d.Person.String()), d.From, d.Until)
	case told.Tie:
		b := get(fam.Ties, id, func(b kin.Tie) core.ID { return b.ID })
		dates(f.Set("one", b.A.String()).Set("two", b.B.String()).Set("kind", b.Kind).Set("said_by", b.SaidBy), b.From, b.Until)
	}
}

func dates(f *form.Form, from, until kin.When) {
	f.Set("from", typed(f.Lang, from)).Set("until", typed(f.Lang, until))
}

func get[T any](all []T, id core.ID, of func(T) core.ID) T {
	for _, x := range all {
		if of(x) == id {
			return x
		}
	}
	var none T
	return none
}

func tick(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}

func texts(ids []core.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}

// id reads the identifier in a field; what is none is nobody.
func id(f *form.Form, name string) core.ID {
	x, err := core.ParseID[core.ID](f.Value(name))
	if err != nil {
		return 0
	}
	return x
}

func idsOf(f *form.Form, name string) (out []core.ID) {
	for _, s := range f.List(name) {
		if x, err := core.ParseID[core.ID](s); err == nil && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
