package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"strings"

	"maatje/internal/db/copied"
	"maatje/internal/vault"
)

// Restore fills an empty place from a copy and the keys that belong to it. The keys are wrapped under the place's own
// master key. The schema is first made as it was when the copy was made, and brought up to date at the end.
func Restore(ctx context.Context, c Config, from io.Reader, keys vault.Bundle) (sums copied.Sums, err error) {
	store, err := openKeys(ctx, c)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	wrapped, err := keys.Moved().Wrap(c.Master)
	if err != nil {
		return nil, err
	}
	if err := (keyStore{store}).PutAll(ctx, wrapped); err != nil {
		return nil, err
	}
	if err := (keyStore{store}).bury(ctx, keys.Tombstones); err != nil {
		return nil, err
	}
	v, err := openVault(ctx, c, store)
	if err != nil {
		return nil, err
	}
	key, err := v.FileKey(ctx)
	if err != nil {
		return nil, err
	}
	e, err := openEngine(ctx, c.Addr, Options{FileKey: key, Readers: c.Readers})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown(c.Addr), err)
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	return e.fill(ctx, from)
}

func (e *engine) fill(ctx context.Context, from io.Reader) (copied.Sums, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	r := copied.NewReader(from)
	head, err := r.Head()
	if err != nil {
		return nil, err
	}
	if err := e.migrateTo(ctx, files, "schema_version", head.Version); err != nil {
		return nil, err
	}
	if err := e.load(ctx, r); err != nil {
		return nil, err
	}
	now, err := e.copy(ctx, io.Discard, "")
	if err == nil && !maps.Equal(now, r.Sums()) {
		err = errors.New("what was written does not read back as it was in the backup")
	}
	if err != nil {
		return nil, err
	}
	return now, e.migrate(ctx, files, "schema_version")
}

// load puts a copy's rows in the place of those that the migrations made. Rows point to rows that come later, so the
// foreign keys are looked at when all are there.
func (e *engine) load(ctx context.Context, r *copied.Reader) error {
	s, err := e.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Rollback() }()
	strict, err := e.later(ctx, s)
	if err != nil {
		return err
	}
	here, err := e.shapes(ctx, s)
	if err != nil {
		return err
	}
	known := map[string]string{}
	for _, t := range here {
		known[t.Name] = t.String()
		if _, err := s.ExecContext(ctx, `DELETE FROM `+t.Name); err != nil {
			return err
		}
	}
	err = r.Each(func(t copied.Shape) (func(copied.Row) error, error) {
		if known[t.Name] != t.String() { // names come from the file: only those that the schema has go into a text
			return nil, copied.ErrFormat
		}
		return inserter(ctx, s, e.kind, t)
	})
	if err != nil {
		return err
	}
	if err := strict(); err != nil {
		return err
	}
	return s.Commit()
}

func inserter(ctx context.Context, s *sql.Tx, kind Kind, t copied.Shape) (func(copied.Row) error, error) {
	var marks []string
	for _, c := range t.Columns {
		marks = append(marks, ":"+c.Name)
	}
	text := number(`INSERT INTO `+t.Name+` (`+t.Names()+`) VALUES (`+strings.Join(marks, ", ")+`)`, kind).sql
	return func(v copied.Row) error {
		_, err := s.ExecContext(ctx, text, v.Args()...)
		return err
	}, nil
}

const foreignKeys = `SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
	WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND NOT condeferrable`

// later has the foreign keys looked at when strict is called.
func (e *engine) later(ctx context.Context, s *sql.Tx) (strict func() error, err error) {
	if e.kind == SQLite {
		_, err := s.ExecContext(ctx, `PRAGMA defer_foreign_keys = ON`) // until the commit
		return func() error { return nil }, err
	}
	rows, err := s.QueryContext(ctx, foreignKeys)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var alter []string
	for rows.Next() {
		var table, name string
		if err := rows.Scan(&table, &name); err != nil {
			return nil, err
		}
		alter = append(alter, `ALTER TABLE `+table+` ALTER CONSTRAINT `+name)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	each := func(how string) error {
		for _, text := range alter {
			if _, err := s.ExecContext(ctx, text+how); err != nil {
				return err
			}
		}
		return nil
	}
	strict = func() error {
		if _, err := s.ExecContext(ctx, `SET CONSTRAINTS ALL IMMEDIATE`); err != nil {
			return err
		}
		return each(` NOT DEFERRABLE`)
	}
	return strict, each(` DEFERRABLE INITIALLY DEFERRED`)
}
