package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/journal"
)

func entries(t *testing.T, d *db.DB) (all []journal.Entry) {
	t.Helper()
	if err := d.WalkLog(t.Context(), 0, func(e journal.Entry) error { all = append(all, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// whole says where the log ends, and that every entry follows the one before.
func whole(t *testing.T, d *db.DB) journal.Head {
	t.Helper()
	head, fault, err := d.LogKeys().Verify(t.Context(), d.WalkLog, journal.Head{}, nil)
	if err != nil || fault != nil {
		t.Fatal(fault, err)
	}
	return head
}

var (
	xChangeEntry = db.CrossX("chaintest.change", authz.Works, why, `UPDATE log_entry SET what = 'x' WHERE seq = :seq`, db.Probe{"seq": 1})
	xTakeEntry   = db.CrossX("chaintest.take", authz.Works, why, `DELETE FROM log_entry WHERE seq = :seq`, db.Probe{"seq": 1})
)

func TestTheLogOnlyGrows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		before := entries(t, d)
		for _, q := range []*db.Query{xChangeEntry, xTakeEntry} {
			err := d.Write(context.Background(), system, func(tx *db.Tx) error { return db.Do(tx, q, db.Args{"seq": 1}) })
			if err == nil || !strings.Contains(err.Error(), "the log only grows") {
				t.Errorf("%s: %v", q.Name(), err)
			}
		}
		if err := d.RunRaw(`TRUNCATE log_entry`); d.Kind() == db.Postgres && (err == nil || !strings.Contains(err.Error(), "the log only grows")) {
			t.Errorf("truncate: %v", err)
		}
		if after := entries(t, d); len(after) != len(before) || len(before) == 0 {
			t.Errorf("%d entries, %d before", len(after), len(before))
		}
	})
}

func TestEntriesFollowEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if head := whole(t, d); head.Seq != 0 {
			t.Errorf("an empty log ends at %d", head.Seq)
		}
		home(t, d)
		_ = read(all(qFile, db.Args{"dossier": family}))(d)
		_ = write(do(xRename, db.Args{"dossier": family, "name": canary}))(d)
		if got := whole(t, d); got.Seq != int64(len(entries(t, d))) || got.Seq < 3 {
			t.Errorf("it ends at %d", got.Seq)
		}
	})
}

// Several programs on one database, each with readers and writers at once: the log stays one line without a gap, also when
// transactions collide, are taken back, or are refused.
func TestSeveralNodesWriteOneLine(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			c := dbtest.Config(t, kind, &dbtest.Clock{})
			var nodes []*db.DB
			for range 3 {
				d, err := db.Open(t.Context(), c)
				if err != nil {
					t.Fatal(err)
				}
				defer d.Close()
				nodes = append(nodes, d)
			}
			home(t, nodes[0])
			const each = 15
			var all3 sync.WaitGroup
			for _, d := range nodes {
				for i := range 4 {
					all3.Go(func() { work(t, d, i, each) })
				}
			}
			all3.Wait()
			head := whole(t, nodes[1])
			if want := int64(len(nodes) * 3 * each); head.Seq < want {
				t.Errorf("%d entries, want at least %d", head.Seq, want)
			}
			for i, e := range entries(t, nodes[2]) {
				if e.Seq != int64(i+1) {
					t.Fatalf("entry %d stands at %d", e.Seq, i+1)
				}
			}
		})
	}
}

func work(t *testing.T, d *db.DB, kind, times int) {
	t.Helper()
	for n := range times {
		var err error
		switch kind {
		case 0, 1:
			err = read(all(qFile, db.Args{"dossier": family}))(d)
		case 2: // all of them change the same row
			err = write(both(all(qFile, db.Args{"dossier": family}), do(xRename, db.Args{"dossier": family, "name": fmt.Sprint(n)})))(d)
		case 3:
			refused := core.Refuse("INT-4", "refused")
			err = write(func(tx *db.Tx) error {
				return errors.Join(all(qFile, db.Args{"dossier": family})(tx), do(xDrive, db.Args{"id": visit, "km": n})(tx), refused)
			})(d)
			if errors.Is(err, refused) {
				err = nil
			}
		}
		if err != nil && !core.IsKind(err, core.KindBusy) {
			t.Errorf("%d: %v", kind, err)
		}
	}
}

func TestTheOutcomeStandsInTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		for want, end := range map[string]error{"done": nil, "refused": core.Refuse("INT-4", "refused"), "failed": errors.New("broken")} {
			for _, run := range []func(context.Context, authz.Actor, func(*db.Tx) error) error{d.Read, d.Write} {
				_ = run(t.Context(), petra, func(tx *db.Tx) error { return errors.Join(all(qFile, db.Args{"dossier": family})(tx), end) })
				got := entries(t, d)
				if last := got[len(got)-1]; last.Outcome != want || last.Action != "read" || last.Dossier != family.Int64() {
					t.Errorf("%s: %+v", want, last)
				}
			}
		}
	})
}

// One process may stop dead between taking its turn and committing: PostgreSQL ends its transaction, and the others go on.
func TestOneNodeThatHangsHoldsUpTheOthersNotForLong(t *testing.T) {
	d := dbtest.Open(t, db.Postgres, &dbtest.Clock{})
	home(t, d)
	let := d.HoldLog(t, "300ms")
	defer let()
	if err := read(all(qFile, db.Args{"dossier": family}))(d); err != nil {
		t.Error(err)
	}
}

