package db_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/vault"
)

const canary = "xq7canary"

var (
	coordinator = core.AccountID(11)
	family      = core.DossierID(21)
	visit       = core.ID(31)
	petra       = authz.SignedIn(coordinator, 0, "Petra", authz.OutsideCoordinator, authz.Origin{Address: "192.0.2.7", Route: "GET /dossiers/{id}"})
	system      = authz.System("test")
)

const why = "a test's own rows"

var (
	xTown  = db.X("journaltest.town", authz.Directory, `INSERT INTO municipality (id, name, name_fold) VALUES (1, 'Town', 'town')`, db.Probe{})
	xWho   = db.X("journaltest.account", authz.Accounts, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, 'e', 'e', 'Petra', :now)`, db.Probe{"id": 1})
	xWhere = db.X("journaltest.area", authz.Accounts, `INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, 1)`, db.Probe{"id": 1})
	xFile  = db.CrossX("journaltest.dossier", authz.Works, why, `INSERT INTO dossier (id, name, name_fold, municipality_id, state, state_since, opened_at)
		VALUES (:dossier, :name, 'x', 1, 'intake', :today, :now)`, db.Probe{"dossier": 1, "name": "x"})
	xSupport = db.CrossX("journaltest.trajectory", authz.Works, why, `INSERT INTO trajectory (id, dossier_id, kind, state) VALUES (41, :dossier, 'tailored', 'running')`, db.Probe{"dossier": 1})
	xVisit   = db.CrossX("journaltest.visit", authz.Works, why, `INSERT INTO visit (id, dossier_id, trajectory_id, state) VALUES (:id, :dossier, 41, 'planned')`, db.Probe{"id": 1, "dossier": 1})

	qFile   = db.Q("journaltest.file", authz.Identity, `SELECT d.id FROM visible_dossier d WHERE d.id = :dossier`, db.Probe{"dossier": 1})
	qVisits = db.Q("journaltest.visits", authz.Visits, `SELECT v.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id WHERE d.id = :dossier`, db.Probe{"dossier": 1})
	qVisit  = db.Q("journaltest.visit_by_id", authz.Visits, `SELECT v.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id WHERE v.id = :id`, db.Probe{"id": 1})
	qOfOne  = db.Q("journaltest.of_visit", authz.Identity, `SELECT p.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id
		LEFT JOIN person p ON p.dossier_id = d.id WHERE v.trajectory_id = :trajectory`, db.Probe{"trajectory": 1})
	qFiles  = db.Q("journaltest.list", authz.Identity, `SELECT d.id FROM visible_dossier d ORDER BY d.id`, db.Probe{})
	xRename = db.X("journaltest.rename", authz.Identity, `UPDATE dossier SET name = :name WHERE id = :dossier AND id IN (SELECT id FROM visible_dossier)`, db.Probe{"dossier": 1, "name": "x"})
	xDrive  = db.X("journaltest.drive", authz.Visits, `UPDATE visit SET km = :km WHERE id = :id AND dossier_id IN (SELECT id FROM visible_dossier)`, db.Probe{"id": 1, "km": 1})
	xForget = db.X("journaltest.forget", authz.Visits, `DELETE FROM visit WHERE id = :id AND dossier_id IN (SELECT id FROM visible_dossier)`, db.Probe{"id": 1})

	qLog = db.CrossQ("journaltest.log", authz.Works, why, `SELECT account_id, actor, action, what, dossier_id, row_id, route, address, rule, at
		FROM log_entry ORDER BY seq`, db.Probe{})
)

type line struct {
	account                                   int64
	actor, action, what, route, address, rule string
	dossier, row                              int64
	at                                        core.Instant
}

func lines(t *testing.T, d *db.DB) []line {
	t.Helper()
	var out []line
	err := d.Read(context.Background(), system, func(tx *db.Tx) (err error) {
		out, err = db.All(tx, qLog, nil, func(l *line) []any {
			return []any{&l.account, &l.actor, &l.action, &l.what, &l.dossier, &l.row, &l.route, &l.address, &l.rule, &l.at}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// home is a town with one coordinator, one family and one visit.
func home(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Write(context.Background(), system, func(tx *db.Tx) error {
		return errors.Join(tx.NewOwner(family.Int64()), db.Do(tx, xTown, nil), db.Do(tx, xWho, db.Args{"id": coordinator}), db.Do(tx, xWhere, db.Args{"id": coordinator}),
			db.Do(tx, xFile, db.Args{"dossier": family, "name": canary}), db.Do(tx, xSupport, db.Args{"dossier": family}),
			db.Do(tx, xVisit, db.Args{"id": visit, "dossier": family}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func id(v *core.ID) []any { return []any{v} }

// after runs what Petra does and gives what the log has gained.
func after(t *testing.T, d *db.DB, do func(d *db.DB) error) []line {
	t.Helper()
	before := len(lines(t, d))
	if err := do(d); err != nil {
		t.Fatal(err)
	}
	return lines(t, d)[before:]
}

func read(f func(*db.Tx) error) func(*db.DB) error {
	return func(d *db.DB) error { return d.Read(context.Background(), petra, f) }
}

func write(f func(*db.Tx) error) func(*db.DB) error {
	return func(d *db.DB) error { return d.Write(context.Background(), petra, f) }
}

func all(q *db.Query, args db.Args) func(*db.Tx) error {
	return func(tx *db.Tx) error { _, err := db.All(tx, q, args, id); return err }
}

func do(q *db.Query, args db.Args) func(*db.Tx) error {
	return func(tx *db.Tx) error { return db.Do(tx, q, args) }
}

func both(one, other func(*db.Tx) error) func(*db.Tx) error {
	return func(tx *db.Tx) error { return errors.Join(one(tx), other(tx)) }
}

func TestWhatIsReadAndChangedStandsInTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		for _, c := range []struct {
			name string
			do   func(*db.DB) error
			want line
		}{
			{"a dossier, read by two queries", read(both(all(qFile, db.Args{"dossier": family}), all(qVisits, db.Args{"dossier": family}))),
				line{action: "read", what: "identity, visits", dossier: family.Int64()}},
			{"one of its rows", read(all(qVisit, db.Args{"id": visit})), line{action: "read", what: "visits", dossier: family.Int64()}},
			{"what hangs on a row", read(all(qOfOne, db.Args{"trajectory": core.ID(41)})), line{action: "read", what: "identity", dossier: family.Int64()}},
			{"a list", read(all(qFiles, nil)), line{action: "list", what: "identity"}},
			{"a change", write(do(xRename, db.Args{"dossier": family, "name": canary + "2"})), line{action: "change", what: "journaltest.rename", dossier: family.Int64()}},
			{"a change of a row", write(do(xDrive, db.Args{"id": visit, "km": 3})), line{action: "change", what: "journaltest.drive", dossier: family.Int64(), row: visit.Int64()}},
			{"a row taken away", write(do(xForget, db.Args{"id": visit})), line{action: "change", what: "journaltest.forget", dossier: family.Int64(), row: visit.Int64()}},
		} {
			c.want.account, c.want.actor, c.want.route, c.want.address = coordinator.Int64(), "outside_coordinator", petra.Origin().Route, petra.Origin().Address
			c.want.rule, c.want.at = authz.InMunicipality.String(), dbtest.Start
			if c.want.dossier == 0 { // of a list it is said what is possible
				c.want.rule = (authz.InMunicipality | authz.StandingIn).String()
			}
			if got := after(t, d, c.do); len(got) != 1 || got[0] != c.want {
				t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
			}
		}
		for _, l := range lines(t, d) {
			if strings.Contains(l.what+l.route+l.rule+l.actor, canary) {
				t.Errorf("content in the log: %+v", l)
			}
		}
	})
}

func TestWhatFoundNothingReadNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		stranger := authz.SignedIn(99, 0, "", authz.OutsideCoordinator, authz.Origin{})
		got := after(t, d, func(d *db.DB) error {
			return d.Read(context.Background(), stranger, all(qFile, db.Args{"dossier": family}))
		})
		if len(got) != 0 {
			t.Errorf("the family would be told that a stranger looked: %+v", got)
		}
	})
}

func TestAChangeThatIsTakenBackLeavesWhatWasRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		refused := core.Refuse("INT-4", "refused")
		got := after(t, d, func(d *db.DB) error {
			err := d.Write(context.Background(), petra, func(tx *db.Tx) error {
				return errors.Join(all(qFile, db.Args{"dossier": family})(tx), db.Do(tx, xRename, db.Args{"dossier": family, "name": "other"}), refused)
			})
			if !errors.Is(err, refused) {
				t.Errorf("got %v", err)
			}
			return nil
		})
		if len(got) != 1 || got[0].action != "read" || got[0].dossier != family.Int64() {
			t.Errorf("got %+v", got)
		}
	})
}

func TestAReadThatFailsIsLoggedToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		got := after(t, d, func(d *db.DB) error {
			err := d.Read(context.Background(), petra, both(all(qFile, db.Args{"dossier": family}), func(*db.Tx) error { return core.NotFound() }))
			if !core.IsKind(err, core.KindNotFound) {
				t.Errorf("got %v", err)
			}
			return nil
		})
		if len(got) != 1 || got[0].dossier != family.Int64() {
			t.Errorf("got %+v", got)
		}
	})
}

func TestNoLogNoAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		mend := d.BreakLog(t)
		err := read(all(qFile, db.Args{"dossier": family}))(d)
		if !core.IsKind(err, core.KindBusy) {
			t.Errorf("a read without a log: %v", err)
		}
		err = write(do(xRename, db.Args{"dossier": family, "name": "other"}))(d)
		if err == nil {
			t.Error("a change without a log")
		}
		mend()
		if err := read(all(qFile, db.Args{"dossier": family}))(d); err != nil {
			t.Error(err)
		}
	})
}

func TestReadersWhoWaitTogetherAllStandInTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		const readers, each = 50, 4
		got := after(t, d, func(d *db.DB) error {
			var all50 sync.WaitGroup
			failed := make(chan error, readers*each)
			for range readers {
				all50.Go(func() {
					for range each {
						failed <- read(all(qFile, db.Args{"dossier": family}))(d)
					}
				})
			}
			all50.Wait()
			close(failed)
			var err error
			for e := range failed {
				err = errors.Join(err, e)
			}
			return err
		})
		if len(got) != readers*each {
			t.Errorf("%d entries, want %d", len(got), readers*each)
		}
	})
}

func TestOneUnwritableEntryFailsItsReaderAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		odd := authz.SignedIn(coordinator, 0, "", authz.OutsideCoordinator, authz.Origin{Address: "\xff\x00"})
		var wait sync.WaitGroup
		for i := range 40 {
			wait.Go(func() {
				if i%2 == 0 {
					_ = d.Read(context.Background(), odd, all(qFile, db.Args{"dossier": family}))
				} else if err := read(all(qFile, db.Args{"dossier": family}))(d); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func TestNoActorNoTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		run := func(*db.Tx) error { t.Error("it ran"); return nil }
		if d.Read(context.Background(), authz.Actor{}, run) == nil || d.Write(context.Background(), authz.Actor{}, run) == nil {
			t.Error("somebody who is nobody was let in")
		}
	})
}

func TestAReadRefusesChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		if err := read(do(xRename, db.Args{"dossier": family, "name": "x"}))(d); err == nil {
			t.Error("changed within a read")
		}
		if err := write(all(xRename, db.Args{"dossier": family, "name": "x"}))(d); err == nil {
			t.Error("a change run as a read")
		}
	})
}

func TestATransactionInsideAnotherIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(context.Background(), system, func(tx *db.Tx) error {
			return d.Write(tx.Context(), system, func(*db.Tx) error { return nil })
		})
		if err == nil {
			t.Error("with the context of the outer one")
		}
		d.SetPatience(100 * time.Millisecond)
		started := time.Now()
		err = d.Write(context.Background(), system, func(*db.Tx) error {
			return d.Write(context.Background(), system, func(*db.Tx) error { return nil })
		})
		if d.Kind() == db.SQLite && !core.IsKind(err, core.KindBusy) || time.Since(started) > 5*time.Second {
			t.Errorf("with a context of its own: %v after %v", err, time.Since(started))
		}
	})
}

func TestClosingWaitsForTheLog(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			c := dbtest.Config(t, kind, &dbtest.Clock{})
			d, err := db.Open(context.Background(), c)
			if err != nil {
				t.Fatal(err)
			}
			home(t, d)
			answers := make(chan error, 200)
			for range cap(answers) {
				go func() { answers <- read(all(qFile, db.Args{"dossier": family}))(d) }()
			}
			time.Sleep(5 * time.Millisecond)
			if err := d.Close(); err != nil {
				t.Error(err)
			}
			answered := 0
			for range cap(answers) {
				if err := <-answers; err == nil {
					answered++
				}
			}
			if d, err = db.Open(context.Background(), c); err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			written := 0
			for _, l := range lines(t, d) {
				if l.dossier == family.Int64() {
					written++
				}
			}
			if written < answered {
				t.Errorf("%d answers, %d entries", answered, written)
			}
		})
	}
}

// A key is made once: what was sealed under the first key must open after somebody made it again.
func TestTheFirstKeyOfAnOwnerStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, v := context.Background(), d.Vault()
		place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 77}
		if err := v.NewOwner(ctx, 77); err != nil {
			t.Fatal(err)
		}
		first, err := v.Owner(ctx, 77)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := first.Seal(place, "words")
		if err != nil || v.NewOwner(ctx, 77) != nil {
			t.Fatal(err)
		}
		again, err := v.Owner(ctx, 77)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := again.Open(place, sealed); text != "words" || err != nil {
			t.Errorf("%q, %v", text, err)
		}
		if err := v.Erase(ctx, 77); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Owner(ctx, 77); !errors.Is(err, vault.ErrErased) {
			t.Errorf("an erased key: %v", err)
		}
	})
}
