package signal

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
)

// Jobs lets unanswered signals travel (SIG-2).
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "signal.escalate", Every: 5 * job.Minutely, Run: s.escalateAll}}
}

func (s *Service) escalateAll(ctx context.Context, a authz.Actor) error {
	late := job.Walk[Signal]{
		Query: qLate, Row: (*Signal).columns, ID: func(sig Signal) core.ID { return sig.ID },
		Do: func(t *db.Tx, sig Signal) error { return s.travel(t, sig, Escalate(sig, t.Now())) },
	}
	return late.Run(ctx, s.db, a)
}

// travel adds the signal to the worklists of the backup coordinators, then of the project leaders. It stays on those it
// reached before.
func (s *Service) travel(t *db.Tx, sig Signal, step Step) error {
	if step == Stay || step == ToBackup && !sig.ToBackupAt.IsZero() {
		return nil
	}
	if err := s.tell(t, sig, step); err != nil {
		return err
	}
	return db.Do(t, xTravel, db.Args{"id": sig.ID, "dossier": sig.Dossier, "to_leader": step == ToLeader})
}

func (s *Service) tell(t *db.Tx, sig Signal, step Step) error {
	if step == ToLeader {
		return toLeaders(t, sig)
	}
	coordinator, err := db.One(t, qAddresseeOf, db.Args{"dossier": sig.Dossier, "trajectory": sig.Trajectory}, func(a *core.AccountID) []any { return []any{a} })
	if err != nil {
		return err
	}
	backups, err := db.All(t, qBackups, db.Args{"coordinator": coordinator}, func(a *core.AccountID) []any { return []any{a} })
	if err != nil {
		return err
	}
	if len(backups) == 0 { // nobody stands behind this coordinator: straight on
		return toLeaders(t, sig)
	}
	for _, to := range backups {
		if err := open(t, sig, to); err != nil {
			return err
		}
	}
	return nil
}
