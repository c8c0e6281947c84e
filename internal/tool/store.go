package tool

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

const (
	used    = "used"
	skipped = "skipped"

	// A volunteer comes to the family's tools by the own trajectory and no other.
	ownTrajectory = `SELECT m.trajectory_id FROM volunteer_match m JOIN trajectory r ON r.id = m.trajectory_id
		WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND m.declined_at IS NULL AND r.ended_on IS NULL`
)

var (

	// The last line of each kind and tool.
	qLast = db.Q("tool.last", authz.Tools, `
		SELECT u.id, u.tool, u.kind, u.at, u.why, u.words FROM visible_dossier d JOIN tool_use u ON u.dossier_id = d.id
		WHERE d.id = :dossier AND u.at = (SELECT MAX(x.at) FROM tool_use x WHERE x.dossier_id = d.id AND x.tool = u.tool AND x.kind = u.kind)
		ORDER BY u.at, u.id`, db.Probe{"dossier": db.Theirs("dossier")})

	qSince = db.Q("tool.since", authz.Tools, `
		SELECT DISTINCT u.tool FROM visible_dossier d JOIN tool_use u ON u.dossier_id = d.id
		WHERE d.id = :dossier AND u.kind = 'used' AND u.account_id = :actor AND u.used_on >= :since`,
		db.Probe{"dossier": db.Theirs("dossier"), "since": "2020-01-01"})

	qLine = db.Q("tool.line", authz.Tools, `SELECT u.id FROM visible_dossier d JOIN tool_use u ON u.dossier_id = d.id WHERE d.id = :dossier AND u.id = :id`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("tool_use")})

	qOffice = db.Q("tool.family", authz.Tools, `SELECT d.id, d.name FROM visible_dossier d WHERE d.id = :dossier`,
		db.Probe{"dossier": db.Theirs("dossier")})

	qOwn = db.Q("tool.own_family", authz.OwnSteps, `
		SELECT d.id, d.name FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id
		WHERE t.id = :trajectory AND t.id IN (`+ownTrajectory+`)`, db.Probe{"trajectory": db.Theirs("trajectory")})

	// A step plan is of a trajectory. Where two run, the list of trajectories leads to each.
	qTrajectory = db.Q("tool.trajectory", authz.Steps, `
		SELECT t.id FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id
		WHERE d.id = :dossier AND t.ended_on IS NULL ORDER BY t.id LIMIT 2`,
		db.Probe{"dossier": db.Theirs("dossier")})
)

// Use is written once a day for each account and tool. A skip that is sent twice under one identifier is one skip.
var (
	xUsed = db.X("tool.used", authz.Tools, `
		INSERT INTO tool_use (id, dossier_id, tool, kind, at, used_on, account_id)
		SELECT :id, d.id, CAST(:tool AS TEXT), 'used', CAST(:now AS TEXT), CAST(:today AS TEXT), :actor
		FROM visible_dossier d WHERE d.id = :dossier AND NOT EXISTS (SELECT 1 FROM tool_use x
			WHERE x.dossier_id = d.id AND x.tool = :tool AND x.kind = 'used' AND x.used_on = :today AND x.account_id = :actor)`,
		db.Probe{"id": db.Theirs("tool_use"), "dossier": db.Theirs("dossier"), "tool": Triptych})

	xSkipped = db.X("tool.skipped", authz.Tools, `
		INSERT INTO tool_use (id, dossier_id, tool, kind, at, used_on, account_id, why, words)
		SELECT :id, d.id, :tool, 'skipped', CAST(:now AS TEXT), CAST(:today AS TEXT), :actor, :why, :words
		FROM visible_dossier d WHERE d.id = :dossier ON CONFLICT (id) DO NOTHING`,
		db.Probe{"id": core.ID(7), "dossier": db.Theirs("dossier"), "tool": Triptych, "why": "", "words": nil})
)

func (s *State) columns() []any { return []any{&s.row, &s.Tool, &s.kind, &s.at, &s.Why, &s.words} }

func place(d core.DossierID, row core.ID) vault.Place {
	return vault.Place{Table: "tool_use", Column: "words", Row: row.Int64(), Owner: d.Int64()}
}

// Of says how it stands with each of the five tools in a family.
func Of(t *db.Tx, d core.DossierID) ([]State, error) {
	lines, err := db.All(t, qLast, db.Args{"dossier": d}, (*State).columns)
	for i := range lines {
		if err == nil {
			lines[i].Words, err = t.Open(place(d, lines[i].row), lines[i].words)
		}
	}
	return Fold(lines), err
}

// UsedSince lists the tools that the actor used with a family on a day or after it.
func UsedSince(t *db.Tx, d core.DossierID, since core.Date) ([]string, error) {
	return db.All(t, qSince, db.Args{"dossier": d, "since": since}, func(s *string) []any { return []any{s} })
}

// Used says that the actor used a tool with a family today. Saying it twice is saying it once.
func Used(t *db.Tx, d core.DossierID, name string) error {
	_, err := db.Exec(t, xUsed, db.Args{"id": db.NewID[core.ID](t), "dossier": d, "tool": name})
	return err
}

// Leave says that a tool is skipped, and why.
func Leave(t *db.Tx, d core.DossierID, s Skip) error {
	if err := MaySkip(s); err != nil {
		return err
	}
	_, again, err := db.Maybe(t, qLine, db.Args{"id": s.ID, "dossier": d}, func(id *core.ID) []any { return []any{id} })
	if err != nil || again {
		return err
	}
	_, n, err := db.Under(t, s.ID, func(row core.ID) (int64, error) {
		words, err := t.Seal(place(d, row), s.Words)
		if err != nil {
			return 0, err
		}
		return db.Exec(t, xSkipped, db.Args{"id": row, "dossier": d, "tool": s.Tool, "why": s.Why, "words": words})
	})
	if err == nil && n == 0 {
		err = core.NotFound()
	}
	return err
}
