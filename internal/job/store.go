package job

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var actor = authz.System("job")

const quiet = "turns of the clock; what a job changes is logged by itself"

var (
	qTurns = db.Q("job.turns", authz.Works, `SELECT name, next_at, leased_until FROM job`, db.Probe{})
	qTurn  = db.Q("job.turn", authz.Works, `SELECT name, next_at, leased_until FROM job WHERE name = :name`, db.Probe{"name": ""})
	xKnow  = db.X("job.know", authz.Works,
		`INSERT INTO job (name, next_at) VALUES (:name, :now) ON CONFLICT (name) DO NOTHING`, db.Probe{"name": ""}).Quiet(quiet)
	xLease = db.X("job.lease", authz.Works,
		`UPDATE job SET leased_until = :until WHERE name = :name`, db.Probe{"name": "", "until": ""}).Quiet(quiet)
	xTurned = db.X("job.turned", authz.Works,
		`UPDATE job SET leased_until = NULL, last_at = :now, next_at = :next, last_error = :error
		WHERE name = :name AND leased_until = :lease`,
		db.Probe{"name": "", "lease": "", "error": "", "next": ""}).Quiet(quiet)
)

type turnRow struct {
	name string
	turn
}

func (r *turnRow) dest() []any { return []any{&r.name, &r.next, &r.leased} }

// free are the mails that wait, whose time has come and that nobody has in hand. A clock that was put back leaves times
// further ahead than any wait: they hold up nothing.
const free = `sent_at IS NULL AND given_up_at IS NULL AND (next_at <= :now OR next_at > :far)
	AND (leased_until IS NULL OR leased_until <= :now OR leased_until > :far)`

const mailQuiet = "a mail has a row of its own that says when it went"

var (
	xQueue = db.X("job.queue", authz.Door,
		`INSERT INTO outbox (id, key, account_id, address, template, link, on_date, created_at, next_at)
		VALUES (:id, :key, :account, :address, :template, :link, :on, :now, :now) ON CONFLICT (key) DO NOTHING`,
		db.Probe{"id": db.Theirs("outbox"), "key": "", "account": db.Theirs("account"), "address": "", "template": "", "link": []byte{}, "on": core.Date{}}).Quiet(mailQuiet)
	qWaiting = db.Q("job.waiting_mail", authz.Works,
		`SELECT id FROM outbox WHERE `+free+` ORDER BY next_at, id LIMIT :limit`, db.Probe{"limit": 1, "far": ""})
	xTakeMail = db.X("job.take_mail", authz.Works,
		`UPDATE outbox SET leased_until = :until, attempts = attempts + 1
		WHERE id = :id AND `+free, db.Probe{"id": db.Theirs("outbox"), "until": "", "far": ""}).Quiet(mailQuiet)
	qMail = db.Q("job.mail", authz.Works,
		`SELECT o.key, COALESCE(a.email, o.address), COALESCE(a.language, ''), o.template, o.link, o.created_at, o.attempts, a.ended_at, o.account_id, o.on_date
		FROM outbox o LEFT JOIN account a ON a.id = o.account_id WHERE o.id = :id`, db.Probe{"id": db.Theirs("outbox")})
	xSent = db.X("job.sent", authz.Works,
		`UPDATE outbox SET sent_at = :now, leased_until = NULL, link = NULL, last_error = '' WHERE id = :id`,
		db.Probe{"id": db.Theirs("outbox")}).Quiet(mailQuiet)
	xWait = db.X("job.wait_mail", authz.Works,
		`UPDATE outbox SET next_at = :next, leased_until = NULL, last_error = :error WHERE id = :id`,
		db.Probe{"id": db.Theirs("outbox"), "next": "", "error": ""}).Quiet(mailQuiet)
	xGiveUp = db.X("job.give_up_mail", authz.Works,
		`UPDATE outbox SET given_up_at = :now, leased_until = NULL, link = NULL, last_error = :error WHERE id = :id`,
		db.Probe{"id": db.Theirs("outbox"), "error": ""}).Quiet(mailQuiet)
)

// letter is a mail as the outbox keeps it.
type letter struct {
	key, to, lang, template string
	link                    []byte
	created                 core.Instant
	attempts                int
	ended                   core.Instant
	account                 core.AccountID
	on                      core.Date
}

func (l *letter) dest() []any {
	return []any{&l.key, &l.to, &l.lang, &l.template, &l.link, &l.created, &l.attempts, &l.ended, &l.account, &l.on}
}
