package backup

import (
	"context"
	"errors"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// Schedule says where the daily backup goes, how long it is kept there, and who else can open it.
type Schedule struct {
	Data, Keys string // folders
	Keep       time.Duration
	Others     []string
}

// Job makes a backup every day and removes what was kept long enough. One that fails is on every project leader's list
// until the next one that does not.
func (s Schedule) Job(d *db.DB) job.Job {
	return job.Job{Name: jobName, Every: job.Daily, Run: func(ctx context.Context, a authz.Actor) error {
		_, failed := Make(ctx, d, a, Named(s.Data, s.Keys, d.Now()), s.Others)
		if failed == nil {
			failed = Roll(s.Data, s.Keys, s.Keep, d.Now())
		}
		return errors.Join(failed, d.Write(ctx, a, func(t *db.Tx) error { return tell(t, failed != nil) }))
	}}
}

const jobName = "backup.make"

// taskFailed is about nobody: it leads to the page that says how the last one went.
var taskFailed = task.Leads("backup_failed", "/backups")

var qLeaders = db.CrossQ("backup.leaders", authz.Door, "finds the project leaders: accounts, no family", `
		SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE r.role = 'project_leader' AND a.ended_at IS NULL ORDER BY a.id`, db.Probe{})

func tell(t *db.Tx, failed bool) error {
	leaders, err := db.All(t, qLeaders, nil, func(id *core.AccountID) []any { return []any{id} })
	for _, id := range leaders {
		key := "backup_failed:" + id.String()
		switch {
		case err != nil:
			return err
		case failed:
			err = task.Open(t, task.Task{Key: key, Account: id, Kind: taskFailed, Urgency: task.Normal, Due: t.Now()})
		default:
			err = task.Done(t, key)
		}
	}
	return err
}
