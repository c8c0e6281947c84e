package db

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"maatje/internal/db/kept"
)

// statements counts the prepared statements of a pool's only connection, and how many of them are in use.
func statements(t *testing.T, e *engine) (all, used int) {
	t.Helper()
	c, err := e.write.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	err = c.Raw(func(c any) error {
		all, used = c.(*kept.Conn).Count()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, used
}

func numbers(t *testing.T) *engine {
	t.Helper()
	e := openFor(t, filepath.Join(t.TempDir(), "maatje.db"), Options{})
	mustExec(t, e.write, `CREATE TABLE number (n BIGINT)`)
	for n := range 3 {
		mustExec(t, e.write, `INSERT INTO number VALUES (?1)`, n)
	}
	return e
}

func TestAStatementIsPreparedOnceInAnyTransaction(t *testing.T) {
	e := numbers(t)
	before, _ := statements(t, e)
	for range 3 {
		tx, err := e.write.Begin()
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tx.QueryRow(`SELECT count(*) FROM number WHERE n > ?1`, 0).Scan(&n); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
	if all, used := statements(t, e); all != before+1 || used != 0 {
		t.Errorf("%d statements, %d in use; there were %d", all, used, before)
	}
}

func TestAQueryRunsInsideItsOwnRows(t *testing.T) {
	e := numbers(t)
	tx, err := e.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if got := sumOfPairs(t, tx.Query, 2); got != 9*3 {
		t.Errorf("%d", got)
	}
}

// sumOfPairs adds n over all rows, for each row of the same query, and so on: 3 rows inside 3 rows, each 0 + 1 + 2.
func sumOfPairs(t *testing.T, query func(string, ...any) (*sql.Rows, error), depth int) (sum int) {
	t.Helper()
	rows, err := query(`SELECT n FROM number WHERE n >= ?1 ORDER BY n`, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		if depth == 0 {
			sum += n
		} else {
			sum += sumOfPairs(t, query, depth-1)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestAStatementSurvivesAChangeOfTheSchema(t *testing.T) {
	e := numbers(t)
	const query = `SELECT count(*) FROM number`
	if got := column(t, e, query); got != "3" {
		t.Fatal(got)
	}
	mustExec(t, e.write, `ALTER TABLE number ADD COLUMN word TEXT`)
	mustExec(t, e.write, `DELETE FROM number WHERE n = ?1`, 0)
	if got := column(t, e, query); got != "2" {
		t.Error(got)
	}
}

func TestAStatementThatFailedWorksAgain(t *testing.T) {
	e := numbers(t)
	mustExec(t, e.write, `CREATE UNIQUE INDEX one ON number (n)`)
	const insert = `INSERT INTO number VALUES (?1)`
	if _, err := e.write.Exec(insert, 1); err == nil {
		t.Fatal("a second 1")
	}
	mustExec(t, e.write, insert, 3)
}

func TestStatementsHaveALimit(t *testing.T) {
	e := numbers(t)
	for n := range kept.Statements + 50 {
		mustExec(t, e.write, fmt.Sprintf(`DELETE FROM number WHERE n = ?1 + %d`, 1000+n), 0)
	}
	if all, used := statements(t, e); all != kept.Statements || used != 0 {
		t.Errorf("%d statements, %d in use", all, used)
	}
}
