// Package draft makes places beside a database's own, for what nobody may find half done: a file beside the one it becomes, or
// a schema beside the one it is moved into.
package draft

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"maatje/internal/db"
)

const (
	fileEnd = ".restoring"
	dataEnd = "_restoring"
	keysEnd = "_restoring_keys"
)

// Of is an empty place beside this one. What an earlier draft left there is removed.
func Of(ctx context.Context, c db.Config) (db.Config, error) {
	data, err := draftOf(ctx, c.Addr, dataEnd)
	if err != nil {
		return c, err
	}
	keys, err := draftOf(ctx, c.Keys, keysEnd)
	c.Addr, c.Keys = data, keys
	return c, err
}

// Discard removes a draft with all that is in it.
func Discard(ctx context.Context, draft db.Config) error {
	return errors.Join(discard(ctx, draft.Addr), discard(ctx, draft.Keys))
}

// Publish gives what the draft holds the names of a place: the data first, so that a start between the two says what is
// missing instead of making it anew.
func Publish(ctx context.Context, draft, place db.Config) error {
	if err := publish(ctx, draft.Addr, place.Addr); err != nil {
		return err
	}
	return publish(ctx, draft.Keys, place.Keys)
}

func draftOf(ctx context.Context, addr, end string) (string, error) {
	if !db.IsServer(addr) {
		return addr + fileEnd, discard(ctx, addr+fileEnd)
	}
	draft := ""
	err := asked(addr, func(s *sql.DB) error {
		var name string
		if err := s.QueryRowContext(ctx, `SELECT quote_ident(current_schema() || $1)`, end).Scan(&name); err != nil {
			return err
		}
		draft = withSchema(addr, name)
		if _, err := s.ExecContext(ctx, `DROP SCHEMA IF EXISTS `+name+` CASCADE`); err != nil {
			return err
		}
		return mayMake(s.ExecContext(ctx, `CREATE SCHEMA `+name))
	})
	return draft, err
}

func mayMake(_ sql.Result, err error) error {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok && p.Code == "42501" {
		return fmt.Errorf("a backup is put back in a schema of its own first, and this account of the database may not make one: "+
			"run GRANT CREATE ON DATABASE for it, and take it away afterwards if you like. Nothing was made or changed (%w)", err)
	}
	return err
}

func withSchema(addr, schema string) string {
	u, err := url.Parse(addr)
	if err != nil {
		return addr // pgx has read it
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func discard(ctx context.Context, draft string) (err error) {
	if db.IsServer(draft) {
		return asked(draft, func(s *sql.DB) error {
			name, err := draftSchema(ctx, s)
			if err == nil && name != "" {
				_, err = s.ExecContext(ctx, `DROP SCHEMA `+name+` CASCADE`)
			}
			return err
		})
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if failed := os.Remove(draft + end); !errors.Is(failed, os.ErrNotExist) {
			err = errors.Join(err, failed)
		}
	}
	return err
}

// draftSchema is the draft that an address leads to, or nothing: another schema is never taken for one.
func draftSchema(ctx context.Context, s *sql.DB) (quoted string, err error) {
	var name sql.NullString
	if err := s.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&name); err != nil {
		return "", err
	}
	if !strings.HasSuffix(name.String, dataEnd) && !strings.HasSuffix(name.String, keysEnd) {
		return "", nil
	}
	return pgx.Identifier{name.String}.Sanitize(), nil
}

// moves are the statements that bring all that lies in schema $1 to schema $2.
const moves = `SELECT format('ALTER TABLE %I.%I SET SCHEMA %I', $1::text, relname, $2::text) FROM pg_class
		WHERE relnamespace = $1::regnamespace AND relkind = 'r'
	UNION ALL SELECT format('ALTER FUNCTION %s SET SCHEMA %I', oid::regprocedure, $2::text) FROM pg_proc
		WHERE pronamespace = $1::regnamespace
	UNION ALL SELECT format('DROP SCHEMA %I', $1::text)`

func publish(ctx context.Context, draft, addr string) error {
	if !db.IsServer(draft) {
		return rename(draft, addr)
	}
	var into string
	err := asked(addr, func(s *sql.DB) error {
		return s.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&into)
	})
	if err != nil {
		return err
	}
	return asked(draft, func(s *sql.DB) error { return move(ctx, s, into) })
}

// rename also sees to it, where folders can be asked, that the name survives a power loss.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(to)); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}

// move does so in one transaction: all of it is there, or nothing.
func move(ctx context.Context, pool *sql.DB, into string) error {
	s, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Rollback() }()
	var from string
	if err := s.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&from); err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, moves, from, into)
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, text := range all {
		if _, err := s.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return s.Commit()
}

// asked asks a server something over a connection of its own.
func asked(addr string, f func(*sql.DB) error) error {
	config, err := pgx.ParseConfig(addr)
	if err != nil {
		return fmt.Errorf("the PostgreSQL address: %w", err)
	}
	pool := sql.OpenDB(stdlib.GetConnector(*config))
	pool.SetMaxOpenConns(1)
	if err := f(pool); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", db.Shown(addr), err), pool.Close())
	}
	return pool.Close()
}
