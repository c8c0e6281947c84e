package db

import "errors"

// Plan is how the engine would run a query for the actor, a step a line, for the test that looks for missing indexes.
// PostgreSQL is asked to avoid reading whole tables, so what is left of that has no index to go by.
func Plan(t *Tx, q *Query, args Args) ([]string, error) {
	if q.scope(t.actor).IsEmpty() {
		return nil, nil
	}
	v := t.variant(q)
	values, err := t.values(q, v, args)
	if err != nil {
		return nil, err
	}
	explain := "EXPLAIN QUERY PLAN "
	if t.db.engine.kind == Postgres {
		explain = "EXPLAIN "
		if _, err := t.sql.ExecContext(t.ctx, "SET LOCAL enable_seqscan = off"); err != nil {
			return nil, err
		}
	}
	rows, err := t.sql.QueryContext(t.ctx, explain+v.sql, values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []string
	for rows.Next() {
		row := make([]any, len(columns))
		var step string
		for i := range row {
			row[i] = new(any)
		}
		row[len(row)-1] = &step
		if err := rows.Scan(row...); err != nil {
			return nil, err
		}
		out = append(out, step)
	}
	return out, errors.Join(rows.Err(), rows.Close())
}
