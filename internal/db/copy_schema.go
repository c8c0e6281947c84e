package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"maatje/internal/db/copied"
)

// kinds are the five kinds of column, by the words in which either engine calls them.
var kinds = map[string]string{
	"TEXT": "text", "text": "text",
	"BIGINT": "integer", "INTEGER": "integer", "bigint": "integer",
	"DOUBLE PRECISION": "number", "double precision": "number",
	"BOOLEAN": "boolean", "boolean": "boolean",
	"BYTEA": "bytes", "bytea": "bytes",
}

// The tables of a database with their columns and keys: a row for each column, in the order of the table, with its place in
// the primary key or 0.
const (
	sqliteShapes = `SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid`
	postgresShapes = `SELECT c.relname, a.attname, format_type(a.atttypid, NULL),
			COALESCE(array_position(i.indkey::int2[], a.attnum), -1) + 1
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
		ORDER BY c.relname COLLATE "C", a.attnum`
)

// shapes lists the tables in the order of their names, all but goose's own.
func (e *engine) shapes(ctx context.Context, s *sql.Tx) ([]copied.Shape, error) {
	text := sqliteShapes
	if e.kind == Postgres {
		text = postgresShapes
	}
	rows, err := s.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []copied.Shape
	places := map[string]int{}
	for rows.Next() {
		var table, name, kind string
		var place int
		if err := rows.Scan(&table, &name, &kind, &place); err != nil {
			return nil, err
		}
		if table == e.versions {
			continue
		}
		if kinds[kind] == "" {
			return nil, fmt.Errorf("db: column %s of %s has a type of its own, %s", name, table, kind)
		}
		if n := len(all); n == 0 || all[n-1].Name != table {
			all = append(all, copied.Shape{Name: table})
		}
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, copied.Column{Name: name, Kind: kinds[kind]})
		if place > 0 {
			last.Key, places[table+"."+name] = append(last.Key, name), place
		}
	}
	for _, t := range all {
		slices.SortFunc(t.Key, func(a, b string) int { return places[t.Name+"."+a] - places[t.Name+"."+b] })
	}
	return all, rows.Err()
}
