package backup

import (
	"context"
	"errors"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// alarm is something about the program itself that somebody has to look at: on every project leader's list and once a day in
// their mail, until it is over.
type alarm struct{ kind string }

// They are about nobody, and lead to the page that says how things stand.
var (
	backupFailed = alarm{task.Leads("backup_failed", "/backups")}
	logUnsigned  = alarm{task.Leads("log_unsigned", "/backups")}
	diskFull     = alarm{task.Leads("disk_full", "/backups")}
)

var (
	qLeaders = db.CrossQ("backup.leaders", authz.Door, "finds the project leaders: accounts, no family", `
		SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE r.role = 'project_leader' AND a.ended_at IS NULL ORDER BY a.id`, db.Probe{})
	qRinging = db.CrossQ("backup.ringing", authz.Door, "counts the alarms about the program itself", `
		SELECT COUNT(*) FROM account_role r JOIN task k ON k.account_id = r.account_id
		WHERE r.role = 'project_leader' AND k.kind = :kind AND k.done_at IS NULL`, db.Probe{"kind": "backup_failed"})
)

// set rings the alarm or stops it. It changes nothing when nothing changed, so that it may be asked every minute.
func (m alarm) set(ctx context.Context, d *db.DB, a authz.Actor, on bool) error {
	if !on {
		ringing := 0
		err := d.Read(ctx, a, func(t *db.Tx) (err error) {
			ringing, err = db.Count(t, qRinging, db.Args{"kind": m.kind})
			return err
		})
		if err != nil || ringing == 0 {
			return err
		}
	}
	return d.Write(db.Spare(ctx), a, func(t *db.Tx) error {
		leaders, err := db.All(t, qLeaders, nil, func(id *core.AccountID) []any { return []any{id} })
		for _, id := range leaders {
			if err == nil {
				err = m.tell(t, id, on)
			}
		}
		return err
	})
}

func (m alarm) tell(t *db.Tx, id core.AccountID, on bool) error {
	key := m.kind + ":" + id.String()
	if !on {
		return task.Done(t, key)
	}
	if err := task.Open(t, task.Task{Key: key, Account: id, Kind: m.kind, Urgency: task.Normal, Due: t.Now()}); err != nil {
		return err
	}
	return job.Queue(t, job.Mail{Key: key + ":" + t.Today().String(), Account: id, Template: "program"})
}

// Signing is the job that signs the log, with an alarm as long as it fails: then the log is not whole, or nobody outside the
// database knows how long it is.
func Signing(d *db.DB, j job.Job) job.Job {
	sign := j.Run
	j.Run = func(ctx context.Context, a authz.Actor) error {
		failed := sign(ctx, a)
		return errors.Join(failed, logUnsigned.set(ctx, d, a, failed != nil))
	}
	return j
}

// Disk is the job that tells of a full disk.
func Disk(d *db.DB) job.Job {
	return job.Job{Name: "disk.watch", Every: job.Minutely, Always: true, Run: func(ctx context.Context, a authz.Actor) error {
		_, full := d.ReadOnly()
		return diskFull.set(ctx, d, a, full)
	}}
}
