package request

import (
	"maps"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier/stated"
)

const selected = `SELECT r.id, r.kind, r.person_id, p.name, r.asker_id, COALESCE(k.name, r.asker_name), r.received_on, r.how, r.checked, r.agrees, r.extended_on, r.made_at,
	r.outcome, r.ended_on, r.recorded_at, COALESCE(a.name, ''), r.version, r.words, r.says, r.should, r.why_longer, r.answer, r.recipients, r.statement
	FROM visible_dossier d JOIN data_request r ON r.dossier_id = d.id JOIN person p ON p.id = r.person_id AND p.dossier_id = d.id
	LEFT JOIN person k ON k.id = r.asker_id AND k.dossier_id = d.id LEFT JOIN account a ON a.id = r.recorded_by WHERE d.id = :dossier`

const within = ` WHERE id = :id AND version = :version AND outcome = '' AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`

func probe(more db.Probe) db.Probe {
	out := db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("data_request"), "version": 1}
	maps.Copy(out, more)
	return out
}

var (
	qAll = db.Q("privacy.requests", authz.Requests, selected+` ORDER BY r.received_on DESC, r.id DESC`, db.Probe{"dossier": db.Theirs("dossier")})
	qOne = db.Q("privacy.request", authz.Requests, selected+` AND r.id = :id`, db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("data_request")})

	qSent = db.Q("privacy.request_sent", authz.Requests, `SELECT r.id FROM visible_dossier d JOIN data_request r ON r.dossier_id = d.id
		WHERE d.id = :dossier AND r.form_token = :token`, db.Probe{"dossier": db.Theirs("dossier"), "token": "t"})
	xNew = db.X("privacy.ask", authz.Requests, `INSERT INTO data_request (id, dossier_id, kind, person_id, asker_id, asker_name, received_on, how, checked, agrees,
			words, says, should, recorded_at, recorded_by, form_token)
		SELECT :id, d.id, CAST(:kind AS TEXT), CAST(:person AS BIGINT), CAST(:asker AS BIGINT), CAST(:asker_name AS TEXT), CAST(:received AS TEXT), CAST(:how AS TEXT),
			CAST(:checked AS TEXT), CAST(:agrees AS BOOLEAN), :words, :says, :should, CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:token AS TEXT)
		FROM visible_dossier d WHERE d.id = :dossier`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": core.ID(7), "kind": "access", "person": db.Theirs("person"), "asker": nil, "asker_name": "x", "received": "2026-01-01",
			"how": "talk", "checked": "", "agrees": false, "words": nil, "says": nil, "should": nil, "token": "u"})
	xCheck = db.X("privacy.check_asker", authz.Requests, `UPDATE data_request SET checked = :checked, agrees = :agrees, version = version + 1`+within,
		probe(db.Probe{"checked": "known", "agrees": false}))
	xExtend = db.X("privacy.extend", authz.Requests, `UPDATE data_request SET extended_on = :today, why_longer = :why, version = version + 1`+within,
		probe(db.Probe{"why": nil}))
	xMade = db.X("privacy.make_package", authz.Requests, `UPDATE data_request SET made_at = :now, version = version + 1`+within, probe(nil))
	xEnd  = db.X("privacy.answer", authz.Requests, `UPDATE data_request SET outcome = :outcome, ended_on = :ended, answer = :answer, recipients = :recipients,
		statement = :statement, version = version + 1`+within,
		probe(db.Probe{"outcome": "done", "ended": "2026-01-01", "answer": nil, "recipients": nil, "statement": nil}))
)

func (r *Request) dest() []any {
	out := []any{&r.ID, &r.Kind, &r.About, &r.AboutName, &r.Asker, &r.AskerName, &r.Received, &r.How, &r.Checked, &r.Agrees, &r.ExtendedOn, &r.MadeAt,
		&r.Outcome, &r.EndedOn, &r.Recorded, &r.By, &r.Version}
	for i := range r.sealed {
		out = append(out, &r.sealed[i])
	}
	return out
}

func (r *Request) unseal(t *db.Tx, id core.DossierID) (err error) {
	for i, to := range r.texts() {
		if *to, err = t.Open(stated.Place(id, columns[i], r.ID), r.sealed[i]); err != nil {
			return err
		}
	}
	return nil
}

// of lists what was asked about people of the file, the last one first.
func of(t *db.Tx, id core.DossierID) ([]Request, error) {
	all, err := db.All(t, qAll, db.Args{"dossier": id}, (*Request).dest)
	for i := range all {
		if err == nil {
			err = all[i].unseal(t, id)
		}
	}
	return all, err
}

func one(t *db.Tx, id core.DossierID, row core.ID) (Request, error) {
	r, err := db.One(t, qOne, db.Args{"dossier": id, "id": row}, (*Request).dest)
	if err != nil {
		return r, err
	}
	return r, r.unseal(t, id)
}

// sealed adds the texts in these columns to the arguments.
func (r Request) sealedIn(t *db.Tx, id core.DossierID, args db.Args) error {
	for i, from := range r.texts() {
		if _, wanted := args[columns[i]]; !wanted {
			continue
		}
		sealed, err := t.Seal(stated.Place(id, columns[i], r.ID), *from)
		if err != nil {
			return err
		}
		args[columns[i]] = sealed
	}
	return nil
}

// change changes the request as the reader saw it; somebody else's change meanwhile is a conflict.
func change(t *db.Tx, q *db.Query, args db.Args) error {
	err := db.Do(t, q, args)
	if core.IsKind(err, core.KindNotFound) {
		return core.Conflict("request_changed")
	}
	return err
}
