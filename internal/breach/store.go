package breach

import (
	"encoding/json"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

const columns = `b.id, b.kind, b.reported_by, COALESCE(a.name, ''), b.reported_at, b.discovered_at, b.people, b.authority, b.authority_at, b.told, b.told_on,
	b.closed_at, b.words, b.stage, b.version FROM breach b LEFT JOIN account a ON a.id = b.reported_by`

var (
	// Whoever reports sees that the own report is there and where it stands, and nothing of other people's.
	xReport = db.X("breach.report", authz.OwnAccount, `INSERT INTO breach (id, kind, reported_by, reported_at, discovered_at, words, form_token)
		VALUES (:id, :kind, :actor, :now, :found, :words, :token)`,
		db.Probe{"id": core.ID(7), "kind": "lost_device", "found": "2026-11-01T10:00:00.000Z", "words": nil, "token": "t"})
	qSent = db.Q("breach.sent", authz.OwnAccount, `SELECT b.id FROM breach b WHERE b.form_token = :token AND b.reported_by = :actor`, db.Probe{"token": "t"})
	qMine = db.Q("breach.mine", authz.OwnAccount, `SELECT `+columns+` WHERE b.reported_by = :actor ORDER BY b.reported_at DESC, b.id LIMIT :limit`,
		db.Probe{"limit": 50})
	xFirst = db.X("breach.note_report", authz.OwnAccount, `INSERT INTO breach_change (id, breach_id, at, account_id, entry)
		SELECT :change, b.id, CAST(:now AS TEXT), CAST(:actor AS BIGINT), :entry FROM breach b WHERE b.id = :id AND b.reported_by = :actor`,
		db.Probe{"change": core.ID(8), "id": db.Theirs("breach"), "entry": nil})

	qAll = db.Q("breach.all", authz.Breaches, `SELECT `+columns+` ORDER BY CASE WHEN b.closed_at IS NULL THEN 0 ELSE 1 END, b.discovered_at DESC, b.id LIMIT :limit`,
		db.Probe{"limit": 50})
	qOne  = db.Q("breach.one", authz.Breaches, `SELECT `+columns+` WHERE b.id = :id`, db.Probe{"id": db.Theirs("breach")})
	xKeep = db.X("breach.keep", authz.Breaches, `UPDATE breach SET kind = :kind, discovered_at = :found, people = :people, authority = :authority,
		authority_at = :authority_at, told = :told, told_on = :told_on, closed_at = :closed, words = :words, version = version + 1
		WHERE id = :id AND version = :version`,
		db.Probe{"id": db.Theirs("breach"), "kind": "", "found": "", "people": 0, "authority": "", "authority_at": nil, "told": "", "told_on": nil, "closed": nil,
			"words": nil, "version": 1})
	xChange = db.X("breach.note_change", authz.Breaches, `INSERT INTO breach_change (id, breach_id, at, account_id, entry)
		SELECT :change, b.id, CAST(:now AS TEXT), CAST(:actor AS BIGINT), :entry FROM breach b WHERE b.id = :id`,
		db.Probe{"change": core.ID(8), "id": db.Theirs("breach"), "entry": nil})
	qChanges = db.Q("breach.changes", authz.Breaches, `SELECT c.id, c.at, COALESCE(a.name, ''), c.entry FROM breach_change c LEFT JOIN account a ON a.id = c.account_id
		WHERE c.breach_id = :id ORDER BY c.at, c.id`, db.Probe{"id": db.Theirs("breach")})

	qOpen = db.Q("breach.open", authz.Breaches, `SELECT `+columns+` WHERE b.closed_at IS NULL AND b.id > :after AND b.id <= :upto ORDER BY b.id LIMIT :limit`,
		db.Probe{"after": 0, "upto": 1, "limit": 10})
	xStage = db.X("breach.stage", authz.OwnAccount, `UPDATE breach SET stage = :stage WHERE id = :id AND stage <> :stage`, db.Probe{"id": db.Theirs("breach"), "stage": ""}).
		Quiet("that it was made known is no change of what it says")
	qKeepers = db.CrossQ("breach.keepers", authz.Door, "finds who keeps the register: accounts, no family", `SELECT DISTINCT a.id FROM account a
		JOIN account_role r ON r.account_id = a.id WHERE r.role IN ('project_leader', 'administrator') AND a.ended_at IS NULL ORDER BY a.id`, db.Probe{})
)

func (b *Breach) columns() []any {
	return []any{&b.ID, &b.Kind, &b.Reporter, &b.ReporterName, &b.ReportedAt, &b.Discovered, &b.People, &b.Authority, &b.AuthorityAt, &b.Told, &b.ToldOn,
		&b.ClosedAt, &b.sealed, &b.Stage, &b.Version}
}

// A breach is of no family, so its texts are sealed under the key of what belongs to none.
func wordsPlace(id core.ID) vault.Place {
	return vault.Place{Table: "breach", Column: "words", Row: id.Int64()}
}

func entryPlace(change core.ID) vault.Place {
	return vault.Place{Table: "breach_change", Column: "entry", Row: change.Int64()}
}

func seal(t *db.Tx, p vault.Place, v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return t.Secrets().Seal(p, string(text))
}

func open(t *db.Tx, p vault.Place, sealed []byte, into any) error {
	if len(sealed) == 0 {
		return nil
	}
	text, err := t.Secrets().Open(p, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), into)
}

// opened opens the texts of what a query gave.
func opened(t *db.Tx, all []Breach, err error) ([]Breach, error) {
	for i := range all {
		if err == nil {
			err = open(t, wordsPlace(all[i].ID), all[i].sealed, &all[i].Words)
		}
	}
	return all, err
}

func one(t *db.Tx, id core.ID) (Breach, error) {
	b, err := db.One(t, qOne, db.Args{"id": id}, (*Breach).columns)
	if err != nil {
		return b, err
	}
	return b, open(t, wordsPlace(id), b.sealed, &b.Words)
}

func keep(t *db.Tx, b Breach) error {
	words, err := seal(t, wordsPlace(b.ID), b.Words)
	if err != nil {
		return err
	}
	err = db.Do(t, xKeep, db.Args{"id": b.ID, "kind": b.Kind, "found": b.Discovered, "people": b.People, "authority": string(b.Authority),
		"authority_at": b.AuthorityAt, "told": string(b.Told), "told_on": b.ToldOn, "closed": b.ClosedAt, "words": words, "version": b.Version})
	if core.IsKind(err, core.KindNotFound) {
		return core.Conflict("breach_changed")
	}
	if err != nil {
		return err
	}
	return note(t, xChange, b)
}

// note keeps what the register says now beside all that it said before.
func note(t *db.Tx, q *db.Query, b Breach) error {
	id := db.NewID[core.ID](t)
	entry, err := seal(t, entryPlace(id), b)
	if err != nil {
		return err
	}
	return db.Do(t, q, db.Args{"change": id, "id": b.ID, "entry": entry})
}

// changes are all versions of an entry, the first one first.
func changes(t *db.Tx, id core.ID) ([]Change, error) {
	type row struct {
		Change
		id     core.ID
		sealed []byte
	}
	rows, err := db.All(t, qChanges, db.Args{"id": id}, func(r *row) []any { return []any{&r.id, &r.At, &r.Who, &r.sealed} })
	out := make([]Change, len(rows))
	for i, r := range rows {
		if err == nil {
			err = open(t, entryPlace(r.id), r.sealed, &r.Breach)
		}
		out[i] = r.Change
	}
	return out, err
}
