// Package glass opens one dossier to a project leader for four hours, with a reason, in the sight of its coordinators (METHOD
// ch. 9). The reason is sealed under the dossier's key.
package glass

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/vault"
)

const whyGlass = "breaking the glass is what makes a dossier visible: the leader names it and reads nothing of it here"

var (
	xBreak = db.CrossX("account.break_glass", authz.Accounts, whyGlass,
		`INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at)
		SELECT :id, :actor, d.id, :reason, :now, :until FROM dossier d WHERE d.id = :dossier`,
		db.Probe{"id": core.ID(1), "dossier": db.Theirs("dossier"), "reason": []byte{}, "until": ""})
	qIsDossier = db.CrossQ("account.is_dossier", authz.Accounts, whyGlass,
		`SELECT COUNT(*) FROM dossier WHERE id = :dossier`, db.Probe{"dossier": db.Theirs("dossier")})
	qGlass = db.Q("account.broken_glass", authz.Log, `SELECT g.id, g.from_at, g.until_at, g.seen_at, a.name, g.reason
		FROM visible_dossier d JOIN broken_glass g ON g.dossier_id = d.id JOIN account a ON a.id = g.account_id
		WHERE d.id = :dossier ORDER BY g.from_at DESC, g.id LIMIT :limit`, db.Probe{"dossier": db.Theirs("dossier"), "limit": glasses})
	qCoordinators = db.CrossQ("account.coordinators_of", authz.Accounts, "whoever answers for the dossier is told that it was opened",
		`SELECT coordinator_id, inside_coordinator_id FROM dossier WHERE id = :dossier`, db.Probe{"dossier": db.Theirs("dossier")})
)

// Place is where the reason for breaking the glass is sealed: under the key of the dossier, as its other stories are.
func Place(glass core.ID, dossier core.DossierID) vault.Place {
	return vault.Place{Table: "broken_glass", Column: "reason", Row: glass.Int64(), Owner: dossier.Int64()}
}

// Service opens dossiers.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

const glasses = 20 // the last ones; all of them stand in the log

// Opening is one time that a project leader opened a dossier, with the reason, for its coordinators to see (METHOD ch. 9).
type Opening struct {
	ID                core.ID
	From, Until, Seen core.Instant
	Who, Reason       string
	sealed            []byte
}

func (g *Opening) dest() []any { return []any{&g.ID, &g.From, &g.Until, &g.Seen, &g.Who, &g.sealed} }

// Of lists the times that a dossier was opened, the last one first, for who may read its log.
func Of(t *db.Tx, id core.DossierID) ([]Opening, error) {
	all, err := db.All(t, qGlass, db.Args{"dossier": id, "limit": glasses}, (*Opening).dest)
	for i := range all {
		if err == nil {
			all[i].Reason, err = t.Open(Place(all[i].ID, id), all[i].sealed)
		}
	}
	return all, err
}

// Break opens one dossier to a project leader for four hours, with a reason. Its coordinators get a task that says so
// (METHOD ch. 9).
func (s *Service) Break(ctx context.Context, a authz.Actor, id core.DossierID, reason string) error {
	if !authz.RightTo("dossier.break").Allows(a) {
		return core.NotFound()
	}
	if err := core.Join(checkReason(reason)); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		glass := db.NewID[core.ID](t)
		if known, err := db.Count(t, qIsDossier, db.Args{"dossier": id}); err != nil || known == 0 {
			if err == nil {
				err = core.NotFound()
			}
			return err
		}
		sealed, err := t.Seal(Place(glass, id), reason)
		if err != nil {
			return err
		}
		err = db.Do(t, xBreak, db.Args{"id": glass, "dossier": id, "reason": sealed, "until": t.Now().Add(glassFor)})
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
