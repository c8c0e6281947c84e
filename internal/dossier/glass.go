package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/web"
)

var taskGlass = task.Leads("glass", "/dossiers/{dossier}/log")

var xGlassSeen = db.X("dossier.glass_seen", authz.Notes, `UPDATE broken_glass SET seen_at = :now
	WHERE dossier_id = :dossier AND seen_at IS NULL AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, theirs)

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
