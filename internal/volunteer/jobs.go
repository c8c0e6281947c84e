package volunteer

import (
	"context"
	"fmt"
	"math"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// One task grows more urgent, and once the certificate has ended it leads to what runs. A volunteer has a task of their own, and so has
// the coordinator of a family elsewhere to which the volunteer comes.
var (
	taskCertificate = task.Leads("certificate", "/volunteers/{volunteer}#f-number")
	taskEnded       = task.Leads("certificate_ended", "/volunteers/{volunteer}#runs")
	taskOwn         = task.Leads("own_certificate", "/me")
	taskRun         = task.Leads("certificate_run", "/dossiers/{dossier}")
)

var qEnding = db.Q("volunteer.certificates_ending", authz.Care, `SELECT v.id, COALESCE(
		(SELECT MIN(am.account_id) FROM account_municipality am JOIN account_role r ON r.account_id = am.account_id AND r.role = 'outside_coordinator'
			JOIN account a ON a.id = am.account_id AND a.ended_at IS NULL WHERE am.municipality_id = v.municipality_id),
		(SELECT MIN(af.account_id) FROM account_facility af JOIN account_role r ON r.account_id = af.account_id AND r.role = 'inside_coordinator'
			JOIN account a ON a.id = af.account_id AND a.ended_at IS NULL WHERE af.facility_id = v.facility_id)), MAX(c.renew_before), v.account_id, v.email
	FROM visible_volunteer v JOIN certificate c ON c.volunteer_id = v.id
	WHERE v.status IN ('active', 'resting') AND v.id > :after AND v.id <= :upto
	GROUP BY v.id, v.municipality_id, v.facility_id, v.account_id, v.email HAVING MAX(c.renew_before) <= :until ORDER BY v.id LIMIT :limit`,
	db.Probe{"until": core.MustDate("2030-01-01"), "after": 0, "upto": math.MaxInt64, "limit": 10})

var qRunning = db.Q("volunteer.certificate_runs", authz.Matching, `SELECT DISTINCT d.id, COALESCE(x.coordinator_id, d.coordinator_id) FROM visible_dossier d
	JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory x ON x.id = m.trajectory_id AND x.dossier_id = d.id
	WHERE m.volunteer_id = :id AND m.ended_on IS NULL AND m.declined_at IS NULL AND x.ended_on IS NULL ORDER BY d.id`, db.Probe{"id": theirs})

// Jobs look every day which certificates end.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "volunteer.certificates", Every: job.Daily, Run: s.WarnCertificates}}
}

// ending is a certificate that ends soon, and who is asked about it.
type ending struct {
	volunteer core.VolunteerID
	account   core.AccountID
	renew     core.Date
	own       core.AccountID // the volunteer's
	email     string
}

const firstWarning = 90 // days ahead

// WarnCertificates tells volunteer and coordinator about certificates that end: 90, 30 and 7 days ahead, and once one has ended
// (VOL-3). Each has one task, which grows more urgent, and a mail at each of those moments; a new certificate closes the tasks.
func (s *Service) WarnCertificates(ctx context.Context, a authz.Actor) error {
	all := job.Walk[ending]{
		Query: qEnding,
		Args: func(t *db.Tx) (db.Args, error) {
			return db.Args{"until": t.Today().AddDays(firstWarning)}, nil
		},
		Row: func(e *ending) []any { return []any{&e.volunteer, &e.account, &e.renew, &e.own, &e.email} },
		ID:  func(e ending) core.ID { return core.ID(e.volunteer) },
		Do:  func(t *db.Tx, e ending) error { return e.warn(t) },
	}
	return all.Run(ctx, s.db, a)
}

func (e ending) warn(t *db.Tx) error {
	days, due := Warning(Certificate{RenewBefore: e.renew}, t.Today())
	if !due {
		return nil
	}
	for _, k := range e.tasks(days) {
		if err := task.Open(t, k); err != nil {
			return err
		}
		template := "worklist"
		if k.Kind == taskOwn {
			template = "own_certificate"
		}
		if err := e.mail(t, days, job.Mail{Account: k.Account, Template: template}); err != nil {
			return err
		}
	}
	if e.own.IsZero() && e.email != "" {
		if err := e.mail(t, days, job.Mail{Address: e.email, Template: "own_certificate"}); err != nil {
			return err
		}
	}
	if days > 0 {
		return nil
	}
	return e.tellOthers(t)
}

// tasks are those of the coordinator and of the volunteer.
func (e ending) tasks(days int) (all []task.Task) {
	kind, urgency := taskCertificate, task.CanWait
	if days <= 7 {
		urgency = task.Normal
	}
	if days == 0 {
		kind = taskEnded
	}
	due := core.At(e.renew.Time()).Add(16 * time.Hour)
	if !e.account.IsZero() {
		all = append(all, task.Task{Key: certificateKey(e.volunteer), Account: e.account, Kind: kind, Urgency: urgency, Due: due, Volunteer: e.volunteer})
	}
	if !e.own.IsZero() {
		all = append(all, task.Task{Key: ownKey(e.volunteer), Account: e.own, Kind: taskOwn, Urgency: urgency, Due: due})
	}
	return all
}

// mail goes once at each of the moments, however often the job runs.
func (e ending) mail(t *db.Tx, days int, m job.Mail) error {
	m.Key = fmt.Sprintf("%s:%s:%d:%s%s", certificateKey(e.volunteer), e.renew, days, m.Account, m.Address)
	return job.Queue(t, m)
}

// tellOthers puts what runs elsewhere to those who look after it: they do not see the volunteer, and the family is theirs.
func (e ending) tellOthers(t *db.Tx) error {
	type run struct {
		dossier core.DossierID
		account core.AccountID
	}
	runs, err := db.All(t, qRunning, db.Args{"id": e.volunteer}, func(r *run) []any { return []any{&r.dossier, &r.account} })
	for _, r := range runs {
		if err == nil && !r.account.IsZero() && r.account != e.account {
			err = task.Open(t, task.Task{
				Key: taskRun + ":" + e.volunteer.String() + ":" + r.dossier.String(), Account: r.account, Kind: taskRun, Urgency: task.Normal,
				Due: core.At(e.renew.Time()).Add(16 * time.Hour), Dossier: r.dossier, Subject: core.ID(e.volunteer),
			})
		}
	}
	return err
}

func certificateKey(id core.VolunteerID) string { return taskCertificate + ":" + id.String() }
func ownKey(id core.VolunteerID) string         { return taskOwn + ":" + id.String() }

// seen closes what asked for a new certificate.
func seen(t *db.Tx, id core.VolunteerID) error {
	for _, key := range []string{certificateKey(id), ownKey(id)} {
		if err := task.Done(t, key); err != nil {
			return err
		}
	}
	return task.DoneAbout(t, taskRun, core.ID(id))
}
