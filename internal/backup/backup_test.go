package backup_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"maatje/internal/authz"
	"maatje/internal/backup"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/copied"
	"maatje/internal/db/dbtest"
	"maatje/internal/db/draft"
	"maatje/internal/demo"
	"maatje/internal/vault"
)

var actor = authz.System("backup.test")

var (
	kinds   = []db.Kind{db.SQLite, db.Postgres}
	oneNote = db.CrossQ("backup_test.note", authz.Works, "the test looks for a sealed text", `SELECT id, dossier_id, said FROM intake_talk WHERE said IS NOT NULL ORDER BY id LIMIT 1`, db.Probe{})
	// A town and the entry about it are written in one transaction, to the last and the first of the tables.
	townsMade   = db.CrossQ("backup_test.made", authz.Works, "the test counts", `SELECT COUNT(*) FROM municipality WHERE id >= 1000 AND id < 100000`, db.Probe{})
	townsLogged = db.CrossQ("backup_test.logged", authz.Works, "the test counts", `SELECT COUNT(*) FROM log_entry WHERE what = 'backup_test.town'`, db.Probe{})
	makeTown    = db.X("backup_test.town", authz.Works, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name)`, db.Probe{"id": 1, "name": "x"})
)

func open(t *testing.T, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// lived is a database with a programme in it.
func lived(t *testing.T, kind db.Kind) *db.DB {
	t.Helper()
	d := dbtest.Open(t, kind, &dbtest.Clock{})
	if _, err := demo.Fill(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

func mustMake(t *testing.T, d *db.DB) backup.Made {
	t.Helper()
	m, err := backup.Make(t.Context(), d, actor, backup.Named(t.TempDir(), t.TempDir(), d.Now()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func recoveryOf(t *testing.T, d *db.DB) backup.Recovery {
	t.Helper()
	secret, err := d.Vault().RecoveryKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := backup.NewRecovery(secret)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sumsOf(t *testing.T, d *db.DB) copied.Sums {
	t.Helper()
	sums, err := d.Copy(t.Context(), actor, &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// The drill: from either engine to either engine, every table has the same rows, and every sealed text opens.
func TestPRV2_TheDrill(t *testing.T) {
	for _, from := range kinds {
		d := lived(t, from)
		m, r := mustMake(t, d), recoveryOf(t, d)
		if m.Rows() < 500 || len(m.Sums) < 60 {
			t.Errorf("%d rows in %d tables: that is not the programme", m.Rows(), len(m.Sums))
		}
		for _, into := range kinds {
			t.Run(from.String()+" to "+into.String(), func(t *testing.T) {
				place := dbtest.Empty(t, into, &dbtest.Clock{})
				got, err := r.Restore(t.Context(), backup.Files{Data: m.Data, Keys: m.Keys}, place)
				if err != nil {
					t.Fatal(err)
				}
				again := open(t, place)
				compare(t, m.Sums, got)
				compare(t, m.Sums, sumsOf(t, again))
				reads(t, again)
				works(t, again)
			})
		}
	}
}

func compare(t *testing.T, want, got copied.Sums) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(want)) {
		if got[table] != want[table] {
			t.Errorf("%s: %v, and %v was kept", table, got[table], want[table])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d tables, and %d were kept", len(got), len(want))
	}
}

type note struct {
	id      core.ID
	dossier core.DossierID
	words   []byte
}

func noteOf(t *testing.T, d *db.DB) (words string, err error) {
	t.Helper()
	err = d.Read(t.Context(), actor, func(tx *db.Tx) error {
		n, err := db.One(tx, oneNote, nil, func(n *note) []any { return []any{&n.id, &n.dossier, &n.words} })
		if err == nil {
			words, err = tx.Open(vault.Place{Table: "intake_talk", Column: "said", Row: n.id.Int64(), Owner: n.dossier.Int64()}, n.words)
		}
		return err
	})
	return words, err
}

func reads(t *testing.T, d *db.DB) {
	t.Helper()
	if words, err := noteOf(t, d); err != nil || words == "" {
		t.Errorf("a sealed text: %q, %v", words, err)
	}
}

// works also looks whether the foreign keys hold again.
func works(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Write(t.Context(), actor, func(tx *db.Tx) error {
		return db.Do(tx, makeTown, db.Args{"id": 7, "name": "Zutphen"})
	})
	if err != nil {
		t.Errorf("nothing can be written: %v", err)
	}
}

// A family whose key was erased after a backup of the data stays erased when that backup is put back beside today's keys.
func TestPRV2_WhatWasErasedIsErasedInOlderBackups(t *testing.T) {
	d := lived(t, db.SQLite)
	old, r := mustMake(t, d), recoveryOf(t, d)
	var owner int64
	err := d.Read(t.Context(), actor, func(tx *db.Tx) error {
		n, err := db.One(tx, oneNote, nil, func(n *note) []any { return []any{&n.id, &n.dossier, &n.words} })
		owner = n.dossier.Int64()
		return err
	})
	if err != nil || d.Vault().Erase(t.Context(), owner) != nil {
		t.Fatal(err)
	}
	today := mustMake(t, d)
	for keys, erased := range map[string]bool{today.Keys: true, old.Keys: false} {
		place := dbtest.Empty(t, db.SQLite, &dbtest.Clock{})
		if _, err := r.Restore(t.Context(), backup.Files{Data: old.Data, Keys: keys}, place); err != nil {
			t.Fatal(err)
		}
		if words, err := noteOf(t, open(t, place)); errors.Is(err, vault.ErrErased) != erased {
			t.Errorf("erased %v: %q, %v", erased, words, err)
		}
	}
}

// Any byte that was changed, and any byte too few or too many, is refused with a sentence, and nothing is made.
func TestAChangedByteIsRefused(t *testing.T) {
	d := lived(t, db.SQLite)
	m, r := mustMake(t, d), recoveryOf(t, d)
	place := dbtest.Empty(t, db.SQLite, &dbtest.Clock{})
	folder := t.TempDir()
	for _, path := range []string{m.Data, m.Keys} {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			bad := bytes.Clone(whole)
			switch rapid.SampledFrom([]string{"changed", "changed", "changed", "cut", "longer", "empty"}).Draw(t, "how") {
			case "changed":
				bad[rapid.IntRange(0, len(bad)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
			case "cut":
				bad = bad[:rapid.IntRange(0, len(bad)-1).Draw(t, "size")]
			case "longer":
				bad = append(bad, rapid.Byte().Draw(t, "more"))
			case "empty":
				bad = nil
			}
			from := backup.Files{Data: m.Data, Keys: m.Keys}
			torn := filepath.Join(folder, "torn")
			if err := os.WriteFile(torn, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if path == m.Data {
				from.Data = torn
			} else {
				from.Keys = torn
			}
			if _, err := r.Restore(context.Background(), from, place); !errors.Is(err, backup.ErrChanged) {
				t.Fatalf("it was taken: %v", err)
			}
			if _, err := os.Stat(place.Addr); !os.IsNotExist(err) {
				t.Fatal("something was made")
			}
		})
	}
	if _, err := r.Restore(t.Context(), backup.Files{Data: m.Keys, Keys: m.Data}, place); !errors.Is(err, backup.ErrChanged) {
		t.Errorf("the two files changed places: %v", err)
	}
	stranger := recoveryOf(t, dbtestOther(t))
	if _, err := stranger.Restore(t.Context(), backup.Files{Data: m.Data, Keys: m.Keys}, place); !errors.Is(err, backup.ErrChanged) {
		t.Errorf("another organisation's sheets: %v", err)
	}
}

func dbtestOther(t *testing.T) *db.DB {
	t.Helper()
	return open(t, dbtest.Empty(t, db.SQLite, &dbtest.Clock{}))
}

// Others whom the organisation names can open the files as well, with a program that is not ours.
func TestAnotherRecipientOpensTheFilesWithAge(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	d := dbtestOther(t)
	folder := t.TempDir()
	m, err := backup.Make(t.Context(), d, actor, backup.Named(folder, folder, d.Now()), []string{id.Recipient().String()})
	if err != nil {
		t.Fatal(err)
	}
	own, err := age.ParseX25519Identity(recoveryOf(t, d).AgeIdentity())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{m.Data, m.Keys} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range []age.Identity{id, own} {
			if _, err := age.Decrypt(bytes.NewReader(b[:len(b)-64]), who); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := backup.Make(t.Context(), d, actor, backup.Named(t.TempDir(), folder, d.Now()), []string{"age1nobody"}); err == nil {
		t.Error("a recipient that does not exist was taken")
	}
	if _, err := backup.Make(t.Context(), d, actor, backup.Files{Data: m.Data, Keys: m.Keys}, nil); err == nil {
		t.Error("a backup replaced another")
	}
}

// While a backup is made, others write, and none of it is half in.
func TestABackupIsOfOneMoment(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind.String(), func(t *testing.T) {
			d := lived(t, kind)
			stop, done := make(chan struct{}), make(chan int)
			slowest := time.Duration(0)
			go func() {
				n := 0
				for ; ; n++ {
					select {
					case <-stop:
						done <- n
						return
					default:
					}
					begin := time.Now()
					err := d.Write(context.Background(), actor, func(tx *db.Tx) error {
						return db.Do(tx, makeTown, db.Args{"id": int64(1000 + n), "name": core.ID(n).String()})
					})
					slowest = max(slowest, time.Since(begin))
					if err != nil {
						t.Error(err)
					}
				}
			}()
			time.Sleep(20 * time.Millisecond)
			begin := time.Now()
			m := mustMake(t, d)
			took := time.Since(begin)
			close(stop)
			n := <-done
			if n < 2 {
				t.Errorf("%d writes meanwhile", n)
			}
			t.Logf("%d rows in %s; %d writes meanwhile, the slowest %s", m.Rows(), took, n, slowest)
			place := dbtest.Empty(t, db.SQLite, &dbtest.Clock{})
			got, err := recoveryOf(t, d).Restore(t.Context(), backup.Files{Data: m.Data, Keys: m.Keys}, place)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, m.Sums, got)
			var towns, logged int
			err = open(t, place).Read(t.Context(), actor, func(tx *db.Tx) (err error) {
				if towns, err = db.Count(tx, townsMade, nil); err == nil {
					logged, err = db.Count(tx, townsLogged, nil)
				}
				return err
			})
			if err != nil || towns != logged {
				t.Errorf("%d towns and %d entries about them: %v", towns, logged, err)
			}
		})
	}
}

// A restore that goes wrong half-way, or that was killed, leaves nothing that looks like data, and the next one succeeds.
func TestARestoreThatFailsLeavesNothing(t *testing.T) {
	d := lived(t, db.SQLite)
	m, r := mustMake(t, d), recoveryOf(t, d)
	from := backup.Files{Data: m.Data, Keys: m.Keys}
	for _, into := range kinds {
		t.Run(into.String(), func(t *testing.T) {
			place := dbtest.Empty(t, into, &dbtest.Clock{})
			empty := func(c db.Config) {
				t.Helper()
				for _, addr := range []string{c.Addr, c.Keys} {
					if there, err := db.Holds(t.Context(), addr); there || err != nil {
						t.Errorf("%s holds something, or %v", db.Shown(addr), err)
					}
				}
			}
			beside, err := draft.Of(t.Context(), place) // one that was killed
			if err != nil {
				t.Fatal(err)
			}
			if err := open(t, beside).Close(); err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			var steps []string
			step := func(name string, failed error) backup.Step {
				return backup.Step{Name: name, Run: func(context.Context, *db.DB, authz.Actor) error {
					steps = append(steps, name)
					if failed != nil {
						stop()
					}
					return failed
				}}
			}
			no := errors.New("no")
			if _, err := r.Restore(ctx, from, place, step("one", nil), step("two", no), step("three", nil)); !errors.Is(err, no) {
				t.Errorf("it went on: %v", err)
			}
			if !slices.Equal(steps, []string{"one", "two"}) {
				t.Errorf("steps %v", steps)
			}
			empty(place)
			empty(beside)
			if _, err := r.Restore(t.Context(), from, place, step("again", nil)); err != nil {
				t.Fatal(err)
			}
			empty(beside)
			again := open(t, place)
			compare(t, m.Sums, sumsOf(t, again))
			reads(t, again)
			works(t, again)
		})
	}
}
