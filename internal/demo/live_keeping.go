package demo

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/retention"
)

var (
	qNeverStarted = db.CrossQ("demo.never_started", authz.Works, whyDress, `SELECT d.id, d.coordinator_id FROM dossier d WHERE d.state = 'closed'
		AND NOT EXISTS (SELECT 1 FROM trajectory t WHERE t.dossier_id = d.id) ORDER BY d.import_key`, db.Probe{})
	xLongAgo = []*db.Query{
		dress("closed_long_ago", `UPDATE dossier SET closed_on = :on, state_since = :on WHERE id = :dossier`, db.Probe{"dossier": db.Theirs("dossier"), "on": "2026-01-01"}),
		dress("decided_long_ago", `UPDATE intake SET decided_on = :on, opened_on = :before WHERE dossier_id = :dossier`,
			db.Probe{"dossier": db.Theirs("dossier"), "on": "2026-01-01", "before": "2026-01-01"}),
		dress("talked_long_ago", `UPDATE intake_talk SET held_on = :before WHERE dossier_id = :dossier`, db.Probe{"dossier": db.Theirs("dossier"), "before": "2026-01-01"}),
	}
)

type closed struct {
	id          core.DossierID
	coordinator core.AccountID
}

// keeping: of some families nothing started, almost a year ago. Two of them will be erased soon, and a complaint holds up the
// third (PRV-3).
func (c scene) keeping(ctx context.Context) error {
	today := c.db.Now().Date()
	var all []closed
	err := c.db.Write(ctx, system, func(t *db.Tx) (err error) {
		all, err = db.All(t, qNeverStarted, nil, func(d *closed) []any { return []any{&d.id, &d.coordinator} })
		all = all[:min(3, len(all))]
		for i, d := range all {
			on := today.AddMonths(-12).AddDays(8 + 9*i)
			for _, q := range xLongAgo {
				args := db.Args{"dossier": d.id, "on": on, "before": on.AddDays(-20)}
				for name := range args {
					if _, takes := q.Probe()[name]; !takes {
						delete(args, name)
					}
				}
				if _, err := db.Exec(t, q, args); err != nil {
					return err
				}
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range all[min(2, len(all)):] {
		for _, p := range c.people {
			if p.Account == d.coordinator {
				err = c.Retention.Hold(ctx, p.actor(), retention.Subject{Root: authz.DossierRoot, ID: core.ID(d.id)}, "Oma heeft een klacht ingediend. Die is nog niet klaar.", core.Date{})
			}
		}
	}
	if err != nil {
		return err
	}
	return c.Retention.Run(ctx, system)
}
