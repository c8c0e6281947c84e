package db_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/journal"
)

// A disk that is full: whoever changes something hears so, and never that it succeeded; whoever reads is answered and stands
// in the log; when the reserve is used up too, nobody is answered; with room again all goes on by itself.
func TestAFullDiskLeavesReading(t *testing.T) {
	cfg := dbtest.Config(t, db.SQLite, &dbtest.Clock{})
	disk := dbtest.NewDisk(8<<20, 2<<20)
	cfg.Disk, cfg.Reserve = disk, disk
	d, err := db.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	kept, logged := []int64{}, logLength(t, d)
	look := func() error {
		_, err := towns(t.Context(), d)
		return err
	}
	for round := range int64(5) {
		for id := 1000 + 100*round; id < 1020+100*round; id++ {
			if err := writeTown(t.Context(), d, id); err != nil {
				t.Fatalf("a disk with room: %v", err)
			}
			kept = append(kept, id)
		}
		if round == 3 { // the first to meet the end of the disk is a reader
			disk.Fill()
			for _, is := d.ReadOnly(); !is; _, is = d.ReadOnly() {
				if err := printed(t, d); err != nil {
					t.Fatalf("a look that met the end of the disk: %v", err)
				}
			}
		} else {
			disk.Fill()
		}
		begin := time.Now()
		for id := 1050 + 100*round; ; id++ {
			if time.Since(begin) > 5*time.Second {
				t.Fatal("changes are taken for five seconds on a full disk")
			}
			err := writeTown(t.Context(), d, id)
			if err == nil { // what room the log's file has left is used
				kept = append(kept, id)
				continue
			}
			if f, ok := core.AsFail(err); !ok || f.Kind != core.KindBusy || f.Message != "read_only" {
				t.Fatalf("no sentence: %v", err)
			}
			break
		}
		if since, is := d.ReadOnly(); !is || since != dbtest.Start {
			t.Errorf("read-only %v since %s", is, since)
		}
		for i := range 50 {
			if err := look(); err != nil {
				t.Fatalf("reading on a full disk: %v", err)
			}
			if err := printed(t, d); err != nil {
				t.Fatalf("round %d, look %d: a look that is logged, on a full disk: %v", round, i, err)
			}
		}
		if err := d.Write(db.Spare(t.Context()), writerAct, func(*db.Tx) error { return nil }); err != nil {
			t.Errorf("what reading needs: %v", err)
		}
		disk.Room(4 << 20)
		for begin := time.Now(); ; time.Sleep(10 * time.Millisecond) {
			if _, is := d.ReadOnly(); !is {
				break
			}
			if time.Since(begin) > 5*time.Second {
				t.Fatal("there is room, and still nothing is taken")
			}
		}
	}
	all, err := towns(t.Context(), d)
	if err != nil || !slices.Equal(all, kept) {
		t.Errorf("%d rows are there, %d were promised: %v", len(all), len(kept), err)
	}
	if n := logLength(t, d); n < logged+250+len(kept) {
		t.Errorf("%d entries for 250 looks and %d changes", n-logged, len(kept))
	}
}

// When the reserve is used up as well nobody is answered, and so it is with a disk that fails.
func TestNoLogNoAnswerOnAFullDisk(t *testing.T) {
	for name, fail := range map[string]func(*dbtest.Disk){
		"full to the end": func(d *dbtest.Disk) { d.Fill() },
		"broken":          func(d *dbtest.Disk) { d.Break(true) },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := dbtest.Config(t, db.SQLite, &dbtest.Clock{})
			disk := dbtest.NewDisk(8<<20, 1<<10)
			cfg.Disk, cfg.Reserve = disk, disk
			d, err := db.Open(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { disk.Break(false); disk.Room(8 << 20); _ = d.Close() }()
			fail(disk)
			for range 3000 { // as long as there is room in the log's file
				if err = printed(t, d); err != nil {
					break
				}
			}
			if !core.IsKind(err, core.KindBusy) {
				t.Fatalf("a look that is not on record was given: %v", err)
			}
			if err := writeTown(t.Context(), d, 4000); !core.IsKind(err, core.KindBusy) {
				t.Errorf("a change was promised: %v", err)
			}
			disk.Break(false)
			disk.Room(8 << 20)
			deadline := time.Now().Add(5 * time.Second)
			for err = errors.New("not yet"); err != nil && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
				err = writeTown(t.Context(), d, 4001)
			}
			if all, failed := towns(t.Context(), d); err != nil || failed != nil || !slices.Equal(all, []int64{4001}) {
				t.Errorf("%v: %v %v", all, err, failed)
			}
		})
	}
}

// printed reads something of which an entry is left.
func printed(t *testing.T, d *db.DB) error {
	t.Helper()
	return d.Read(t.Context(), petra.Using(authz.Print), func(tx *db.Tx) error {
		_, err := db.All(tx, qFiles, nil, func(id *int64) []any { return []any{id} })
		return err
	})
}

func logLength(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.WalkLog(t.Context(), 0, func(journal.Entry) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
