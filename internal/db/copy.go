package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/journal"
	"maatje/internal/vault"
)

// A copy is all tables of one moment, the same bytes whichever engine kept them: each table's shape, its rows in the order
// of their keys, and a sum of both. docs/decisions/006-backup.md says why it is not the database's own file.

// copyFormat is the first line of a copy.
const copyFormat = "maatje copy 1\n"

// Sum is how many rows a table has, and the hash of its shape and all of its rows in the order of their keys.
type Sum struct {
	Rows int64  `json:"rows"`
	Hash string `json:"sha256"`
}

// Sums are the sums of all tables, by name.
type Sums map[string]Sum

// copyHead says which schema the tables have.
type copyHead struct {
	Version int64  `json:"version"`
	At      string `json:"at"`
}

// What comes next in a copy.
const (
	nextTable = 'T' // the table's shape, a line of JSON
	nextRow   = 'R' // a row's values
	nextSum   = 'S' // the table's sum, a line of JSON
	nextEnd   = 'Z'
)

// Copy writes all tables as they were at one moment, while others go on reading and writing. That it was made stands in
// the log.
func (d *DB) Copy(ctx context.Context, a authz.Actor, w io.Writer) (Sums, error) {
	if a.IsZero() {
		return nil, errNoActor
	}
	now := d.clock()
	sums, err := d.engine.copy(ctx, w, now.String())
	if err != nil {
		return nil, err
	}
	return sums, d.writer.write(ctx, []journal.Record{{At: now.String(), Account: a.Account().Int64(), Actor: a.Label(),
		Action: "export", What: "backup.copy", Route: a.Origin().Route, Address: a.Origin().Address, Outcome: "done"}})
}

// ExportKeys gives every key in the clear, for a backup of the keys.
func (d *DB) ExportKeys(ctx context.Context) (vault.Bundle, error) { return d.vault.Export(ctx) }

func (e *engine) copy(ctx context.Context, w io.Writer, at string) (Sums, error) {
	s, err := e.read.BeginTx(ctx, e.snapshot())
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Rollback() }()
	head := copyHead{At: at}
	if err := s.QueryRowContext(ctx, `SELECT MAX(version_id) FROM `+e.versions).Scan(&head.Version); err != nil {
		return nil, err
	}
	tables, err := e.shapes(ctx, s)
	if err != nil {
		return nil, err
	}
	out := &copyWriter{to: w, sums: Sums{}}
	out.text(copyFormat)
	out.line(head)
	for _, t := range tables {
		if err := out.table(ctx, s, t); err != nil {
			return nil, fmt.Errorf("copy of %s: %w", t.Name, err)
		}
	}
	out.text(string(nextEnd))
	return out.sums, out.failed
}

func (e *engine) snapshot() *sql.TxOptions {
	if e.kind == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return &sql.TxOptions{ReadOnly: true}
}

// copyWriter writes a copy. After a first failure it does nothing any more.
type copyWriter struct {
	to     io.Writer
	sums   Sums
	sum    hash.Hash
	row    []byte
	failed error
}

func (w *copyWriter) write(b []byte) {
	if w.failed == nil {
		_, w.failed = w.to.Write(b)
	}
}

func (w *copyWriter) text(s string) { w.write([]byte(s)) }

func (w *copyWriter) line(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		w.failed = err
	}
	b = append(b, '\n')
	w.write(b)
	return b
}

func (w *copyWriter) table(ctx context.Context, s *sql.Tx, t shape) error {
	w.text(string(nextTable))
	w.sum = sha256.New()
	w.sum.Write(w.line(t))
	rows, err := s.QueryContext(ctx, `SELECT `+t.columns()+` FROM `+t.Name+` ORDER BY `+t.order())
	if err != nil {
		return err
	}
	defer rows.Close()
	values, n := t.values(), int64(0)
	for rows.Next() && w.failed == nil {
		if err := rows.Scan(values.dest()...); err != nil {
			return err
		}
		w.row = values.append(append(w.row[:0], nextRow))
		w.sum.Write(w.row)
		w.write(w.row)
		n++
	}
	if err := rows.Err(); err != nil || w.failed != nil {
		return cmpErr(err, w.failed)
	}
	sum := Sum{n, hex.EncodeToString(w.sum.Sum(nil))}
	w.sums[t.Name] = sum
	w.text(string(nextSum))
	w.line(sum)
	return w.failed
}

func cmpErr(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// shape is a table as a copy describes it.
type shape struct {
	Name    string   `json:"table"`
	Columns []shapeColumn `json:"columns"`
	Key     []string `json:"key"`
}

// shapeColumn has one of five kinds: text, integer, number, boolean, bytes.
type shapeColumn struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

func (s shape) columns() string {
	names := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// order is that of the key; a table without one is in the order of everything.
func (s shape) order() string {
	if len(s.Key) == 0 {
		return s.columns()
	}
	return strings.Join(s.Key, ", ")
}
