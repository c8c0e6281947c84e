package seek

import (
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var theirs = db.Probe{"dossier": db.Theirs("dossier")}

// pair is a query about one family and about every family in the area.
type pair struct{ one, all *db.Query }

func ofOneAndAll(name, from, where string) pair {
	return pair{
		one: db.Q("matching."+name, authz.Matching, from+` WHERE d.id = :dossier AND `+where, theirs),
		all: db.Q("matching."+name+"_all", authz.Matching, from+` WHERE `+where, db.Probe{}),
	}
}

// all runs the query for one family, or for every one if it is none.
func all[T any](t *db.Tx, p pair, d core.DossierID, dest func(*T) []any) ([]T, error) {
	if d.IsZero() {
		return db.All(t, p.all, db.Args{}, dest)
	}
	return db.All(t, p.one, db.Args{"dossier": d}, dest)
}

const open = `x.ended_on IS NULL AND x.state <> 'ended'`

var (
	sought = ofOneAndAll("sought", `SELECT x.id, x.dossier_id, d.name, d.municipality_id, COALESCE(g.name, ''), x.kind, x.state, x.complex, x.waiting_since, x.planned_end,
			COALESCE(w.languages, ''), COALESCE(w.language_needed, FALSE), COALESCE(w.days, ''), COALESCE(w.postcode, ''), COALESCE(w.volunteers, 1)
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id LEFT JOIN municipality g ON g.id = d.municipality_id
		LEFT JOIN trajectory_want w ON w.trajectory_id = x.id AND w.dossier_id = d.id`, open+` ORDER BY x.waiting_since, d.name_fold, x.id`)
	ages = ofOneAndAll("sought_ages", `SELECT tp.trajectory_id, p.birth FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		JOIN trajectory_person tp ON tp.trajectory_id = x.id AND tp.dossier_id = d.id JOIN person p ON p.id = tp.person_id AND p.dossier_id = d.id`,
		open+` AND p.is_child AND p.birth IS NOT NULL ORDER BY p.birth, p.id`)
	matches = ofOneAndAll("sought_matches", `SELECT m.dossier_id, m.trajectory_id, m.volunteer_id, m.state, x.kind, x.abrupt, m.introduced_on
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory x ON x.id = m.trajectory_id AND x.dossier_id = d.id`,
		`m.state <> '' ORDER BY m.proposed_at, m.id`)
	excluded = ofOneAndAll("sought_excluded", `SELECT e.dossier_id, e.volunteer_id, e.side FROM visible_dossier d JOIN match_exclusion e ON e.dossier_id = d.id`,
		`e.lifted_on IS NULL`)
	restricted = ofOneAndAll("sought_restricted", `SELECT r.dossier_id FROM visible_dossier d JOIN restriction r ON r.dossier_id = d.id`,
		`r.from_date <= :today AND (r.lifted_on IS NULL OR r.lifted_on > :today)`)

	qWant = db.Q("matching.want", authz.Matching, `SELECT w.languages, w.language_needed, w.days, w.postcode, w.volunteers, w.version
		FROM visible_dossier d JOIN trajectory_want w ON w.dossier_id = d.id WHERE d.id = :dossier AND w.trajectory_id = :trajectory`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})
	qExclusions = db.Q("matching.exclusions", authz.Matching, `SELECT e.id, e.volunteer_id, COALESCE(v.name, ''), e.side, e.words, e.at, COALESCE(a.name, '')
		FROM visible_dossier d JOIN match_exclusion e ON e.dossier_id = d.id LEFT JOIN visible_volunteer v ON v.id = e.volunteer_id
		LEFT JOIN account a ON a.id = e.account_id WHERE d.id = :dossier AND e.lifted_on IS NULL ORDER BY e.at, e.id`, theirs)

	xWant = db.X("matching.keep_want", authz.Matching, `INSERT INTO trajectory_want (trajectory_id, dossier_id, languages, language_needed, days, postcode, volunteers)
		SELECT x.id, d.id, CAST(:languages AS TEXT), CAST(:needed AS BOOLEAN), CAST(:days AS TEXT), CAST(:postcode AS TEXT), CAST(:volunteers AS BIGINT)
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id WHERE d.id = :dossier AND x.id = :id
		ON CONFLICT (trajectory_id) DO UPDATE SET languages = excluded.languages, language_needed = excluded.language_needed, days = excluded.days,
			postcode = excluded.postcode, volunteers = excluded.volunteers, version = trajectory_want.version + 1
		WHERE trajectory_want.version = :version AND trajectory_want.dossier_id IN (SELECT s.id FROM visible_dossier s)`,
		db.Probe{
			"dossier": db.Theirs("dossier"), "id": db.Theirs("trajectory"), "languages": "", "needed": false, "days": "", "postcode": "", "volunteers": 1,
			"version": 1,
		})
	xExclude = db.X("matching.exclude", authz.Matching, `INSERT INTO match_exclusion (id, dossier_id, volunteer_id, side, words, at, account_id)
		SELECT :id, d.id, v.id, CAST(:side AS TEXT), :words, CAST(:now AS TEXT), CAST(:actor AS BIGINT)
		FROM visible_dossier d JOIN visible_volunteer v ON v.id = :person WHERE d.id = :dossier`,
		db.Probe{
			"id": db.Ours("match_exclusion_made"), "dossier": db.Theirs("dossier"), "person": db.Theirs("volunteer"), "side": "family", "words": []byte(nil),
		})
	xLift = db.X("matching.lift_exclusion", authz.Matching, `UPDATE match_exclusion SET lifted_on = :today
		WHERE id = :id AND lifted_on IS NULL AND dossier_id = :dossier AND dossier_id IN (SELECT s.id FROM visible_dossier s)`,
		db.Probe{"id": db.Theirs("match_exclusion"), "dossier": db.Theirs("dossier")})
)

func sealed(id core.ID, d core.DossierID) vault.Place {
	return vault.Place{Table: "match_exclusion", Column: "words", Row: id.Int64(), Owner: d.Int64()}
}

func codesOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
