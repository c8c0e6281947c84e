package network

import (
	"slices"
	"strings"
	"unicode/utf8"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/tool"
	"maatje/internal/vault"
	"maatje/internal/web"
)

// What the volunteer does by the step plan of the trajectory that runs: a coordinator asks of the family, a volunteer of the own one.
const itsSteps = `SELECT s.id, s.what FROM visible_dossier d JOIN step s ON s.dossier_id = d.id JOIN trajectory r ON r.id = s.trajectory_id
	WHERE d.id = :dossier AND s.who = :who AND s.removed_at IS NULL AND r.ended_on IS NULL`

var (
	qSteps = db.Q("network.steps", authz.Steps, itsSteps+` ORDER BY s.month, s.id`, db.Probe{"dossier": db.Theirs("dossier"), "who": "family"})

	qOwnSteps = db.Q("network.own_steps", authz.OwnSteps, itsSteps+` AND s.trajectory_id IN (
		SELECT m.trajectory_id FROM volunteer_match m WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted')
			AND m.ended_on IS NULL AND m.declined_at IS NULL) ORDER BY s.month, s.id`, db.Probe{"dossier": db.Theirs("dossier"), "who": "family"})
)

// stepRow is a step of the plan, sealed.
type stepRow struct {
	id   core.ID
	what []byte
}

// offers are the steps of the plan that the volunteer does and that do not stand among the tasks of today yet.
func (s *Service) offers(q *web.Request, side tool.Side, v view) (out []string, err error) {
	if !v.Writes {
		return nil, nil
	}
	query := qOwnSteps
	if side == tool.Office {
		query = qSteps
	}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		rows, err := db.All(t, query, db.Args{"dossier": v.Dossier, "who": "volunteer"}, func(r *stepRow) []any { return []any{&r.id, &r.what} })
		out = nil
		for _, r := range rows {
			what, err := t.Open(vault.Place{Table: "step", Column: "what", Row: r.id.Int64(), Owner: v.Dossier.Int64()}, r.what)
			if err != nil {
				return err
			}
			out = append(out, strings.Join(strings.Fields(what), " "))
		}
		return err
	})
	return fresh(out, v.Own.Tasks), err
}

// fresh are the texts that can be a task and stand nowhere yet, each once.
func fresh(offered, there []string) (out []string) {
	for _, s := range offered {
		if s != "" && utf8.RuneCountInString(s) <= longestName && !slices.ContainsFunc(there, same(s)) && !slices.ContainsFunc(out, same(s)) {
			out = append(out, s)
		}
	}
	return out
}
