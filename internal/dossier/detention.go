package dossier

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// Detentions lists every detention of everybody in the file, oldest first.
func Detentions(t *db.Tx, id core.DossierID) ([]Detention, error) {
	return db.All(t, qDetentions, db.Args{"dossier": id}, detentionOf)
}

// Placements lists where those detentions were and are spent, oldest first.
func Placements(t *db.Tx, id core.DossierID) ([]Placement, error) {
	return db.All(t, qPlacements, db.Args{"dossier": id}, placementOf)
}

// RestrictionsRunning lists the restrictions that hold on the day; ContactHome says what they forbid (INT-6).
func RestrictionsRunning(t *db.Tx, id core.DossierID, on core.Date) ([]Restriction, error) {
	all, err := db.All(t, qRestrictions, db.Args{"dossier": id}, restrictionOf)
	return only(all, func(r Restriction) bool { return r.runs(on) }), err
}

// AddDetention records that a parent is or was detained, with the place if it is known.
func AddDetention(t *db.Tx, id core.DossierID, s Stay) (core.ID, error) {
	if err := checkDetentionIn(t, id, s.Detention); err != nil {
		return 0, err
	}
	s.ID = db.NewID[core.ID](t)
	if err := db.Do(t, qAddDetention, s.args(id)); err != nil {
		return 0, err
	}
	if p, ok := s.placement(t); ok {
		_, err := AddPlacement(t, id, p)
		return s.ID, err
	}
	return s.ID, nil
}

func checkDetentionIn(t *db.Tx, id core.DossierID, d Detention) error {
	parent, err := personIn(t, id, d.Parent)
	if err != nil {
		return err
	}
	others, err := Detentions(t, id)
	if err != nil {
		return err
	}
	return checkDetention(d, parent, others, t.Today())
}

func detentionIn(t *db.Tx, id core.DossierID, detention core.ID) (Detention, error) {
	all, err := Detentions(t, id)
	if err != nil {
		return Detention{}, err
	}
	i := slices.IndexFunc(all, func(d Detention) bool { return d.ID == detention })
	if i < 0 {
		return Detention{}, core.NotFound()
	}
	return all[i], nil
}

// changeDetention changes a detention as the screen showed it, ends its placement at a release, and says what it was before.
func changeDetention(t *db.Tx, id core.DossierID, d Detention) (old Detention, err error) {
	if old, err = detentionIn(t, id, d.ID); err != nil {
		return old, err
	}
	if old.Version != d.Version {
		return old, core.Conflict("dossier_changed_meanwhile")
	}
	if err = checkDetentionIn(t, id, d); err != nil {
		return old, err
	}
	if err = checkStays(t, id, d); err != nil {
		return old, err
	}
	args := d.args(id)
	args["version"] = d.Version
	if err = db.Do(t, qChangeDetention, args); err == nil && !d.ReleasedOn.IsZero() {
		_, err = db.Exec(t, qEndPlacements, db.Args{"dossier": id, "detention": d.ID, "on": d.ReleasedOn})
	}
	return old, err
}

// checkStays holds changed dates of a detention against its placements, restrictions and leave.
func checkStays(t *db.Tx, id core.DossierID, d Detention) error {
	placements, err := Placements(t, id)
	if err != nil {
		return err
	}
	restrictions, err := db.All(t, qRestrictions, db.Args{"dossier": id}, restrictionOf)
	if err != nil {
		return err
	}
	return checkWithin(d, placements, restrictions)
}

// AddPlacement records where a detention is spent from a day on. The open placement before it ends on that day: that is what
// a transfer is.
func AddPlacement(t *db.Tx, id core.DossierID, p Placement) (core.ID, error) {
	d, others, err := staysOf(t, id, p.Detention)
	if err != nil {
		return 0, err
	}
	if open, ok := transferred(p, others); ok {
		if err := db.Do(t, qLeft, db.Args{"dossier": id, "id": open.ID, "on": p.From}); err != nil {
			return 0, err
		}
		others = slices.DeleteFunc(others, func(o Placement) bool { return o.ID == open.ID })
	}
	if err := checkPlacement(p, d, others); err != nil {
		return 0, err
	}
	p.ID = db.NewID[core.ID](t)
	if err := db.Do(t, qAddPlacement, p.seen(t, id)); err != nil {
		return 0, err
	}
	return p.ID, task.Done(t, findKey(p.Detention))
}

