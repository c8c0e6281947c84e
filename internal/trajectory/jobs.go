package trajectory

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

var (
	qRhythm = db.Q("trajectory.rhythms", authz.Matching, `SELECT x.id, x.dossier_id, x.coordinator_id, x.start_on, x.planned_end, x.visit_every_days, v.account_id,
			COALESCE((SELECT MAX(h.held_at) FROM visit h WHERE h.trajectory_id = x.id AND h.state = 'held'), '')
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id
		LEFT JOIN volunteer_match m ON m.trajectory_id = x.id AND m.dossier_id = d.id AND m.state = 'accepted'
		LEFT JOIN visible_volunteer v ON v.id = m.volunteer_id
		WHERE x.state IN ('running', 'closing') AND d.id > :after ORDER BY d.id, x.id LIMIT :limit`, db.Probe{"after": 0, "limit": 10})
	qAsked = db.Q("trajectory.asked", authz.Tasks, `SELECT t.kind, t.subject_id FROM visible_task t
		WHERE t.done_at IS NULL AND (t.kind = :first OR t.kind = :second)`, db.Probe{"first": "answer_signal", "second": "rhythm"})
)

// Jobs look every day whether visits come and whether an end is near.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "trajectory.rhythm", Every: job.Daily, Run: s.WatchRhythm}}
}

// rhythm is a running trajectory with what is known of its visits.
type rhythm struct {
	Trajectory
	account core.AccountID
	last    core.Instant
}

const (
	rhythmsAtOnce = 500
	endingAhead   = 28 // days
)

// WatchRhythm shows a late visit to the volunteer first and a week later to the coordinator (TRA-5), and an end that is
// four weeks ahead to the coordinator: is a farewell planned, or is more needed? (TRA-7)
func (s *Service) WatchRhythm(ctx context.Context, a authz.Actor) error {
	after := core.DossierID(1)
	for {
		var last core.DossierID
		err := s.db.Write(ctx, a, func(t *db.Tx) (err error) {
			last, err = watch(t, after)
			return err
		})
		if err != nil || last.IsZero() {
			return err
		}
		after = last
	}
}

// watch looks at the next dossiers, and gives the last of them; none when there are no more.
func watch(t *db.Tx, after core.DossierID) (last core.DossierID, err error) {
	rows, err := db.All(t, qRhythm, db.Args{"after": after, "limit": rhythmsAtOnce}, func(r *rhythm) []any {
		return []any{&r.ID, &r.Dossier, &r.Coordinator, &r.StartOn, &r.PlannedEnd, &r.VisitEveryDays, &r.account, &r.last}
	})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	asked, err := askedNow(t)
	if err != nil {
		return 0, err
	}
	policy, err := Settled(t)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		if err := r.ask(t, asked, policy.GraceDays); err != nil {
			return 0, err
		}
	}
	last = rows[len(rows)-1].Dossier
	if len(rows) == rhythmsAtOnce {
		last-- // the family at the edge is looked at again, as a whole
	}
	return last, nil
}

type asking struct {
	kind    string
	subject core.ID
}

func askedNow(t *db.Tx) (map[asking]bool, error) {
	rows, err := db.All(t, qAsked, db.Args{"first": taskVisitLate, "second": taskRhythm}, func(k *asking) []any { return []any{&k.kind, &k.subject} })
	out := map[asking]bool{}
	for _, k := range rows {
		out[k] = true
	}
	return out, err
}

func (r rhythm) ask(t *db.Tx, asked map[asking]bool, grace int) error {
	late := Late(r.StartOn, r.last.Date(), r.VisitEveryDays, grace, t.Today())
	due := NextVisitBefore(r.StartOn, r.last.Date(), r.VisitEveryDays)
	mine := taskOf(r.Trajectory, taskVisitLate, "", endOf(due))
	mine.Account = r.account
	if err := keep(t, mine, late >= ShowVolunteer, asked); err != nil {
		return err
	}
	theirs := taskOf(r.Trajectory, taskRhythm, "", endOf(due.AddDays(grace)))
	if err := keep(t, theirs, late == ShowCoordinator, asked); err != nil {
		return err
	}
	if r.PlannedEnd.IsZero() || t.Today().DaysUntil(r.PlannedEnd) > endingAhead {
		return nil
	}
	return openFor(t, taskOf(r.Trajectory, taskEnding, "", endOf(r.PlannedEnd)))
}

// keep opens the task while it is wanted, and closes it when it is not any more.
func keep(t *db.Tx, k task.Task, wanted bool, asked map[asking]bool) error {
	if wanted {
		return openFor(t, k)
	}
	if asked[asking{k.Kind, k.Subject}] {
		return task.Done(t, k.Key)
	}
	return nil
}

// Visited says that a visit was held: what was asked about a late one is asked no more. The job would find out by itself,
// a day later.
func Visited(t *db.Tx, id core.TrajectoryID) error {
	x := Trajectory{ID: id}
	if err := task.Done(t, taskOf(x, taskVisitLate, "", core.Instant{}).Key); err != nil {
		return err
	}
	return task.Done(t, taskOf(x, taskRhythm, "", core.Instant{}).Key)
}
