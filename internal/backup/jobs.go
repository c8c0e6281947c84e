package backup

import (
	"context"
	"errors"
	"time"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/job"
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
		return errors.Join(failed, backupFailed.set(ctx, d, a, failed != nil))
	}}
}

const jobName = "backup.make"
