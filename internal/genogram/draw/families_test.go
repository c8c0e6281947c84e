package draw

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
)

// told is a family as the tests tell it: people by their first names.
type told struct {
	f     kin.Family
	ids   map[string]core.ID
	count int64
}

func (t *told) id() core.ID {
	t.count++
	return core.ID(t.count)
}

// tell begins with everybody, a generation a line: "Sara f 2017-05-03", the sex and the birthday left away if nobody knows them.
func tell(rows ...string) *told {
	t := &told{ids: map[string]core.ID{}}
	for _, row := range rows {
		for one := range strings.SplitSeq(row, ";") {
			words := strings.Fields(one)
			p := kin.Person{ID: t.id(), Name: strings.ReplaceAll(words[0], "_", " ")}
			if len(words) > 1 {
				p.Sex = strings.Trim(words[1], "?")
			}
			if len(words) > 2 {
				p.Born = when(words[2])
			}
			if len(words) > 3 {
				p.Died = when(words[3])
			}
			t.ids[words[0]] = p.ID
			t.f.Persons = append(t.f.Persons, p)
		}
	}
	return t
}

func when(s string) kin.When {
	w, err := kin.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func (t *told) change(name string, f func(p *kin.Person)) *told {
	for i := range t.f.Persons {
		if t.f.Persons[i].ID == t.ids[name] {
			f(&t.f.Persons[i])
		}
	}
	return t
}

func (t *told) who(names string) (out []core.ID) {
	for name := range strings.FieldsSeq(names) {
		if t.ids[name].IsZero() {
			panic("nobody is called " + name)
		}
		out = append(out, t.ids[name])
	}
	return out
}

func (t *told) index(names string) *told {
	t.f.Index = t.who(names)
	return t
}

// union joins partners, with states such as "married 2010", and their children by birth.
func (t *told) union(partners, children string, states ...string) *told {
	u := kin.Union{ID: t.id(), Partners: t.who(partners)}
	for _, s := range states {
		kind, from, _ := strings.Cut(s, " ")
		u.States = append(u.States, kin.State{Kind: kind, From: when(from)})
	}
	t.f.Unions = append(t.f.Unions, u)
	for _, c := range t.who(children) {
		t.f.Links = append(t.f.Links, kin.Link{ID: t.id(), Child: c, Union: u.ID, Kind: kin.Birth})
	}
	return t
}

// link makes somebody a child of the union that was told last in another way than by birth.
func (t *told) link(child, kind string) *told {
	u := t.f.Unions[len(t.f.Unions)-1]
	t.f.Links = append(t.f.Links, kin.Link{ID: t.id(), Child: t.ids[child], Union: u.ID, Kind: kind})
	return t
}

func (t *told) twins(children string, identical bool) *told {
	t.f.Twins = append(t.f.Twins, kin.Twins{ID: t.id(), Children: t.who(children), Identical: identical})
	return t
}

func (t *told) home(name, people string, from string) *told {
	h := kin.Household{ID: t.id(), Name: name}
	t.f.Households = append(t.f.Households, h)
	for _, p := range t.who(people) {
		t.f.Stays = append(t.f.Stays, kin.Stay{ID: t.id(), Household: h.ID, Person: p, From: when(from)})
	}
	return t
}

func (t *told) inside(people string) *told {
	for _, p := range t.who(people) {
		t.f.Detentions = append(t.f.Detentions, kin.Detention{ID: t.id(), Person: p})
	}
	return t
}

func (t *told) care(carer, child, from string) *told {
	t.f.Cares = append(t.f.Cares, kin.Care{ID: t.id(), Carer: t.ids[carer], Child: t.ids[child], From: when(from)})
	return t
}

func (t *told) tie(a, b, kind string) *told {
	t.f.Ties = append(t.f.Ties, kin.Tie{ID: t.id(), A: t.ids[a], B: t.ids[b], Kind: kind})
	return t
}

func (t *told) contact(child, parent, how, often string) *told {
	t.f.Contacts = append(t.f.Contacts, kin.Contact{ID: t.id(), Child: t.ids[child], Parent: t.ids[parent], How: how, Often: often})
	return t
}

func (t *told) drawing() arrange.Drawing { return arrange.Of(t.f, nil) }
