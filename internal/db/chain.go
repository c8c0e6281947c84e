package db

import (
	"context"
	"database/sql"
	"errors"

	"maatje/internal/journal"
)

// The log is one line, also when several processes write it. On SQLite the one write lock of the file is held already. On
// PostgreSQL a lock of our own is taken as the last thing before the commit, and the end of the line is read over another
// connection: a transaction sees the data as it was when it began, the line must go on from what is last now
// (docs/decisions/007-the-log.md).
const (
	lockLog = `SELECT set_config('idle_in_transaction_session_timeout', '10s', TRUE),
		pg_advisory_xact_lock(hashtextextended(current_schema() || '.log_entry', 0))`
	logHead     = `SELECT seq, hash FROM log_entry ORDER BY seq DESC LIMIT 1`
	insertEntry = `INSERT INTO log_entry (seq, version, at, account_id, actor, behalf_of, action, what, dossier_id, row_id, route,
		address, device, rule, outcome, hash, seal) VALUES (:seq, :version, :at, :account, :by, :behalf, :action, :what, :dossier, :row,
		:route, :address, :device, :rule, :outcome, :hash, :seal)`
	logEntries = `SELECT seq, version, at, account_id, actor, behalf_of, action, what, dossier_id, row_id, route, address, device, rule,
		outcome, hash, seal FROM log_entry WHERE seq > :after ORDER BY seq LIMIT :limit`
)

var entryText = map[Kind]string{SQLite: number(insertEntry, SQLite).sql, Postgres: number(insertEntry, Postgres).sql}

// record appends entries to the log within an open transaction, as the last thing that it does.
func (d *DB) record(t *Tx, records []journal.Record) error {
	if len(records) == 0 {
		return nil
	}
	head, err := d.logHead(t)
	if err != nil {
		return err
	}
	text := entryText[d.engine.kind]
	for _, r := range records {
		e := d.logKeys.Append(head, r)
		if _, err := t.exec(text, values(e)); err != nil {
			return err
		}
		head = e.Head()
	}
	return nil
}

// logHead is the end of the line, which nobody else moves until this transaction ends.
func (d *DB) logHead(t *Tx) (journal.Head, error) {
	if d.engine.kind == SQLite {
		return scanHead(t.sql.QueryRowContext(t.ctx, logHead))
	}
	if _, err := t.exec(lockLog, nil); err != nil {
		return journal.Head{}, err
	}
	return scanHead(d.engine.head.QueryRowContext(t.ctx, logHead))
}

func scanHead(row *sql.Row) (h journal.Head, err error) {
	var hash []byte
	if err := row.Scan(&h.Seq, &hash); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return h, err
	}
	copy(h.Hash[:], hash)
	return h, nil
}

func values(e journal.Entry) []any {
	return []any{
		e.Seq, e.Version, e.At, e.Account, e.Actor, e.BehalfOf, e.Action, e.What, e.Dossier, e.Row, e.Route, e.Address, e.Device,
		e.Rule, e.Outcome, e.Hash, e.Seal,
	}
}

func addresses(e *journal.Entry) []any {
	return []any{
		&e.Seq, &e.Version, &e.At, &e.Account, &e.Actor, &e.BehalfOf, &e.Action, &e.What, &e.Dossier, &e.Row, &e.Route, &e.Address,
		&e.Device, &e.Rule, &e.Outcome, &e.Hash, &e.Seal,
	}
}

// LogKeys are the keys of this installation's log.
func (d *DB) LogKeys() journal.Keys { return d.logKeys }

const walkBatch = 2000

// WalkLog gives the log's entries after seq, in order, to the end that it has when the walk gets there. It reads in short
// transactions, so that it holds up nobody, and leaves no entry: nobody sees what an entry says.
func (d *DB) WalkLog(ctx context.Context, after int64, each func(journal.Entry) error) error {
	for {
		batch, err := d.logBatch(ctx, after)
		if err != nil {
			return err
		}
		for _, e := range batch {
			if err := each(e); err != nil {
				return err
			}
			after = e.Seq
		}
		if len(batch) < walkBatch {
			return nil
		}
	}
}

func (d *DB) logBatch(ctx context.Context, after int64) ([]journal.Entry, error) {
	rows, err := d.engine.read.QueryContext(ctx, number(logEntries, d.engine.kind).sql, after, walkBatch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]journal.Entry, 0, walkBatch)
	for rows.Next() {
		var e journal.Entry
		if err := rows.Scan(addresses(&e)...); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}
