package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryConnectionIsCarefulWithData(t *testing.T) {
	e := openFor(t, filepath.Join(t.TempDir(), "maatje.db"), Options{Readers: 3})
	for name, pool := range map[string]*sql.DB{"write": e.write, "read": e.read} {
		for i, c := range allConnections(t, pool) {
			for pragma, want := range map[string]string{
				"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000", "trusted_schema": "0",
				"temp_store": "2", "query_only": map[string]string{"write": "0", "read": "1"}[name],
			} {
				var got string
				if err := c.QueryRowContext(context.Background(), `PRAGMA `+pragma).Scan(&got); err != nil || got != want {
					t.Errorf("%s connection %d: %s is %s %v, want %s", name, i, pragma, got, err, want)
				}
			}
		}
	}
}

func TestAReaderCannotWrite(t *testing.T) {
	e := openFor(t, filepath.Join(t.TempDir(), "maatje.db"), Options{})
	if _, err := e.read.Exec(`CREATE TABLE t (id BIGINT)`); err == nil {
		t.Error("a reader can write")
	}
}

// allConnections holds every connection of a pool at once, so that each is seen.
func allConnections(t *testing.T, pool *sql.DB) (all []*sql.Conn) {
	t.Helper()
	for range pool.Stats().MaxOpenConnections {
		c, err := pool.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		all = append(all, c)
	}
	return all
}

// A second transaction waits for the first instead of failing half-way, because each begins by taking the lock.
func TestTransactionsOfTwoProcessesDoNotFailEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maatje.db")
	e, f := openFor(t, path, Options{}), openFor(t, path, Options{})
	mustExec(t, e.write, `CREATE TABLE tally (n BIGINT)`)
	mustExec(t, e.write, `INSERT INTO tally VALUES (0)`)
	done := make(chan error)
	for _, each := range []*engine{e, f} {
		go func() {
			for range 50 {
				if err := addOne(each); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	if got := column(t, e, `SELECT n FROM tally`); got != "100" {
		t.Errorf("tally %s", got)
	}
}

func addOne(e *engine) error {
	tx, err := e.write.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var n int
	if err := tx.QueryRow(`SELECT n FROM tally`).Scan(&n); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE tally SET n = ?1`, n+1); err != nil {
		return err
	}
	return tx.Commit()
}

func TestNothingReadableStandsOnDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maatje.db")
	e := openFor(t, path, Options{})
	mustExec(t, e.write, `CREATE TABLE person (name TEXT)`)
	mustExec(t, e.write, `INSERT INTO person VALUES ('grootmoeder')`)
	for _, name := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("maatje.db%s: %v %v, want only its owner", name, info.Mode(), err)
		}
		text, err := os.ReadFile(path + name)
		if err != nil || bytes.Contains(text, []byte("grootmoeder")) || bytes.Contains(text, []byte("SQLite format")) {
			t.Errorf("maatje.db%s is readable on disk %v", name, err)
		}
	}
}

func TestALogHasTheModeOfItsDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maatje.db")
	if err := os.WriteFile(path, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	e := openFor(t, path, Options{})
	mustExec(t, e.write, `CREATE TABLE t (id BIGINT)`)
	if info, err := os.Stat(path + "-wal"); err != nil || info.Mode().Perm() != 0o640 {
		t.Error(info.Mode(), err)
	}
}

// crashed leaves a database as a killed process does: the last work stands only in the write-ahead log.
func crashed(t *testing.T) (path string) {
	t.Helper()
	lived, path := filepath.Join(t.TempDir(), "lived.db"), filepath.Join(t.TempDir(), "maatje.db")
	e := openFor(t, lived, Options{})
	mustExec(t, e.write, `CREATE TABLE t (id BIGINT)`)
	mustExec(t, e.write, `INSERT INTO t VALUES (42)`)
	for _, suffix := range []string{"", "-wal"} {
		copyFile(t, lived+suffix, path+suffix)
	}
	return path
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func folderContent(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(folder, f.Name()))
		fmt.Fprintf(&all, "%s %x %v\n", f.Name(), b, err)
	}
	return all.String()
}

func TestAWrongKeyChangesNothing(t *testing.T) {
	wrong := bytes.Clone(testKey)
	wrong[63] ^= 1
	swapped := append(bytes.Clone(testKey[32:]), testKey[:32]...)
	path := crashed(t)
	before := folderContent(t, filepath.Dir(path))
	for name, key := range map[string][]byte{"wrong": wrong, "swapped": swapped, "empty": {}, "short": testKey[:32]} {
		e, err := openEngine(context.Background(), path, Options{FileKey: key})
		if err == nil {
			e.Close()
			t.Fatalf("%s key opens", name)
		}
		if errors.Is(err, ErrKey) != (len(key) == FileKeySize) || strings.Contains(err.Error(), string(testKey[:8])) {
			t.Errorf("%s key: %v", name, err)
		}
	}
	if folderContent(t, filepath.Dir(path)) != before {
		t.Error("a wrong key changed something")
	}
	if got := column(t, openFor(t, path, Options{}), `SELECT id FROM t`); got != "42" {
		t.Errorf("the right key reads %q", got)
	}
}

func TestAFileThatIsNotOursIsLeftAlone(t *testing.T) {
	for name, content := range map[string]string{
		"short": "a letter", "plain SQLite": "SQLite format 3\x00" + strings.Repeat("\x00", 4080), "noise": string(randomBytes(10_000)),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "maatje.db")
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
			before := folderContent(t, filepath.Dir(path))
			if e, err := openEngine(context.Background(), path, Options{FileKey: testKey}); !errors.Is(err, ErrKey) {
				t.Errorf("opens as %v: %v", e, err)
			}
			if folderContent(t, filepath.Dir(path)) != before {
				t.Error("the file was changed")
			}
		})
	}
}

// SQLite deletes the log of a file that is empty or gone, and with it what was not yet in the file.
func TestALogWithoutItsFileIsKept(t *testing.T) {
	for name, take := range map[string]func(string) error{
		"gone": os.Remove, "empty": func(p string) error { return os.Truncate(p, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			path := crashed(t)
			if err := take(path); err != nil {
				t.Fatal(err)
			}
			before := folderContent(t, filepath.Dir(path))
			if e, err := openEngine(context.Background(), path, Options{FileKey: testKey}); err == nil {
				e.Close()
				t.Error("opens")
			}
			if folderContent(t, filepath.Dir(path)) != before {
				t.Error("something was changed")
			}
		})
	}
}

func TestPathsWithOddCharacters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "map % 100?", "één #1 & co=x.db")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	mustExec(t, openFor(t, path, Options{}).write, `CREATE TABLE t (id BIGINT)`)
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Error(info, err)
	}
}
