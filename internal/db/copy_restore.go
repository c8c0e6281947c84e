package db

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"strings"

	"maatje/internal/vault"
)

// Restore fills an empty place from a copy and the keys that belong to it. The keys are wrapped under the place's own
// master key. The schema is first made as it was when the copy was made, and brought up to date at the end.
func Restore(ctx context.Context, c Config, from io.Reader, keys vault.Bundle) (sums Sums, err error) {
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

func (e *engine) fill(ctx context.Context, from io.Reader) (Sums, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	r := &copyReader{from: bufio.NewReaderSize(from, 1<<16), sums: Sums{}}
	head, err := r.head()
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
	if err == nil && !maps.Equal(now, r.sums) {
		err = errors.New("what was written does not read back as it was in the backup")
	}
	if err != nil {
		return nil, err
	}
	return now, e.migrate(ctx, files, "schema_version")
}

// ReadCopy reads a copy to its end and gives the sums of what it holds. A copy that contradicts its own sums is refused.
func ReadCopy(from io.Reader) (Sums, error) {
	r := &copyReader{from: bufio.NewReaderSize(from, 1<<16), sums: Sums{}}
	if _, err := r.head(); err != nil {
		return nil, err
	}
	return r.sums, r.each(func(shape) (func(rowValues) error, error) {
		return func(rowValues) error { return nil }, nil
	})
}

// copyReader reads what copyWriter wrote.
type copyReader struct {
	from *bufio.Reader
	sums Sums
}

func (r *copyReader) head() (h copyHead, err error) {
	first := make([]byte, len(copyFormat))
	if _, err := io.ReadFull(r.from, first); err != nil {
		return h, err
	}
	if string(first) != copyFormat {
		return h, errCopy
	}
	_, err = r.line(&h)
	return h, err
}

func (r *copyReader) line(v any) ([]byte, error) {
	b, err := r.from.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	return b, err
}

// each reads the tables one after the other. begin gives what is done with each row.
func (r *copyReader) each(begin func(shape) (func(rowValues) error, error)) error {
	for {
		next, err := r.from.ReadByte()
		switch {
		case err != nil:
			return err
		case next == nextEnd:
			return nil
		case next != nextTable:
			return errCopy
		}
		var t shape
		b, err := r.line(&t)
		if err != nil {
			return err
		}
		do, err := begin(t)
		if err == nil {
			err = r.rows(t, b, do)
		}
		if err != nil {
			return fmt.Errorf("copy of %s: %w", t.Name, err)
		}
	}
}

func (r *copyReader) rows(t shape, head []byte, do func(rowValues) error) error {
	hash := sha256.New()
	hash.Write(head)
	values, again := t.values(), []byte(nil)
	for n := int64(0); ; n++ {
		next, err := r.from.ReadByte()
		if err != nil {
			return err
		}
		if next != nextRow {
			return r.sum(t, next, Sum{n, hex.EncodeToString(hash.Sum(nil))})
		}
		if err := values.read(r.from); err != nil {
			return err
		}
		again = values.append(append(again[:0], nextRow))
		hash.Write(again)
		if err := do(values); err != nil {
			return err
		}
	}
}

func (r *copyReader) sum(t shape, next byte, got Sum) error {
	if next != nextSum {
		return errCopy
	}
	var want Sum
	if _, err := r.line(&want); err != nil {
		return err
	}
	if got != want {
		return errors.New("the rows are not those that were written")
	}
	r.sums[t.Name] = got
	return nil
}

// load puts a copy's rows in the place of those that the migrations made. Rows point to rows that come later, so the
// foreign keys are looked at when all are there.
func (e *engine) load(ctx context.Context, r *copyReader) error {
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
		known[t.Name] = t.described()
		if _, err := s.ExecContext(ctx, `DELETE FROM `+t.Name); err != nil {
			return err
		}
	}
	err = r.each(func(t shape) (func(rowValues) error, error) {
		if known[t.Name] != t.described() { // names come from the file: only those that the schema has go into a text
			return nil, errCopy
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

func (s shape) described() string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts alone
	}
	return string(bytes.TrimSpace(b))
}

func inserter(ctx context.Context, s *sql.Tx, kind Kind, t shape) (func(rowValues) error, error) {
	var marks []string
	for _, c := range t.Columns {
		marks = append(marks, ":"+c.Name)
	}
	text := number(`INSERT INTO `+t.Name+` (`+t.columns()+`) VALUES (`+strings.Join(marks, ", ")+`)`, kind).sql
	return func(v rowValues) error {
		_, err := s.ExecContext(ctx, text, v.args()...)
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
