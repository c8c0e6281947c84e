package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// schema describes the tables, one fact a line, in words that are the same for both engines: columns with the class of
// their values, primary keys, indexes, foreign keys. The table of versions is left out.
func (e *engine) schema(ctx context.Context) ([]string, error) {
	query := schemaOfSQLite
	if e.kind == Postgres {
		query = schemaOfPostgres
	}
	rows, err := e.read.QueryContext(ctx, query, e.versions)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	defer rows.Close()
	return schemaLines(rows)
}

func schemaLines(rows *sql.Rows) ([]string, error) {
	var lines []string
	for rows.Next() {
		var table, fact, declared string
		if err := rows.Scan(&table, &fact, &declared); err != nil {
			return nil, err
		}
		line := table + ": " + fact
		if declared != "" {
			class, ok := classes[strings.ToLower(declared)]
			if !ok {
				return nil, fmt.Errorf("schema: %s: %s is of a type we do not use: %s", table, fact, declared)
			}
			line = strings.Replace(line, "?", class, 1)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines, rows.Err()
}

// classes are the only types that migrations use, and what both engines make of them.
var classes = map[string]string{
	"integer": "integer", "bigint": "integer",
	"text":             "text",
	"boolean":          "boolean",
	"bytea":            "bytes",
	"double precision": "float",
}

// Each query gives table, fact and, for a column, the declared type that goes in the place of the question mark.
const schemaOfSQLite = `
	WITH t AS (
		SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ?1
	), i AS (
		SELECT t.name AS owner, l.name, l."unique" AS is_unique, l.partial
		FROM t, pragma_index_list(t.name) l WHERE l.origin <> 'pk'
	)
	SELECT t.name, 'column ' || c.name || ' ?' || iif(c."notnull" OR (c.pk AND upper(c.type) = 'INTEGER'), ' not null', '')
		|| iif(c.dflt_value IS NULL, '', ' default'), c.type
	FROM t, pragma_table_xinfo(t.name) c
	UNION ALL
	SELECT owner, 'primary key ' || group_concat(name, ', '), ''
	FROM (SELECT t.name AS owner, c.name FROM t, pragma_table_xinfo(t.name) c WHERE c.pk > 0 ORDER BY t.name, c.pk)
	GROUP BY owner
	UNION ALL
	SELECT owner, iif(is_unique, 'unique index ', 'index ') || group_concat(part, ', ') || iif(partial, ' partial', ''), ''
	FROM (SELECT i.owner, i.name, i.is_unique, i.partial, coalesce(p.name, '(expression)') AS part
		FROM i, pragma_index_info(i.name) p ORDER BY i.name, p.seqno)
	GROUP BY owner, name, is_unique, partial
	UNION ALL
	SELECT owner, 'foreign key ' || group_concat("from", ', ') || ' to ' || "table" || ' '
		|| group_concat("to", ', ') || ' on delete ' || lower(on_delete), ''
	FROM (SELECT t.name AS owner, f.* FROM t, pragma_foreign_key_list(t.name) f ORDER BY t.name, f.id, f.seq)
	GROUP BY owner, id, "table", on_delete`

const schemaOfPostgres = `
	WITH t AS (
		SELECT c.oid, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND c.relname <> $1
	)
	SELECT t.name, 'column ' || a.attname || ' ?' || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
		|| CASE WHEN a.atthasdef THEN ' default' ELSE '' END, format_type(a.atttypid, a.atttypmod)
	FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
	UNION ALL
	SELECT t.name, 'primary key ' || string_agg(a.attname, ', ' ORDER BY k.n), ''
	FROM t JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
	CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n)
	JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
	GROUP BY t.name
	UNION ALL
	SELECT t.name, CASE WHEN i.indisunique THEN 'unique index ' ELSE 'index ' END
		|| string_agg(coalesce(a.attname, '(expression)'), ', ' ORDER BY k.n)
		|| CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END, ''
	FROM t JOIN pg_index i ON i.indrelid = t.oid AND NOT i.indisprimary
	CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n)
	LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0
	GROUP BY t.name, i.indexrelid, i.indisunique, i.indpred IS NULL
	UNION ALL
	SELECT t.name, 'foreign key ' || string_agg(a.attname, ', ' ORDER BY k.n) || ' to ' || other.relname || ' '
		|| string_agg(b.attname, ', ' ORDER BY k.n) || ' on delete ' || CASE f.confdeltype
			WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' WHEN 'r' THEN 'restrict'
			ELSE 'no action' END, ''
	FROM t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
	JOIN pg_class other ON other.oid = f.confrelid
	CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY k(mine, theirs, n)
	JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.mine
	JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.theirs
	GROUP BY t.name, f.oid, other.relname, f.confdeltype`
