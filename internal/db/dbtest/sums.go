package dbtest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

const sumOfAll = `SELECT COALESCE(string_agg(t || ' ' || md5(query_to_xml(format('SELECT * FROM %s ORDER BY 1', t), true, false, '')::text), E'\n' ORDER BY t), '')
	FROM (SELECT format('%I.%I', schemaname, tablename) AS t FROM pg_tables WHERE schemaname IN ('public', 'keys')) AS tables`

// Sums lists the tables of a database on the server, the keys' among them, each with a sum of what it holds: to see that nothing
// was made or changed by who was refused.
func Sums(t testing.TB, address string) (sums string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), sumOfAll).Scan(&sums); err != nil {
		t.Fatal(err)
	}
	return sums
}
