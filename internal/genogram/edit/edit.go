// Package edit says what becomes of a family when somebody asks for a parent, a partner, a child or a brother: which things
// get new values, and which go (TOO-2). Nobody needs to know what a union is to draw one.
package edit

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// IDs are those of the new things, made when the form was shown, so that a double tap makes them once.
type IDs struct{ Person, Union, Link, Parent, ParentLink, Twins core.ID }

// Relative is somebody who comes in, or is in already, and how.
type Relative struct {
	Person      kin.Person // of somebody who is in the picture already only the ID
	Known       bool       // in the picture already
	Union       core.ID    // with whom: a union that is there; none makes a new one
	Half        core.ID    // of a brother or sister: the one parent they share
	Kind        string     // of the link to a child
	State       string     // of the union
	From, Until kin.When
	Twins       bool // of a brother or sister: born together
	Identical   bool // from one egg
}

func (r Relative) persons() []kin.Person {
	if r.Known {
		return nil
	}
	return []kin.Person{r.Person}
}

func (r Relative) states() []kin.State {
	if r.State == "" {
		return nil
	}
	return []kin.State{{Kind: r.State, From: r.From}}
}

func (r Relative) link(id, child, union core.ID) kin.Link {
	return kin.Link{ID: id, Child: child, Union: union, Kind: r.Kind, From: r.From, Until: r.Until}
}

// Parent gives a child a parent: in a union that is there, beside the parent in it, or in a new one.
func Parent(f kin.Family, child core.ID, r Relative, ids IDs) kin.Change {
	c := kin.Change{Did: "parent", About: child, Put: kin.Family{Persons: r.persons()}}
	u, ok := Union(f, r.Union)
	if ok {
		u.Partners = with(u.Partners, r.Person.ID)
	} else {
		u = kin.Union{ID: ids.Union, Partners: []core.ID{r.Person.ID}}
	}
	c.Put.Unions = []kin.Union{u}
	if !slices.ContainsFunc(f.Links, func(k kin.Link) bool { return k.Union == u.ID && k.Child == child }) {
		c.Put.Links = []kin.Link{r.link(ids.Link, child, u.ID)}
	}
	return c
}

// Partner gives somebody a partner. In a union of one that is there, they become the other parent of its children.
func Partner(f kin.Family, of core.ID, r Relative, ids IDs) kin.Change {
	u, ok := Union(f, r.Union)
	if ok && !slices.Contains(u.Partners, r.Person.ID) {
		u.Partners, u.States = with(u.Partners, r.Person.ID), append(slices.Clone(u.States), r.states()...)
	} else if !ok {
		u = kin.Union{ID: ids.Union, Partners: []core.ID{of, r.Person.ID}, States: r.states()}
	}
	return kin.Change{Did: "partner", About: of, Put: kin.Family{Persons: r.persons(), Unions: []kin.Union{u}}}
}

// Child gives somebody a child, of a union that is there or of them alone.
func Child(f kin.Family, of core.ID, r Relative, ids IDs) kin.Change {
	c := kin.Change{Did: "child", About: of, Put: kin.Family{Persons: r.persons()}}
	u, ok := Union(f, r.Union)
	if !ok {
		u = kin.Union{ID: ids.Union, Partners: []core.ID{of}}
		c.Put.Unions = []kin.Union{u}
	}
	c.Put.Links = []kin.Link{r.link(ids.Link, r.Person.ID, u.ID)}
	return c
}

// Sibling gives somebody a brother or sister: of the same parents, of one of them, or of a parent whom nobody named yet.
func Sibling(f kin.Family, of core.ID, r Relative, ids IDs) kin.Change {
	c := kin.Change{Did: "sibling", About: of, Put: kin.Family{Persons: r.persons()}}
	u, ok := Union(f, r.Union)
	if !ok {
		u = kin.Union{ID: ids.Union, Partners: []core.ID{r.Half}}
		if r.Half == 0 {
			u.Partners[0] = ids.Parent
			c.Put.Persons = append(c.Put.Persons, kin.Person{ID: ids.Parent})
			c.Put.Links = []kin.Link{{ID: ids.ParentLink, Child: of, Union: u.ID, Kind: kin.Birth}}
		}
		c.Put.Unions = []kin.Union{u}
	}
	c.Put.Links = append(c.Put.Links, r.link(ids.Link, r.Person.ID, u.ID))
	if r.Twins {
		c.Put.Twins = []kin.Twins{together(f, of, r, ids)}
	}
	return c
}

// together adds to the twins that are there, or makes them.
func together(f kin.Family, of core.ID, r Relative, ids IDs) kin.Twins {
	for _, w := range f.Twins {
		if slices.Contains(w.Children, of) {
			w.Children, w.Identical = with(w.Children, r.Person.ID), r.Identical
			return w
		}
	}
	return kin.Twins{ID: ids.Twins, Children: []core.ID{of, r.Person.ID}, Identical: r.Identical}
}

// with is the list with one more, who stands in it once: a double tap finds the first tap's work.
func with(ids []core.ID, id core.ID) []core.ID {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(slices.Clone(ids), id)
}
