package trajectory

import (
	"context"
	"math"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

var qRhythm = db.Q("trajectory.rhythms", authz.Matching, `SELECT x.id, x.dossier_id, x.coordinator_id, x.start_on, x.planned_end, x.visit_every_days, v.account_id,
		COALESCE((SELECT MAX(h.held_at) FROM visit h WHERE h.trajectory_id = x.id AND h.state = 'held'), ''),
		EXISTS (SELECT 1 FROM visible_task k WHERE k.subject_id = x.id AND k.kind = 'visit_late' AND k.done_at IS NULL),
		EXISTS (SELECT 1 FROM visible_task k WHERE k.subject_id = x.id AND k.kind = 'rhythm' AND k.done_at IS NULL)
	FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
	LEFT JOIN volunteer_match m ON m.trajectory_id = x.id AND m.dossier_id = d.id AND m.state = 'accepted'
	LEFT JOIN visible_volunteer v ON v.id = m.volunteer_id
	WHERE x.state IN ('running', 'closing') AND x.id > :after AND x.id <= :upto ORDER BY x.id, m.id LIMIT :limit`,
	db.Probe{"after": 0, "upto": math.MaxInt64, "limit": 10})

// Jobs look every day whether visits come and whether an end is near.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "trajectory.rhythm", Every: job.Daily, Run: s.WatchRhythm}}
}

// rhythm is a running trajectory with what is known of its visits, and what was asked about them.
type rhythm struct {
	Trajectory
	account           core.AccountID
	last              core.Instant
	asked, askedLater bool
}

func (r *rhythm) dest() []any {
	return []any{&r.ID, &r.Dossier, &r.Coordinator, &r.StartOn, &r.PlannedEnd, &r.VisitEveryDays, &r.account, &r.last, &r.asked, &r.askedLater}
}

const endingAhead = 28 // days

// WatchRhythm shows a late visit to the volunteer first and a week later to the coordinator (TRA-5), and an end that is
// four weeks ahead to the coordinator: is a farewell planned, or is more needed? (TRA-7)
func (s *Service) WatchRhythm(ctx context.Context, a authz.Actor) error {
	var policy Policy
	err := s.db.Read(ctx, a, func(t *db.Tx) (err error) {
		policy, err = Settled(t)
		return err
	})
	if err != nil {
		return err
	}
	all := job.Walk[rhythm]{
		Query: qRhythm, Row: (*rhythm).dest, ID: func(r rhythm) core.ID { return core.ID(r.ID) },
		Do: func(t *db.Tx, r rhythm) error { return r.ask(t, policy.GraceDays) },
	}
	return all.Run(ctx, s.db, a)
}

func (r rhythm) ask(t *db.Tx, grace int) error {
	late := Late(r.StartOn, r.last.Date(), r.VisitEveryDays, grace, t.Today())
	due := NextVisitBefore(r.StartOn, r.last.Date(), r.VisitEveryDays)
	mine := taskOf(r.Trajectory, taskVisitLate, "", endOf(due))
	mine.Account = r.account
	if err := keep(t, mine, late >= ShowVolunteer, r.asked); err != nil {
		return err
	}
	theirs := taskOf(r.Trajectory, taskRhythm, "", endOf(due.AddDays(grace)))
	if err := keep(t, theirs, late == ShowCoordinator, r.askedLater); err != nil {
		return err
	}
	if r.PlannedEnd.IsZero() || t.Today().DaysUntil(r.PlannedEnd) > endingAhead {
		return nil
	}
	return openFor(t, taskOf(r.Trajectory, taskEnding, "", endOf(r.PlannedEnd)))
}

// keep opens the task while it is wanted, and closes it when it is not any more.
func keep(t *db.Tx, k task.Task, wanted, asked bool) error {
	if wanted {
		return openFor(t, k)
	}
	if asked {
		return task.Done(t, k.Key)
	}
	return nil
}

// Visited says that a visit was held: what was asked about a late one is asked no more. The job would find out by itself,
// a day later.
func Visited(t *db.Tx, id core.TrajectoryID) error { return askNoVisit(t, Trajectory{ID: id}) }
