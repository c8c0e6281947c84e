package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maps"
)

var theirs = db.Probe{"dossier": db.Theirs("dossier")}

// with adds arguments to the neighbour's dossier.
func with(more db.Probe) db.Probe {
	out := db.Probe{}
	maps.Copy(out, theirs)
	maps.Copy(out, more)
	return out
}

// versioned are the arguments of a change of a row that was on a screen.
func versioned(p db.Probe) db.Probe {
	out := maps.Clone(p)
	out["version"] = 1
	return out
}

const newborn = "nobody has a relation to a family before its file exists; New ends by asking for the file through the scope"

// The first rows of a file. opened_at = :now keeps them to a dossier that this very transaction opened.
var (
	qOpen = db.CrossX("dossier.open", authz.Identity, newborn, `INSERT INTO dossier
		(id, name, name_fold, municipality_id, coordinator_id, inside_coordinator_id, state, state_since, opened_at, imported, import_key)
		VALUES (:dossier, :name, :fold, :municipality, :coordinator, :inside, :state, :today, :now, :imported, :import_key)`,
		with(db.Probe{"name": "x", "fold": "x", "municipality": nil, "coordinator": nil, "inside": nil, "state": "intake", "imported": false, "import_key": nil}))
	qOpenPerson = db.CrossX("dossier.open_person", authz.Identity, newborn, `INSERT INTO person (`+personFields+`)
		SELECT `+personValues+` FROM dossier d WHERE d.id = :dossier AND d.opened_at = :now`, personProbe)
	qOpenDetention = db.CrossX("dossier.open_detention", authz.Detention, newborn, `INSERT INTO detention (`+detentionFields+`)
		SELECT `+detentionValues+` FROM dossier d WHERE d.id = :dossier AND d.opened_at = :now`, detentionProbe)
	qOpenPlacement = db.CrossX("dossier.open_placement", authz.Detention, newborn, `INSERT INTO placement (`+placementFields+`)
		SELECT `+placementValues+` FROM dossier d WHERE d.id = :dossier AND d.opened_at = :now`, placementProbe)
)

const coverColumns = `SELECT d.id, d.name, d.municipality_id, COALESCE(m.name, ''), d.coordinator_id, COALESCE(o.name, ''),
	d.inside_coordinator_id, COALESCE(i.name, ''), d.state, d.state_since, d.opened_at, d.closed_on, d.weight, d.imported, d.version
	FROM visible_dossier d LEFT JOIN municipality m ON m.id = d.municipality_id
	LEFT JOIN account o ON o.id = d.coordinator_id LEFT JOIN account i ON i.id = d.inside_coordinator_id `

func coverOf(d *Dossier) []any {
	return []any{&d.ID, &d.Name, &d.Municipality, &d.MunicipalityName, &d.Coordinator, &d.CoordinatorName, &d.InsideCoordinator,
		&d.InsideName, &d.State, &d.Since, &d.OpenedAt, &d.ClosedOn, &d.Weight, &d.Imported, &d.Version}
}

var (
	qCover = db.Q("dossier.cover", authz.Identity, coverColumns+`WHERE d.id = :dossier`, theirs)

	qChangeCover = db.X("dossier.change_cover", authz.Identity, `UPDATE dossier SET name = :name, name_fold = :fold,
		municipality_id = :municipality, coordinator_id = :coordinator, inside_coordinator_id = :inside, weight = :weight, version = version + 1
		WHERE id = :dossier AND version = :version AND id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"name": "x", "fold": "x", "municipality": nil, "coordinator": nil, "inside": nil, "weight": "normal", "version": 1}))

	qMove = db.X("dossier.move_on", authz.Identity, `UPDATE dossier SET state = :state, state_since = :since, closed_on = :closed, version = version + 1
		WHERE id = :dossier AND id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"state": "closed", "since": "2026-01-01", "closed": nil}))
)

// Persons.

const (
	personFields = `id, dossier_id, name, name_fold, birth, sex, is_child, is_parent, is_caregiver, relation, died_on, phone, email, languages, import_key`
	personValues = `:id, d.id, :name, :fold, :birth, :sex, :is_child, :is_parent, :is_caregiver, :relation, :died_on, :phone, :email, :languages, :import_key`
)

