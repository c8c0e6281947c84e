package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// colleague is a coordinator somebody can be given a family.
type colleague struct {
	id   core.AccountID
	name string
	role string
}

var (
	qColleagues = db.Q("dossier.colleagues", authz.Directory, `SELECT a.id, a.name, r.role FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE a.ended_at IS NULL AND r.role IN ('inside_coordinator', 'outside_coordinator') ORDER BY a.name, a.id`, db.Probe{})
	qTrajectories = db.Q("dossier.trajectories", authz.Plan, `SELECT r.id, r.kind, k.name, r.state, r.start_on, r.planned_end, r.ended_on
		FROM visible_dossier d JOIN trajectory r ON r.dossier_id = d.id JOIN trajectory_kind k ON k.code = r.kind
		WHERE d.id = :dossier ORDER BY r.start_on DESC, r.id DESC`, theirs)
)

func colleagues(t *db.Tx) ([]colleague, error) {
	return db.All(t, qColleagues, db.Args{}, func(c *colleague) []any { return []any{&c.id, &c.name, &c.role} })
}

// support is a trajectory in one line; its own pages tell the rest.
type support struct {
	id                    core.TrajectoryID
	kind, name, state     string
	start, planned, ended core.Date
}

func supports(t *db.Tx, id core.DossierID) ([]support, error) {
	return db.All(t, qTrajectories, db.Args{"dossier": id}, func(s *support) []any {
		return []any{&s.id, &s.kind, &s.name, &s.state, &s.start, &s.planned, &s.ended}
	})
}
