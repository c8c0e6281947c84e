package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/backup"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/demo"
	"maatje/internal/job"
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

var openAlarms = db.CrossQ("backup_test.alarms", authz.Works, "the test counts", `SELECT COUNT(*), COUNT(m.id) FROM task k
	LEFT JOIN outbox m ON m.account_id = k.account_id AND m.template = 'program' WHERE k.kind = :kind AND k.done_at IS NULL`, db.Probe{"kind": "x"})

// A log that cannot be signed, and a disk that is full, are on every project leader's list and in their mail, once, until they
// are over; nothing is written while nothing changes.
func TestWhatIsTheMatterWithTheProgramIsTold(t *testing.T) {
	disk := dbtest.NewDisk(64<<20, 1<<20)
	cfg := dbtest.Config(t, db.SQLite, &dbtest.Clock{})
	cfg.Disk, cfg.Reserve = disk, disk
	d := open(t, cfg)
	if _, err := demo.Fill(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var broken error
	sign := backup.Signing(d, job.Job{Name: "log.checkpoint", Run: func(context.Context, authz.Actor) error { return broken }})
	told := func(kind string) (tasks, mails int) {
		t.Helper()
		err := d.Read(t.Context(), actor, func(tx *db.Tx) error {
			got, err := db.One(tx, openAlarms, db.Args{"kind": kind}, func(n *[2]int) []any { return []any{&n[0], &n[1]} })
			tasks, mails = got[0], got[1]
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return tasks, mails
	}
	for _, broken = range []error{nil, errors.New("the log is not whole"), errors.New("still"), nil, nil} {
		if err := sign.Run(t.Context(), actor); !errors.Is(err, broken) {
			t.Errorf("%v, want %v", err, broken)
		}
		if tasks, mails := told("log_unsigned"); tasks > 0 != (broken != nil) || mails != tasks {
			t.Errorf("%v: %d tasks, %d mails", broken, tasks, mails)
		}
	}
	disk.Fill()
	for id := int64(5000); ; id++ {
		if _, full := d.ReadOnly(); full || id > 9000 {
			break
		}
		_ = d.Write(t.Context(), actor, func(tx *db.Tx) error { return db.Do(tx, makeTown, db.Args{"id": id, "name": core.ID(id).String()}) })
	}
	for range 2 {
		if err := backup.Disk(d).Run(t.Context(), actor); err != nil {
			t.Fatal(err)
		}
		if tasks, _ := told("disk_full"); tasks == 0 {
			t.Error("nobody hears of the full disk")
		}
	}
	disk.Room(16 << 20)
	for _, full := d.ReadOnly(); full; _, full = d.ReadOnly() {
		time.Sleep(10 * time.Millisecond)
	}
	if err := backup.Disk(d).Run(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	if tasks, _ := told("disk_full"); tasks != 0 {
		t.Error("it is over, and still on the list")
	}
}
