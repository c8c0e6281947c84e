package genogram

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/genogram/edit"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web/form"
)

// read makes the change that a fact's form asks for. What is not asked stays as it was.
func read(f *form.Form, fam kin.Family, kind told.Kind, row core.ID) (kin.Change, error) {
	c := kin.Change{Did: "changed", About: id(f, "one")}
	from, until := when(f, "from"), when(f, "until")
	switch kind {
	case told.Person:
		c.About, c.Put = row, readPerson(f, fam, row)
	case told.Union:
		c.Put.Unions = []kin.Union{readUnion(f, fam, row)}
	case told.Child:
		k := get(fam.Links, row, func(k kin.Link) core.ID { return k.ID })
		k.Kind, k.From, k.Until = f.Value("kind"), from, until
		c.About, c.Put.Links = k.Child, []kin.Link{k}
		return c, core.Join(oneOf(f, "kind", kin.Links)...)
	case told.Twins:
		c.Put.Twins = []kin.Twins{{ID: row, Children: idsOf(f, "children"), Identical: f.Bool("identical")}}
		return c, twoOf(c.Put.Twins[0])
	case told.Household:
		h := get(fam.Households, row, func(h kin.Household) core.ID { return h.ID })
		h.Name = f.Value("name")
		c.Put.Households = []kin.Household{h}
	case told.Stay:
		return readStay(f, c, row)
	case told.Care:
		c.Put.Cares = []kin.Care{{ID: row, Child: id(f, "one"), Carer: id(f, "two"), From: from, Until: until}}
		return c, both(f)
	case told.Contact:
		c.Put.Contacts = []kin.Contact{{
			ID: row, Child: id(f, "one"), Parent: id(f, "two"), How: f.Value("how"), Often: f.Value("often"),
			Last: when(f, "last"), From: from, Until: until,
		}}
		return c, core.Join(append(asked(f, "two"), oneOf(f, "how", kin.Hows)...)...)
	case told.Detention:
		d := get(fam.Detentions, row, func(d kin.Detention) core.ID { return d.ID })
		d.ID, d.Person, d.From, d.Until = row, id(f, "one"), from, until
		c.Put.Detentions = []kin.Detention{d}
	case told.Tie:
		c.Put.Ties = []kin.Tie{{ID: row, A: id(f, "one"), B: id(f, "two"), Kind: f.Value("kind"), SaidBy: f.Value("said_by"), From: from, Until: until}}
		return c, core.Join(append(asked(f, "two"), oneOf(f, "kind", kin.Ties)...)...)
	}
	return c, nil
}

// personOf is somebody as a form tells them, besides what it does not ask.
func personOf(f *form.Form, p kin.Person) kin.Person {
	p.Name, p.Is, p.Sex, p.Life = f.Value("name"), f.Value("is"), among(kin.Sexes, f.Value("sex")), among(kin.Lives, f.Value("life"))
	p.Born, p.Died, p.Dead = when(f, "born"), when(f, "died"), f.Bool("dead")
	return p
}

func readPerson(f *form.Form, fam kin.Family, row core.ID) kin.Family {
	p, _ := edit.Person(fam, row)
	p.ID = row
	out := kin.Family{Persons: []kin.Person{personOf(f, p)}}
	if was := slices.Contains(fam.Index, row); f.Bool("index") != was {
		out.Index = slices.DeleteFunc(slices.Clone(fam.Index), func(x core.ID) bool { return x == row })
		if !was {
			out.Index = append(out.Index, row)
		}
	}
	return out
}

func readUnion(f *form.Form, fam kin.Family, row core.ID) kin.Union {
	u, _ := edit.Union(fam, row)
	u.States = nil
	for i := range mostStates {
		if kind := among(kin.States, f.Value(stateField(i))); kind != "" {
			u.States = append(u.States, kin.State{Kind: kind, From: when(f, sinceField(i))})
		}
	}
	return u
}

// readStay lets somebody live in a household that is there, or in one that is named.
func readStay(f *form.Form, c kin.Change, row core.ID) (kin.Change, error) {
	s := kin.Stay{ID: row, Person: id(f, "one"), Household: id(f, "home"), From: when(f, "from"), Until: when(f, "until")}
	if s.Household == 0 {
		s.Household = id(f, "home_row")
		c.Put.Households = []kin.Household{{ID: s.Household, Name: f.Value("home_name")}}
		if f.Value("home_name") == "" {
			return c, core.Invalid("home_name", "genogram_which_home")
		}
	}
	c.Put.Stays = []kin.Stay{s}
	return c, nil
}

// both asks for the second of two people; the first is whose page it is.
func both(f *form.Form) error { return core.Join(asked(f, "two")...) }

func asked(f *form.Form, name string) []*core.Fail {
	if id(f, name) == 0 {
		return []*core.Fail{core.Invalid(name, "genogram_who")}
	}
	return nil
}

func oneOf(f *form.Form, name string, all []string) []*core.Fail {
	if !slices.Contains(all, f.Value(name)) {
		return []*core.Fail{core.Invalid(name, "genogram_choose")}
	}
	return nil
}

func twoOf(w kin.Twins) error {
	if len(w.Children) < 2 {
		return core.Invalid("children", "genogram_two")
	}
	return nil
}

// among is the code if it is one of all, and else none.
func among(all []string, code string) string {
	if slices.Contains(all, code) {
		return code
	}
	return ""
}
