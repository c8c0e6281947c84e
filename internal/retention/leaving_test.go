package retention_test

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/task"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/leaving"
	"maatje/internal/volunteer/screening"
)

var (
	qAccessEnded = db.CrossQ("retention_test.leaving_ended", authz.Accounts, "a test looks", `SELECT a.ended_at FROM account a WHERE a.id = :id`, db.Probe{"id": core.AccountID(1)})
	qToAddress   = db.CrossQ("retention_test.leaving_mails", authz.Works, "a test looks", `SELECT o.template, COALESCE(o.on_date, '') FROM outbox o WHERE o.address <> '' ORDER BY o.id`, db.Probe{})
	xGiveAddress = db.CrossX("retention_test.leaving_address", authz.Works, "a test gives an address", `UPDATE volunteer SET email = :email WHERE id = :id`,
		db.Probe{"id": core.VolunteerID(1), "email": ""})
)

func readAll[T any](t *testing.T, d *db.DB, q *db.Query, args db.Args, dest func(*T) []any) (all []T) {
	t.Helper()
	err := d.Read(context.Background(), authz.System("test"), func(x *db.Tx) (err error) {
		all, err = db.All(x, q, args, dest)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

type mail struct{ template, on string }

func mails(t *testing.T, d *db.DB) []mail {
	t.Helper()
	return readAll(t, d, qToAddress, db.Args{}, func(m *mail) []any { return []any{&m.template, &m.on} })
}

// message is the sentence of what is refused.
func message(err error) string {
	if f, ok := core.AsFail(err); ok {
		return f.Message
	}
	return ""
}

func TestVOL1_StoppingLeavesNoFamilyBehind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, ctx := familytest.New(t, d), context.Background()
		s, ria := leaving.NewService(d, volunteer.Unchanged), f.Ria.Volunteer()
		f.Do(t, func(x *db.Tx) error { return db.Do(x, xGiveAddress, db.Args{"id": ria, "email": "ria@example.org"}) })
		talk := screening.Talk{HeldOn: d.Now().Date(), Well: "Het gezin.", ComesBack: "perhaps"}
		leave := func(how leaving.Farewell) string {
			t.Helper()
			return message(s.Leave(ctx, f.Petra, ria, how, talk))
		}
		if got := leave(leaving.Farewell{Why: "verhuist", Talked: true}); got != "volunteer_families_run" {
			t.Fatalf("with a family: %q", got)
		}
		f.EndMatch(t, f.Ria, d.Now().Date().String())
		for how, want := range map[leaving.Farewell]string{
			{Why: "verhuist"}: "leaving_without_talk", {Talked: true}: "volunteer_why", {WithoutTalk: "ziek"}: "volunteer_why",
		} {
			if got := leave(how); got != want {
				t.Errorf("%+v: %q, want %q", how, got, want)
			}
		}
		if err := s.Leave(ctx, f.Omar, ria, leaving.Farewell{Why: "x", Talked: true}, talk); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a coordinator elsewhere: %v", err)
		}
		if err := s.Leave(ctx, f.Petra, ria, leaving.Farewell{Why: "verhuist", Talked: true}, talk); err != nil {
			t.Fatal(err)
		}
		if at := readAll(t, d, qAccessEnded, db.Args{"id": f.Ria.Account()}, func(i *core.Instant) []any { return []any{i} }); at[0].IsZero() {
			t.Error("who stopped can still come in")
		}
		if got := mails(t, d); len(got) != 1 || got[0].template != "volunteer_thanks" {
			t.Errorf("mails %+v", got)
		}
		sheet, err := screening.NewService(d, volunteer.Unchanged).Sheet(ctx, f.Petra, ria)
		if err != nil || sheet.Status != volunteer.Left || len(sheet.Talks) != 1 || sheet.Talks[0].Well != "Het gezin." {
			t.Errorf("%+v %v", sheet, err)
		}
		if err := s.Leave(ctx, f.Petra, ria, leaving.Farewell{Why: "nog eens", Talked: true}, talk); !core.IsKind(err, core.KindConflict) {
			t.Errorf("twice: %v", err)
		}
		if err := volunteer.NewService(d, volunteer.Unchanged).Move(ctx, f.Petra, ria, volunteer.Applied); err != nil {
			t.Fatal(err)
		}
		if at := readAll(t, d, qAccessEnded, db.Args{"id": f.Ria.Account()}, func(i *core.Instant) []any { return []any{i} }); !at[0].IsZero() {
			t.Error("who comes back has no account to be invited to")
		}
	})
}

func TestVOL1_ARestEndsWithAQuestion(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		f, ctx := familytest.New(t, d), context.Background()
		s, tom := leaving.NewService(d, volunteer.Unchanged), f.Tom.Volunteer()
		until := d.Now().Date().AddDays(30)
		if got := message(s.Rest(ctx, f.Petra, tom, "baby", d.Now().Date())); got != "volunteer_rest_until" {
			t.Errorf("until today: %q", got)
		}
		if err := s.Rest(ctx, f.Petra, tom, "baby", until); err != nil {
			t.Fatal(err)
		}
		asked := func() (n int) {
			t.Helper()
			err := d.Read(ctx, f.Petra, func(x *db.Tx) error {
				rows, err := task.Mine(x, task.Filter{Kind: "rest_over"})
				n = len(rows)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for days, want := range []int{0, 1} {
			clock.Set(core.At(until.AddDays(-8 + 2*days).Time()))
			if got := asked(); got != want {
				t.Errorf("%s: %d questions", d.Now().Date(), got)
			}
		}
		back := volunteer.NewService(d, volunteer.Unchanged)
		if err := back.Move(ctx, f.Petra, tom, volunteer.Active); err != nil {
			t.Fatal(err)
		}
		if got := asked(); got != 0 {
			t.Errorf("back, and still asked %d times", got)
		}
	})
}

func TestPRV5_WhoIsRejectedHearsItInNeutralWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, ctx := familytest.New(t, d), context.Background()
		s, file := leaving.NewService(d, volunteer.Unchanged), volunteer.NewService(d, volunteer.Unchanged)
		place, err := file.File(ctx, f.Petra, f.Ria.Volunteer())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, email string
			tasks       int
		}{{"Wel e-mail", "iemand@example.org", 0}, {"Geen e-mail", "", 1}} {
			id, err := file.Add(ctx, f.Petra, volunteer.Profile{Name: c.name, Email: c.email, Capacity: 1, Municipality: place.Municipality})
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := s.Reject(ctx, f.Petra, id, ""); message(err) != "volunteer_why" {
				t.Errorf("without a reason: %v", err)
			}
			erased, mailed, err := s.Reject(ctx, f.Petra, id, "past niet")
			if err != nil || mailed != (c.email != "") || erased != d.Now().Date().AddDays(29) {
				t.Fatalf("%s: %v %v %v", c.name, erased, mailed, err)
			}
			v, err := s.Page(ctx, f.Petra, id)
			if err != nil || v.Tell != (c.tasks == 1) || v.Erased != erased {
				t.Errorf("%s: %+v %v", c.name, v, err)
			}
			if err := s.Told(ctx, f.Petra, id); err != nil {
				t.Fatal(err)
			}
			if v, _ := s.Page(ctx, f.Petra, id); v.Tell {
				t.Error("told, and still asked")
			}
		}
		if got := mails(t, d); len(got) != 1 || got[0] != (mail{"application_answered", d.Now().Date().AddDays(29).String()}) {
			t.Errorf("mails %+v", got)
		}
	})
}
