package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3/vfs"
)

// Kind says which engine keeps the data.
type Kind int

const (
	SQLite   Kind = iota + 1 // one encrypted file, in this process
	Postgres                 // a PostgreSQL server, 15 or later
)

func (k Kind) String() string {
	switch k {
	case SQLite:
		return "sqlite"
	case Postgres:
		return "postgres"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// Options are what an address alone cannot say.
type Options struct {
	// FileKey encrypts a database file: FileKeySize random bytes. PostgreSQL does not use it.
	FileKey []byte
	// Readers is how many connections read at once; with PostgreSQL, how many connections there are in all.
	// 0 takes the number that measured best (docs/performance.md).
	Readers int
	// Disk are the files that a database file stands on; nil is the operating system's.
	Disk vfs.VFS
}

var (
	// ErrKey means that the file is not a database under the given key: another key, or not one of our files.
	ErrKey = errors.New("the key does not open this file: it belongs to another key, or the file is not a Maatje database")
	// ErrNewer means that a later version of the program has already migrated the database.
	ErrNewer = errors.New("the database was made by a newer version of Maatje: install that version or a later one")
)

// engine is an opened database. Reads and writes go through different pools.
type engine struct {
	kind     Kind
	read     *sql.DB // SQLite: several connections that cannot write. PostgreSQL: the same pool as write.
	write    *sql.DB // SQLite: exactly one connection, whose transactions begin IMMEDIATE.
	head     *sql.DB // PostgreSQL: one connection that reads the end of the log (chain.go).
	versions string  // the table that migrate keeps versions in
}

// openEngine opens the database at addr, which is a file path or a postgres:// address. A file that does not exist is
// made, mode 0600. Nothing is migrated yet.
func openEngine(ctx context.Context, addr string, o Options) (*engine, error) {
	switch {
	case isPostgres(addr):
		return openPostgres(ctx, addr, o)
	case addr == "":
		return nil, errors.New("no database was named: give a file, or a postgres:// address")
	case strings.HasPrefix(addr, ":"):
		return nil, fmt.Errorf("%s is not offered: it would be lost with the process and cannot be encrypted at rest; "+
			"give a file, or a postgres:// address", addr)
	case strings.HasPrefix(addr, "file:"), strings.Contains(addr, "://"):
		scheme, _, _ := strings.Cut(addr, ":")
		return nil, fmt.Errorf("%s: is not an address that Maatje knows: give a plain file name, or postgres://", scheme)
	}
	return openSQLite(ctx, addr, o)
}

func isPostgres(addr string) bool {
	return strings.HasPrefix(addr, "postgres://") || strings.HasPrefix(addr, "postgresql://")
}

// Close closes readers first, so that the writer is the last connection and empties the write-ahead log.
func (e *engine) Close() error {
	err := e.read.Close()
	if e.write != e.read {
		err = errors.Join(err, e.write.Close())
	}
	if e.head != nil {
		err = errors.Join(err, e.head.Close())
	}
	return err
}
