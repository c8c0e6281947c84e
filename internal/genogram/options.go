package genogram

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/genogram/edit"
	"maatje/internal/kin"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// ties are those of the genogram: that two people know each other is the sociogram's.
func ties() []string {
	return slices.DeleteFunc(slices.Clone(kin.Ties), func(k string) bool { return k == kin.Acquainted })
}

// homes are the households, and a new one.
func homes(l text.Lang, x sheet) (out []components.Option) {
	for _, h := range x.Family.Households {
		out = append(out, components.Option{Value: h.ID.String(), Label: h.Name})
	}
	return append(out, components.Option{Value: "new", Label: l.GenogramHomeOther()})
}

// parentsFirst are others with the parents before them: a child's contact is mostly with one of those.
func parentsFirst(l text.Lang, x sheet, child core.ID) []components.Option {
	out := others(l, x.Family, child)
	var parents []string
	for _, u := range edit.ParentsOf(x.Family, child) {
		parents = append(parents, texts(u.Partners)...)
	}
	slices.SortStableFunc(out, func(a, b components.Option) int {
		return rank(parents, a.Value) - rank(parents, b.Value)
	})
	return out
}

func rank(parents []string, id string) int {
	if slices.Contains(parents, id) {
		return 0
	}
	return 1
}

// twinnable are somebody's brothers and sisters, they themselves, and who is ticked already.
func twinnable(x sheet, fm *form.Form, of kin.Person) (out []components.Option) {
	ids := append([]core.ID{of.ID}, edit.SiblingsOf(x.Family, of.ID)...)
	ids = append(ids, idsOf(fm, "children")...)
	t := x.teller()
	seen := map[core.ID]bool{}
	for _, id := range ids {
		if p, there := edit.Person(x.Family, id); there && !seen[id] {
			seen[id] = true
			out = append(out, components.Option{Value: id.String(), Label: t.Called(p)})
		}
	}
	return out
}

// statesShown is how many states a form has room for: those that are filled in and two more.
func statesShown(fm *form.Form) int {
	n := 0
	for i := range mostStates {
		if fm.Value(stateField(i)) != "" {
			n = i + 1
		}
	}
	return min(n+2, mostStates)
}

// of is whom a fact is about before all.
func (x changed) of() kin.Person {
	p, _ := edit.Person(x.Family, x.one())
	return p
}

// back is where the reader was: with the person, or at the picture.
func (x changed) back() string {
	if one := x.one(); one != 0 {
		return x.person(one)
	}
	return x.root()
}
