package db

import (
	"context"
	"database/sql"
	"fmt"
	"io"

	"maatje/internal/authz"
	"maatje/internal/db/copied"
	"maatje/internal/journal"
	"maatje/internal/vault"
)

// Copy writes all tables as they were at one moment, while others go on reading and writing. That it was made stands in
// the log.
func (d *DB) Copy(ctx context.Context, a authz.Actor, w io.Writer) (copied.Sums, error) {
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

// NoteRestored writes into the log that what stands before it came out of a backup.
func (d *DB) NoteRestored(ctx context.Context, a authz.Actor) error {
	return d.writer.write(ctx, []journal.Record{{At: d.clock().String(), Account: a.Account().Int64(), Actor: a.Label(),
		Action: "change", What: "backup.restore", Outcome: "done"}})
}

// ExportKeys gives every key in the clear, for a backup of the keys, and of whom keys were erased.
func (d *DB) ExportKeys(ctx context.Context) (vault.Bundle, error) {
	b, err := d.vault.Export(ctx)
	if err == nil {
		b.Tombstones, err = d.Buried(ctx)
	}
	return b, err
}

func (e *engine) copy(ctx context.Context, w io.Writer, at string) (copied.Sums, error) {
	s, err := e.read.BeginTx(ctx, e.snapshot())
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Rollback() }()
	head := copied.Head{At: at}
	if err := s.QueryRowContext(ctx, `SELECT MAX(version_id) FROM `+e.versions).Scan(&head.Version); err != nil {
		return nil, err
	}
	tables, err := e.shapes(ctx, s)
	if err != nil {
		return nil, err
	}
	out := copied.NewWriter(w, head)
	for _, t := range tables {
		if err := copyTable(ctx, s, t, out); err != nil {
			return nil, fmt.Errorf("copy of %s: %w", t.Name, err)
		}
	}
	return out.End()
}

func copyTable(ctx context.Context, s *sql.Tx, t copied.Shape, out *copied.Writer) error {
	rows, err := s.QueryContext(ctx, `SELECT `+t.Names()+` FROM `+t.Name+` ORDER BY `+t.Order())
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := out.Table(t, rows); err != nil {
		return err
	}
	return rows.Err()
}

func (e *engine) snapshot() *sql.TxOptions {
	if e.kind == Postgres {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return &sql.TxOptions{ReadOnly: true}
}
