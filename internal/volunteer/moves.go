package volunteer

import (
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

var qShown = db.Q("volunteer.shown", authz.Screening, `SELECT
		(SELECT MAX(a.held_on) FROM screening_talk a WHERE a.volunteer_id = v.id AND a.kind = 'first'),
		(SELECT MAX(b.held_on) FROM screening_talk b WHERE b.volunteer_id = v.id AND b.kind = 'home_visit' AND b.home_agrees),
		(SELECT COUNT(*) FROM volunteer_reference r WHERE r.volunteer_id = v.id AND r.given_on IS NOT NULL AND r.dropped_on IS NULL),
		EXISTS (SELECT 1 FROM confidentiality_signature s WHERE s.volunteer_id = v.id AND s.confidentiality_id =
			(SELECT c.id FROM confidentiality c ORDER BY c.number DESC, c.id DESC LIMIT 1)),
		v.account_id IS NOT NULL
	FROM visible_volunteer v WHERE v.id = :id`, db.Probe{"id": theirs})

// ShownOf reads what is there of somebody.
func ShownOf(t *db.Tx, id core.VolunteerID) (Shown, error) {
	return db.One(t, qShown, db.Args{"id": id}, func(s *Shown) []any {
		return []any{&s.FirstTalk, &s.HomeVisit, &s.References, &s.Signed, &s.Account}
	})
}

// taskApplication leads to everything about somebody who applied.
var taskApplication = task.Leads("answer_application", "/volunteers/{volunteer}/screening")

// ApplicationTask is the task to talk with somebody who applied; it is closed once they are not new any more.
func ApplicationTask(id core.VolunteerID, to core.AccountID, due core.Instant) task.Task {
	return task.Task{Key: ApplicationKey(id), Account: to, Kind: taskApplication, Urgency: task.Normal, Due: due, Volunteer: id}
}

// ApplicationKey is the key of that task.
func ApplicationKey(id core.VolunteerID) string { return taskApplication + ":" + id.String() }

// taskRest leads to where somebody who rested goes on.
var taskRest = task.Leads("rest_over", "/volunteers/{volunteer}#f-to")

// RestTask is the task to ask somebody whose rest ends how they go on; it is closed once they do.
func RestTask(id core.VolunteerID, to core.AccountID, until core.Date) task.Task {
	due := core.At(until.Time()).Add(16 * time.Hour)
	return task.Task{Key: restKey(id), Account: to, Kind: taskRest, Urgency: task.CanWait, Due: due, ShowFrom: core.At(until.AddDays(-7).Time()), Volunteer: id}
}

func restKey(id core.VolunteerID) string { return taskRest + ":" + id.String() }

// Go brings a volunteer to another status within a transaction, and remembers who did, when, why and until when (VOL-1). It gives the
// volunteer as they were.
func Go(t *db.Tx, id core.VolunteerID, m Move, terms Terms) (Profile, error) {
	p, err := Load(t, id, 0)
	if err != nil {
		return p, err
	}
	shown, err := ShownOf(t, id)
	if err != nil {
		return p, err
	}
	if err := MayMove(p, shown, m, t.Today(), terms); err != nil {
		return p, err
	}
	n, err := db.Exec(t, xMove, db.Args{"id": id, "was": string(p.Status), "to": string(m.To)})
	if err == nil && n == 0 {
		err = core.Conflict("volunteer_changed")
	}
	if err != nil {
		return p, err
	}
	for _, key := range []string{ApplicationKey(id), restKey(id)} {
		if err := task.Done(t, key); err != nil {
			return p, err
		}
	}
	if m.To == Left {
		err = endAccess(t, p)
	}
	if p.Status == Left {
		err = reopenAccess(t, id)
	}
	if err != nil {
		return p, err
	}
	return p, remember(t, id, m)
}

// remember writes the append-only history of statuses (VOL-1).
func remember(t *db.Tx, id core.VolunteerID, m Move) error {
	return db.Do(t, xHistory, db.Args{
		"line": db.NewID[core.ID](t), "id": id, "status": string(m.To), "by": t.Actor().Account().Int64(), "why": m.Why, "until": m.Until, "without": m.WithoutTalk,
	})
}
