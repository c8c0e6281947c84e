package account

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

const whyGlass = "breaking the glass is what makes a dossier visible: the leader names it and reads nothing of it here"

var (
	xBreak = db.CrossX("account.break_glass", authz.Accounts, whyGlass,
		`INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at)
		SELECT :id, :actor, d.id, :reason, :now, :until FROM dossier d WHERE d.id = :dossier`,
		db.Probe{"id": core.ID(1), "dossier": db.Theirs("dossier"), "reason": "", "until": ""})
	qCoordinators = db.CrossQ("account.coordinators_of", authz.Accounts, "whoever answers for the dossier is told that it was opened",
		`SELECT coordinator_id, inside_coordinator_id FROM dossier WHERE id = :dossier`, db.Probe{"dossier": db.Theirs("dossier")})
)

// BreakGlass opens one dossier to a project leader for four hours, with a reason. Its coordinators get a task that says so
// (METHOD ch. 9).
func (s *Service) BreakGlass(ctx context.Context, a authz.Actor, id core.DossierID, reason string) error {
	if !authz.RightTo("dossier.break").Allows(a) {
		return core.NotFound()
	}
	if err := core.Join(checkReason(reason)); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		glass := db.NewID[core.ID](t)
		err := db.Do(t, xBreak, db.Args{"id": glass, "dossier": id, "reason": reason, "until": t.Now().Add(glassFor)})
		if err != nil {
			return err
		}
		return tellCoordinators(t, id, glass)
	})
}

func tellCoordinators(t *db.Tx, id core.DossierID, glass core.ID) error {
	both, err := db.One(t, qCoordinators, db.Args{"dossier": id}, func(c *[2]core.AccountID) []any { return []any{&c[0], &c[1]} })
	if err != nil {
		return err
	}
	told := t.Actor().Account()
	for _, coordinator := range both {
		if coordinator.IsZero() || coordinator == told {
			continue
		}
		told = coordinator
		err := task.Open(t, task.Task{Key: "glass:" + glass.String() + ":" + coordinator.String(), Account: coordinator, Kind: "glass",
			Urgency: task.Normal, Due: t.Now(), Dossier: id, Subject: glass})
		if err != nil {
			return err
		}
	}
	return nil
}
