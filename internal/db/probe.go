package db

import (
	"errors"
	"hash/fnv"

	"maatje/internal/core"
)

// Theirs is the identifier of the neighbours' row in a table: the row that nobody but their own people may reach. Probe
// arguments are made of it: Probe{"dossier": Theirs("dossier"), "limit": 50}.
func Theirs(table string) core.ID { return fixtureID(1, table) }

// Ours is the identifier of the prober's own row in a table.
func Ours(table string) core.ID { return fixtureID(2, table) }

func fixtureID(family int64, table string) core.ID {
	h := fnv.New32a()
	_, _ = h.Write([]byte(table))
	return core.ID(family<<40 | int64(h.Sum32()))
}

// Rows reads a query whose columns the caller does not know: the neighbour probe looks at whatever comes.
func Rows(t *Tx, q *Query, args Args) ([][]any, error) {
	rows, err := t.query(q, args)
	if rows == nil || err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out [][]any
	for rows.Next() {
		row, at := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			at[i] = &row[i]
		}
		if err := rows.Scan(at...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, errors.Join(rows.Err(), rows.Close())
}
