package db

import (
	"context"
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
