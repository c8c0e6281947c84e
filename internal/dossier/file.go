package dossier

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
)

// File is everything in the dossier that this capability keeps and the actor may see.
type File struct {
	Dossier
	People        []Person
	Ties          []Tie
	Households    []Household
	Members       []Member
	Authorities   []Authority
	Detentions    []Detention
	Placements    []Placement
	Restrictions  []Restriction
	Leaves        []Leave
	Professionals []Professional
	Knowledge     []Knows // of every child, now
	Notes         []Note
}

// Load reads the whole file; sections that the actor may not see stay empty.
func Load(t *db.Tx, id core.DossierID) (File, error) {
	cover, err := Cover(t, id)
	if err != nil {
		return File{}, err
	}
	f := File{Dossier: cover}
	args := db.Args{"dossier": id}
	read(&err, &f.People, func() ([]Person, error) { return People(t, id) })
	read(&err, &f.Ties, func() ([]Tie, error) { return Ties(t, id) })
	read(&err, &f.Households, func() ([]Household, error) { return db.All(t, qHouseholds, args, householdOf) })
	read(&err, &f.Members, func() ([]Member, error) { return db.All(t, qMembers, args, memberOf) })
	read(&err, &f.Authorities, func() ([]Authority, error) { return Authorities(t, id) })
	read(&err, &f.Detentions, func() ([]Detention, error) { return Detentions(t, id) })
	read(&err, &f.Placements, func() ([]Placement, error) { return Placements(t, id) })
	read(&err, &f.Restrictions, func() ([]Restriction, error) { return db.All(t, qRestrictions, args, restrictionOf) })
	read(&err, &f.Leaves, func() ([]Leave, error) { return db.All(t, qLeaves, args, leaveOf) })
	read(&err, &f.Professionals, func() ([]Professional, error) { return Professionals(t, id) })
	read(&err, &f.Knowledge, func() ([]Knows, error) { return Knowledge(t, id) })
	read(&err, &f.Notes, func() ([]Note, error) { return Notes(t, id) })
	return f, err
}

// read fills a part of the file unless an earlier part failed.
func read[T any](err *error, into *[]T, from func() ([]T, error)) {
	if *err == nil {
		*into, *err = from()
	}
}

// Person finds somebody of the file; the zero Person stands for nobody.
func (f File) Person(id core.PersonID) Person {
	p, _ := byID(f.People, id)
	return p
}

// Children lists the children and young people.
func (f File) Children() []Person { return only(f.People, func(p Person) bool { return p.IsChild }) }

// Parents lists the parents.
func (f File) Parents() []Person { return only(f.People, func(p Person) bool { return p.IsParent }) }

func only[T any](all []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(v T) bool { return !keep(v) })
}

// ParentsOf lists the parents of a child.
func (f File) ParentsOf(child core.PersonID) []Person {
	return only(f.People, func(p Person) bool {
		return slices.ContainsFunc(f.Ties, func(t Tie) bool { return t.Child == child && t.Parent == p.ID })
	})
}

// LivesIn lists the stays of a person on the day.
func (f File) LivesIn(person core.PersonID, on core.Date) []Member {
	return only(f.Members, func(m Member) bool { return m.Person == person && covers(m.From, m.Until, on) })
}

// DetainedOn finds the detention in which a parent is on the day.
func (f File) DetainedOn(parent core.PersonID, on core.Date) (Detention, bool) {
	for _, d := range f.Detentions {
		if d.Parent == parent && !before(on, d.From) && (d.ReleasedOn.IsZero() || on.Before(d.ReleasedOn)) {
			return d, true
		}
	}
	return Detention{}, false
}

// StaysIn finds the open placement of a detention; none means that nobody knows where the parent is.
func (f File) StaysIn(detention core.ID) (Placement, bool) {
	for _, p := range f.Placements {
		if p.Detention == detention && p.Until.IsZero() {
			return p, true
		}
	}
	return Placement{}, false
}

// OnLeave says whether a leave of the detention holds on the day.
func (f File) OnLeave(detention core.ID, on core.Date) (Leave, bool) {
	for _, l := range f.Leaves {
		if l.Detention == detention && covers(l.From, l.Until, on) {
			return l, true
		}
	}
	return Leave{}, false
}

// Running lists the restrictions that hold on the day.
func (f File) Running(on core.Date) []Restriction {
	return only(f.Restrictions, func(r Restriction) bool { return r.runs(on) })
}
