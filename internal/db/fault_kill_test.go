package db_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var (
	faultTown  = db.X("fault.town", authz.Works, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name) ON CONFLICT (id) DO NOTHING`, db.Probe{"id": 1, "name": "x"})
	faultTowns = db.CrossQ("fault.towns", authz.Works, "the test counts", `SELECT id FROM municipality WHERE id >= 1000 ORDER BY id`, db.Probe{})
	writerAct  = authz.System("fault.writer")
)

// The writer that is killed is this test program itself, started again with the place to write to.
const (
	writerPlace = "MAATJE_FAULT_WRITER"
	writerKey   = "dGhlc2UgMzIgYnl0ZXMgYXJlIGZvciB0ZXN0cyBvbmw="
)

func TestMain(m *testing.M) {
	if place := os.Getenv(writerPlace); place != "" {
		if err := writeOn(place); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func writerConfig(place string) (db.Config, error) {
	master, err := vault.ParseMaster(writerKey)
	return db.Config{Addr: filepath.Join(place, "maatje.db"), Keys: filepath.Join(place, "maatje.keys"), Master: master,
		Clock: func() core.Instant { return core.At(time.Now()) }}, err
}

// writeOn writes for ever, and says what it wrote only when it was promised to it.
func writeOn(place string) error {
	c, err := writerConfig(place)
	if err != nil {
		return err
	}
	d, err := db.Open(context.Background(), c)
	if err != nil {
		return err
	}
	done, err := towns(context.Background(), d)
	for next := int64(1000 + len(done)); err == nil; next++ {
		if err = writeTown(context.Background(), d, next); err == nil {
			_, err = fmt.Println(next)
		}
	}
	return err
}

func writeTown(ctx context.Context, d *db.DB, id int64) error {
	return d.Write(ctx, writerAct, func(t *db.Tx) error {
		_, err := db.Exec(t, faultTown, db.Args{"id": id, "name": strconv.FormatInt(id, 10)})
		return err
	})
}

func towns(ctx context.Context, d *db.DB) (all []int64, err error) {
	err = d.Read(ctx, writerAct, func(t *db.Tx) (err error) {
		all, err = db.All(t, faultTowns, nil, func(id *int64) []any { return []any{id} })
		return err
	})
	return all, err
}

// rounds is how often a test about faults does what it does: more with make faults.
func rounds(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// killed starts the writer, kills it after a while, and gives the last write that was promised, or 0.
func killed(t *testing.T, place string, after time.Duration) (promised int64) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Env = append(os.Environ(), writerPlace+"="+place)
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() }) // SIGKILL: nothing is told to the process
	defer timer.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		promised, _ = strconv.ParseInt(lines.Text(), 10, 64)
	}
	if err := c.Wait(); err == nil || complaint.Len() > 0 {
		t.Fatalf("the writer ended by itself: %v %s", err, complaint.String())
	}
	return promised
}

// Whenever the process is killed, also while it makes the database, the next one opens it and finds every write that was
// promised, in order and without a gap.
func TestAKilledProcessLosesNothingThatWasPromised(t *testing.T) {
	place, chance := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	writes, opened := int64(0), 0
	for round := range rounds(t, "MAATJE_KILLS", 12) {
		if round%20 == 19 {
			place = t.TempDir() // and begin with nothing
		}
		promised := killed(t, place, time.Duration(chance.IntN(700))*time.Millisecond)
		c, err := writerConfig(place)
		if err != nil {
			t.Fatal(err)
		}
		d, err := db.Open(t.Context(), c)
		if err != nil {
			t.Fatalf("round %d: the database does not open: %v", round, err)
		}
		all, err := towns(t.Context(), d)
		if err := errors.Join(err, d.Close()); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		for i, id := range all {
			if id != int64(1000+i) {
				t.Fatalf("round %d: write %d is missing", round, 1000+i)
			}
		}
		if last := int64(999 + len(all)); promised > last {
			t.Fatalf("round %d: %d writes were lost", round, promised-last)
		}
		if promised > 0 {
			writes++
		}
		opened++
	}
	t.Logf("%d rounds, %d of them while it wrote; every database opened, nothing that was promised was lost", opened, writes)
}

// A process that is killed while it makes or migrates the database leaves one that the next process makes whole.
func TestAKillInTheMiddleOfAMigration(t *testing.T) {
	chance, half := rand.New(rand.NewPCG(5, 6)), 0
	for round := range rounds(t, "MAATJE_MIGRATIONS", 8) {
		place := t.TempDir()
		if killed(t, place, time.Duration(20+chance.IntN(150))*time.Millisecond) == 0 {
			half++
		}
		c, err := writerConfig(place)
		if err != nil {
			t.Fatal(err)
		}
		d, err := db.Open(t.Context(), c)
		if err == nil {
			err = errors.Join(writeTown(t.Context(), d, 5000), d.Close())
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
	if half == 0 {
		t.Error("no process was killed before its first write: then this proves nothing")
	}
	t.Logf("%d killed before the first write; every database opens", half)
}
