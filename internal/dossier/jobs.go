package dossier

import (
	"context"
	"math"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/setting"
	"maatje/internal/task"
)

// releaseAhead is how many days before an expected release somebody is asked to prepare it.
const releaseAhead = 30

// Jobs are what the files ask for by themselves.
func (s *Service) Jobs() []job.Job {
	return []job.Job{
		{Name: "dossier.confirm_placements", Every: job.Daily, Run: s.walk(qToConfirm, notConfirmedSince, confirmTask)},
		{Name: "dossier.restrictions_ending", Every: job.Daily, Run: s.walk(qToLift, untilToday, liftTask)},
		{Name: "dossier.releases_near", Every: job.Daily, Run: s.walk(qToRelease, untilReleaseAhead, releaseTask)},
	}
}

// walk opens a task for everything of which the day has come.
func (s *Service) walk(q *db.Query, args func(*db.Tx) (db.Args, error), of func(*db.Tx, due) task.Task) func(context.Context, authz.Actor) error {
	all := job.Walk[due]{Query: q, Args: args, Row: dueOf, ID: func(d due) core.ID { return d.row }, Do: func(t *db.Tx, d due) error {
		k := of(t, d)
		if k.Dossier = d.dossier; k.Account.IsZero() {
			return nil
		}
		return task.Open(t, k)
	}}
	return func(ctx context.Context, a authz.Actor) error { return all.Run(ctx, s.db, a) }
}

// due is something in an open file whose day has come: whose dossier, what, since or until when, and who looks after it.
type due struct {
	dossier         core.DossierID
	row, detention  core.ID
	day             core.Date
	outside, inside core.AccountID
}

func dueOf(d *due) []any {
	return []any{&d.dossier, &d.row, &d.detention, &d.day, &d.outside, &d.inside}
}

func (d due) cover() Dossier { return Dossier{Coordinator: d.outside, InsideCoordinator: d.inside} }

// The task for one thing is opened once: who did it need not do it again tomorrow.
var (
	qToConfirm = db.Q("dossier.to_confirm", authz.Detention, `SELECT d.id, l.id, l.detention_id, l.confirmed_on, d.coordinator_id, d.inside_coordinator_id
		FROM visible_dossier d JOIN placement l ON l.dossier_id = d.id JOIN detention n ON n.id = l.detention_id AND n.dossier_id = d.id
		WHERE l.until_date IS NULL AND n.released_on IS NULL AND d.state <> 'closed' AND COALESCE(l.confirmed_on, '') < :before
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = l.id AND t.kind = 'confirm_placement' AND t.done_at IS NULL)
		AND l.id > :after AND l.id <= :upto ORDER BY l.id LIMIT :limit`,
		db.Probe{"before": "2026-01-01", "after": 0, "upto": math.MaxInt64, "limit": 10})
	qToLift = db.Q("dossier.to_lift", authz.Detention, `SELECT d.id, r.id, r.detention_id, r.expected_until, d.coordinator_id, d.inside_coordinator_id
		FROM visible_dossier d JOIN restriction r ON r.dossier_id = d.id
		WHERE r.lifted_on IS NULL AND d.state <> 'closed' AND r.expected_until <= :before
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = r.id AND t.kind = 'restriction_ends' AND t.due_at >= r.expected_until)
		AND r.id > :after AND r.id <= :upto ORDER BY r.id LIMIT :limit`,
		db.Probe{"before": "2028-01-01", "after": 0, "upto": math.MaxInt64, "limit": 10})
	qToRelease = db.Q("dossier.to_release", authz.Detention, `SELECT d.id, n.id, n.id, n.expected_until, d.coordinator_id, d.inside_coordinator_id
		FROM visible_dossier d JOIN detention n ON n.dossier_id = d.id
		WHERE n.released_on IS NULL AND d.state <> 'closed' AND n.expected_until <= :before
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = n.id AND t.kind = 'release_near' AND t.due_at >= n.expected_until)
		AND n.id > :after AND n.id <= :upto ORDER BY n.id LIMIT :limit`,
		db.Probe{"before": "2028-01-01", "after": 0, "upto": math.MaxInt64, "limit": 10})

	qMoveTasks = db.CrossX("dossier.move_tasks", authz.Door, "whoever hands a family over hands over what waits for it, without reading the other's list",
		`UPDATE task SET account_id = :to WHERE dossier_id = :dossier AND account_id = :from AND done_at IS NULL`,
		with(db.Probe{"from": db.Theirs("account"), "to": db.Theirs("account")}))
)

// notConfirmedSince: nobody tells when somebody is moved inside (S0 6.1), so every so many days somebody looks.
func notConfirmedSince(t *db.Tx) (db.Args, error) {
	v, err := setting.Load(t)
	return db.Args{"before": t.Today().AddDays(-v.ConfirmPlacementDays)}, err
}

func confirmTask(t *db.Tx, d due) task.Task {
	return task.Task{Key: confirmKey(Placement{ID: d.row, ConfirmedOn: d.day}), Account: d.cover().inside(), Kind: taskConfirm,
		Urgency: task.Normal, Due: endOf(t.Today().AddWorkdays(5)), Subject: d.row}
}

// untilToday: on the day that restrictions would end, somebody asks whether they did (INT-6).
func untilToday(t *db.Tx) (db.Args, error) { return db.Args{"before": t.Today()}, nil }

func liftTask(_ *db.Tx, d due) task.Task {
	return task.Task{Key: liftKey(d.row), Account: d.cover().inside(), Kind: taskLift,
		Urgency: task.Normal, Due: endOf(d.day), Subject: d.row}
}

// untilReleaseAhead: a month before an expected release the family is prepared.
func untilReleaseAhead(t *db.Tx) (db.Args, error) {
	return db.Args{"before": t.Today().AddDays(releaseAhead)}, nil
}

func releaseTask(_ *db.Tx, d due) task.Task {
	return task.Task{Key: releaseKey(d.row), Account: d.cover().outside(), Kind: taskNear,
		Urgency: task.Normal, Due: endOf(d.day), Subject: d.row}
}

// The kinds of task, each with the page where it is done.
var (
	taskFind    = task.Leads("find_parent", "/dossiers/{dossier}/placements/new?detention={subject}")
	taskConfirm = task.Leads("confirm_placement", "/dossiers/{dossier}#placement-{subject}")
	taskLift    = task.Leads("restriction_ends", "/dossiers/{dossier}/restrictions/{subject}")
	taskNear    = task.Leads("release_near", "/dossiers/{dossier}/detentions/{subject}")
)

func findKey(detention core.ID) string { return "find_parent:" + detention.String() }

func confirmKey(p Placement) string {
	return "confirm_placement:" + p.ID.String() + ":" + p.ConfirmedOn.String()
}

func releaseKey(detention core.ID) string { return "release_near:" + detention.String() }

func liftKey(restriction core.ID) string { return "restriction_ends:" + restriction.String() }

// endOf is the end of the working day, when something that is due that day becomes late.
func endOf(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 17, 0, 0, 0, core.Amsterdam))
}
