package task_test

import (
	"context"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/task"
)

var seed = []*db.Query{
	db.CrossX("task.test_account", authz.Accounts, "a test makes its people", `
		INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :name, :name, :name, :now)`,
		db.Probe{"id": core.ID(1), "name": "x"}),
	db.CrossX("task.test_place", authz.Directory, "a test makes its places", `
		INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name)`, db.Probe{"id": core.ID(1), "name": "x"}),
	db.CrossX("task.test_covers", authz.Accounts, "a test makes its people", `
		INSERT INTO account_municipality (account_id, municipality_id) VALUES (:account, :place)`,
		db.Probe{"account": core.ID(1), "place": core.ID(1)}),
	db.CrossX("task.test_dossier", authz.Identity, "a test makes its families", `
		INSERT INTO dossier (id, name, name_fold, municipality_id, state, state_since, opened_at)
		VALUES (:id, :name, :name, :place, 'intake', :today, :now)`, db.Probe{"id": core.ID(1), "name": "x", "place": core.ID(1)}),
	db.CrossX("task.test_stands_in", authz.Accounts, "a test makes its people", `
		INSERT INTO standing_in (id, absent_id, backup_id, from_date, until_date) VALUES (:id, :absent, :backup, :from, :until)`,
		db.Probe{"id": core.ID(1), "absent": core.ID(1), "backup": core.ID(1), "from": "", "until": ""}),
}

const day = 24 * time.Hour

const (
	petra = core.AccountID(1)
	hans  = core.AccountID(2)
	near  = core.DossierID(11)
	far   = core.DossierID(12)
)

var system = authz.System("test")

// people are two coordinators, Petra near and Hans far, with a family each.
func people(t *testing.T, d *db.DB) {
	t.Helper()
	write(t, d, system, func(tx *db.Tx) error {
		for _, args := range []struct {
			q int
			a db.Args
		}{
			{0, db.Args{"id": petra, "name": "Petra"}}, {0, db.Args{"id": hans, "name": "Hans"}},
			{1, db.Args{"id": core.ID(21), "name": "Near"}}, {1, db.Args{"id": core.ID(22), "name": "Far"}},
			{2, db.Args{"account": petra, "place": core.ID(21)}}, {2, db.Args{"account": hans, "place": core.ID(22)}},
			{3, db.Args{"id": near, "name": "Family near", "place": core.ID(21)}},
			{3, db.Args{"id": far, "name": "Family far", "place": core.ID(22)}},
		} {
			if err := db.Do(tx, seed[args.q], args.a); err != nil {
				return err
			}
		}
		return nil
	})
}

func write(t *testing.T, d *db.DB, a authz.Actor, f func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), a, f); err != nil {
		t.Fatal(err)
	}
}

func coordinator(id core.AccountID) authz.Actor {
	return authz.SignedIn(id, 0, "somebody", authz.OutsideCoordinator, authz.Origin{})
}

func keys(t *testing.T, d *db.DB, a authz.Actor, f task.Filter) []string {
	t.Helper()
	out := []string{}
	err := d.Read(context.Background(), a, func(tx *db.Tx) error {
		rows, err := task.Mine(tx, f)
		for _, r := range rows {
			out = append(out, r.Key)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func is(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s: got %v, want %v", what, got, want)
		}
	}
}

func TestMineIsOrderedAndShowsWhatMayBeSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		people(t, d)
		now := d.Now()
		visitor := authz.Visitor(authz.Origin{})
		write(t, d, visitor, func(tx *db.Tx) error {
			for _, k := range []task.Task{
				{Key: "late", Account: petra, Kind: "k", Urgency: task.Normal, Due: now.Add(-1 * day), Dossier: near},
				{Key: "soon", Account: petra, Kind: "k", Urgency: task.Normal, Due: now.Add(1 * day)},
				{Key: "unsafe", Account: petra, Kind: "s", Urgency: task.Safety, Due: now.Add(9 * day)},
				{Key: "later", Account: petra, Kind: "k", Urgency: task.Normal, Due: now, ShowFrom: now.Add(1 * day)},
				{Key: "elsewhere", Account: petra, Kind: "k", Urgency: task.Normal, Due: now, Dossier: far},
				{Key: "of hans", Account: hans, Kind: "k", Urgency: task.Normal, Due: now, Dossier: far},
			} {
				if err := task.Open(tx, k); err != nil {
					return err
				}
			}
			return nil
		})
		is(t, "petra", keys(t, d, coordinator(petra), task.Filter{}), "unsafe", "late", "soon")
		is(t, "one kind", keys(t, d, coordinator(petra), task.Filter{Kind: "s"}), "unsafe")
		is(t, "one family", keys(t, d, coordinator(petra), task.Filter{Dossier: near}), "late")
		is(t, "the first", keys(t, d, coordinator(petra), task.Filter{Limit: 1}), "unsafe")
		is(t, "who opened them", keys(t, d, visitor, task.Filter{}))

		today := d.Now().Date()
		write(t, d, system, func(tx *db.Tx) error {
			return db.Do(tx, seed[4], db.Args{"id": core.ID(31), "absent": hans, "backup": petra, "from": today, "until": today})
		})
		is(t, "standing in", keys(t, d, coordinator(petra), task.Filter{Kind: "k"}), "late", "elsewhere", "of hans", "soon")
	})
}

func TestOpeningAgainMovesAndReopens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		people(t, d)
		one := task.Task{Key: "one", Account: petra, Kind: "k", Due: d.Now(), Dossier: near}
		open := func(k task.Task) {
			write(t, d, system, func(tx *db.Tx) error { return task.Open(tx, k) })
		}
		done := func(key string) {
			write(t, d, coordinator(petra), func(tx *db.Tx) error { return task.Done(tx, key) })
		}
		open(one)
		open(one)
		is(t, "opened twice", keys(t, d, coordinator(petra), task.Filter{}), "one")
		done("one")
		done("one")
		done("never opened")
		is(t, "done", keys(t, d, coordinator(petra), task.Filter{}))
		one.Account, one.Dossier = hans, far
		open(one)
		is(t, "moved away", keys(t, d, coordinator(petra), task.Filter{}))
		is(t, "moved to", keys(t, d, coordinator(hans), task.Filter{}), "one")
		write(t, d, coordinator(petra), func(tx *db.Tx) error { return task.DoneFor(tx, far) })
		is(t, "the dossier closed", keys(t, d, coordinator(hans), task.Filter{}))
	})
}

func TestCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		people(t, d)
		write(t, d, system, func(tx *db.Tx) error {
			for i, k := range []task.Task{
				{Key: "a", Kind: "k", Due: d.Now().Add(-1 * day)}, {Key: "b", Kind: "k", Due: d.Now().Add(1 * day)}, {Key: "c", Kind: "l", Due: d.Now()},
				{Key: "d", Kind: "l", Due: d.Now(), Dossier: far},
			} {
				k.Account = petra
				if err := task.Open(tx, k); err != nil {
					t.Fatal(i, err)
				}
			}
			return nil
		})
		err := d.Read(context.Background(), coordinator(petra), func(tx *db.Tx) error {
			got, err := task.Counts(tx)
			if err == nil && (len(got) != 2 || got[0] != (task.Count{Kind: "k", Open: 2, Late: 1}) || got[1] != (task.Count{Kind: "l", Open: 1})) {
				t.Errorf("got %v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
