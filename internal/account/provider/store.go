package provider

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	xAsk = db.X("provider.ask", authz.Door,
		`INSERT INTO ceremony (challenge_hash, account_id, purpose, asked, until_at) VALUES (:challenge, :id, :purpose, :asked, :until)`,
		db.Probe{"challenge": "provider", "id": core.AccountID(0), "purpose": "", "asked": "", "until": ""}).Quiet("a question to a provider; the answer is logged")
	qAsked = db.Q("provider.asked", authz.Door, `SELECT asked FROM ceremony WHERE challenge_hash = :challenge AND until_at > :now`,
		db.Probe{"challenge": ""})
	xAnswered = db.X("provider.answered", authz.Door, `DELETE FROM ceremony WHERE challenge_hash = :challenge`,
		db.Probe{"challenge": ""}).Quiet("a question counts once")

	// Whoever's account is ended has no identity any more; the condition says so once more.
	qWhose = db.Q("provider.whose", authz.Door,
		`SELECT i.id, i.account_id FROM provider_identity i JOIN account a ON a.id = i.account_id
		WHERE i.issuer = :issuer AND i.subject = :subject AND a.ended_at IS NULL`, db.Probe{"issuer": "", "subject": ""})
	xUsed = db.X("provider.used", authz.Door, `UPDATE provider_identity SET used_at = :now WHERE id = :id`,
		db.Probe{"id": db.Theirs("provider_identity")}).Quiet("opening the session is logged")
	xLink = db.X("provider.link", authz.Door,
		`INSERT INTO provider_identity (id, account_id, issuer, subject, linked_at) VALUES (:id, :account, :issuer, :subject, :now)`,
		db.Probe{"id": core.ID(1), "account": db.Theirs("account"), "issuer": "", "subject": "probe"})

	qMine = db.Q("provider.mine", authz.OwnAccount,
		`SELECT id, linked_at, used_at FROM provider_identity WHERE account_id = :actor AND issuer = :issuer`, db.Probe{"issuer": ""})
	xUnlink = db.X("provider.unlink", authz.OwnAccount,
		`DELETE FROM provider_identity WHERE account_id = :actor AND issuer = :issuer`, db.Probe{"issuer": ""})
	qOtherWays = db.Q("provider.other_ways", authz.OwnAccount,
		`SELECT COUNT(*) FROM account a WHERE a.id = :actor AND (a.passphrase_hash <> :none OR EXISTS (SELECT 1 FROM passkey p WHERE p.account_id = a.id))`,
		db.Probe{"none": ""})
)

type whose struct {
	id      core.ID
	account core.AccountID
}

func (w *whose) dest() []any { return []any{&w.id, &w.account} }
