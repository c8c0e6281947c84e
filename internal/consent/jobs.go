package consent

import (
	"context"
	"math"
	"strconv"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// Jobs are what consents ask for by themselves (CON-2).
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "consent.renew", Every: job.Daily, Run: func(ctx context.Context, a authz.Actor) error {
		all := []job.Walk[due]{askExpiring}
		for _, age := range []int{heard, alone, ofAge} {
			all = append(all, askBirthdays(age))
		}
		for _, w := range all {
			if err := w.Run(ctx, s.db, a); err != nil {
				return err
			}
		}
		return nil
	}}}
}

// due is a consent or a person about which somebody is to be asked again.
type due struct {
	dossier     core.DossierID
	row         core.ID
	day         core.Date
	coordinator core.AccountID
}

func (d due) id() core.ID { return d.row }

func dueOf(d *due) []any { return []any{&d.dossier, &d.row, &d.day, &d.coordinator} }

// A task is opened once for each day that a consent ends or somebody comes of an age: who did it need not do it again.
var (
	qExpiring = db.Q("consent.expiring", authz.Consents, `SELECT d.id, c.id, c.until_date, COALESCE(d.coordinator_id, d.inside_coordinator_id)
		FROM visible_dossier d JOIN consent c ON c.dossier_id = d.id
		WHERE c.withdrawn_on IS NULL AND d.state <> 'closed' AND c.until_date >= :from AND c.until_date <= :to
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = c.id AND t.kind = 'consent_expires')
		AND c.id > :after AND c.id <= :upto ORDER BY c.id LIMIT :limit`,
		db.Probe{"from": "2026-01-01", "to": "2028-01-01", "after": 0, "upto": math.MaxInt64, "limit": 10})
	qBirthdays = db.Q("consent.birthdays", authz.Consents, `SELECT d.id, p.id, p.birth, COALESCE(d.coordinator_id, d.inside_coordinator_id)
		FROM visible_dossier d JOIN person p ON p.dossier_id = d.id
		WHERE p.is_child AND d.state <> 'closed' AND p.birth >= :from AND p.birth <= :to
		AND EXISTS (SELECT 1 FROM consent_about ca JOIN consent c ON c.id = ca.consent_id AND c.dossier_id = d.id
			WHERE ca.person_id = p.id AND ca.dossier_id = d.id AND c.withdrawn_on IS NULL)
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = p.id AND t.kind = 'consent_birthday' AND t.due_at >= :since)
		AND p.id > :after AND p.id <= :upto ORDER BY p.id LIMIT :limit`,
		db.Probe{"from": "2000-01-01", "to": "2026-01-01", "since": "2027-01-01", "after": 0, "upto": math.MaxInt64, "limit": 10})
)

// askExpiring asks for a renewal a month before a consent ends.
var askExpiring = job.Walk[due]{
	Query: qExpiring, Row: dueOf, ID: due.id,
	Args: func(t *db.Tx) (db.Args, error) {
		return db.Args{"from": t.Today(), "to": t.Today().AddDays(runsUp)}, nil
	},
	Do: func(t *db.Tx, d due) error { return open(t, d, taskExpires, expiresKey(d.row), d.day) },
}

// askBirthdays asks for a renewal when a child comes of the age: 12, 16 or 18 (CON-2), a month ahead.
func askBirthdays(age int) job.Walk[due] {
	return job.Walk[due]{
		Query: qBirthdays, Row: dueOf, ID: due.id,
		Args: func(t *db.Tx) (db.Args, error) {
			return db.Args{"from": t.Today().AddDays(-runsUp - 1).AddMonths(-12 * age), "to": t.Today().AddDays(runsUp + 1).AddMonths(-12 * age),
				"since": t.Today().AddDays(-3 * runsUp)}, nil
		},
		Do: func(t *db.Tx, d due) error {
			for _, reached := range renewals(d.day, t.Today()) {
				if err := open(t, d, taskBirthday, birthdayKey(d.row, reached), d.day.AddMonths(12*reached)); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// The kinds of task: each leads to the form of a new consent, with what is known already filled in.
var (
	taskExpires  = task.Leads("consent_expires", "/dossiers/{dossier}/consents/new?again={subject}")
	taskBirthday = task.Leads("consent_birthday", "/dossiers/{dossier}/consents/new?about={subject}")
)

func expiresKey(consent core.ID) string { return taskExpires + ":" + consent.String() }

func birthdayKey(person core.ID, age int) string {
	return taskBirthday + ":" + person.String() + ":" + strconv.Itoa(age)
}

func open(t *db.Tx, d due, kind, key string, on core.Date) error {
	if d.coordinator.IsZero() {
		return nil
	}
	end := core.At(time.Date(on.Year(), on.Month(), on.Day(), 17, 0, 0, 0, core.Amsterdam))
	return task.Open(t, task.Task{Key: key, Account: d.coordinator, Kind: kind, Urgency: task.Normal, Due: end,
		Dossier: d.dossier, Subject: d.row})
}
