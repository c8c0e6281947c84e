package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/vfs"

	"maatje/internal/db/kept"
)

const (
	busyTimeout = 10 * time.Second // how long a connection waits for another one's lock
	busyPause   = 10 * time.Millisecond
	cacheKiB    = 8 << 10 // pages each connection keeps in memory, see docs/performance.md
	// spareBytes at the end of every page keep the pages clear of the cipher block that a page in the write-ahead log
	// shares with what is written after it; see docs/decisions/003-encrypted-sqlite.md.
	spareBytes = 16
)

// opened counts, so that every opened file has a file system, and with it a key, of its own.
var opened atomic.Int64

func openSQLite(ctx context.Context, path string, o Options) (*engine, error) {
	c, err := newFileCipher(o.FileKey)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	if err := checkFile(path, c); err != nil {
		return nil, err
	}
	disk := o.Disk
	if disk == nil {
		disk = vfs.Find("")
	}
	return openFiles(ctx, path, cipherVFS{diskVFS{disk}, c, new(pageMemory)}, o)
}

// openFiles opens the database at path on files of the given kind. The key is in them, not in an address or in SQL.
func openFiles(ctx context.Context, path string, files vfs.VFS, o Options) (*engine, error) {
	name := fmt.Sprintf("maatje-%d", opened.Add(1))
	vfs.Register(name, files)
	e := &engine{kind: SQLite} // the files stay registered: a connection in use closes after the pool, and still needs them
	if err := e.openPools(path, name, o); err != nil {
		return nil, err
	}
	if err := errors.Join(e.write.PingContext(ctx), e.read.PingContext(ctx)); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

func (e *engine) openPools(path, files string, o Options) (err error) {
	if e.write, err = pool(path, prepareWriter, url.Values{"vfs": {files}, "_txlock": {"immediate"}}); err != nil {
		return err
	}
	if e.read, err = pool(path, prepareReader, url.Values{"vfs": {files}, "_pragma": {"query_only(1)"}}); err != nil {
		return err
	}
	keep(e.write, 1)
	keep(e.read, cmpOr(o.Readers, defaultReaders()))
	return nil
}

func pool(path string, ready func(*sqlite3.Conn) error, how url.Values) (*sql.DB, error) {
	how.Set("_timefmt", "sqlite") // any but the default: that takes texts that look like an instant for a time.Time
	at := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: how.Encode()}
	c, err := (&driver.SQLite{}).OpenConnector(at.String())
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(kept.Connector{Connector: c, Ready: ready}), nil
}

// defaultReaders measured best, see docs/performance.md: more of them gain nothing and each costs a cache.
func defaultReaders() int { return min(8, 2*runtime.GOMAXPROCS(0)) }

func cmpOr(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// keep makes a pool of n connections that stay open, with their prepared statements and their cached pages.
func keep(pool *sql.DB, n int) {
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
}

// prepareWriter readies the one connection that writes. On a new file it also lays down the format.
func prepareWriter(c *sqlite3.Conn) error {
	if err := prepareBoth(c); err != nil {
		return err
	}
	if _, err := c.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES, spareBytes); err != nil {
		return err
	}
	if err := useLog(c); err != nil {
		return err
	}
	return c.Exec(pragmas)
}

// prepareBoth has the connection wait for locks, and plan a statement once. SQLite otherwise looks at the arguments, and
// prepares every statement with a LIMIT again whenever one is given.
func prepareBoth(c *sqlite3.Conn) error {
	if err := c.BusyTimeout(busyTimeout); err != nil {
		return err
	}
	_, err := c.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true)
	return err
}

// useLog puts the file in WAL mode, in which readers and the writer do not wait for each other. Of several processes that
// do so to a new file at once, SQLite lets all but one fail without waiting, so they wait here.
func useLog(c *sqlite3.Conn) error {
	mode, err := journalMode(c)
	for waited := time.Duration(0); errors.Is(err, sqlite3.BUSY) && waited < busyTimeout; waited += busyPause {
		time.Sleep(busyPause)
		mode, err = journalMode(c)
	}
	if err == nil && mode != "wal" {
		err = errors.New("this file system has no shared memory for a write-ahead log")
	}
	return err
}

func journalMode(c *sqlite3.Conn) (string, error) {
	s, _, err := c.Prepare(`PRAGMA journal_mode = WAL`)
	if err != nil {
		return "", err
	}
	s.Step()
	mode := s.ColumnText(0)
	return mode, s.Close()
}

// prepareReader readies a connection that the driver was told to open for reading alone (query_only).
func prepareReader(c *sqlite3.Conn) error {
	if err := prepareBoth(c); err != nil {
		return err
	}
	return c.Exec(pragmas)
}

// pragmas hold for every connection. case_sensitive_like makes LIKE mean what it means in PostgreSQL; a log that grew
// during an import shrinks again; what was erased is overwritten in its page (PRV-3).
var pragmas = fmt.Sprintf(`
	PRAGMA synchronous = FULL;
	PRAGMA foreign_keys = ON;
	PRAGMA secure_delete = ON;
	PRAGMA temp_store = MEMORY;
	PRAGMA trusted_schema = OFF;
	PRAGMA case_sensitive_like = ON;
	PRAGMA mmap_size = 0;
	PRAGMA journal_size_limit = 67108864;
	PRAGMA cache_size = -%d`, cacheKiB)

// checkFile makes sure, before SQLite touches anything, that the file at path is new or opens with the key. SQLite
// itself would find out too late: with a wrong key it takes a write-ahead log full of work for an empty one, and
// deletes it.
func checkFile(path string, c fileCipher) error {
	head, err := readHead(path)
	switch {
	case len(head) == cipherBlock:
		if c.decrypt(head, 0); string(head[:16]) != "SQLite format 3\x00" {
			return ErrKey
		}
		return nil
	case len(head) > 0:
		return ErrKey
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return fmt.Errorf("the file is empty or gone while %s-wal still holds work: put the file back beside it", filepath.Base(path))
	}
	return createFile(path)
}

// readHead reads the first block, or as much of it as there is. The file must be open to writing too.
func readHead(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, cipherBlock))
	return head, err
}

// createFile makes the empty file, for its owner alone, and sees to it that the name survives a power loss.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), syncDir(filepath.Dir(path)))
}

// syncDir makes names in a folder durable. Windows does so by itself, and refuses to be asked.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
