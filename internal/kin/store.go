package kin

import (
	"encoding/json"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var (
	theirs = db.Probe{"dossier": db.Theirs("dossier")}

	qFamily = db.Q("kin.family", authz.Tools, `SELECT d.id FROM visible_dossier d WHERE d.id = :dossier`, theirs)

	qChanges = db.Q("kin.changes", authz.Tools, `
		SELECT k.id, k.seq, k.at, COALESCE(a.name, ''), k.tool, k.words
		FROM visible_dossier d JOIN kin_change k ON k.dossier_id = d.id LEFT JOIN account a ON a.id = k.account_id
		WHERE d.id = :dossier ORDER BY k.seq`, theirs)

	qDrawing = db.Q("kin.drawing", authz.Tools, `
		SELECT k.id, k.drawing FROM visible_dossier d JOIN kin_change k ON k.dossier_id = d.id
		WHERE d.id = :dossier AND k.drawing IS NOT NULL ORDER BY k.seq DESC LIMIT 1`, theirs)

	// A volunteer comes by the own trajectory and by no other.
	qOfTrajectory = db.Q("kin.of_trajectory", authz.OwnSteps, `
		SELECT d.id FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id JOIN volunteer_match m ON m.trajectory_id = t.id
		WHERE t.id = :trajectory AND m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL
			AND m.declined_at IS NULL AND t.ended_on IS NULL`,
		db.Probe{"trajectory": db.Theirs("trajectory")})

	xRecord = db.X("kin.record", authz.Tools, `
		INSERT INTO kin_change (id, dossier_id, seq, at, account_id, tool, words, drawing)
		SELECT :id, d.id, :seq, :at, :actor, :tool, :words, :drawing FROM visible_dossier d WHERE d.id = :dossier`,
		db.Probe{"id": db.Ours("kin_change_made"), "dossier": db.Theirs("dossier"), "seq": 2, "at": "2026-01-01T00:00:00.000Z", "tool": "genogram",
			"words": []byte("x"), "drawing": nil})
)

// written is a change as it is kept.
type written struct {
	Change
	id    core.ID
	words []byte
}

func (w *written) columns() []any {
	return []any{&w.id, &w.Seq, &w.At, &w.By, &w.Tool, &w.words}
}

func place(d core.DossierID, id core.ID, column string) vault.Place {
	return vault.Place{Table: "kin_change", Column: column, Row: id.Int64(), Owner: d.Int64()}
}

// OfTrajectory is the family of a trajectory that the volunteer runs; of any other it is not found.
func OfTrajectory(t *db.Tx, id core.TrajectoryID) (core.DossierID, error) {
	return db.One(t, qOfTrajectory, db.Args{"trajectory": id}, func(d *core.DossierID) []any { return []any{d} })
}

// Load reads everything that was told about a family. One of which nobody told anything is empty; one that the actor does not
// reach is not found.
func Load(t *db.Tx, d core.DossierID) (Book, error) {
	b := Book{}
	var err error
	if b.Dossier, err = db.One(t, qFamily, db.Args{"dossier": d}, func(d *core.DossierID) []any { return []any{d} }); err != nil {
		return b, err
	}
	if b.Changes, err = changes(t, d); err != nil {
		return b, err
	}
	if b.Drawing, err = drawing(t, d); err != nil {
		return b, err
	}
	b.fold()
	return b, nil
}

func changes(t *db.Tx, d core.DossierID) ([]Change, error) {
	rows, err := db.All(t, qChanges, db.Args{"dossier": d}, (*written).columns)
	if err != nil {
		return nil, err
	}
	out := make([]Change, len(rows))
	for i, w := range rows {
		text, err := t.Open(place(d, w.id, "words"), w.words)
		if err != nil {
			return nil, err
		}
		c, err := read([]byte(text))
		if err != nil {
			return nil, err
		}
		c.Seq, c.At, c.By, c.Tool = w.Seq, w.At, w.By, w.Tool
		out[i] = c
	}
	return out, nil
}

func drawing(t *db.Tx, d core.DossierID) ([]byte, error) {
	w, found, err := db.Maybe(t, qDrawing, db.Args{"dossier": d}, func(w *written) []any { return []any{&w.id, &w.words} })
	if err != nil || !found {
		return nil, err
	}
	text, err := t.Open(place(d, w.id, "drawing"), w.words)
	return []byte(text), err
}

// write adds the change to the book.
func write(t *db.Tx, b Book, c Change) error {
	words, err := json.Marshal(c)
	if err != nil {
		return err
	}
	id := db.NewID[core.ID](t)
	args := db.Args{"id": id, "dossier": b.Dossier, "seq": c.Seq, "at": c.At, "tool": c.Tool}
	if args["words"], err = t.Seal(place(b.Dossier, id, "words"), string(words)); err != nil {
		return err
	}
	if args["drawing"], err = t.Seal(place(b.Dossier, id, "drawing"), string(b.Drawing)); err != nil {
		return err
	}
	return db.Do(t, xRecord, args)
}
