package volunteer_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/job"
	"maatje/internal/task"
	"maatje/internal/volunteer"
)

var qMails = db.Q("volunteertest.mails", authz.Works, `SELECT o.template, COALESCE(o.account_id, 0) FROM outbox o ORDER BY o.template, o.account_id`, db.Probe{})

// TestVOL3_TwoNodesAskOnce: two programs on one database do the job in the same minute, day after day; volunteer and coordinator each have
// one task, and one mail at each of the moments.
func TestVOL3_TwoNodesAskOnce(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		world(t, d)
		ctx, a := context.Background(), coordinator(petra)
		var id core.VolunteerID
		err := d.Write(ctx, authz.System("test"), func(x *db.Tx) (err error) {
			p := newcomer()
			p.Status = volunteer.Active
			if id, err = volunteer.New(x, p); err != nil {
				return err
			}
			if err := volunteer.Link(x, id, maria); err != nil {
				return err
			}
			return db.Do(x, xRole, db.Args{"id": petra, "role": "outside_coordinator"})
		})
		if err != nil {
			t.Fatal(err)
		}
		nodes := []*volunteer.Service{volunteer.NewService(d, volunteer.Unchanged), volunteer.NewService(d, volunteer.Unchanged)}
		c := volunteer.Certificate{Number: "1", IssuedOn: core.MustDate("2026-11-01"), RenewBefore: core.MustDate("2027-03-01")}
		if err := nodes[0].SeeCertificate(ctx, a, id, c); err != nil {
			t.Fatal(err)
		}
		var runners []*job.Runner
		for _, s := range nodes {
			runners = append(runners, job.NewRunner(d, s.Jobs(), slog.New(slog.DiscardHandler)))
		}
		for i, on := range []string{"2026-11-30", "2026-12-01", "2026-12-02", "2027-01-30", "2027-02-22", "2027-02-23", "2027-03-01", "2027-03-02", "2027-03-09"} {
			clock.Set(core.MustInstant(on + "T09:00:00.000Z"))
			var wait sync.WaitGroup
			for _, r := range runners {
				wait.Go(func() {
					if err := r.Round(ctx); err != nil {
						t.Error(err)
					}
				})
			}
			wait.Wait()
			want := []int{0, 1, 1, 2, 3, 3, 3, 4, 4}[i]
			held(t, d, on, want)
		}
		if err := nodes[1].SeeCertificate(ctx, a, id, volunteer.Certificate{Number: "2", IssuedOn: core.MustDate("2027-03-05")}); err != nil {
			t.Fatal(err)
		}
		if n := len(open(t, d, a)) + len(open(t, d, authz.SignedIn(maria, id, "Maria", authz.Volunteer, authz.Origin{}))); n != 0 {
			t.Errorf("%d tasks after a new certificate", n)
		}
	})
}

func open(t *testing.T, d *db.DB, a authz.Actor) (rows []task.Row) {
	t.Helper()
	err := d.Read(context.Background(), a, func(x *db.Tx) (err error) {
		rows, err = task.Mine(x, task.Filter{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// held holds tasks and mails against how many warnings there were.
func held(t *testing.T, d *db.DB, on string, warnings int) {
	t.Helper()
	for who, kinds := range map[core.AccountID][]string{petra: {"certificate", "certificate_ended"}, maria: {"own_certificate", "own_certificate"}} {
		role := authz.OutsideCoordinator
		if who == maria {
			role = authz.Volunteer
		}
		rows := open(t, d, authz.SignedIn(who, 0, "", role, authz.Origin{}))
		want := kinds[warnings/4]
		if len(rows) != min(warnings, 1) || len(rows) == 1 && rows[0].Kind != want {
			t.Errorf("%s: %v has %+v", on, who, rows)
		}
	}
	sent := map[core.AccountID]int{}
	err := d.Read(context.Background(), authz.System("test"), func(x *db.Tx) error {
		type mail struct {
			template string
			account  core.AccountID
		}
		all, err := db.All(x, qMails, db.Args{}, func(m *mail) []any { return []any{&m.template, &m.account} })
		for _, m := range all {
			sent[m.account]++
			if m.template != map[core.AccountID]string{petra: "worklist", maria: "own_certificate"}[m.account] {
				t.Errorf("%s: %+v", on, m)
			}
		}
		return err
	})
	if err != nil || sent[petra] != warnings || sent[maria] != warnings {
		t.Errorf("%s: %v mails, want %d each; %v", on, sent, warnings, err)
	}
}
