package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// What each child knows. Rows are only added: what a child knew in May stays beside what it knows in October (INT-8).
var (
	qKnows = db.Q("dossier.knows", authz.Knowledge, `SELECT k.id, k.child_id, p.name, k.level, k.story, k.told_by, k.since, k.recorded_at, COALESCE(a.name, '')
		FROM visible_dossier d JOIN knowledge k ON k.dossier_id = d.id JOIN person p ON p.id = k.child_id AND p.dossier_id = d.id
		LEFT JOIN account a ON a.id = k.recorded_by WHERE d.id = :dossier ORDER BY k.recorded_at, k.id`, theirs)
	qChildren = db.Q("dossier.children", authz.Knowledge, `SELECT p.id, p.name FROM visible_dossier d JOIN person p ON p.dossier_id = d.id
		WHERE d.id = :dossier AND p.is_child ORDER BY p.id`, theirs)
	qAddKnows = db.X("dossier.add_knows", authz.Knowledge, `INSERT INTO knowledge (id, dossier_id, child_id, level, story, told_by, since, recorded_at, recorded_by)
		SELECT :id, d.id, :child, :level, :story, :told_by, :since, :now, :actor FROM visible_dossier d WHERE d.id = :dossier`,
		with(db.Probe{"id": 7, "child": db.Theirs("person"), "level": "all", "story": nil, "told_by": "", "since": nil}))
)

type sealedKnows struct {
	Knows
	sealed []byte
}

// Knowledge gives, for every child of the file, what it knows now; a child about whom nobody asked yet has NotAsked. A
// child who grew up meanwhile stays one of the children of its file.
func Knowledge(t *db.Tx, id core.DossierID) ([]Knows, error) {
	history, err := KnowledgeHistory(t, id)
	if err != nil {
		return nil, err
	}
	children, err := db.All(t, qChildren, db.Args{"dossier": id}, func(k *Knows) []any { return []any{&k.Child, &k.ChildName} })
	for i := range children {
		for _, h := range history {
			if h.Child == children[i].Child {
				children[i] = h
			}
		}
	}
	return children, err
}

// KnowledgeHistory gives everything that was ever recorded about what the children know, oldest first.
func KnowledgeHistory(t *db.Tx, id core.DossierID) ([]Knows, error) {
	rows, err := db.All(t, qKnows, db.Args{"dossier": id}, func(k *sealedKnows) []any {
		return []any{&k.ID, &k.Child, &k.ChildName, &k.Level, &k.sealed, &k.ToldBy, &k.Since, &k.RecordedAt, &k.By}
	})
	if err != nil {
		return nil, err
	}
	out := make([]Knows, len(rows))
	for i, r := range rows {
		if r.Story, err = t.Open(storyPlace(id, r.ID), r.sealed); err != nil {
			return nil, err
		}
		out[i] = r.Knows
	}
	return out, nil
}

// NeutralFor says whether texts about this family avoid detention, prison and facility (INT-8).
func NeutralFor(t *db.Tx, id core.DossierID) (bool, error) {
	knows, err := Knowledge(t, id)
	return Neutral(knows), err
}

// Tell records what a child knows from now on.
func Tell(t *db.Tx, id core.DossierID, k Knows) error {
	child, err := personIn(t, id, k.Child)
	if err != nil {
		return err
	}
	if err := checkKnows(k, child, t.Today()); err != nil {
		return err
	}
	return addKnows(t, id, k)
}

func addKnows(t *db.Tx, id core.DossierID, k Knows) error {
	k.ID = db.NewID[core.ID](t)
	story, err := t.Seal(storyPlace(id, k.ID), k.Story)
	if err != nil {
		return err
	}
	return db.Do(t, qAddKnows, db.Args{"dossier": id, "id": k.ID, "child": k.Child, "level": string(k.Level), "story": story, "told_by": k.ToldBy, "since": k.Since})
}

func storyPlace(id core.DossierID, row core.ID) vault.Place {
	return vault.Place{Table: "knowledge", Column: "story", Row: row.Int64(), Owner: id.Int64()}
}
