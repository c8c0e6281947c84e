package backup

import (
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
)

// Service shows how the daily backup went.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Routes mounts the page.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /backups", authz.RightTo("setting.change"), s.showBackups)
}

// lately is how a job went the last time; no moment is none yet.
type lately struct {
	at     core.Instant
	failed bool
}

// state is how the program itself is.
type state struct {
	backup, log lately
	silent      bool         // nobody has signed the log for a while
	full        core.Instant // since when the disk is full, or zero
}

// silentAfter is how long the log may go without a look at its end before that is odd: the job comes every minute.
const silentAfter = 15 * time.Minute

var qLately = db.Q("backup.lately", authz.Settings, `SELECT last_at, last_error <> '' FROM job WHERE name = :name`, db.Probe{"name": ""})

func (s *Service) showBackups(q *web.Request) error {
	var b state
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		if b.backup, err = latelyOf(t, jobName); err == nil {
			b.log, err = latelyOf(t, logJob)
		}
		return err
	})
	if err != nil {
		return err
	}
	b.full, _ = s.db.ReadOnly()
	b.silent = !b.log.at.IsZero() && q.Now().Sub(b.log.at) > silentAfter
	return q.Show(backupsPage(q.Frame(q.Lang.BackupTitle()), b))
}

// logJob is the name under which the log is signed.
const logJob = "log.checkpoint"

func latelyOf(t *db.Tx, job string) (l lately, err error) {
	l, _, err = db.Maybe(t, qLately, db.Args{"name": job}, func(b *lately) []any { return []any{&b.at, &b.failed} })
	return l, err
}
