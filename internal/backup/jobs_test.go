package backup_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/backup"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var openTasks = db.CrossQ("backup_test.tasks", authz.Works, "the test counts", `SELECT COUNT(*) FROM task WHERE kind = 'backup_failed' AND done_at IS NULL`, db.Probe{})

func waiting(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(t.Context(), actor, func(tx *db.Tx) (err error) {
		n, err = db.Count(tx, openTasks, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The daily backup rolls; while it fails, it is on the project leader's list.
func TestPRV2_TheDailyBackup(t *testing.T) {
	d := lived(t, db.SQLite)
	folder := t.TempDir()
	data, keys := filepath.Join(folder, "data"), filepath.Join(folder, "keys")
	s := backup.Schedule{Data: data, Keys: keys, Keep: 90 * 24 * time.Hour}
	run := s.Job(d).Run
	if err := run(t.Context(), actor); err == nil || waiting(t, d) == 0 {
		t.Errorf("there is no folder, and %v; %d tasks", err, waiting(t, d))
	}
	for _, f := range []string{data, keys} {
		if err := os.Mkdir(f, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	old := backup.Named(data, keys, dbtest.Start.Add(-31*24*time.Hour))
	for _, f := range []string{old.Data, old.Keys} {
		if err := os.WriteFile(f, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(t.Context(), actor); err != nil || waiting(t, d) != 0 {
		t.Errorf("%v; %d tasks", err, waiting(t, d))
	}
	for folder, want := range map[string]int{data: 2, keys: 1} { // keys are never kept longer than 30 days
		if all, err := os.ReadDir(folder); err != nil || len(all) != want {
			t.Errorf("%s: %v, %v", folder, all, err)
		}
	}
	if got, want := backup.KeysBeside(filepath.Join(keys, "any")), backup.Named(data, keys, dbtest.Start).Keys; got != want {
		t.Errorf("the newest keys are %s, want %s", got, want)
	}
}
