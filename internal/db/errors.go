package db

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"

	"maatje/internal/core"
)

func splitList(s string) []string { return strings.Split(s, ", ") }

// collided says that PostgreSQL could not line two transactions up, and that running one again will do.
func collided(err error) bool {
	p, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (p.Code == "40001" || p.Code == "40P01")
}

// IsDuplicate says that a row with this key is there already.
func IsDuplicate(err error) bool {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == "23505"
	}
	return errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY) || errors.Is(err, sqlite3.CONSTRAINT_ROWID)
}

// isStranger says that a row would have pointed to something that is not there, or is another family's: the foreign keys
// hold a family's rows together.
func isStranger(err error) bool {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == "23503"
	}
	return errors.Is(err, sqlite3.CONSTRAINT_FOREIGNKEY)
}

// isFull says that the disk has no room.
func isFull(err error) bool {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == "53100"
	}
	return errors.Is(err, sqlite3.FULL)
}

// isStorage says that the disk took nothing: it is full, it fails, or the server takes no changes.
func isStorage(err error) bool {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return p.Code == "53100" || p.Code == "58030" || p.Code == "25006"
	}
	return errors.Is(err, sqlite3.FULL) || errors.Is(err, sqlite3.IOERR) || errors.Is(err, sqlite3.READONLY)
}

// translate gives a person a sentence where there is one.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case collided(err), errors.Is(err, sqlite3.BUSY):
		return core.Busy("busy", err)
	case isStorage(err):
		return core.Busy("storage", err)
	case isStranger(err):
		f := core.NotFound()
		f.Cause = err
		return f
	}
	return err
}
