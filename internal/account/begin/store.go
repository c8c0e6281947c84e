package begin

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	xMakePasskey = db.X("begin.make_passkey", authz.Door,
		`INSERT INTO passkey (id, account_id, name, credential_id, record, made_at) VALUES (:id, :account, :name, :credential, :record, :now)`,
		db.Probe{"id": core.ID(1), "account": db.Theirs("account"), "name": "", "credential": "begin", "record": ""})

	// Who has a passphrase, or their organisation's own way in, has no need of paper alone.
	qByPaper = db.CrossQ("begin.by_paper", authz.Door, "coming back: an account whose only role is that of a volunteer who left is none",
		`SELECT a.id FROM account a WHERE a.email_fold = :email AND a.ended_at IS NULL AND a.passphrase_hash = :none
			AND NOT EXISTS (SELECT 1 FROM provider_identity i WHERE i.account_id = a.id)
			AND (EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role <> 'volunteer')
				OR EXISTS (SELECT 1 FROM volunteer v WHERE v.account_id = a.id AND v.status NOT IN ('left', 'rejected')))`,
		db.Probe{"email": "", "none": ""})

	qMine = db.Q("begin.mine", authz.OwnAccount,
		`SELECT email, passphrase_hash, totp_secret, totp_confirmed_at, totp_last_step FROM account WHERE id = :actor`, db.Probe{})
	xAddPassphrase = db.X("begin.add_passphrase", authz.OwnAccount,
		`UPDATE account SET passphrase_hash = :hash WHERE id = :actor AND passphrase_hash = :none`, db.Probe{"hash": "", "none": ""})
)

// mine is what adding a passphrase needs of who is signed in.
type mine struct {
	email, hash string
	seed        []byte
	confirmed   core.Instant
	last        int64
}

func (m *mine) dest() []any { return []any{&m.email, &m.hash, &m.seed, &m.confirmed, &m.last} }
