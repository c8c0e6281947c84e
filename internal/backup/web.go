package backup

import (
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

// lately is how the last daily backup went; no moment is none yet.
type lately struct {
	at     core.Instant
	failed bool
}

var qLately = db.Q("backup.lately", authz.Settings, `SELECT last_at, last_error <> '' FROM job WHERE name = :name`, db.Probe{"name": ""})

func (s *Service) showBackups(q *web.Request) error {
	var b lately
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		b, _, err = db.Maybe(t, qLately, db.Args{"name": jobName}, func(b *lately) []any { return []any{&b.at, &b.failed} })
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(backupsPage(q.Frame(q.Lang.BackupTitle()), b))
}
