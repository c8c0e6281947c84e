package dossier

import (
	"context"
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
		{Name: "dossier.confirm_placements", Every: job.Daily, Run: s.each(askToConfirm)},
		{Name: "dossier.restrictions_ending", Every: job.Daily, Run: s.each(askRestrictions)},
		{Name: "dossier.releases_near", Every: job.Daily, Run: s.each(askReleases)},
	}
}

func (s *Service) each(ask func(*db.Tx) error) func(context.Context, authz.Actor) error {
	return func(ctx context.Context, a authz.Actor) error { return s.db.Write(ctx, a, ask) }
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
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = l.id AND t.kind = 'confirm_placement' AND t.done_at IS NULL)`,
		db.Probe{"before": "2026-01-01"})
	qToLift = db.Q("dossier.to_lift", authz.Detention, `SELECT d.id, r.id, r.detention_id, r.expected_until, d.coordinator_id, d.inside_coordinator_id
		FROM visible_dossier d JOIN restriction r ON r.dossier_id = d.id
		WHERE r.lifted_on IS NULL AND d.state <> 'closed' AND r.expected_until <= :before
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = r.id AND t.kind = 'restriction_ends' AND t.due_at >= r.expected_until)`,
		db.Probe{"before": "2028-01-01"})
	qToRelease = db.Q("dossier.to_release", authz.Detention, `SELECT d.id, n.id, n.id, n.expected_until, d.coordinator_id, d.inside_coordinator_id
		FROM visible_dossier d JOIN detention n ON n.dossier_id = d.id
		WHERE n.released_on IS NULL AND d.state <> 'closed' AND n.expected_until <= :before
		AND NOT EXISTS (SELECT 1 FROM visible_task t WHERE t.subject_id = n.id AND t.kind = 'release_near' AND t.due_at >= n.expected_until)`,
		db.Probe{"before": "2028-01-01"})

	qMoveTasks = db.CrossX("dossier.move_tasks", authz.Door, "whoever hands a family over hands over what waits for it, without reading the other's list",
		`UPDATE task SET account_id = :to WHERE dossier_id = :dossier AND account_id = :from AND done_at IS NULL`,
		with(db.Probe{"from": db.Theirs("account"), "to": db.Theirs("account")}))
)

// askToConfirm: nobody tells when somebody is moved inside (S0 6.1), so every so many days somebody looks.
func askToConfirm(t *db.Tx) error {
	v, err := setting.Load(t)
	if err != nil {
		return err
	}
	before := t.Today().AddDays(-v.ConfirmPlacementDays)
	return open(t, qToConfirm, db.Args{"before": before}, func(d due) task.Task {
		return task.Task{Key: confirmKey(Placement{ID: d.row, ConfirmedOn: d.day}), Account: d.cover().inside(), Kind: "confirm_placement",
			Urgency: task.Normal, Due: endOf(t.Today().AddWorkdays(5)), Subject: d.row}
	})
}

// askRestrictions: on the day that restrictions would end, somebody asks whether they did (INT-6).
func askRestrictions(t *db.Tx) error {
	return open(t, qToLift, db.Args{"before": t.Today()}, func(d due) task.Task {
		return task.Task{Key: liftKey(d.row), Account: d.cover().inside(), Kind: "restriction_ends",
			Urgency: task.Normal, Due: endOf(d.day), Subject: d.row}
	})
}

// askReleases: a month before an expected release the family is prepared.
func askReleases(t *db.Tx) error {
	return open(t, qToRelease, db.Args{"before": t.Today().AddDays(releaseAhead)}, func(d due) task.Task {
		return task.Task{Key: releaseKey(d.row), Account: d.cover().outside(), Kind: "release_near",
			Urgency: task.Normal, Due: endOf(d.day), Subject: d.row}
	})
}

func open(t *db.Tx, q *db.Query, args db.Args, of func(due) task.Task) error {
	all, err := db.All(t, q, args, dueOf)
	for _, d := range all {
		if err != nil {
			break
		}
		k := of(d)
		k.Dossier = d.dossier
		if !k.Account.IsZero() {
			err = task.Open(t, k)
		}
	}
	return err
}

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
