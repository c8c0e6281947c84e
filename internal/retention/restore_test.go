package retention_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/backup"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/demo"
	"maatje/internal/figures"
	"maatje/internal/privacy"
	"maatje/internal/retention"
	"maatje/internal/vault"
)

var by = authz.System("retention.erase")

var (
	qOver = db.CrossQ("retention_test.over", authz.Works, "a test looks for a family that is over", `SELECT d.id FROM dossier d WHERE d.state = 'closed'
		AND NOT EXISTS (SELECT 1 FROM trajectory t WHERE t.dossier_id = d.id AND t.ended_on IS NULL)
		AND NOT EXISTS (SELECT 1 FROM signal g WHERE g.dossier_id = d.id AND g.answered_at IS NULL) ORDER BY d.id`, db.Probe{})
	qThere = db.CrossQ("retention_test.there", authz.Works, "a test looks", `SELECT COUNT(*) FROM dossier WHERE id = :dossier`, db.Probe{})
	qWords = db.CrossQ("retention_test.words", authz.Works, "a test looks", `SELECT COUNT(*) FROM person WHERE dossier_id = :dossier`, db.Probe{})
	qLoose = db.CrossQ("retention_test.loose", authz.Works, "a test looks", `SELECT COUNT(*) FROM name_word w WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = w.person_id)`, db.Probe{})
)

func count(t *testing.T, d *db.DB, q *db.Query, args db.Args) (n int) {
	t.Helper()
	err := d.Read(t.Context(), by, func(x *db.Tx) (err error) {
		n, err = db.Count(x, q, args)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func allTime(t *testing.T, d *db.DB) []figures.Cell {
	t.Helper()
	cells, err := figures.NewService(d).Of(t.Context(), authz.System("figures"), figures.Period{From: core.NewDate(2000, 1, 1), To: core.NewDate(2040, 1, 1)})
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// TestPRV3_AnOlderBackupBringsNobodyBack: backed up, erased, put back. Whether the tombstones come with the newest keys, lie beside
// the keys that are there, or in the file beside the checkpoints: what was erased is gone, its words do not open, the figures are
// what they were, and the log is whole.
func TestPRV3_AnOlderBackupBringsNobodyBack(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			clock := &dbtest.Clock{}
			d := dbtest.Open(t, kind, clock)
			if _, err := demo.Fill(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			stones := filepath.Join(folder, "maatje.db.erased")
			s := retention.NewService(d, stones)
			old := made(t, d, folder, "old")
			var over []core.DossierID
			err := d.Read(t.Context(), by, func(x *db.Tx) (err error) {
				over, err = db.All(x, qOver, nil, func(id *core.DossierID) []any { return []any{id} })
				return err
			})
			if err != nil || len(over) == 0 {
				t.Fatal("no family of the demo is over", err)
			}
			before := allTime(t, d)
			for range 2 {
				clock.Set(clock.Now().Add(1000 * 24 * 3600e9))
				if err := s.Run(t.Context(), by); err != nil {
					t.Fatal(err)
				}
			}
			gone := over[0]
			if count(t, d, qThere, db.Args{"dossier": gone}) != 0 || !reflect.DeepEqual(allTime(t, d), before) {
				t.Fatal("it is not erased, or the figures changed")
			}
			if _, err := d.Vault().Owner(t.Context(), int64(gone)); !errors.Is(err, vault.ErrErased) {
				t.Error("the key is still there:", err)
			}
			today := made(t, d, folder, "today")
			nowhere := filepath.Join(folder, "nowhere")
			for name, from := range map[string]struct {
				files  backup.Files
				beside string
			}{
				"the newest keys tell":         {backup.Files{Data: old.Data, Keys: today.Keys}, nowhere},
				"old keys, and the file tells": {backup.Files{Data: old.Data, Keys: old.Keys}, stones},
				"both":                         {backup.Files{Data: old.Data, Keys: today.Keys}, stones},
			} {
				t.Run(name, func(t *testing.T) { putBack(t, d, clock, from.files, from.beside, gone, before) })
			}
		})
	}
}

func made(t *testing.T, d *db.DB, folder, name string) backup.Files {
	t.Helper()
	to := backup.Files{Data: filepath.Join(folder, name), Keys: filepath.Join(folder, name+".keys")}
	if _, err := backup.Make(t.Context(), d, by, to, nil); err != nil {
		t.Fatal(err)
	}
	return to
}

func putBack(t *testing.T, d *db.DB, clock *dbtest.Clock, from backup.Files, beside string, gone core.DossierID, before []figures.Cell) {
	t.Helper()
	secret, err := d.Vault().RecoveryKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := backup.NewRecovery(secret)
	if err != nil {
		t.Fatal(err)
	}
	place := dbtest.Empty(t, d.Kind(), clock)
	again := 0
	step := backup.Step{Name: "erase", Run: func(ctx context.Context, d *db.DB, a authz.Actor) (err error) {
		again, err = retention.NewService(d, beside).Replay(ctx, a)
		return err
	}}
	if _, err := r.Restore(t.Context(), from, place, step); err != nil {
		t.Fatal(err)
	}
	back, err := db.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = back.Close() })
	if again == 0 || count(t, back, qThere, db.Args{"dossier": gone}) != 0 || count(t, back, qWords, db.Args{"dossier": gone}) != 0 || count(t, back, qLoose, nil) != 0 {
		t.Errorf("%d erased again, and the family is there", again)
	}
	if _, err := back.Vault().Owner(t.Context(), int64(gone)); !errors.Is(err, vault.ErrErased) {
		t.Error("its words open:", err)
	}
	if !reflect.DeepEqual(allTime(t, back), before) {
		t.Error("the figures are not what they were")
	}
	report, err := privacy.NewKeeper(back, filepath.Join(t.TempDir(), "book")).Verify(t.Context())
	if err != nil || !report.OK() {
		t.Errorf("the log: %v, %+v", err, report)
	}
	if n, err := retention.NewService(back, beside).Replay(t.Context(), by); n != 0 || err != nil {
		t.Errorf("a second time: %d, %v", n, err)
	}
}

// A crash between the data and the keys heals by itself, and a file that was cut off is made whole.
func TestPRV3_ACrashBetweenDataAndKeysHeals(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		if _, err := demo.Fill(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "no", "such", "folder")
		s := retention.NewService(d, path)
		owners, err := d.Owners(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			clock.Set(clock.Now().Add(1000 * 24 * 3600e9))
			if err := s.Run(t.Context(), by); err == nil && clock.Now().Date().Year() > 2030 {
				t.Fatal("a file that cannot be written was not noticed")
			}
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(`{"id":1,"ki`), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.Bury(t.Context(), by); err != nil {
			t.Fatal(err)
		}
		stones, err := retention.ReadStones(path)
		left, failed := d.Owners(t.Context())
		if err != nil || failed != nil || len(stones) == 0 || left >= owners {
			t.Errorf("%d tombstones, %d keys of %d: %v %v", len(stones), left, owners, err, failed)
		}
		if all, err := d.Buried(t.Context()); err != nil || len(all) != len(stones) {
			t.Errorf("%d beside the keys, %d in the file: %v", len(all), len(stones), err)
		}
	})
}
