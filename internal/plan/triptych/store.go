package triptych

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan/goal"
	"maatje/internal/vault"
)

var (
	qSheets = db.Q("triptych.sheets", authz.Tools, `
		SELECT s.id, s.person_id, s.seq, s.at, s.problem, s.wish, s.how FROM visible_dossier d JOIN triptych s ON s.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY s.person_id, s.seq DESC`, db.Probe{"dossier": db.Theirs("dossier")})

	// Nothing is rewritten: a sheet is added after the one that was on the screen, and the same one once.
	xSheet = db.X("triptych.write", authz.Tools, `
		INSERT INTO triptych (id, dossier_id, person_id, seq, at, account_id, problem, wish, how)
		SELECT :id, d.id, p.id, CAST(:seq AS BIGINT), CAST(:now AS TEXT), :actor, :problem, :wish, :how
		FROM visible_dossier d JOIN person p ON p.dossier_id = d.id
		WHERE d.id = :dossier AND p.id = :person AND NOT EXISTS (SELECT 1 FROM triptych o WHERE o.person_id = p.id AND o.seq >= :seq)
		ON CONFLICT (id) DO NOTHING`,
		db.Probe{"id": core.ID(7), "dossier": db.Theirs("dossier"), "person": db.Theirs("person"), "seq": 9, "problem": nil, "wish": nil, "how": nil})
)

func (s *Sheet) columns() []any {
	return []any{&s.ID, &s.Person, &s.Seq, &s.At, &s.problem, &s.wish, &s.how}
}

func place(d core.DossierID, column string, row core.ID) vault.Place {
	return vault.Place{Table: "triptych", Column: column, Row: row.Int64(), Owner: d.Int64()}
}

func (s *Sheet) unseal(t *db.Tx, d core.DossierID) (err error) {
	for _, c := range []struct {
		to     *string
		column string
		sealed []byte
	}{{&s.Problem, "problem", s.problem}, {&s.Wish, "wish", s.wish}, {&s.How, "how", s.how}} {
		if *c.to, err = t.Open(place(d, c.column, s.ID), c.sealed); err != nil {
			return err
		}
	}
	return nil
}

// Of lists the members of a family with their sheets.
func Of(t *db.Tx, d core.DossierID) ([]Member, error) {
	people, err := goal.People(t, d)
	if err != nil {
		return nil, err
	}
	goals, err := goal.OfWishes(t, d)
	if err != nil {
		return nil, err
	}
	sheets, err := db.All(t, qSheets, db.Args{"dossier": d}, (*Sheet).columns)
	if err != nil {
		return nil, err
	}
	of := map[core.PersonID][]Sheet{}
	for _, s := range sheets {
		if err := s.unseal(t, d); err != nil {
			return nil, err
		}
		s.Goal = goals[s.ID]
		of[s.Person] = append(of[s.Person], s)
	}
	var out []Member
	for _, p := range people {
		if p.Lives() || len(of[p.ID]) > 0 {
			out = append(out, Member{p.ID, p.Name, p.Lives(), of[p.ID]})
		}
	}
	return out, nil
}

func store(t *db.Tx, d core.DossierID, s Sheet) error {
	_, n, err := db.Under(t, s.ID, func(row core.ID) (int64, error) { return storeAs(t, d, row, s) })
	if err == nil && n == 0 {
		err = core.Conflict("triptych_changed")
	}
	return err
}

func storeAs(t *db.Tx, d core.DossierID, row core.ID, s Sheet) (int64, error) {
	sealed := map[string][]byte{}
	for column, words := range map[string]string{"problem": s.Problem, "wish": s.Wish, "how": s.How} {
		var err error
		if sealed[column], err = t.Seal(place(d, column, row), words); err != nil {
			return 0, err
		}
	}
	return db.Exec(t, xSheet, db.Args{"id": row, "dossier": d, "person": s.Person, "seq": s.Seq,
		"problem": sealed["problem"], "wish": sealed["wish"], "how": sealed["how"]})
}
