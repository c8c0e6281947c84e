package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/web"
)

var taskGlass = task.Leads("glass", "/dossiers/{dossier}/log")

// glass is one time that a project leader opened this dossier, with the reason, for its coordinators to see (METHOD ch. 9).
type glass struct {
	from, until, seen core.Instant
	who, reason       string
}

var (
	qGlass = db.Q("dossier.broken_glass", authz.Log, `SELECT g.from_at, g.until_at, g.seen_at, a.name, g.reason
		FROM visible_dossier d JOIN broken_glass g ON g.dossier_id = d.id JOIN account a ON a.id = g.account_id
		WHERE d.id = :dossier ORDER BY g.from_at DESC, g.id LIMIT :limit`, with(db.Probe{"limit": glasses}))
	xGlassSeen = db.X("dossier.glass_seen", authz.Notes, `UPDATE broken_glass SET seen_at = :now
		WHERE dossier_id = :dossier AND seen_at IS NULL AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, theirs)
)

const glasses = 20 // the last ones; all of them stand in the log

func brokenGlass(t *db.Tx, id core.DossierID) ([]glass, error) {
	return db.All(t, qGlass, db.Args{"dossier": id, "limit": glasses}, func(g *glass) []any {
		return []any{&g.from, &g.until, &g.seen, &g.who, &g.reason}
	})
}

// postGlassSeen: a coordinator saw who opened the dossier and why, and need not be told again.
func (s *Service) postGlassSeen(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	err = s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error {
		if _, err := Cover(t, id); err != nil {
			return err
		}
		if _, err := db.Exec(t, xGlassSeen, db.Args{"dossier": id}); err != nil {
			return err
		}
		mine, err := task.Mine(t, task.Filter{Kind: taskGlass, Dossier: id})
		for _, k := range mine {
			if err == nil {
				err = task.Done(t, k.Key)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return q.See("/dossiers/"+id.String()+"/log", q.Lang.DossierGlassSeenSaid())
}
