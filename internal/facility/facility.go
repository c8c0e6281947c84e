// Package facility is the directory of prisons and of municipalities: where a parent can stay, what their visit rules
// are, and where a family can live (PRI-2). It holds nothing about anybody.
package facility

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/db"
)

// Facility is a prison with the visit rules as somebody last checked them.
type Facility struct {
	ID         core.ID
	Name       string
	Town       string
	Kind       string // a code of [codes facility_kind]
	Holds      string // a code of [codes facility_holds]: women, men, both
	VisitRules string
	Source     string // where the rules were read
	CheckedOn  core.Date
	Version    int
}

// Place is a municipality: where a family lives, and who pays.
type Place struct {
	ID   core.ID
	Name string
}

// Find looks a facility up by its name, whatever its capitals and accents.
func Find(t *db.Tx, name string) (Facility, bool, error) {
	return db.Maybe(t, qByName, db.Args{"fold": db.Fold(name)}, columns)
}

// Make finds the facility of this name, or adds it with nothing but its name. One that a job or an import adds is marked.
func Make(t *db.Tx, name string) (core.ID, error) {
	f, found, err := Find(t, name)
	if err != nil || found {
		return f.ID, err
	}
	if err := nameGiven(name); err != nil {
		return 0, err
	}
	id := db.NewID[core.ID](t)
	return id, db.Do(t, qAddNamed, db.Args{"id": id, "name": clean(name), "fold": db.Fold(name), "imported": t.Actor().IsSystem()})
}

// List gives every facility by name.
func List(t *db.Tx) ([]Facility, error) { return db.All(t, qAll, db.Args{}, columns) }

// Municipality finds the municipality of this name, or adds it.
func Municipality(t *db.Tx, name string) (core.ID, error) {
	m, found, err := FindMunicipality(t, name)
	if err != nil || found {
		return m.ID, err
	}
	if err := nameGiven(name); err != nil {
		return 0, err
	}
	id := db.NewID[core.ID](t)
	return id, db.Do(t, qAddMunicipality, db.Args{"id": id, "name": clean(name), "fold": db.Fold(name)})
}

// FindMunicipality looks a municipality up by its name.
func FindMunicipality(t *db.Tx, name string) (Place, bool, error) {
	return db.Maybe(t, qMunicipalityByName, db.Args{"fold": db.Fold(name)}, municipalityColumns)
}

// Municipalities gives every municipality by name.
func Municipalities(t *db.Tx) ([]Place, error) {
	return db.All(t, qMunicipalities, db.Args{}, municipalityColumns)
}

func clean(name string) string { return strings.Join(strings.Fields(name), " ") }
