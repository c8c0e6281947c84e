package retention

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// The account of a volunteer who is erased keeps its number, because the log names it; who it was cannot be told from it any more.

// signing are the tables by which an account signs in or is reached: all of it goes.
var signing = map[string]string{
	"session": "account_id", "passkey": "account_id", "recovery_code": "account_id", "ceremony": "account_id", "invitation": "account_id",
	"leader_candidate": "account_id", "account_role": "account_id", "account_municipality": "account_id", "account_facility": "account_id",
	"outbox": "account_id", "task": "account_id",
}

const whyAccount = "the account of a volunteer who is erased goes with them, unless it serves for more"

var (
	xSigning = func() (out []*db.Query) {
		for table, column := range signing {
			out = append(out, db.CrossX("retention.erase_account_"+table, authz.Erasing, whyAccount, `DELETE FROM `+table+` WHERE `+column+` = :account`,
				db.Probe{"account": db.Theirs("account")}).Quiet("the account itself leaves an entry"))
		}
		return out
	}()
	qOnlyVolunteer = db.CrossQ("retention.account_of", authz.Erasing, whyAccount, `SELECT a.id FROM volunteer v JOIN account a ON a.id = v.account_id
		WHERE v.id = :id AND NOT EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role <> 'volunteer')`, db.Probe{"id": db.Theirs("volunteer")})
	xLetGo        = db.CrossX("retention.let_go_of_account", authz.Erasing, whyAccount, `UPDATE volunteer SET account_id = NULL WHERE id = :id`, db.Probe{"id": db.Theirs("volunteer")})
	xEmptyAccount = db.CrossX("retention.empty_account", authz.Erasing, whyAccount, `UPDATE account SET email = '', email_fold = :nobody, name = :name, passphrase_hash = '',
		totp_secret = NULL, totp_confirmed_at = NULL, ended_at = COALESCE(ended_at, :now), signed_in_at = NULL, version = version + 1 WHERE id = :id`,
		db.Probe{"id": db.Theirs("account"), "nobody": "erased", "name": ""})
)

func closeAccount(t *db.Tx, id core.VolunteerID) error {
	account, found, err := db.Maybe(t, qOnlyVolunteer, db.Args{"id": id}, func(a *core.AccountID) []any { return []any{a} })
	if err != nil || !found {
		return err
	}
	if err := db.Do(t, xLetGo, db.Args{"id": id}); err != nil {
		return err
	}
	for _, q := range xSigning {
		if _, err := db.Exec(t, q, db.Args{"account": account}); err != nil {
			return err
		}
	}
	return db.Do(t, xEmptyAccount, db.Args{"id": account, "nobody": "erased " + account.String(), "name": shellName})
}
