package edit

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// Union finds a union.
func Union(f kin.Family, id core.ID) (kin.Union, bool) {
	return first(f.Unions, func(u kin.Union) bool { return u.ID == id })
}

// Person finds somebody.
func Person(f kin.Family, id core.ID) (kin.Person, bool) {
	return first(f.Persons, func(p kin.Person) bool { return p.ID == id })
}

// UnionsOf are the unions in which somebody is a partner.
func UnionsOf(f kin.Family, person core.ID) []kin.Union {
	return all(f.Unions, func(u kin.Union) bool { return slices.Contains(u.Partners, person) })
}

// ParentsOf are the unions of which somebody is a child.
func ParentsOf(f kin.Family, child core.ID) []kin.Union {
	return all(f.Unions, func(u kin.Union) bool {
		return slices.ContainsFunc(f.Links, func(k kin.Link) bool { return k.Child == child && k.Union == u.ID })
	})
}

// ChildrenOf are the children of a union.
func ChildrenOf(f kin.Family, union core.ID) (out []core.ID) {
	for _, k := range f.Links {
		if k.Union == union {
			out = append(out, k.Child)
		}
	}
	return out
}

// SiblingsOf are the others who have a parent of somebody, each once.
func SiblingsOf(f kin.Family, of core.ID) (out []core.ID) {
	for _, u := range ParentsOf(f, of) {
		for _, partner := range u.Partners {
			for _, v := range UnionsOf(f, partner) {
				out = append(out, ChildrenOf(f, v.ID)...)
			}
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(id core.ID) bool { return id == of })
}

func first[T any](from []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(from, is); i >= 0 {
		return from[i], true
	}
	var none T
	return none, false
}

func all[T any](from []T, is func(T) bool) (out []T) {
	for _, x := range from {
		if is(x) {
			out = append(out, x)
		}
	}
	return out
}
