package dossier

import (
	"strings"

	"maatje/internal/core"
)

// checkOpening holds every person and date of a new file against the rules, all at once.
func checkOpening(o Opening, today core.Date) error {
	var f found
	f.when(len(o.Persons) == 0 && strings.TrimSpace(o.Name) == "", "name", "dossier_nobody")
	for _, p := range o.Persons {
		f.add(checkPerson(p.Person, today))
		f.add(checkStarts(p, today))
		for _, at := range p.ParentOf {
			child := o.Persons[at].Person
			f.when(!child.IsChild, "roles", "dossier_no_child", child.Name)
			f.when(!p.Birth.IsZero() && !child.Birth.IsZero() && !p.Birth.Before(child.Birth), "birth", "dossier_parent_younger", p.Name, child.Name)
		}
	}
	return f.err()
}

// checkStarts looks at the detentions of a new person and at what a new child knows.
func checkStarts(p NewPerson, today core.Date) error {
	var f found
	var earlier []Detention
	for i, s := range p.Detentions {
		d := s.Detention
		d.ID = core.ID(i + 1)
		f.add(checkDetention(d, p.Person, earlier, today))
		f.when(!s.Facility.IsZero() && s.Country != "", "facility", "dossier_placement_abroad")
		earlier = append(earlier, d)
	}
	if p.Knows != nil {
		f.add(checkKnows(*p.Knows, p.Person, today))
	}
	return f.err()
}

// add takes over what another check found.
func (f *found) add(err error) {
	if fail, ok := core.AsFail(err); ok {
		for _, one := range fail.All() {
			single := *one
			single.Also = nil
			*f = append(*f, &single)
		}
	}
}

// checkRecorded holds a changed person against what the file says of them: a birth after the own arrest, a child that is no
// child any more while somebody decides about it.
func checkRecorded(p Person, file File) error {
	var f found
	for _, d := range file.Detentions {
		if d.Parent == p.ID {
			f.when(before(d.From, p.Birth), "birth", "dossier_detained_before_birth", d.From)
		}
	}
	for _, m := range file.Members {
		if m.Person == p.ID {
			f.when(before(m.From, p.Birth), "birth", "dossier_lived_before_birth", m.HouseholdName, m.From)
		}
	}
	for _, t := range file.Ties {
		child, parent := file.Person(t.Child), file.Person(t.Parent)
		f.when(t.Child == p.ID && !p.IsChild, "roles", "dossier_has_parents", p.Name)
		f.when(t.Child == p.ID && before(p.Birth, parent.Birth), "birth", "dossier_parent_younger", parent.Name, p.Name)
		f.when(t.Parent == p.ID && before(child.Birth, p.Birth), "birth", "dossier_parent_younger", p.Name, child.Name)
	}
	return f.err()
}

// checkWithin holds changed dates of a detention against what lies inside it.
func checkWithin(d Detention, placements []Placement, restrictions []Restriction) error {
	var f found
	for _, p := range placements {
		if p.Detention == d.ID {
			f.when(before(p.From, d.From), "from", "dossier_placement_earlier", placeOf(p), p.From)
			f.when(before(d.ReleasedOn, p.From), "released_on", "dossier_placement_later", placeOf(p), p.From)
			f.when(before(d.ReleasedOn, p.Until), "released_on", "dossier_placement_later", placeOf(p), p.Until)
		}
	}
	for _, r := range restrictions {
		if r.Detention == d.ID {
			f.when(before(r.From, d.From), "from", "dossier_restriction_earlier", r.From)
		}
	}
	return f.err()
}
