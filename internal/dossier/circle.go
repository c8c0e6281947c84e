package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// Professionals around the family, and the coordinators' own notes. Both hold sealed words.
var (
	qProfessionals = db.Q("dossier.professionals", authz.Contacts, `SELECT p.id, p.name, p.organisation, p.kind, p.phone, p.email, p.from_date, p.until_date, p.note, p.version
		FROM visible_dossier d JOIN professional p ON p.dossier_id = d.id WHERE d.id = :dossier ORDER BY p.from_date, p.id`, theirs)
	professionalProbe = with(db.Probe{"id": db.Theirs("professional"), "name": "x", "organisation": "x", "kind": "other", "phone": "", "email": "", "from": nil, "until": nil, "note": nil})

	qAddProfessional = db.X("dossier.add_professional", authz.Contacts, `INSERT INTO professional (id, dossier_id, name, organisation, kind, phone, email, from_date, until_date, note)
		SELECT :id, d.id, :name, :organisation, :kind, :phone, :email, :from, :until, :note FROM visible_dossier d WHERE d.id = :dossier`, professionalProbe)
	qChangeProfessional = db.X("dossier.change_professional", authz.Contacts, `UPDATE professional SET name = :name, organisation = :organisation, kind = :kind,
		phone = :phone, email = :email, from_date = :from, until_date = :until, note = :note, version = version + 1
		WHERE id = :id AND version = :version AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, versioned(professionalProbe))

	qNotes = db.Q("dossier.notes", authz.Notes, `SELECT n.id, n.at, COALESCE(a.name, ''), n.words
		FROM visible_dossier d JOIN note n ON n.dossier_id = d.id LEFT JOIN account a ON a.id = n.account_id
		WHERE d.id = :dossier ORDER BY n.at DESC, n.id DESC`, theirs)
	qAddNote = db.X("dossier.add_note", authz.Notes, `INSERT INTO note (id, dossier_id, at, account_id, words)
		SELECT :id, d.id, :now, :actor, :words FROM visible_dossier d WHERE d.id = :dossier`, with(db.Probe{"id": 7, "words": []byte("x")}))
)

// Professionals lists who of which agency is around the family.
func Professionals(t *db.Tx, id core.DossierID) ([]Professional, error) {
	type sealed struct {
		Professional
		note []byte
	}
	rows, err := db.All(t, qProfessionals, db.Args{"dossier": id}, func(p *sealed) []any {
		return []any{&p.ID, &p.Name, &p.Organisation, &p.Kind, &p.Phone, &p.Email, &p.From, &p.Until, &p.note, &p.Version}
	})
	if err != nil {
		return nil, err
	}
	out := make([]Professional, len(rows))
	for i, r := range rows {
		if r.Note, err = t.Open(professionalPlace(id, r.ID), r.note); err != nil {
			return nil, err
		}
		out[i] = r.Professional
	}
	return out, nil
}

// RecordProfessional adds somebody of an agency, or changes the one with this identifier. It shares nothing with them (C12).
func RecordProfessional(t *db.Tx, id core.DossierID, p Professional) (core.ID, error) {
	if err := checkProfessional(p); err != nil {
		return 0, err
	}
	kept, err := Professionals(t, id)
	if err != nil {
		return 0, err
	}
	if err := fresh(kept, p.ID, p.Version, func(k Professional) (core.ID, int) { return k.ID, k.Version }); err != nil {
		return 0, err
	}
	row := p.ID
	if row.IsZero() {
		row = db.NewID[core.ID](t)
	}
	note, err := t.Seal(professionalPlace(id, row), p.Note)
	if err != nil {
		return 0, err
	}
	args := db.Args{"dossier": id, "id": row, "name": p.Name, "organisation": p.Organisation, "kind": p.Kind, "phone": p.Phone,
		"email": p.Email, "from": p.From, "until": p.Until, "note": note}
	if p.ID.IsZero() {
		return row, db.Do(t, qAddProfessional, args)
	}
	return record(t, row, p.Version, qAddProfessional, qChangeProfessional, args)
}

// Notes lists the coordinators' notes, newest first.
func Notes(t *db.Tx, id core.DossierID) ([]Note, error) {
	type sealed struct {
		Note
		words []byte
	}
	rows, err := db.All(t, qNotes, db.Args{"dossier": id}, func(n *sealed) []any { return []any{&n.ID, &n.At, &n.By, &n.words} })
	if err != nil {
		return nil, err
	}
	out := make([]Note, len(rows))
	for i, r := range rows {
		if r.Words, err = t.Open(notePlace(id, r.ID), r.words); err != nil {
			return nil, err
		}
		out[i] = r.Note
	}
	return out, nil
}

// AddNote keeps a coordinator's own words.
func AddNote(t *db.Tx, id core.DossierID, words string) error {
	if words == "" {
		return core.Invalid("words", "dossier_note_empty")
	}
	row := db.NewID[core.ID](t)
	sealed, err := t.Seal(notePlace(id, row), words)
	if err != nil {
		return err
	}
	return db.Do(t, qAddNote, db.Args{"dossier": id, "id": row, "words": sealed})
}

func professionalPlace(id core.DossierID, row core.ID) vault.Place {
	return vault.Place{Table: "professional", Column: "note", Row: row.Int64(), Owner: id.Int64()}
}

func notePlace(id core.DossierID, row core.ID) vault.Place {
	return vault.Place{Table: "note", Column: "words", Row: row.Int64(), Owner: id.Int64()}
}
