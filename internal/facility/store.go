package facility

import (
	"maps"

	"maatje/internal/authz"
	"maatje/internal/db"
)

const facilityColumns = `SELECT f.id, f.name, f.town, f.kind, f.holds, f.visit_rules, f.source, f.checked_on, f.version FROM facility f `

var (
	qAll    = db.Q("facility.all", authz.Directory, facilityColumns+`ORDER BY f.name_fold`, db.Probe{})
	qOne    = db.Q("facility.one", authz.Directory, facilityColumns+`WHERE f.id = :id`, db.Probe{"id": db.Theirs("facility")})
	qByName = db.Q("facility.by_name", authz.Directory, facilityColumns+`WHERE f.name_fold = :fold`, db.Probe{"fold": "nowhere"})

	qAddNamed = db.X("facility.add_named", authz.Directory,
		`INSERT INTO facility (id, name, name_fold, imported) VALUES (:id, :name, :fold, :imported)`,
		db.Probe{"id": 7, "name": "Nowhere", "fold": "nowhere", "imported": false})
	qAdd = db.X("facility.add", authz.Directory,
		`INSERT INTO facility (id, name, name_fold, town, kind, holds, visit_rules, source, checked_on)
		VALUES (:id, :name, :fold, :town, :kind, :holds, :visit_rules, :source, :checked_on)`, typedProbe)
	qChange = db.X("facility.change", authz.Directory,
		`UPDATE facility SET name = :name, name_fold = :fold, town = :town, kind = :kind, holds = :holds,
		visit_rules = :visit_rules, source = :source, checked_on = :checked_on, version = version + 1 WHERE id = :id AND version = :version`, changeProbe)

	qMunicipalities = db.Q("facility.municipalities", authz.Directory,
		`SELECT m.id, m.name FROM municipality m ORDER BY m.name_fold`, db.Probe{})
	qMunicipalityByName = db.Q("facility.municipality_by_name", authz.Directory,
		`SELECT m.id, m.name FROM municipality m WHERE m.name_fold = :fold`, db.Probe{"fold": "nowhere"})
	qAddMunicipality = db.X("facility.add_municipality", authz.Directory,
		`INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :fold)`,
		db.Probe{"id": 7, "name": "Nowhere", "fold": "nowhere"})
)

var typedProbe = db.Probe{"id": db.Theirs("facility"), "name": "Nowhere", "fold": "nowhere", "town": "", "kind": "", "holds": "",
	"visit_rules": "", "source": "", "checked_on": nil}

var changeProbe = func() db.Probe {
	out := maps.Clone(typedProbe)
	out["version"] = 1
	return out
}()

func columns(f *Facility) []any {
	return []any{&f.ID, &f.Name, &f.Town, &f.Kind, &f.Holds, &f.VisitRules, &f.Source, &f.CheckedOn, &f.Version}
}

func municipalityColumns(m *Place) []any { return []any{&m.ID, &m.Name} }