var personProbe = with(db.Probe{"id": 7, "name": "x", "fold": "x", "birth": nil, "sex": "", "is_child": true, "is_parent": false,
	"is_caregiver": false, "relation": "", "died_on": nil, "phone": "", "email": "", "languages": "", "import_key": ""})

func (p Person) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": p.ID, "name": p.Name, "fold": db.Fold(p.Name), "birth": p.Birth, "sex": p.Sex, "is_child": p.IsChild,
		"is_parent": p.IsParent, "is_caregiver": p.IsCaregiver, "relation": p.Relation, "died_on": p.DiedOn, "phone": p.Phone,
		"email": p.Email, "languages": p.Languages, "import_key": p.ImportKey}
}

func personOf(p *Person) []any {
	return []any{&p.ID, &p.Name, &p.Birth, &p.Sex, &p.IsChild, &p.IsParent, &p.IsCaregiver, &p.Relation, &p.DiedOn, &p.Phone, &p.Email,
		&p.Languages, &p.ImportKey, &p.Version}
}

var (
	qPeople = db.Q("dossier.people", authz.Identity, `SELECT p.id, p.name, p.birth, p.sex, p.is_child, p.is_parent, p.is_caregiver,
		p.relation, p.died_on, p.phone, p.email, p.languages, p.import_key, p.version
		FROM visible_dossier d JOIN person p ON p.dossier_id = d.id WHERE d.id = :dossier ORDER BY p.id`, theirs)
	qAddPerson = db.X("dossier.add_person", authz.Identity, `INSERT INTO person (`+personFields+`)
		SELECT `+personValues+` FROM visible_dossier d WHERE d.id = :dossier`, personProbe)
	qChangePerson = db.X("dossier.change_person", authz.Identity, `UPDATE person SET name = :name, name_fold = :fold, birth = :birth, sex = :sex,
		is_child = :is_child, is_parent = :is_parent, is_caregiver = :is_caregiver, relation = :relation, died_on = :died_on, phone = :phone,
		email = :email, languages = :languages, version = version + 1
		WHERE id = :id AND version = :version AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"id": db.Theirs("person"), "version": 1, "name": "x", "fold": "x", "birth": nil, "sex": "", "is_child": true, "is_parent": false,
			"is_caregiver": false, "relation": "", "died_on": nil, "phone": "", "email": "", "languages": ""}))

	qAddWord = db.X("dossier.add_name_word", authz.Identity, `INSERT INTO name_word (word, person_id, dossier_id)
		SELECT :word, :person, d.id FROM visible_dossier d WHERE d.id = :dossier`,
		with(db.Probe{"word": "x", "person": db.Theirs("person")}))
	qDropWords = db.X("dossier.drop_name_words", authz.Identity, `DELETE FROM name_word WHERE person_id = :person AND dossier_id = :dossier
		AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, with(db.Probe{"person": db.Theirs("person")}))

	qTies = db.Q("dossier.ties", authz.Identity, `SELECT t.parent_id, t.child_id, t.kind
		FROM visible_dossier d JOIN parentage t ON t.dossier_id = d.id WHERE d.id = :dossier ORDER BY t.child_id, t.parent_id`, theirs)
	qAddTie = db.X("dossier.add_tie", authz.Identity, `INSERT INTO parentage (dossier_id, parent_id, child_id, kind)
		SELECT d.id, :parent, :child, :kind FROM visible_dossier d WHERE d.id = :dossier`,
		with(db.Probe{"parent": db.Theirs("person"), "child": db.Theirs("person"), "kind": "birth"}))
	qDropTie = db.X("dossier.drop_tie", authz.Identity, `DELETE FROM parentage WHERE parent_id = :parent AND child_id = :child AND dossier_id = :dossier
		AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, with(db.Probe{"parent": db.Theirs("person"), "child": db.Theirs("person")}))
)

func tieOf(t *Tie) []any { return []any{&t.Parent, &t.Child, &t.Kind} }
