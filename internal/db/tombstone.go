package db

import (
	"context"

	"maatje/internal/vault"
)

// Tombstone is what is left of what was erased.
type Tombstone = vault.Tombstone

// BuryKeys erases the keys of what was erased, and keeps the tombstones beside the keys, where an older copy of the data does
// not take them away. Doing it twice is harmless.
func (d *DB) BuryKeys(ctx context.Context, all []Tombstone) error {
	return keyStore{d.keys}.bury(ctx, all)
}

const (
	putTombstone = `INSERT INTO tombstone (id, kind, at, reason) VALUES (:id, :kind, :at, :reason) ON CONFLICT (id) DO NOTHING`
	eraseBuried  = `DELETE FROM owner_key WHERE owner IN (SELECT id FROM tombstone)`
)

func (k keyStore) bury(ctx context.Context, all []Tombstone) error {
	s, err := k.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = s.Rollback() }()
	for _, b := range all {
		if _, err := s.ExecContext(ctx, k.text(putTombstone), b.ID, b.Kind, b.At, b.Reason); err != nil {
			return err
		}
	}
	if _, err := s.ExecContext(ctx, eraseBuried); err != nil {
		return err
	}
	return s.Commit()
}

// Buried lists the tombstones that lie beside the keys.
func (d *DB) Buried(ctx context.Context) ([]Tombstone, error) { return keyStore{d.keys}.buried(ctx) }

func (k keyStore) buried(ctx context.Context) (all []Tombstone, err error) {
	rows, err := k.read.QueryContext(ctx, `SELECT id, kind, at, reason FROM tombstone ORDER BY at, id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b Tombstone
		if err := rows.Scan(&b.ID, &b.Kind, &b.At, &b.Reason); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// Settle leaves nothing of erased rows in files of ours: what a page held is overwritten when its rows go (secure_delete), and
// the write-ahead logs, which hold pages as they were, are emptied. A reader who is busy keeps its pages a little longer;
// the next time empties those. PostgreSQL's files are the server's own.
func (d *DB) Settle(ctx context.Context) error {
	for _, e := range []*engine{d.engine, d.keys} {
		if e.kind != SQLite {
			continue
		}
		var busy, log, moved int
		if err := e.write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &moved); err != nil {
			return err
		}
	}
	return nil
}
