package account

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// taskMail leads to the account whose address does not work.
var taskMail = task.Leads("mail_refused", "/accounts/{subject}")

var qLeaders = db.Q("account.leaders", authz.Accounts, `SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
	WHERE r.role = 'project_leader' AND a.ended_at IS NULL AND a.passphrase_hash <> '' ORDER BY a.id`, db.Probe{})

// mailWorkdays is within how many working days somebody finds out what the address should be.
const mailWorkdays = 2

// Undelivered asks the project leaders to look at an account: the mail server refuses its address for good.
func Undelivered(t *db.Tx, id core.AccountID) error {
	all, err := db.All(t, qLeaders, nil, func(to *core.AccountID) []any { return []any{to} })
	for _, to := range all {
		if err == nil {
			err = task.Open(t, task.Task{Key: taskMail + ":" + id.String() + ":" + to.String(), Account: to, Kind: taskMail, Urgency: task.Normal,
				Due: core.At(t.Today().AddWorkdays(mailWorkdays).Time()), Subject: core.ID(id)})
		}
	}
	return err
}
