package db

import "context"

// NoteKeys writes down when something was done with the keys.
func (d *DB) NoteKeys(ctx context.Context, what, at string) error {
	return keyStore{d.keys}.note(ctx, what, at)
}

func (k keyStore) note(ctx context.Context, what, at string) error {
	_, err := k.write.ExecContext(ctx, k.text(`INSERT INTO key_note (name, at) VALUES (:name, :at)
		ON CONFLICT (name) DO UPDATE SET at = excluded.at`), what, at)
	return err
}

// KeyNotes are what was done with the keys, and when it was last done.
func (d *DB) KeyNotes(ctx context.Context) (map[string]string, error) {
	return keyNotes(ctx, d.keys.read)
}

func keyNotes(ctx context.Context, q querier) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, at FROM key_note`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	notes := map[string]string{}
	for rows.Next() {
		var name, at string
		if err := rows.Scan(&name, &at); err != nil {
			return nil, err
		}
		notes[name] = at
	}
	return notes, rows.Err()
}

// Owners is how many families have a key.
func (d *DB) Owners(ctx context.Context) (n int, err error) {
	all, err := keyStore{d.keys}.All(ctx)
	for _, w := range all {
		if !w.Reserved() {
			n++
		}
	}
	return n, err
}
