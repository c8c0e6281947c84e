package db

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/journal"
	"maatje/internal/vault"
)

// failingDisk is honest until it is told to fail.
type failingDisk struct {
	honestDisk
	writing, syncing atomic.Pointer[sqlite3.ExtendedErrorCode]
}

func (d *failingDisk) write(f vfs.File, name string, p []byte, off int64) (int, error) {
	if code := d.writing.Load(); code != nil {
		half := len(p) / 2 // a full disk takes the first part of what it is given
		n, _ := f.WriteAt(p[:half], off)
		return n, *code
	}
	return d.honestDisk.write(f, name, p, off)
}

func (d *failingDisk) sync(f vfs.File, name string) error {
	if code := d.syncing.Load(); code != nil {
		return *code
	}
	return d.honestDisk.sync(f, name)
}

// openFailing is the whole of db on a disk that can fail.
func openFailing(t *testing.T, disk disk) *DB {
	t.Helper()
	folder := t.TempDir()
	c := Config{Addr: filepath.Join(folder, "maatje.db"), Keys: filepath.Join(folder, "maatje.keys"), Master: vault.NewMaster(),
		Clock: func() core.Instant { return core.At(time.Now()) }}
	d, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() }) // the disk may have been left failing
	key, err := d.vault.FileKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cipher, err := newFileCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	e, err := openFiles(t.Context(), c.Addr, cipherVFS{diskVFS{diskFS{vfs.Find(""), disk}}, cipher, new(pageMemory)}, Options{Readers: 2})
	if err != nil {
		t.Fatal(err)
	}
	before := d.engine
	e.versions, d.engine = before.versions, e
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

var (
	diskTown  = X("fault.disk_town", authz.Works, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name)`, Probe{"id": 1, "name": "x"})
	diskTowns = CrossQ("fault.disk_towns", authz.Works, "the test counts", `SELECT COUNT(*) FROM municipality WHERE id = :id`, Probe{"id": 1})
	diskWalk  = authz.System("fault.disk")
)

// A disk that is full or fails: whoever writes hears so, in words, within five seconds, and never that it succeeded. When the
// disk works again, so does the program, without a new start.
func TestAFailingDiskIsNoFalseSuccess(t *testing.T) {
	write, sync := sqlite3.IOERR_WRITE, sqlite3.IOERR_FSYNC
	full := sqlite3.ExtendedErrorCode(sqlite3.FULL)
	for name, fail := range map[string]func(*failingDisk){
		"full":         func(d *failingDisk) { d.writing.Store(&full) },
		"writing":      func(d *failingDisk) { d.writing.Store(&write) },
		"syncing":      func(d *failingDisk) { d.syncing.Store(&sync) },
		"both of them": func(d *failingDisk) { d.writing.Store(&write); d.syncing.Store(&sync) },
	} {
		t.Run(name, func(t *testing.T) {
			disk := &failingDisk{}
			d := openFailing(t, disk)
			town := func(id int64) error {
				return d.Write(t.Context(), diskWalk, func(tx *Tx) error { return Do(tx, diskTown, Args{"id": id, "name": core.ID(id).String()}) })
			}
			promised := []int64{}
			for id := int64(1000); id < 1050; id++ {
				if id%10 == 5 {
					fail(disk)
					begin := time.Now()
					if err := town(id); !core.IsKind(err, core.KindBusy) || time.Since(begin) > 5*time.Second {
						t.Fatalf("write %d, after %s: %v", id, time.Since(begin), err)
					}
					look := []journal.Record{{At: core.At(begin).String(), Actor: "x", Action: "read", What: "x", Outcome: "done"}}
					if err := d.writer.write(t.Context(), look); !core.IsKind(err, core.KindBusy) { // no log, no answer
						t.Fatalf("a look that was not logged: %v", err)
					}
					disk.writing.Store(nil)
					disk.syncing.Store(nil)
					continue
				}
				if err := town(id); err != nil {
					t.Fatalf("write %d, on a disk that works: %v", id, err)
				}
				promised = append(promised, id)
			}
			for _, id := range promised {
				if n := countTown(t, d, id); n != 1 {
					t.Errorf("write %d was promised and is there %d times", id, n)
				}
			}
			if err := d.engine.read.QueryRow(`PRAGMA integrity_check`).Scan(&name); err != nil || name != "ok" {
				t.Error(name, err)
			}
		})
	}
}

func countTown(t *testing.T, d *DB, id int64) (n int) {
	t.Helper()
	err := d.Read(context.Background(), diskWalk, func(tx *Tx) (err error) {
		n, err = Count(tx, diskTowns, Args{"id": id})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
