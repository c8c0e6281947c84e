package task

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Opening a task for somebody is not reading theirs: a volunteer's signal, a public referral and a job all put work on a
// coordinator's list without ever seeing that list. So opening and closing stand on the door that everybody has, and reading
// on the tasks of the reader alone.
const whyOpen = "opening or closing a task for somebody is not reading theirs; keys come from the program, never from a request"

var qOpen = db.CrossX("task.open", authz.Door, whyOpen, `
	INSERT INTO task (id, key, account_id, kind, urgency, due_at, show_from, dossier_id, referral_id, volunteer_id, subject_id, created_at)
	VALUES (:id, :key, :account, :kind, :urgency, :due, :show_from, :dossier, :referral, :for_volunteer, :subject, :now)
	ON CONFLICT (key) DO UPDATE SET account_id = excluded.account_id, kind = excluded.kind, urgency = excluded.urgency,
		due_at = excluded.due_at, show_from = excluded.show_from, dossier_id = excluded.dossier_id, referral_id = excluded.referral_id,
		volunteer_id = excluded.volunteer_id, subject_id = excluded.subject_id, done_at = NULL, done_by = NULL`,
	db.Probe{"id": core.ID(1), "key": "probe", "account": db.Theirs("account"), "kind": "probe", "urgency": 1, "due": "2026-01-01T00:00:00.000Z",
		"show_from": "", "dossier": db.Theirs("dossier"), "referral": db.Theirs("referral"), "for_volunteer": db.Theirs("volunteer"), "subject": 0})

var qDone = db.CrossX("task.done", authz.Door, whyOpen, `
	UPDATE task SET done_at = :now, done_by = :actor WHERE key = :key AND done_at IS NULL`,
	db.Probe{"key": "probe"})

var qDoneFor = db.CrossX("task.done_for", authz.Door, whyOpen, `
	UPDATE task SET done_at = :now, done_by = :actor WHERE dossier_id = :dossier AND done_at IS NULL`,
	db.Probe{"dossier": db.Theirs("dossier")})

var qDoneAbout = db.CrossX("task.done_about", authz.Door, whyOpen, `
	UPDATE task SET done_at = :now, done_by = :actor WHERE kind = :kind AND subject_id = :subject AND done_at IS NULL`,
	db.Probe{"kind": "probe", "subject": db.Theirs("signal")})

var qPass = db.CrossX("task.pass", authz.Door, whyOpen, `
	UPDATE task SET account_id = :account WHERE key = :key AND done_at IS NULL`,
	db.Probe{"key": "probe", "account": db.Theirs("account")})

// seen are the open tasks of the reader. What a task is about is joined through what the reader may see now: when that is
// gone, so is the line, because even that it exists would tell something (METHOD ch. 9).
const seen = ` FROM visible_task t
	LEFT JOIN visible_dossier d ON d.id = t.dossier_id
	LEFT JOIN visible_referral r ON r.id = t.referral_id
	LEFT JOIN visible_volunteer v ON v.id = t.volunteer_id
	LEFT JOIN account a ON a.id = t.account_id AND a.id <> :actor
	WHERE t.done_at IS NULL AND t.show_from <= :now
		AND (t.dossier_id IS NULL OR d.id IS NOT NULL)
		AND (t.referral_id IS NULL OR r.id IS NOT NULL)
		AND (t.volunteer_id IS NULL OR v.id IS NOT NULL)`

var qMine = db.Q("task.mine", authz.Tasks, `
	SELECT t.id, t.key, t.account_id, t.kind, t.urgency, t.due_at, t.dossier_id, t.referral_id, t.volunteer_id, t.subject_id,
		COALESCE(d.name, ''), COALESCE(v.name, ''), COALESCE(a.name, ''),
		COALESCE(r.code, ''), COALESCE(r.channel, ''), 
		COALESCE((SELECT g.name FROM municipality g WHERE g.id = r.municipality_id), r.municipality_name, ''), r.received_at`+seen+`
		AND (:kind = '' OR t.kind = :kind) AND (CAST(:dossier AS BIGINT) IS NULL OR t.dossier_id = :dossier)
	ORDER BY t.urgency, t.due_at, t.id LIMIT :limit`,
	db.Probe{"kind": "", "dossier": db.Theirs("dossier"), "limit": 50})

var qCounts = db.Q("task.counts", authz.Tasks, `
	SELECT t.kind, COUNT(*), SUM(CASE WHEN t.due_at < :now THEN 1 ELSE 0 END)`+seen+`
	GROUP BY t.kind ORDER BY t.kind`, db.Probe{})

var qIsOpen = db.Q("task.is_open", authz.Tasks, `SELECT COUNT(*) FROM visible_task t WHERE t.key = :key AND t.done_at IS NULL`,
	db.Probe{"key": "probe"})

// IsOpen says whether the task with this key waits for the actor or somebody they stand in for.
func IsOpen(t *db.Tx, key string) (bool, error) {
	n, err := db.Count(t, qIsOpen, db.Args{"key": key})
	return n > 0, err
}

// Open puts the task on its account's worklist. The same key again moves it, and opens it again when it was done.
func Open(t *db.Tx, k Task) error {
	return db.Do(t, qOpen, db.Args{
		"id": db.NewID[core.ID](t), "key": k.Key, "account": k.Account, "kind": k.Kind, "urgency": k.Urgency, "due": k.Due,
		"show_from": k.ShowFrom.String(), "dossier": k.Dossier, "referral": k.Referral, "for_volunteer": k.Volunteer,
		"subject": k.Subject.Int64(),
	})
}

// Done closes the task with this key. There being none is no error: it may have been done before, or never opened.
func Done(t *db.Tx, key string) error {
	_, err := db.Exec(t, qDone, db.Args{"key": key})
	return err
}

// DoneAbout closes every task of a kind about one subject, on whosever worklist it is.
func DoneAbout(t *db.Tx, kind string, subject core.ID) error {
	_, err := db.Exec(t, qDoneAbout, db.Args{"kind": kind, "subject": subject})
	return err
}

// Pass gives an open task to somebody else. There being none is no error.
func Pass(t *db.Tx, key string, to core.AccountID) error {
	_, err := db.Exec(t, qPass, db.Args{"key": key, "account": to})
	return err
}

// DoneFor closes everything that waits about a dossier, when the dossier closes.
func DoneFor(t *db.Tx, id core.DossierID) error {
	_, err := db.Exec(t, qDoneFor, db.Args{"dossier": id})
	return err
}

// Mine is the worklist of the actor and of those the actor stands in for: safety first, then what is due first.
func Mine(t *db.Tx, f Filter) ([]Row, error) {
	return db.All(t, qMine, db.Args{"kind": f.Kind, "dossier": f.Dossier, "limit": f.limit()}, func(r *Row) []any {
		return []any{&r.ID, &r.Key, &r.Account, &r.Kind, &r.Urgency, &r.Due, &r.Dossier, &r.Referral, &r.Volunteer, &r.Subject,
			&r.DossierName, &r.VolunteerName, &r.For, &r.Asked.Code, &r.Asked.Channel, &r.Asked.Municipality, &r.Asked.At}
	})
}

// Counts says how many tasks of each kind are on the worklist, and how many of them are late.
func Counts(t *db.Tx) ([]Count, error) {
	return db.All(t, qCounts, db.Args{}, func(c *Count) []any { return []any{&c.Kind, &c.Open, &c.Late} })
}
