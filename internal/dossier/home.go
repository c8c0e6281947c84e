package dossier

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
)

// Households lists the addresses in the file.
func Households(t *db.Tx, id core.DossierID) ([]Household, error) {
	return db.All(t, qHouseholds, db.Args{"dossier": id}, householdOf)
}

// Members lists who lived where, oldest first.
func Members(t *db.Tx, id core.DossierID) ([]Member, error) {
	return db.All(t, qMembers, db.Args{"dossier": id}, memberOf)
}

// Authorities lists who decides or decided about each child; Deciding picks those of one day.
func Authorities(t *db.Tx, id core.DossierID) ([]Authority, error) {
	return db.All(t, qAuthorities, db.Args{"dossier": id}, authorityOf)
}

// RecordHousehold adds an address, or changes the one with this identifier.
func RecordHousehold(t *db.Tx, id core.DossierID, h Household) (core.ID, error) {
	if err := checkHousehold(h); err != nil {
		return 0, err
	}
	kept, err := Households(t, id)
	if err != nil {
		return 0, err
	}
	if err := fresh(kept, h.ID, h.Version, func(k Household) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return 0, err
	}
	return record(t, h.ID, h.Version, qAddHousehold, qChangeHousehold, h.args(id))
}

// RecordMember says that somebody lives somewhere from a day on, or changes what was said.
func RecordMember(t *db.Tx, id core.DossierID, m Member) (core.ID, error) {
	p, err := personIn(t, id, m.Person)
	if err != nil {
		return 0, err
	}
	homes, err := Households(t, id)
	if err != nil {
		return 0, err
	}
	if !m.Household.IsZero() && !slices.ContainsFunc(homes, func(h Household) bool { return h.ID == m.Household }) {
		return 0, core.NotFound()
	}
	if err := checkMember(m, p); err != nil {
		return 0, err
	}
	kept, err := Members(t, id)
	if err != nil {
		return 0, err
	}
	if err := fresh(kept, m.ID, m.Version, func(k Member) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return 0, err
	}
	return record(t, m.ID, m.Version, qAddMember, qChangeMember, m.args(id))
}

// RecordAuthority says who decides about a child, or changes what was said.
func RecordAuthority(t *db.Tx, id core.DossierID, a Authority) (core.ID, error) {
	child, err := personIn(t, id, a.Child)
	if err != nil {
		return 0, err
	}
	var holder Person
	if !a.Holder.IsZero() {
		if holder, err = personIn(t, id, a.Holder); err != nil {
			return 0, err
		}
	}
	if err := checkAuthority(a, child, holder); err != nil {
		return 0, err
	}
	kept, err := Authorities(t, id)
	if err != nil {
		return 0, err
	}
	if err := fresh(kept, a.ID, a.Version, func(k Authority) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return 0, err
	}
	return record(t, a.ID, a.Version, qAddAuthority, qChangeAuthority, a.args(id))
}
