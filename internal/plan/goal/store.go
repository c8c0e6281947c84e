package goal

import (
	"encoding/json"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var theirs = db.Probe{"dossier": db.Theirs("dossier")}

func probe(more db.Probe) db.Probe {
	more["dossier"] = db.Theirs("dossier")
	return more
}

var (
	qChanges = db.Q("goal.changes", authz.Tools, `
		SELECT c.id, c.goal_id, c.seq, c.at, c.content FROM visible_dossier d JOIN goal_change c ON c.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY c.goal_id, c.seq`, theirs)

	qRatings = db.Q("goal.ratings", authz.Tools, `
		SELECT r.id, r.goal_id, r.rated_on, r.score, r.person_id, r.words, r.at FROM visible_dossier d JOIN goal_rating r ON r.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY r.rated_on, r.at, r.id`, theirs)

	qOfWish = db.Q("goal.of_wish", authz.Tools, `
		SELECT g.id FROM visible_dossier d JOIN goal g ON g.dossier_id = d.id WHERE d.id = :dossier AND g.triptych_id = :triptych`,
		probe(db.Probe{"triptych": db.Theirs("triptych")}))

	qFromWishes = db.Q("goal.from_wishes", authz.Tools, `
		SELECT g.triptych_id, g.id FROM visible_dossier d JOIN goal g ON g.dossier_id = d.id WHERE d.id = :dossier AND g.triptych_id IS NOT NULL`, theirs)

	qRating = db.Q("goal.rating", authz.Tools, `
		SELECT r.id FROM visible_dossier d JOIN goal_rating r ON r.dossier_id = d.id WHERE d.id = :dossier AND r.id = :id AND r.goal_id = :goal`,
		probe(db.Probe{"id": db.Theirs("goal_rating"), "goal": db.Theirs("goal")}))

	qChange = db.Q("goal.one_change", authz.Tools, `
		SELECT c.id FROM visible_dossier d JOIN goal_change c ON c.dossier_id = d.id WHERE d.id = :dossier AND c.id = :id AND c.goal_id = :goal`,
		probe(db.Probe{"id": db.Theirs("goal_change"), "goal": db.Theirs("goal")}))

	qPeople = db.Q("goal.people", authz.Tools, `
		SELECT p.id, p.name, p.died_on FROM visible_dossier d JOIN person p ON p.dossier_id = d.id WHERE d.id = :dossier
		ORDER BY p.is_child DESC, p.birth, p.id`, theirs)
)

// Nothing of a goal is rewritten: each of these adds a row, and the same row once.
var (
	xGoal = db.X("goal.make", authz.Tools, `
		INSERT INTO goal (id, dossier_id, triptych_id, at, account_id)
		SELECT :id, d.id, CAST(:triptych AS BIGINT), CAST(:now AS TEXT), :actor FROM visible_dossier d WHERE d.id = :dossier
		ON CONFLICT (id) DO NOTHING`, probe(db.Probe{"id": core.ID(7), "triptych": nil}))

	xChange = db.X("goal.change", authz.Tools, `
		INSERT INTO goal_change (id, dossier_id, goal_id, seq, at, account_id, content)
		SELECT :id, d.id, g.id, CAST(:seq AS BIGINT), CAST(:now AS TEXT), :actor, :content
		FROM visible_dossier d JOIN goal g ON g.dossier_id = d.id
		WHERE d.id = :dossier AND g.id = :goal AND NOT EXISTS (SELECT 1 FROM goal_change c WHERE c.goal_id = g.id AND c.seq >= :seq)
		ON CONFLICT (id) DO NOTHING`,
		probe(db.Probe{"id": core.ID(7), "goal": db.Theirs("goal"), "seq": 9, "content": []byte("x")}))

	xRate = db.X("goal.rate", authz.Tools, `
		INSERT INTO goal_rating (id, dossier_id, goal_id, rated_on, score, person_id, words, at, account_id)
		SELECT :id, d.id, g.id, :rated_on, CAST(:score AS BIGINT), CAST(:person AS BIGINT), :words, CAST(:now AS TEXT), :actor
		FROM visible_dossier d JOIN goal g ON g.dossier_id = d.id WHERE d.id = :dossier AND g.id = :goal
		ON CONFLICT (id) DO NOTHING`,
		probe(db.Probe{"id": core.ID(7), "goal": db.Theirs("goal"), "rated_on": "2026-11-01", "score": 1, "person": nil, "words": nil}))
)

// Person is somebody of the family by name.
type Person struct {
	ID   core.PersonID
	Name string
	Died core.Date
}

// Lives says that somebody can have a new wish or goal; those of somebody who died stay.
func (p Person) Lives() bool { return p.Died.IsZero() }

// People are those of the family, also who died: what they wished and said stays theirs.
func People(t *db.Tx, d core.DossierID) ([]Person, error) {
	return db.All(t, qPeople, db.Args{"dossier": d}, func(p *Person) []any { return []any{&p.ID, &p.Name, &p.Died} })
}

func ids(people []Person) []core.PersonID {
	out := make([]core.PersonID, len(people))
	for i, p := range people {
		out[i] = p.ID
	}
	return out
}

func place(d core.DossierID, table, column string, row core.ID) vault.Place {
	return vault.Place{Table: table, Column: column, Row: row.Int64(), Owner: d.Int64()}
}

// Of lists the goals of a family with all that was said of them.
func Of(t *db.Tx, d core.DossierID) ([]Goal, error) {
	changes, err := db.All(t, qChanges, db.Args{"dossier": d}, func(c *Change) []any { return []any{&c.row, &c.goal, &c.Seq, &c.At, &c.sealed} })
	if err != nil {
		return nil, err
	}
	for i := range changes {
		words, err := t.Open(place(d, "goal_change", "content", changes[i].row), changes[i].sealed)
		if err != nil {
			return nil, err
		}
		if changes[i].Content, err = read(words); err != nil {
			return nil, err
		}
	}
	ratings, err := db.All(t, qRatings, db.Args{"dossier": d}, func(r *Rating) []any {
		return []any{&r.ID, &r.Goal, &r.On, &r.Score, &r.By, &r.sealed, &r.at}
	})
	for i := range ratings {
		if err == nil {
			ratings[i].Words, err = t.Open(place(d, "goal_rating", "words", ratings[i].ID), ratings[i].sealed)
		}
	}
	return Assemble(changes, ratings), err
}

// read reads what storeChange wrote.
func read(words string) (c Content, err error) {
	err = json.Unmarshal([]byte(words), &c)
	return c, err
}

// OfWishes says which wishes became goals.
func OfWishes(t *db.Tx, d core.DossierID) (map[core.ID]core.ID, error) {
	type pair struct{ wish, goal core.ID }
	all, err := db.All(t, qFromWishes, db.Args{"dossier": d}, func(p *pair) []any { return []any{&p.wish, &p.goal} })
	out := map[core.ID]core.ID{}
	for _, p := range all {
		out[p.wish] = p.goal
	}
	return out, err
}

func storeChange(t *db.Tx, d core.DossierID, of, row core.ID, seq int, c Content) (int64, error) {
	words, err := json.Marshal(c)
	if err != nil {
		return 0, err
	}
	sealed, err := t.Seal(place(d, "goal_change", "content", row), string(words))
	if err != nil {
		return 0, err
	}
	return db.Exec(t, xChange, db.Args{"id": row, "dossier": d, "goal": of, "seq": seq, "content": sealed})
}

func storeRating(t *db.Tx, d core.DossierID, row core.ID, r Rating) (int64, error) {
	words, err := t.Seal(place(d, "goal_rating", "words", row), r.Words)
	if err != nil {
		return 0, err
	}
	return db.Exec(t, xRate, db.Args{"id": row, "dossier": d, "goal": r.Goal, "rated_on": r.On, "score": r.Score, "person": r.By, "words": words})
}

// isThere says whether what was told of a goal is there already: then it was a double tap.
func isThere(t *db.Tx, q *db.Query, d core.DossierID, goal, row core.ID) (bool, error) {
	_, found, err := db.Maybe(t, q, db.Args{"dossier": d, "goal": goal, "id": row}, func(id *core.ID) []any { return []any{id} })
	return found, err
}
