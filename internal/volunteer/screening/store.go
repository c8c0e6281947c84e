package screening

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var theirs = db.Theirs("volunteer")

var (
	qTalks = db.Q("screening.talks", authz.Screening, `SELECT k.id, k.kind, k.held_on, COALESCE(a.name, ''), k.home_agrees, k.comes_back, k.words, k.household, k.affinity, k.well, k.better
		FROM visible_volunteer v JOIN screening_talk k ON k.volunteer_id = v.id LEFT JOIN account a ON a.id = k.held_by
		WHERE v.id = :whose ORDER BY k.held_on DESC, k.id DESC`, db.Probe{"whose": theirs})

	xTalk = db.X("screening.keep_talk", authz.Screening, `INSERT INTO screening_talk
			(id, volunteer_id, kind, held_on, held_by, noted_at, home_agrees, comes_back, words, household, affinity, well, better)
		SELECT :id, v.id, CAST(:kind AS TEXT), CAST(:on AS TEXT), CAST(:actor AS BIGINT), CAST(:now AS TEXT), CAST(:agrees AS BOOLEAN), CAST(:comes AS TEXT),
			:words, :household, :affinity, :well, :better FROM visible_volunteer v WHERE v.id = :whose`,
		db.Probe{"id": db.Ours("screening_talk_made"), "whose": theirs, "kind": First, "on": "2026-01-01", "agrees": false, "comes": "", "words": []byte("x"),
			"household": []byte("x"), "affinity": []byte("x"), "well": []byte("x"), "better": []byte("x")})

	qReferences = db.Q("screening.references", authz.Screening, `SELECT r.id, r.name, r.relation, r.phone, r.email, r.asked_on, COALESCE(a.name, ''), r.given_on,
			COALESCE(b.name, ''), r.dropped_on, r.said
		FROM visible_volunteer v JOIN volunteer_reference r ON r.volunteer_id = v.id LEFT JOIN account a ON a.id = r.asked_by LEFT JOIN account b ON b.id = r.noted_by
		WHERE v.id = :whose ORDER BY r.id`, db.Probe{"whose": theirs})

	xReference = db.X("screening.name_reference", authz.Screening, `INSERT INTO volunteer_reference (id, volunteer_id, name, relation, phone, email, asked_on, asked_by)
		SELECT :id, v.id, CAST(:name AS TEXT), CAST(:relation AS TEXT), CAST(:phone AS TEXT), CAST(:email AS TEXT), CAST(:asked AS TEXT), CAST(:by AS BIGINT)
		FROM visible_volunteer v WHERE v.id = :whose`,
		db.Probe{"id": db.Ours("volunteer_reference_made"), "whose": theirs, "name": "n", "relation": "r", "phone": "", "email": "", "asked": core.Date{}, "by": core.AccountID(0)})

	xAsked = db.X("screening.ask_reference", authz.Screening, `UPDATE volunteer_reference SET asked_on = :on, asked_by = :actor
		WHERE id = :id AND volunteer_id = :whose AND asked_on IS NULL AND given_on IS NULL AND dropped_on IS NULL AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"id": db.Theirs("volunteer_reference"), "whose": theirs, "on": "2026-01-01"})

	xGiven = db.X("screening.note_reference", authz.Screening, `UPDATE volunteer_reference SET given_on = :on, noted_by = :actor, said = :said
		WHERE id = :id AND volunteer_id = :whose AND asked_on IS NOT NULL AND given_on IS NULL AND dropped_on IS NULL AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"id": db.Theirs("volunteer_reference"), "whose": theirs, "on": "2026-01-01", "said": []byte("x")})

	xDropped = db.X("screening.drop_reference", authz.Screening, `UPDATE volunteer_reference SET dropped_on = :today
		WHERE id = :id AND volunteer_id = :whose AND dropped_on IS NULL AND volunteer_id IN (SELECT s.id FROM visible_volunteer s)`,
		db.Probe{"id": db.Theirs("volunteer_reference"), "whose": theirs})

	qApplications = db.Q("screening.applications", authz.Care, `SELECT a.id, a.code, a.received_at, a.answer_before, a.municipality_name, a.words
		FROM visible_volunteer v JOIN application a ON a.volunteer_id = v.id WHERE v.id = :whose ORDER BY a.received_at DESC, a.id DESC`, db.Probe{"whose": theirs})
)

func place(table, column string, row core.ID, whose core.VolunteerID) vault.Place {
	return vault.Place{Table: table, Column: column, Row: row.Int64(), Owner: whose.Int64()}
}

// opened reads sealed columns of one row into what they are for.
func opened(t *db.Tx, table string, row core.ID, whose core.VolunteerID, columns map[string]*string, sealed map[string][]byte) (err error) {
	for name, into := range columns {
		if *into, err = t.Open(place(table, name, row, whose), sealed[name]); err != nil {
			return err
		}
	}
	return nil
}

func talksOf(t *db.Tx, whose core.VolunteerID) ([]Talk, error) {
	type row struct {
		Talk
		words, household, affinity, well, better []byte
	}
	rows, err := db.All(t, qTalks, db.Args{"whose": whose}, func(r *row) []any {
		return []any{&r.ID, &r.Kind, &r.HeldOn, &r.HeldBy, &r.HomeAgrees, &r.ComesBack, &r.words, &r.household, &r.affinity, &r.well, &r.better}
	})
	if err != nil {
		return nil, err
	}
	out := make([]Talk, len(rows))
	for i, r := range rows {
		k := r.Talk
		if err := opened(t, "screening_talk", r.ID, whose, k.texts(), map[string][]byte{
			"words": r.words, "household": r.household, "affinity": r.affinity, "well": r.well, "better": r.better,
		}); err != nil {
			return nil, err
		}
		out[i] = k
	}
	return out, nil
}

func (k *Talk) texts() map[string]*string {
	return map[string]*string{"words": &k.Words, "household": &k.Household, "affinity": &k.Affinity, "well": &k.Well, "better": &k.Better}
}

func referencesOf(t *db.Tx, whose core.VolunteerID) ([]Reference, error) {
	type row struct {
		Reference
		said []byte
	}
	rows, err := db.All(t, qReferences, db.Args{"whose": whose}, func(r *row) []any {
		return []any{&r.ID, &r.Name, &r.Relation, &r.Phone, &r.Email, &r.AskedOn, &r.AskedBy, &r.GivenOn, &r.NotedBy, &r.Dropped, &r.said}
	})
	out := make([]Reference, len(rows))
	for i, r := range rows {
		if err == nil {
			out[i] = r.Reference
			out[i].Said, err = t.Open(place("volunteer_reference", "said", r.ID, whose), r.said)
		}
	}
	return out, err
}

func applicationsOf(t *db.Tx, whose core.VolunteerID) ([]Application, error) {
	type row struct {
		Application
		id    core.ID
		words []byte
	}
	rows, err := db.All(t, qApplications, db.Args{"whose": whose}, func(r *row) []any {
		return []any{&r.id, &r.Code, &r.ReceivedAt, &r.AnswerBefore, &r.Municipality, &r.words}
	})
	out := make([]Application, len(rows))
	for i, r := range rows {
		if err == nil {
			out[i] = r.Application
			out[i].Words, err = t.Open(place("application", "words", r.id, whose), r.words)
		}
	}
	return out, err
}
