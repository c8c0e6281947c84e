package training

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

var taskRefresh = task.Leads("training_refresh", "/training")

var qToRefresh = db.Q("training.to_refresh", authz.Learning, `SELECT v.id, v.account_id, c.code, c.months, d.completed_on FROM visible_volunteer v
	JOIN volunteer_course d ON d.volunteer_id = v.id JOIN course c ON c.code = d.course
	WHERE v.status IN ('active', 'resting') AND v.account_id IS NOT NULL AND c.months > 0 AND c.published AND v.id > :after AND v.id <= :upto
	ORDER BY v.id LIMIT :limit`, db.Probe{"after": 0, "upto": math.MaxInt64, "limit": 10})

// Jobs look every day which courses are to be done again.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "training.refresh", Every: job.Daily, Run: s.AskAgain}}
}

type toRefresh struct {
	volunteer core.VolunteerID
	account   core.AccountID
	code      string
	months    int
	on        core.Date
}

// AskAgain puts a course that is due, or nearly, on the list of the volunteer who completed it; doing it again closes it (VOL-4).
func (s *Service) AskAgain(ctx context.Context, a authz.Actor) error {
	all := job.Walk[toRefresh]{
		Query: qToRefresh,
		Row:   func(r *toRefresh) []any { return []any{&r.volunteer, &r.account, &r.code, &r.months, &r.on} },
		ID:    func(r toRefresh) core.ID { return core.ID(r.volunteer) },
		Do: func(t *db.Tx, r toRefresh) error {
			due := DueOn(r.on, r.months)
			if !AsksAgain(due, t.Today()) {
				return task.Done(t, refreshKey(r.code, r.volunteer))
			}
			return task.Open(t, task.Task{Key: refreshKey(r.code, r.volunteer), Account: r.account, Kind: taskRefresh, Urgency: task.CanWait,
				Due: core.At(due.Time()).Add(16 * time.Hour), Volunteer: r.volunteer})
		},
	}
	return all.Run(ctx, s.db, a)
}

func refreshKey(course string, v core.VolunteerID) string {
	return taskRefresh + ":" + course + ":" + v.String()
}
