package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	oldestPostgres      = 150000 // as server_version_num writes version 15.0
	postgresConnections = 16
)

// openPostgres opens a pool on the server at addr. Hosts, search_path, target_session_attrs and the rest of the address
// mean what they mean to PostgreSQL; statements are prepared once per connection and kept.
func openPostgres(ctx context.Context, addr string, o Options) (*engine, error) {
	config, err := pgx.ParseConfig(addr)
	if err != nil {
		return nil, fmt.Errorf("the PostgreSQL address: %w", err) // pgx leaves the passphrase out
	}
	config.RuntimeParams["application_name"] = "maatje"
	config.RuntimeParams["timezone"] = "UTC"
	pool := sql.OpenDB(stdlib.GetConnector(*config))
	keep(pool, cmpOr(o.Readers, postgresConnections))
	if err := checkPostgres(ctx, pool); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	head := sql.OpenDB(stdlib.GetConnector(*config))
	keep(head, 1)
	return &engine{kind: Postgres, read: pool, write: pool, head: head}, nil
}

func checkPostgres(ctx context.Context, pool *sql.DB) error {
	var version int
	var name, encoding string
	err := pool.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_version'),
		current_setting('server_encoding')`).Scan(&version, &name, &encoding)
	switch {
	case err != nil:
		return fmt.Errorf("PostgreSQL: %w", err)
	case version < oldestPostgres:
		return fmt.Errorf("PostgreSQL %s is too old: Maatje needs 15 or later", name)
	case encoding != "UTF8":
		return fmt.Errorf("the PostgreSQL database keeps its texts in %s: Maatje needs UTF8", encoding)
	}
	return nil
}
