package trajectory

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	qOwnAll = db.Q("trajectory.own_all", authz.OwnMatch, `SELECT x.id, d.id, d.name, x.kind, k.name, x.state, m.id, m.state, m.introduced_on
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory x ON x.id = m.trajectory_id AND x.dossier_id = d.id
		JOIN trajectory_kind k ON k.code = x.kind
		WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND x.ended_on IS NULL ORDER BY d.name_fold, x.id`,
		db.Probe{})
	qOwnPlanned = db.Q("trajectory.own_planned", authz.OwnVisits, `SELECT v.planned_at, v.place FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id
		WHERE d.id = :dossier AND v.trajectory_id = :id AND v.volunteer_id = :volunteer AND v.state = 'planned' AND v.planned_at > :after
		ORDER BY v.planned_at LIMIT :limit`,
		probe(db.Probe{"limit": 1, "after": core.MustInstant("2026-01-01T10:00:00Z")}))
)

// Own is a trajectory of the volunteer who asks.
type Own struct {
	Trajectory
	Family       string
	Match        core.ID
	IntroducedOn core.Date
	state        string
}

// Waits says that they met and that the family has not said yes yet (TRA-3).
func (o Own) Waits() bool { return o.state == "introduced" }

// OwnAll reads the running trajectories of the volunteer who asks, from the introduction on.
func OwnAll(t *db.Tx) ([]Own, error) {
	return db.All(t, qOwnAll, db.Args{}, func(o *Own) []any {
		return []any{&o.ID, &o.Dossier, &o.Family, &o.Kind, &o.KindName, &o.State, &o.Match, &o.state, &o.IntroducedOn}
	})
}

// Planned is the volunteer's next visit.
type Planned struct {
	At    core.Instant
	Place string
}

// OwnPlanned reads the next visit that the volunteer who asks has planned; the zero Planned if there is none.
func OwnPlanned(t *db.Tx, x Trajectory) (Planned, error) {
	p, _, err := db.Maybe(t, qOwnPlanned, x.args(db.Args{"limit": 1, "after": t.Now()}), func(p *Planned) []any { return []any{&p.At, &p.Place} })
	return p, err
}
