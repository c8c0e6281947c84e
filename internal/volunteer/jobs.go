package volunteer

import (
	"context"
	"math"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// taskCertificate leads to the volunteer, where what runs with them stands too.
var taskCertificate = task.Leads("certificate", "/volunteers/{volunteer}#f-number")

var qEnding = db.Q("volunteer.certificates_ending", authz.Care, `SELECT v.id, COALESCE(
		(SELECT MIN(am.account_id) FROM account_municipality am JOIN account_role r ON r.account_id = am.account_id AND r.role = 'outside_coordinator'
			JOIN account a ON a.id = am.account_id AND a.ended_at IS NULL WHERE am.municipality_id = v.municipality_id),
		(SELECT MIN(af.account_id) FROM account_facility af JOIN account_role r ON r.account_id = af.account_id AND r.role = 'inside_coordinator'
			JOIN account a ON a.id = af.account_id AND a.ended_at IS NULL WHERE af.facility_id = v.facility_id)), MAX(c.renew_before)
	FROM visible_volunteer v JOIN certificate c ON c.volunteer_id = v.id
	WHERE v.status IN ('active', 'resting') AND v.id > :after AND v.id <= :upto
	GROUP BY v.id, v.municipality_id, v.facility_id HAVING MAX(c.renew_before) <= :until ORDER BY v.id LIMIT :limit`,
	db.Probe{"until": core.MustDate("2030-01-01"), "after": 0, "upto": math.MaxInt64, "limit": 10})

// Jobs look every day which certificates end.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "volunteer.certificates", Every: job.Daily, Run: s.WarnCertificates}}
}

// ending is a certificate that ends soon, and who is asked about it.
type ending struct {
	volunteer core.VolunteerID
	account   core.AccountID
	renew     core.Date
}

const firstWarning = 90 // days ahead

// WarnCertificates asks the coordinator about certificates that end: 90, 30 and 7 days ahead, and again once one has
// ended (VOL-3). It is one task, which grows more urgent; a new certificate closes it.
func (s *Service) WarnCertificates(ctx context.Context, a authz.Actor) error {
	all := job.Walk[ending]{
		Query: qEnding,
		Args: func(t *db.Tx) (db.Args, error) {
			return db.Args{"until": t.Today().AddDays(firstWarning)}, nil
		},
		Row: func(e *ending) []any { return []any{&e.volunteer, &e.account, &e.renew} },
		ID:  func(e ending) core.ID { return core.ID(e.volunteer) },
		Do:  func(t *db.Tx, e ending) error { return e.warn(t) },
	}
	return all.Run(ctx, s.db, a)
}

func (e ending) warn(t *db.Tx) error {
	days, due := Warning(Certificate{RenewBefore: e.renew}, t.Today())
	if !due || e.account.IsZero() {
		return nil
	}
	urgency := task.CanWait
	if days <= 7 {
		urgency = task.Normal
	}
	return task.Open(t, task.Task{
		Key: certificateKey(e.volunteer), Account: e.account, Kind: taskCertificate, Urgency: urgency,
		Due: core.At(e.renew.Time()).Add(16 * time.Hour), Volunteer: e.volunteer,
	})
}

func certificateKey(id core.VolunteerID) string { return taskCertificate + ":" + id.String() }
