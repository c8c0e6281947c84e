package account

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
)

// Jobs are what accounts do by themselves.
func (s *Service) Jobs() []job.Job {
	return []job.Job{
		{Name: "account.remind", Every: job.Hourly, Run: s.Remind},
		{Name: "account.sweep", Every: job.Daily, Run: s.Sweep},
	}
}

var (
	qWorkWaits = db.Q("account.work_waits", authz.Tasks,
		`SELECT DISTINCT k.account_id FROM visible_task k JOIN account a ON a.id = k.account_id
		WHERE k.done_at IS NULL AND k.show_from <= :now AND k.due_at <= :now AND a.ended_at IS NULL AND a.passphrase_hash <> ''`,
		db.Probe{})
	xOldSessions = db.X("account.sweep_sessions", authz.Works,
		`DELETE FROM session WHERE created_at < :before`, db.Probe{"before": ""}).Quiet("sessions that were over already")
	xOldTries = db.X("account.sweep_tries", authz.Works,
		`DELETE FROM attempt WHERE at < :before AND (key NOT LIKE 'known:%' OR at < :long_before)`,
		db.Probe{"before": "", "long_before": ""}).Quiet("buckets that are full again")
	xOldInvitations = db.X("account.sweep_invitations", authz.Works,
		`DELETE FROM invitation WHERE until_at < :before`, db.Probe{"before": ""}).Quiet("invitations that were worth nothing any more")
)

const remindFrom = 7 // o'clock in the Netherlands

// Remind mails, once a day, everybody on whose worklist something is due: that there is something, and nothing else (PRV-5).
func (s *Service) Remind(ctx context.Context, a authz.Actor) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if t.Now().In(core.Amsterdam).Hour() < remindFrom {
			return nil
		}
		all, err := db.All(t, qWorkWaits, nil, func(id *core.AccountID) []any { return []any{id} })
		if err != nil {
			return err
		}
		for _, id := range all {
			if err := job.Queue(t, job.Mail{Key: "worklist:" + id.String() + ":" + t.Today().String(), Account: id, Template: "worklist"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sweep takes away what counts no more. A known device is forgotten when it was not used for half a year.
func (s *Service) Sweep(ctx context.Context, a authz.Actor) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		day := t.Now().Add(-24 * time.Hour)
		if _, err := db.Exec(t, xOldSessions, db.Args{"before": day}); err != nil {
			return err
		}
		if _, err := db.Exec(t, xOldTries, db.Args{"before": day, "long_before": t.Now().Add(-knownForDays * 24 * time.Hour)}); err != nil {
			return err
		}
		_, err := db.Exec(t, xOldInvitations, db.Args{"before": day})
		return err
	})
}
