package volunteer

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Who stops has no access any more from that moment: the coordinator who notes it has no business with accounts, so it goes with the step
// itself. An account that serves for more stays, without the role of a volunteer. Somebody who comes back has the same account again, and
// is invited anew.

const (
	theAccount = `(SELECT v.account_id FROM visible_volunteer v WHERE v.id = :whose AND v.status = 'left')`
	hasMore    = `EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = account.id AND r.role <> 'volunteer')`
)

var (
	xEndAccess = db.X("volunteer.end_access", authz.Care, `UPDATE account SET ended_at = :now, email_fold = :fold, passphrase_hash = '', totp_secret = NULL, totp_confirmed_at = NULL
		WHERE ended_at IS NULL AND id IN `+theAccount+` AND NOT `+hasMore, db.Probe{"whose": theirs, "fold": "probe"})
	xTakeRole = db.X("volunteer.take_role", authz.Care, `DELETE FROM account_role WHERE role = 'volunteer' AND account_id IN `+theAccount, db.Probe{"whose": theirs})
	xEndWays  = func() (out []*db.Query) {
		for _, table := range []string{"session", "passkey", "provider_identity", "recovery_code", "invitation"} {
			out = append(out, db.X("volunteer.end_"+table, authz.Care, `DELETE FROM `+table+` WHERE account_id IN `+theAccount, db.Probe{"whose": theirs}))
		}
		return out
	}()
	xReopen = db.X("volunteer.reopen_access", authz.Care, `UPDATE account SET ended_at = NULL, email_fold = LOWER(email)
		WHERE ended_at IS NOT NULL AND email <> '' AND id IN (SELECT v.account_id FROM visible_volunteer v WHERE v.id = :whose AND v.status = 'applied')
			AND NOT EXISTS (SELECT 1 FROM account o WHERE o.email_fold = LOWER(account.email))`, db.Probe{"whose": theirs})
)

// endAccess ends what somebody who stopped signs in with.
func endAccess(t *db.Tx, p Profile) error {
	if p.Account.IsZero() {
		return nil
	}
	ended, err := db.Exec(t, xEndAccess, db.Args{"whose": p.ID, "fold": "ended " + p.Account.String()})
	if err != nil {
		return err
	}
	if ended == 0 {
		_, err := db.Exec(t, xTakeRole, db.Args{"whose": p.ID})
		return err
	}
	for _, x := range xEndWays {
		if _, err := db.Exec(t, x, db.Args{"whose": p.ID}); err != nil {
			return err
		}
	}
	return nil
}

func reopenAccess(t *db.Tx, id core.VolunteerID) error {
	_, err := db.Exec(t, xReopen, db.Args{"whose": id})
	return err
}