// tampers are what somebody can do who can write to the database and has no key, each on the entry with this number.
var tampers = map[string]struct {
	texts []string
	kind  string
}{
	"who":                {[]string{`UPDATE log_entry SET account_id = 99 WHERE seq = 5`}, journal.Altered},
	"as what":            {[]string{`UPDATE log_entry SET actor = 'volunteer' WHERE seq = 5`}, journal.Altered},
	"for whom":           {[]string{`UPDATE log_entry SET behalf_of = 99 WHERE seq = 5`}, journal.Altered},
	"when":               {[]string{`UPDATE log_entry SET at = '2026-11-23T09:00:00.001Z' WHERE seq = 5`}, journal.Altered},
	"did what":           {[]string{`UPDATE log_entry SET action = 'list' WHERE seq = 5`}, journal.Altered},
	"of what":            {[]string{`UPDATE log_entry SET what = 'plan' WHERE seq = 5`}, journal.Altered},
	"of whom":            {[]string{`UPDATE log_entry SET dossier_id = 99 WHERE seq = 5`}, journal.Altered},
	"which row":          {[]string{`UPDATE log_entry SET row_id = 99 WHERE seq = 5`}, journal.Altered},
	"on which page":      {[]string{`UPDATE log_entry SET route = 'GET /' WHERE seq = 5`}, journal.Altered},
	"from where":         {[]string{`UPDATE log_entry SET address = '198.51.100.1' WHERE seq = 5`}, journal.Altered},
	"with what":          {[]string{`UPDATE log_entry SET device = 'phone' WHERE seq = 5`}, journal.Altered},
	"on which ground":    {[]string{`UPDATE log_entry SET rule = 'office' WHERE seq = 5`}, journal.Altered},
	"how it ended":       {[]string{`UPDATE log_entry SET outcome = 'refused' WHERE seq = 5`}, journal.Altered},
	"the form":           {[]string{`UPDATE log_entry SET version = 2 WHERE seq = 5`}, journal.Altered},
	"the hash":           {[]string{`UPDATE log_entry SET hash = (SELECT hash FROM log_entry WHERE seq = 6) WHERE seq = 5`}, journal.Altered},
	"the seal":           {[]string{`UPDATE log_entry SET seal = (SELECT seal FROM log_entry WHERE seq = 6) WHERE seq = 5`}, journal.Forged},
	"one taken away":     {[]string{`DELETE FROM log_entry WHERE seq = 5`}, journal.Removed},
	"and closed up":      {[]string{`DELETE FROM log_entry WHERE seq = 5`, `UPDATE log_entry SET seq = -seq WHERE seq > 5`, `UPDATE log_entry SET seq = -seq - 1 WHERE seq < 0`}, journal.Removed},
	"the end cut off":    {[]string{`DELETE FROM log_entry WHERE seq >= 5`}, journal.Truncated},
	"one put in":         {[]string{`UPDATE log_entry SET seq = -seq WHERE seq >= 5`, `UPDATE log_entry SET seq = 1 - seq WHERE seq < 0`, strings.ReplaceAll(copyEntry, "NUMBER", "5")}, journal.Inserted},
	"one put at the end": {[]string{`DELETE FROM log_entry WHERE seq >= 5`, strings.ReplaceAll(copyEntry, "NUMBER", "5")}, journal.Altered},
	"two that changed places": {[]string{`UPDATE log_entry SET seq = -5 WHERE seq = 5`, `UPDATE log_entry SET seq = 5 WHERE seq = 8`,
		`UPDATE log_entry SET seq = 8 WHERE seq = -5`}, journal.Reordered},
}

const copyEntry = `INSERT INTO log_entry SELECT NUMBER, version, at, account_id, actor, behalf_of, action, what, dossier_id, 77, route, address,
	device, rule, outcome, hash, seal FROM log_entry WHERE seq = 2`

func TestTamperingWithTheDatabaseIsFound(t *testing.T) {
	for name, c := range tampers {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				home(t, d)
				for n := len(entries(t, d)); n < 12; n++ {
					if err := read(all(qVisit, db.Args{"id": visit}))(d); err != nil {
						t.Fatal(err)
					}
				}
				head := whole(t, d)
				d.WithoutTriggers(t)
				for _, text := range c.texts {
					if err := d.RunRaw(text); err != nil {
						t.Fatal(text, err)
					}
				}
				mark := journal.Checkpoint{Seq: head.Seq, Hash: head.Hash}
				_, fault, err := d.LogKeys().Verify(t.Context(), d.WalkLog, journal.Head{}, []journal.Checkpoint{mark})
				if err != nil || fault == nil || fault.Seq != 5 || fault.Kind != c.kind {
					t.Errorf("got %v, %v; want %s", fault, err, c.kind)
				}
			})
		})
	}
}

// An older copy is put back and the program goes on from it: every entry is genuine, and the checkpoint knows better.
func TestAnOlderCopyThatWentOnIsFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		look := func(until int) journal.Checkpoint {
			for n := len(entries(t, d)); n < until; n++ {
				if err := read(all(qVisit, db.Args{"id": visit}))(d); err != nil {
					t.Fatal(err)
				}
			}
			head := whole(t, d)
			return journal.Checkpoint{Seq: head.Seq, Hash: head.Hash, At: "then"}
		}
		marks := []journal.Checkpoint{look(9), look(12)}
		d.WithoutTriggers(t)
		if err := d.RunRaw(`DELETE FROM log_entry WHERE seq > 10`); err != nil {
			t.Fatal(err)
		}
		err := write(do(xRename, db.Args{"dossier": family, "name": "other"}))(d)
		if err != nil {
			t.Fatal(err)
		}
		look(15)
		_, fault, err := d.LogKeys().Verify(t.Context(), d.WalkLog, journal.Head{}, marks)
		if err != nil || fault == nil || fault.Seq != 12 || fault.Kind != journal.Replaced {
			t.Errorf("%v, %v", fault, err)
		}
	})
}
