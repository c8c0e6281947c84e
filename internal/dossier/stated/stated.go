// Package stated is what people of a family want to stand beside the file (PRV-4, AVG art. 16).
package stated

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// Statement is what somebody wants to stand beside the data that were not changed.
type Statement struct {
	ID    core.ID
	Name  string
	On    core.Date
	Words string
}

var qStatements = db.Q("dossier.statements", authz.Requests, `SELECT r.id, p.name, r.ended_on, r.statement
	FROM visible_dossier d JOIN data_request r ON r.dossier_id = d.id JOIN person p ON p.id = r.person_id AND p.dossier_id = d.id
	WHERE d.id = :dossier AND r.outcome = 'refused' AND r.statement IS NOT NULL ORDER BY r.ended_on, r.id`, db.Probe{"dossier": db.Theirs("dossier")})

// Place is where a text of a request about somebody's data is sealed.
func Place(id core.DossierID, column string, row core.ID) vault.Place {
	return vault.Place{Table: "data_request", Column: column, Row: row.Int64(), Owner: id.Int64()}
}

// Of lists what people of the family want to stand beside the file.
func Of(t *db.Tx, id core.DossierID) ([]Statement, error) {
	type row struct {
		Statement
		sealed []byte
	}
	rows, err := db.All(t, qStatements, db.Args{"dossier": id}, func(r *row) []any { return []any{&r.ID, &r.Name, &r.On, &r.sealed} })
	out := make([]Statement, len(rows))
	for i, r := range rows {
		if err == nil {
			r.Words, err = t.Open(Place(id, "statement", r.ID), r.sealed)
		}
		out[i] = r.Statement
	}
	return out, err
}
