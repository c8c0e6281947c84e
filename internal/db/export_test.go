package db

import (
	"context"
	"strings"
	"testing"
	"time"
)

// BreakLog takes the log's table away, as a full disk would, until the returned function puts it back.
func (d *DB) BreakLog(t *testing.T) (mend func()) {
	t.Helper()
	rename := func(from, to string) {
		t.Helper()
		if _, err := d.engine.write.ExecContext(context.Background(), `ALTER TABLE `+from+` RENAME TO `+to); err != nil {
			t.Fatal(err)
		}
	}
	rename("log_entry", "log_entry_gone")
	return func() { rename("log_entry_gone", "log_entry") }
}

// SetPatience shortens how long a transaction waits for its turn.
func (d *DB) SetPatience(p time.Duration) { d.patience = p }

// RunRaw runs a text as somebody would who has the database and not the program.
func (d *DB) RunRaw(text string) error {
	_, err := d.engine.write.ExecContext(context.Background(), text)
	return err
}

// VersionAt looks how far a file was migrated, and migrates nothing: 0 if not at all.
func VersionAt(ctx context.Context, c Config) (version int64, err error) {
	keys, err := openKeys(ctx, c)
	if err != nil {
		return 0, err
	}
	defer keys.Close()
	v, err := openVault(ctx, c, keys)
	if err != nil {
		return 0, err
	}
	key, err := v.FileKey(ctx)
	if err != nil {
		return 0, err
	}
	e, err := openEngine(ctx, c.Addr, Options{FileKey: key})
	if err != nil {
		return 0, err
	}
	defer e.Close()
	var tables int
	err = e.write.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'`).Scan(&tables)
	if err == nil && tables > 0 {
		err = e.write.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM schema_version`).Scan(&version)
	}
	return version, err
}

// Tables is how a file's tables, indexes and triggers were made.
func (d *DB) Tables() (string, error) {
	var all string
	err := d.engine.write.QueryRowContext(context.Background(),
		`SELECT GROUP_CONCAT(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name)`).Scan(&all)
	return all, err
}

// WithoutTriggers takes away what keeps the log from being changed by accident, as somebody would who means to.
func (d *DB) WithoutTriggers(t *testing.T) {
	t.Helper()
	texts := []string{`DROP TRIGGER log_entry_no_update`, `DROP TRIGGER log_entry_no_delete`}
	if d.engine.kind == Postgres {
		texts = []string{`ALTER TABLE log_entry DISABLE TRIGGER USER`}
		t.Cleanup(func() { // the next test gets the same database
			if err := d.RunRaw(`ALTER TABLE log_entry ENABLE TRIGGER USER`); err != nil {
				t.Error(err)
			}
		})
	}
	for _, text := range texts {
		if err := d.RunRaw(text); err != nil {
			t.Fatal(err)
		}
	}
}

// HoldLog takes the log's turn on another connection and stops dead, as a process does whose machine hangs.
func (d *DB) HoldLog(t *testing.T, limit string) (let func()) {
	t.Helper()
	s, err := d.engine.write.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ExecContext(context.Background(), strings.Replace(lockLog, "10s", limit, 1)); err != nil {
		t.Fatal(err)
	}
	return func() { _ = s.Rollback() }
}
