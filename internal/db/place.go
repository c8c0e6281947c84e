package db

import (
	"context"
	"os"
)

// IsServer says that the address is one of a database server rather than a file.
func IsServer(addr string) bool { return isPostgres(addr) }

// Holds says whether there is data at the address already. It makes nothing and changes nothing.
func Holds(ctx context.Context, addr string) (bool, error) {
	if !isPostgres(addr) {
		info, err := os.Stat(addr)
		if os.IsNotExist(err) {
			return false, nil
		}
		return err == nil && info.Size() > 0, err
	}
	e, err := openPostgres(ctx, addr, Options{Readers: 1})
	if err != nil {
		return false, err
	}
	defer e.Close()
	var n int
	err = e.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_name IN ('schema_version', 'owner_key')`).Scan(&n)
	return n > 0, err
}

// Shown is an address as it may be printed: without its password.
func Shown(addr string) string { return shown(addr) }
