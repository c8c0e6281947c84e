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
	begins      = "begins" // said before it opens the database
	opened      = "opened" // and when it has
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
	fmt.Println(begins)
	d, err := db.Open(context.Background(), c)
	if err != nil {
		return err
	}
	fmt.Println(opened)
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
	c, lines := writer(t, place)
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() }) // SIGKILL: nothing is told to the process
	defer timer.Stop()
	for lines.Scan() {
		if n, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
			promised = n
		}
	}
	ended(t, c)
	return promised
}

// writer starts the writer; the lines are what it says.
func writer(t *testing.T, place string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Env = append(os.Environ(), writerPlace+"="+place)
	c.Stderr = new(strings.Builder)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// ended waits for a writer that was killed.
func ended(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Wait(); err == nil || c.Stderr.(*strings.Builder).Len() > 0 {
		t.Fatalf("the writer ended by itself: %v %s", err, c.Stderr)
	}
}

// Whenever the process is killed, also while it makes the database, the next one opens it and finds every write that was
// promised, in order and without a gap.
func TestAKilledProcessLosesNothingThatWasPromised(t *testing.T) {
	place, chance := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	writes, rounded := int64(0), 0
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
		rounded++
	}
	t.Logf("%d rounds, %d of them while it wrote; every database opened, nothing that was promised was lost", rounded, writes)
}

// A process that is killed while it makes or migrates the database leaves one that the next process makes whole: the same
// tables as where nobody was killed.
func TestAKillInTheMiddleOfAMigration(t *testing.T) {
	whole := t.TempDir()
	long := killedInside(t, whole, time.Hour)
	newest, want := made(t, whole)
	chance, half, versions := rand.New(rand.NewPCG(5, 6)), 0, map[int64]bool{}
	least := rounds(t, "MAATJE_MIGRATIONS", 10)
	for round := 0; round < least || half == 0 && round < 10*least; round++ { // chance may miss the migrations for a while
		place := t.TempDir()
		killedInside(t, place, time.Duration(chance.Int64N(int64(long))))
		at, err := db.VersionAt(t.Context(), mustWriter(t, place))
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if at > 0 && at < newest {
			half++
			versions[at] = true
		}
		if after, got := made(t, place); after != newest || got != want {
			t.Fatalf("round %d, killed at version %d of %d: version %d and other tables:\n%s", round, at, newest, after, got)
		}
	}
	if half == 0 {
		t.Error("no process was killed between its first and its last migration: then this proves nothing")
	}
	t.Logf("%d killed between the first and the last migration, at %d versions; every database opens and is whole", half, len(versions))
}

// killedInside kills the writer so long after it began to open the database, or when it has; it gives how long it had.
func killedInside(t *testing.T, place string, after time.Duration) time.Duration {
	t.Helper()
	c, lines := writer(t, place)
	var begin time.Time
	for lines.Scan() {
		switch lines.Text() {
		case begins:
			begin = time.Now()
			timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
			defer timer.Stop()
		case opened:
			_ = c.Process.Kill()
		}
	}
	ended(t, c)
	return time.Since(begin)
}

func mustWriter(t *testing.T, place string) db.Config {
	t.Helper()
	c, err := writerConfig(place)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// made opens the database, writes to it, and gives its version and its tables.
func made(t *testing.T, place string) (version int64, tables string) {
	t.Helper()
	c := mustWriter(t, place)
	d, err := db.Open(t.Context(), c)
	if err == nil {
		tables, err = d.Tables()
		err = errors.Join(err, writeTown(t.Context(), d, 5000), d.Close())
	}
	if err == nil {
		version, err = db.VersionAt(t.Context(), c)
	}
	if err != nil {
		t.Fatal(err)
	}
	return version, tables
}
