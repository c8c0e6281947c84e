// Package network shows who stands around a member of the family: the sociogram with the ties among them (TOO-3), and the network
// map with who is near, who gives what, and who could take over from the volunteer (TOO-4). The people are those of the genogram;
// they are told one by one in a talk that can stop anywhere, and what is said of them is said in words, never as a score.
package network

import (
	"cmp"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/network/rings"
)

// Network is everybody around one member of the family.
type Network struct {
	Middle kin.Person
	Alters []Alter   // in the order in which they were named
	Ties   []kin.Tie // among them: those that hold, and those that follow from the genogram
	Own    kin.Place // the middle's own place: its tasks are what the volunteer does today
	On     core.Date // of which day

	apart   map[pair]core.ID // who do not know each other any more, and the tie that says so
	related map[pair]bool    // who know each other by the genogram, whatever is told here
}

// Alter is somebody in a network, with what they are in it.
type Alter struct {
	kin.Person
	Place kin.Place
}

// Quarter is the part of the rings in which somebody stands.
func Quarter(p kin.Person) string { return cmp.Or(p.Beyond, rings.Quarters[0]) }

// IsPlaced says that somebody stands in a ring already.
func (a Alter) IsPlaced() bool { return a.Place.Ring > 0 }

// Of is the network of a member of the family on a day. Of somebody who is not there it is not found.
func Of(f kin.Family, middle core.ID, on core.Date) (Network, error) {
	who, found := person(f, middle)
	if !found {
		return Network{}, core.NotFound()
	}
	n := Network{Middle: who, On: on}
	for _, p := range f.Places {
		if p.Centre != middle {
			continue
		}
		if p.Person == middle {
			n.Own = p
		} else if who, found := person(f, p.Person); found {
			n.Alters = append(n.Alters, Alter{who, p})
		}
	}
	n.Ties, n.apart = n.told(f.Ties, on)
	n.acquaint(f, on)
	return n, nil
}

func person(f kin.Family, id core.ID) (kin.Person, bool) {
	i := slices.IndexFunc(f.Persons, func(p kin.Person) bool { return p.ID == id })
	if i < 0 {
		return kin.Person{}, false
	}
	return f.Persons[i], true
}

// Alter finds somebody of the network.
func (n Network) Alter(id core.ID) (Alter, bool) {
	i := slices.IndexFunc(n.Alters, func(a Alter) bool { return a.ID == id })
	if i < 0 {
		return Alter{}, false
	}
	return n.Alters[i], true
}

// Between lists what is between two people of the network.
func (n Network) Between(a, b core.ID) (out []kin.Tie) {
	for _, t := range n.Ties {
		if t.A == a && t.B == b || t.A == b && t.B == a {
			out = append(out, t)
		}
	}
	return out
}

// arrived sorts the people by when they came to the ring in which they stand, so that nobody makes room for who comes later.
func (n Network) arrived(changes []kin.Change) Network {
	since, ring := map[core.ID]int{}, map[core.ID]int{}
	for _, c := range changes {
		for _, p := range c.Put.Places {
			if p.Centre == n.Middle.ID && ring[p.Person] != p.Ring {
				ring[p.Person], since[p.Person] = p.Ring, c.Seq
			}
		}
	}
	n.Alters = slices.Clone(n.Alters)
	slices.SortStableFunc(n.Alters, func(a, b Alter) int { return cmp.Compare(since[a.ID], since[b.ID]) })
	return n
}

// stands are those who have a ring, and whose network it is.
func (n Network) stands(name func(kin.Person) string) (middle rings.Someone, people []rings.Someone) {
	for _, a := range n.Alters {
		if a.IsPlaced() {
			people = append(people, rings.Someone{ID: a.ID, Name: name(a.Person), Ring: a.Place.Ring, Quarter: Quarter(a.Person)})
		}
	}
	return rings.Someone{ID: n.Middle.ID, Name: name(n.Middle)}, people
}
