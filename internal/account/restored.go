package account

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/db"
)

const restoring = "what let somebody in when a backup was made lets nobody in after it was put back"

var xEndAllInvitations = db.X("account.end_all_invitations", authz.Works,
	`UPDATE invitation SET replaced_at = :now WHERE used_at IS NULL AND replaced_at IS NULL`, db.Probe{})

// opened is everything that lets somebody in anew, or tells them how: it goes when an older copy of the database is put back.
// Passphrases, passkeys and second factors stay, or nobody could sign in.
var opened = []*db.Query{
	db.X("account.restored_sessions", authz.Works, `DELETE FROM session WHERE created_at <= :now`, db.Probe{}),
	db.X("account.restored_questions", authz.Works, `DELETE FROM ceremony WHERE until_at <> ''`, db.Probe{}).Quiet(restoring),
	db.X("account.restored_devices", authz.Works, `DELETE FROM attempt WHERE key LIKE 'known:%'`, db.Probe{}).Quiet(restoring),
	xEndAllInvitations,
	db.X("account.restored_mails", authz.Works,
		`UPDATE outbox SET given_up_at = :now, link = NULL WHERE sent_at IS NULL AND given_up_at IS NULL`, db.Probe{}),
}

// EndOpened ends what was open when the backup that is put back was made: sessions, questions to browsers, known devices,
// invitations, and mails that did not go out.
func EndOpened(ctx context.Context, d *db.DB, a authz.Actor) error {
	return d.Write(ctx, a, func(t *db.Tx) error {
		for _, x := range opened {
			if _, err := db.Exec(t, x, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