// transferred finds the open placement that a new open one, begun later, puts an end to.
func transferred(p Placement, others []Placement) (Placement, bool) {
	for _, o := range others {
		if o.Until.IsZero() && p.Until.IsZero() && before(o.From, p.From) {
			return o, true
		}
	}
	return Placement{}, false
}

func staysOf(t *db.Tx, id core.DossierID, detention core.ID) (Detention, []Placement, error) {
	d, err := detentionIn(t, id, detention)
	if err != nil {
		return d, nil, err
	}
	all, err := Placements(t, id)
	return d, only(all, func(p Placement) bool { return p.Detention == detention }), err
}

// ChangePlacement mends a placement.
func ChangePlacement(t *db.Tx, id core.DossierID, p Placement) error {
	d, others, err := staysOf(t, id, p.Detention)
	if err != nil {
		return err
	}
	if err := fresh(others, p.ID, p.Version, func(k Placement) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return err
	}
	if err := checkPlacement(p, d, others); err != nil {
		return err
	}
	args := p.args(id)
	args["version"] = p.Version
	return db.Do(t, qChangePlacement, args)
}

// RecordRestriction adds a restriction, or changes the one with this identifier.
func RecordRestriction(t *db.Tx, id core.DossierID, r Restriction) (core.ID, error) {
	d, err := detentionIn(t, id, r.Detention)
	if err != nil {
		return 0, err
	}
	if err := checkRestriction(r, d, t.Today()); err != nil {
		return 0, err
	}
	kept, err := db.All(t, qRestrictions, db.Args{"dossier": id}, restrictionOf)
	if err != nil {
		return 0, err
	}
	if err := fresh(kept, r.ID, r.Version, func(k Restriction) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return 0, err
	}
	if !r.ID.IsZero() && !r.LiftedOn.IsZero() {
		if err := task.Done(t, liftKey(r.ID)); err != nil {
			return 0, err
		}
	}
	return record(t, r.ID, r.Version, qAddRestriction, qChangeRestriction, r.args(id))
}

// RecordLeave adds a leave, or changes the one with this identifier.
func RecordLeave(t *db.Tx, id core.DossierID, l Leave) (core.ID, error) {
	d, err := detentionIn(t, id, l.Detention)
	if err != nil {
		return 0, err
	}
	if err := checkLeave(l, d); err != nil {
		return 0, err
	}
	kept, err := db.All(t, qLeaves, db.Args{"dossier": id}, leaveOf)
	if err != nil {
		return 0, err
	}
	if err := fresh(kept, l.ID, l.Version, func(k Leave) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return 0, err
	}
	return record(t, l.ID, l.Version, qAddLeave, qChangeLeave, l.args(id))
}

// fresh holds a row that is changed against what its screen showed: one that is not in the file is not found, and one that
// was changed meanwhile is a conflict. A new row was on no screen.
func fresh[T any](kept []T, row core.ID, version int, of func(T) (core.ID, int)) error {
	if row.IsZero() {
		return nil
	}
	for _, k := range kept {
		if id, now := of(k); id == row && now == version {
			return nil
		} else if id == row {
			return core.Conflict("dossier_changed_meanwhile")
		}
	}
	return core.NotFound()
}

// record adds a row without an identifier, and changes one that has it and this version.
func record(t *db.Tx, row core.ID, version int, add, change *db.Query, args db.Args) (core.ID, error) {
	if !row.IsZero() {
		args["version"] = version
		return row, db.Do(t, change, args)
	}
	row = db.NewID[core.ID](t)
	args["id"] = row
	return row, db.Do(t, add, args)
}
