// Package standin lets a coordinator name a colleague who has their work from one day until another (METHOD ch. 9). It
// promises that both days are included, that it gives nobody more than the one who is away has, and that it ends with
// either account.
package standin

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// StandIn says that a colleague has somebody's work from one day until another, both included.
type StandIn struct {
	ID          core.ID
	Backup      core.AccountID
	Name        string
	From, Until core.Date
}

// Service keeps who stands in for whom.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Colleague is somebody who can stand in.
type Colleague struct {
	ID   core.AccountID
	Name string
}

const coordinatorAccounts = `SELECT r.account_id FROM account_role r WHERE r.role IN ('inside_coordinator', 'outside_coordinator')`

var (
	qStandIns = db.Q("account.my_backups", authz.OwnAccount,
		`SELECT s.id, s.backup_id, a.name, s.from_date, s.until_date FROM standing_in s JOIN account a ON a.id = s.backup_id
		WHERE s.absent_id = :actor AND s.until_date >= :today ORDER BY s.from_date, s.id`, db.Probe{})
	qColleagues = db.Q("account.colleagues", authz.OwnAccount,
		`SELECT a.id, a.name FROM account a WHERE a.ended_at IS NULL AND a.id <> :actor
		AND a.id IN (`+coordinatorAccounts+`) AND :actor IN (`+coordinatorAccounts+`) ORDER BY a.name, a.id`, db.Probe{})
	xStandIn = db.X("account.name_backup", authz.OwnAccount,
		`INSERT INTO standing_in (id, absent_id, backup_id, from_date, until_date)
		SELECT :id, :actor, a.id, :from, :until FROM account a WHERE a.id = :backup AND a.ended_at IS NULL AND a.id <> :actor
		AND a.id IN (`+coordinatorAccounts+`) AND :actor IN (`+coordinatorAccounts+`)`,
		db.Probe{"id": core.ID(1), "backup": db.Theirs("account"), "from": "2026-01-01", "until": "2026-01-01"})
	qSame = db.Q("account.same_backup", authz.OwnAccount,
		`SELECT COUNT(*) FROM standing_in WHERE absent_id = :actor AND backup_id = :backup AND from_date <= :until AND until_date >= :from`,
		db.Probe{"backup": db.Theirs("account"), "from": "2026-01-01", "until": "2026-01-01"})
	xEndAll = db.X("account.end_standing_in", authz.Accounts,
		`UPDATE standing_in SET until_date = :until WHERE (backup_id = :id OR absent_id = :id) AND until_date > :until`,
		db.Probe{"id": db.Theirs("account"), "until": "2026-01-01"})
	xStopStandIn = db.X("account.stop_backup", authz.OwnAccount,
		`UPDATE standing_in SET until_date = :until WHERE id = :id AND absent_id = :actor AND until_date > :until`,
		db.Probe{"id": core.ID(1), "until": "2026-01-01"})
)

// StandIns lists who stands in for the actor now or later, and who could.
func (s *Service) StandIns(ctx context.Context, a authz.Actor) (all []StandIn, could []Colleague, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qStandIns, nil, func(i *StandIn) []any { return []any{&i.ID, &i.Backup, &i.Name, &i.From, &i.Until} })
		if err != nil {
			return err
		}
		could, err = db.All(t, qColleagues, nil, func(c *Colleague) []any { return []any{&c.ID, &c.Name} })
		return err
	})
	return all, could, err
}

// NameBackup lets a colleague see and do the actor's work on those days (METHOD ch. 9).
func (s *Service) NameBackup(ctx context.Context, a authz.Actor, i StandIn) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := check(a.Account(), i.Backup, i.From, i.Until, t.Today()); err != nil {
			return err
		}
		same, err := db.Count(t, qSame, db.Args{"backup": i.Backup, "from": i.From, "until": i.Until})
		if err == nil && same > 0 {
			err = core.Invalid("from", "account_stand_twice")
		}
		if err != nil {
			return err
		}
		n, err := db.Exec(t, xStandIn, db.Args{"id": db.NewID[core.ID](t), "backup": i.Backup, "from": i.From, "until": i.Until})
		if err == nil && n == 0 {
			err = core.Invalid("backup", "account_no_backup")
		}
		return err
	})
}

// StopBackup ends standing in as of today.
func (s *Service) StopBackup(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		return db.Do(t, xStopStandIn, db.Args{"id": id, "until": t.Today().AddDays(-1)})
	})
}

// End ends standing in by and for somebody whose account ends, as of today.
func End(t *db.Tx, id core.AccountID) error {
	_, err := db.Exec(t, xEndAll, db.Args{"id": id, "until": t.Today().AddDays(-1)})
	return err
}
