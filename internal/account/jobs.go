package account

import (
	"context"
	"math"
	"time"

	"maatje/internal/account/budget"
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
		`SELECT a.id FROM account a WHERE a.ended_at IS NULL AND a.passphrase_hash <> '' AND a.id > :after AND a.id <= :upto
			AND EXISTS (SELECT 1 FROM visible_task k WHERE k.account_id = a.id AND k.done_at IS NULL AND k.show_from <= :now AND k.due_at <= :now)
		ORDER BY a.id LIMIT :limit`,
		db.Probe{"after": 0, "upto": math.MaxInt64, "limit": 10})
	xOldSessions = db.X("account.sweep_sessions", authz.Works,
		`DELETE FROM session WHERE created_at < :before`, db.Probe{"before": ""}).Quiet("sessions that were over already")
	xOldQuestions = db.X("account.sweep_questions", authz.Works, `DELETE FROM ceremony WHERE until_at < :now`, db.Probe{}).
			Quiet("questions that no browser answered")
	xOldInvitations = db.X("account.sweep_invitations", authz.Works,
		`DELETE FROM invitation WHERE until_at < :before`, db.Probe{"before": ""}).Quiet("invitations that were worth nothing any more")
)

const shownForDays = 14 // for which somebody sees where they were signed in

const remindFrom = 7 // o'clock in the Netherlands

// Remind mails, once a day, everybody on whose worklist something is due: that there is something, and nothing else (PRV-5).
func (s *Service) Remind(ctx context.Context, a authz.Actor) error {
	if s.db.Now().In(core.Amsterdam).Hour() < remindFrom {
		return nil
	}
	all := job.Walk[core.AccountID]{
		Query: qWorkWaits,
		Row:   func(id *core.AccountID) []any { return []any{id} },
		ID:    func(id core.AccountID) core.ID { return core.ID(id) },
		Do: func(t *db.Tx, id core.AccountID) error {
			return job.Queue(t, job.Mail{Key: "worklist:" + id.String() + ":" + t.Today().String(), Account: id, Template: "worklist"})
		},
	}
	return all.Run(ctx, s.db, a)
}

// Sweep takes away what counts no more. A known device is forgotten when it was not used for half a year.
func (s *Service) Sweep(ctx context.Context, a authz.Actor) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		day := t.Now().Add(-24 * time.Hour)
		if _, err := db.Exec(t, xOldSessions, db.Args{"before": t.Now().Add(-shownForDays * 24 * time.Hour)}); err != nil {
			return err
		}
		if err := budget.Sweep(t); err != nil {
			return err
		}
		if _, err := db.Exec(t, xOldQuestions, nil); err != nil {
			return err
		}
		_, err := db.Exec(t, xOldInvitations, db.Args{"before": day})
		return err
	})
}
