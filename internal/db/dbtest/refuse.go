package dbtest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"maatje/internal/db"
)

// Refuse has the PostgreSQL server refuse new rows in a table, with the code of an error, until mend is called.
func Refuse(t testing.TB, c db.Config, table, code string) (mend func()) {
	t.Helper()
	run := func(text string) {
		t.Helper()
		conn, err := pgx.Connect(context.Background(), c.Addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(context.Background(), text); err != nil {
			t.Fatal(err)
		}
	}
	run(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''` + code + `'', MESSAGE = ''the test says no''; END'`)
	run(`CREATE TRIGGER refuse BEFORE INSERT ON ` + table + ` FOR EACH ROW EXECUTE FUNCTION refuse()`)
	return func() { t.Helper(); run(`DROP FUNCTION refuse() CASCADE`) }
}
