package kin

import (
	"encoding/json"
	"reflect"
	"slices"

	"maatje/internal/core"
)

// Change is one thing that somebody told: whole new values of the objects it touches, and those it takes away.
type Change struct {
	Seq    int          `json:"-"`
	At     core.Instant `json:"-"`
	By     string       `json:"-"` // the name of whoever wrote it down
	Tool   string       `json:"-"` // in which of the tools
	Did    string       `json:"did"`
	About  core.ID      `json:"about,omitempty"`  // who it is most about
	Undoes int          `json:"undoes,omitempty"` // the change that it takes back
	Put    Family       `json:"put,omitzero"`     // an index, when there is one, is the whole new index
	Drop   []core.ID    `json:"drop,omitempty"`
}

// read is a change as it was kept.
func read(words []byte) (c Change, err error) {
	err = json.Unmarshal(words, &c)
	return c, err
}

// kept is the change as it will be read again.
func (c Change) kept() (Change, error) {
	words, err := json.Marshal(c)
	if err != nil {
		return c, err
	}
	return read(words)
}

// index is the identifier under which a version counts whose picture it is.
const index core.ID = 0

// touched are the identifiers of everything that the change puts or takes away.
func (c Change) touched() []core.ID {
	out := slices.Clone(c.Drop)
	for o := range c.Put.objects() {
		out = append(out, o.id())
	}
	if c.Put.Index != nil {
		out = append(out, index)
	}
	return out
}

// Book is everything that was told about a family, and the family that it makes.
type Book struct {
	Dossier  core.DossierID
	Family   Family // as it is now
	Seq      int    // of the last change
	Changes  []Change
	Drawing  []byte // how the people stood in the picture when that was kept last
	versions map[core.ID]int
}

// Version is the number of the last change that touched the object; 0 if none did.
func (b Book) Version(id core.ID) int { return b.versions[id] }

// At is the family as it was written down at a moment.
func (b Book) At(at core.Instant) Family {
	n := slices.IndexFunc(b.Changes, func(c Change) bool { return c.At.After(at) })
	if n < 0 {
		return b.Family
	}
	return Fold(b.Changes[:n])
}

// Fold is the family that the changes make, in their order.
func Fold(changes []Change) Family {
	var s shelves
	for _, c := range changes {
		s.take(c)
	}
	return s.family()
}

// fold makes the book of its changes.
func (b *Book) fold() {
	var s shelves
	b.versions = map[core.ID]int{}
	for _, c := range b.Changes {
		s.take(c)
		for _, id := range c.touched() {
			b.versions[id] = c.Seq
		}
		b.Seq = c.Seq
	}
	b.Family = s.family()
}

// and is the book with one more change.
func (b Book) and(c Change) Book {
	b.Changes = append(slices.Clip(b.Changes), c)
	b.fold()
	return b
}

// does says whether the change makes any difference. What comes twice, as by a double tap, makes none.
func (b Book) does(c Change) bool {
	return !b.Family.same(b.and(c).Family)
}

// same compares what two families say; an empty list is as good as none.
func (f Family) same(g Family) bool {
	if !slices.Equal(f.Index, g.Index) {
		return false
	}
	f.Index, g.Index = nil, nil
	return reflect.DeepEqual(f, g)
}

// shelf keeps the objects of one kind in the order in which they were first told. What is taken away keeps its place, so that
// taking that back changes nothing at all.
type shelf[T object] struct {
	all  []T
	gone []bool
	at   map[core.ID]int
}

func (s *shelf[T]) put(all []T) {
	if s.at == nil && len(all) > 0 {
		s.at = map[core.ID]int{}
	}
	for _, o := range all {
		i, known := s.at[o.id()]
		if !known {
			i = len(s.all)
			s.at[o.id()], s.all, s.gone = i, append(s.all, o), append(s.gone, false)
		}
		s.all[i], s.gone[i] = o, false
	}
}

func (s *shelf[T]) drop(id core.ID) {
	if i, known := s.at[id]; known {
		s.gone[i] = true
	}
}

func (s *shelf[T]) left() []T {
	var out []T
	for i, o := range s.all {
		if !s.gone[i] {
			out = append(out, o)
		}
	}
	return out
}

// shelves keep a family while its changes come in.
type shelves struct {
	index      []core.ID
	persons    shelf[Person]
	unions     shelf[Union]
	links      shelf[Link]
	twins      shelf[Twins]
	households shelf[Household]
	stays      shelf[Stay]
	detentions shelf[Detention]
	contacts   shelf[Contact]
	cares      shelf[Care]
	ties       shelf[Tie]
	places     shelf[Place]
}

func (s *shelves) take(c Change) {
	for _, id := range c.Drop {
		s.drop(id)
	}
	if c.Put.Index != nil {
		s.index = c.Put.Index
	}
	s.persons.put(c.Put.Persons)
	s.unions.put(c.Put.Unions)
	s.links.put(c.Put.Links)
	s.twins.put(c.Put.Twins)
	s.households.put(c.Put.Households)
	s.stays.put(c.Put.Stays)
	s.detentions.put(c.Put.Detentions)
	s.contacts.put(c.Put.Contacts)
	s.cares.put(c.Put.Cares)
	s.ties.put(c.Put.Ties)
	s.places.put(c.Put.Places)
}

func (s *shelves) drop(id core.ID) {
	s.persons.drop(id)
	s.unions.drop(id)
	s.links.drop(id)
	s.twins.drop(id)
	s.households.drop(id)
	s.stays.drop(id)
	s.detentions.drop(id)
	s.contacts.drop(id)
	s.cares.drop(id)
	s.ties.drop(id)
	s.places.drop(id)
}

func (s *shelves) family() Family {
	return Family{
		s.index, s.persons.left(), s.unions.left(), s.links.left(), s.twins.left(), s.households.left(), s.stays.left(),
		s.detentions.left(), s.contacts.left(), s.cares.left(), s.ties.left(), s.places.left(),
	}
}
