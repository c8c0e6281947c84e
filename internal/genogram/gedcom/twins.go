package gedcom

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// together is when and of whom somebody was born.
type together struct {
	union core.ID
	born  kin.When
}

// twins are those whom the file calls so, and children of one union who were born on one day. What we wrote says it itself.
func (r *reader) twins() []kin.Twins {
	born := map[together][]core.ID{}
	unions := map[core.ID][]core.ID{}
	for _, l := range r.told.Family.Links {
		if n := r.personByID(l.Child); l.Kind == kin.Birth && n.Born.Day > 0 && !n.Born.About {
			at := together{l.Union, n.Born}
			born[at] = append(born[at], l.Child)
			unions[l.Child] = append(unions[l.Child], l.Union)
		}
	}
	var all []kin.Twins
	done := map[core.ID]bool{}
	for _, p := range r.persons {
		if done[p.ID] {
			continue
		}
		group := r.calledTwins(p, done)
		for _, u := range unions[p.ID] {
			group = addNew(group, done, born[together{u, p.Born}])
		}
		if len(group) > 1 {
			all = append(all, kin.Twins{ID: r.id(), Children: group})
			for _, id := range group {
				done[id] = true
			}
		}
	}
	return all
}

func (r *reader) calledTwins(p *person, done map[core.ID]bool) []core.ID {
	group := []core.ID{p.ID}
	for _, t := range p.twins {
		if n := r.personAt(t); n != nil {
			group = addNew(group, done, []core.ID{n.ID})
		}
	}
	return group
}

func addNew(group []core.ID, done map[core.ID]bool, more []core.ID) []core.ID {
	for _, id := range more {
		if !done[id] && !slices.Contains(group, id) {
			group = append(group, id)
		}
	}
	return group
}

// personByID finds somebody: people have the first identifiers, in their order.
func (r *reader) personByID(id core.ID) *person { return r.persons[id-1] }
