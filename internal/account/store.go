package account

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

const machinery = "the session of every request; it says who asks and reads nothing of a family"

// A session with its account, roles and volunteer: one look-up for each request, one row for each role.
var qSession = db.CrossQ("account.session", authz.Works, machinery,
	`SELECT s.account_id, s.created_at, s.seen_at, s.proved_at, s.second_factor, a.name, a.language, COALESCE(r.role, ''), v.id
	FROM session s JOIN account a ON a.id = s.account_id
	LEFT JOIN account_role r ON r.account_id = a.id
	LEFT JOIN volunteer v ON v.account_id = a.id AND v.status NOT IN ('left', 'rejected')
	WHERE s.token_hash = :token AND a.ended_at IS NULL`, db.Probe{"token": ""})

type sessionRow struct {
	account       core.AccountID
	created, seen core.Instant
	proved        core.Instant
	full          bool
	name, lang    string
	role          string
	volunteer     core.VolunteerID
}

func (r *sessionRow) dest() []any {
	return []any{&r.account, &r.created, &r.seen, &r.proved, &r.full, &r.name, &r.lang, &r.role, &r.volunteer}
}

// mayEnter is the condition on an account a that somebody signs in to: one whose only role is that of a volunteer who left is
// none.
const mayEnter = `(EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role <> 'volunteer')
	OR EXISTS (SELECT 1 FROM volunteer v WHERE v.account_id = a.id AND v.status NOT IN ('left', 'rejected')))`

var xSeen = db.X("account.seen", authz.Works,
	`UPDATE session SET seen_at = :now WHERE token_hash = :token AND seen_at < :before`,
	db.Probe{"token": "", "before": ""}).Quiet("once a minute for everybody who works; signing in is logged")

// The id in these is the account's, so that the log says whose.
var (
	xOpenSession = db.X("account.sign_in", authz.Door,
		`INSERT INTO session (token_hash, account_id, created_at, seen_at, second_factor, proved_at, how, address, device)
		VALUES (:token, :id, :created, :now, :full, :proved, :how, :address, :device)`,
		db.Probe{"token": "", "id": db.Theirs("account"), "created": "", "full": false, "proved": core.Instant{}, "how": "", "address": "", "device": ""})
	xSignedIn = db.X("account.signed_in", authz.Door, `UPDATE account SET signed_in_at = :now WHERE id = :id`,
		db.Probe{"id": db.Theirs("account")}).Quiet("opening the session is logged")
	xCloseSession = db.X("account.sign_out", authz.Door, `DELETE FROM session WHERE token_hash = :token`, db.Probe{"token": ""})

	qByEmail = db.CrossQ("account.by_email", authz.Door, "signing in: an account whose only role is that of a volunteer who left is none",
		`SELECT a.id, a.passphrase_hash, a.totp_confirmed_at FROM account a WHERE a.email_fold = :email AND a.ended_at IS NULL AND `+mayEnter,
		db.Probe{"email": ""})
	qEntering = db.CrossQ("account.entering", authz.Door, "signing in: an account whose only role is that of a volunteer who left is none",
		`SELECT a.email_fold, a.totp_confirmed_at FROM account a WHERE a.id = :id AND a.ended_at IS NULL AND `+mayEnter, db.Probe{"id": db.Theirs("account")})
	qAnybody = db.Q("account.anybody", authz.Door,
		`SELECT COUNT(*) FROM account WHERE passphrase_hash <> '' AND ended_at IS NULL`, db.Probe{})
	qPending = db.Q("account.pending", authz.Door,
		`SELECT s.account_id, s.created_at, s.seen_at, s.device, s.how, a.email, a.email_fold, a.totp_secret, a.totp_confirmed_at, a.totp_last_step
		FROM session s JOIN account a ON a.id = s.account_id
		WHERE s.token_hash = :token AND s.second_factor = FALSE AND a.ended_at IS NULL`, db.Probe{"token": ""})
	xNewSeed = db.X("account.new_seed", authz.Door,
		`UPDATE account SET totp_secret = :secret, totp_confirmed_at = NULL, totp_last_step = 0 WHERE id = :id AND totp_confirmed_at IS NULL`,
		db.Probe{"id": db.Theirs("account"), "secret": []byte{}})
	xUseStep = db.X("account.second_factor", authz.Door,
		`UPDATE account SET totp_last_step = :step, totp_confirmed_at = COALESCE(totp_confirmed_at, :now)
		WHERE id = :id AND totp_last_step < :step`, db.Probe{"id": db.Theirs("account"), "step": 0})
)

// known is what the sign-in needs of an account.
type known struct {
	id        core.AccountID
	hash      string
	confirmed core.Instant
}

func (k *known) dest() []any { return []any{&k.id, &k.hash, &k.confirmed} }

// pending is a session that waits for its second factor.
type pending struct {
	account       core.AccountID
	created, seen core.Instant
	device, how   string
	email, fold   string
	seed          []byte
	confirmed     core.Instant
	last          int64
}

func (p *pending) dest() []any {
	return []any{&p.account, &p.created, &p.seen, &p.device, &p.how, &p.email, &p.fold, &p.seed, &p.confirmed, &p.last}
}
