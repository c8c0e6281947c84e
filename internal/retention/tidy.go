package retention

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// small are things that are nobody's file and need no announcement: what is left of them serves nothing. What account.sweep takes away
// (sessions, invitations, tries, questions to browsers) is not done twice here.
var small = []struct {
	days int
	x    *db.Query
}{
	{30, tidies("mails", `DELETE FROM outbox WHERE sent_at < :before OR given_up_at < :before`, "mails that went out or never will")},
	{90, tidies("typed_talks", `DELETE FROM typed_talk WHERE saved_at < :before`, "texts of talks that nobody finished")},
	{30, tidies("saves", `DELETE FROM report_save WHERE at < :before`, "numbers of saves, so that one that arrives twice counts once")},
	// To whom a signal was put stays as long as its file: it decides who may see it.
	{365, tidies("tasks", `DELETE FROM task WHERE done_at < :before AND kind <> 'answer_signal'`, "finished tasks")},
}

func tidies(what, text, quiet string) *db.Query {
	return db.CrossX("retention.tidy_"+what, authz.Erasing, "what serves nothing any more is swept for everybody at once", text, db.Probe{"before": ""}).Quiet(quiet)
}

// tidy sweeps the small things.
func (s *Service) tidy(ctx context.Context, a authz.Actor) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		for _, one := range small {
			if _, err := db.Exec(t, one.x, db.Args{"before": t.Now().Add(-time.Duration(one.days) * 24 * time.Hour)}); err != nil {
				return err
			}
		}
		return nil
	})
}
