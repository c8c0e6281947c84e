package db

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

var testKey = []byte("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/")

// testAddresses is a new file and a new schema of PostgreSQL.
func testAddresses(t testing.TB) map[Kind]string {
	t.Helper()
	return map[Kind]string{SQLite: filepath.Join(t.TempDir(), "maatje.db"), Postgres: testSchema(t)}
}

func testSchema(t testing.TB) string {
	t.Helper()
	server := os.Getenv("MAATJE_TEST_POSTGRES")
	if server == "" {
		t.Fatal(`no PostgreSQL to test with: run make test, or eval "$(scripts/postgres env)"`)
	}
	e := openFor(t, server, Options{Readers: 1})
	name := "test_" + hex.EncodeToString(randomBytes(8))
	mustExec(t, e.write, `CREATE SCHEMA `+name)
	t.Cleanup(func() { mustExec(t, e.write, `DROP SCHEMA `+name+` CASCADE`) })
	return server + "&search_path=" + name
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func openFor(t testing.TB, addr string, o Options) *engine {
	t.Helper()
	if o.FileKey == nil {
		o.FileKey = testKey
	}
	e, err := openEngine(context.Background(), addr, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// eachEngine runs a test on both engines.
func eachEngine(t *testing.T, test func(t *testing.T, e *engine)) {
	t.Helper()
	for kind, addr := range testAddresses(t) {
		t.Run(kind.String(), func(t *testing.T) { test(t, openFor(t, addr, Options{})) })
	}
}

func mustExec(t testing.TB, on *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := on.Exec(query, args...); err != nil {
		t.Fatalf("%.200s: %v", query, err)
	}
}

func mustMigrate(t testing.TB, e *engine, files map[string]string) {
	t.Helper()
	if err := e.migrate(context.Background(), migrations(files), "version"); err != nil {
		t.Fatal(err)
	}
}

func migrations(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	}
	return fsys
}

func TestWhatGoesInComesOutOnBothEngines(t *testing.T) {
	eachEngine(t, func(t *testing.T, e *engine) {
		mustMigrate(t, e, map[string]string{"1_all.sql": `CREATE TABLE thing (
			id BIGINT PRIMARY KEY, words TEXT, yes BOOLEAN, bytes BYTEA, part DOUBLE PRECISION, number BIGINT);`})
		type row struct {
			words  string
			yes    bool
			bytes  []byte
			part   float64
			number int64
		}
		rows := []row{
			{"", false, []byte{}, 0, 0},
			{"2026-11-22T10:11:12.123Z", true, []byte("2026-11-22T10:11:12.123Z"), 0.1, math.MaxInt64},
			{"12", true, []byte("12"), -1e300, math.MinInt64},
			{"1e3 é 👨‍👩‍👦 \u202e", true, []byte{0, 255, 0}, 1, 1<<62 + 1},
			{strings.Repeat("x\n", 40_000), false, bytes.Repeat([]byte{7}, 100_000), 2, -1},
		}
		for i, r := range rows {
			mustExec(t, e.write, `INSERT INTO thing VALUES ($1, $2, $3, $4, $5, $6)`, i, r.words, r.yes, r.bytes, r.part, r.number)
			var got row
			var untyped [5]any
			query := `SELECT words, yes, bytes, part, number FROM thing WHERE id = $1`
			if err := e.read.QueryRow(query, i).Scan(&got.words, &got.yes, &got.bytes, &got.part, &got.number); err != nil {
				t.Fatal(err)
			}
			if got.words != r.words || got.yes != r.yes || !bytes.Equal(got.bytes, r.bytes) || got.part != r.part || got.number != r.number {
				t.Errorf("row %d: wrote %.60v, read %.60v", i, r, got)
			}
			if err := e.read.QueryRow(query, i).Scan(&untyped[0], &untyped[1], &untyped[2], &untyped[3], &untyped[4]); err != nil {
				t.Fatal(err)
			}
			_, a := untyped[0].(string)
			_, b := untyped[1].(bool)
			_, c := untyped[2].([]byte)
			_, d := untyped[3].(float64)
			_, f := untyped[4].(int64)
			if !a || !b || !c || !d || !f {
				t.Errorf("row %d comes as %T %T %T %T %T", i, untyped[0], untyped[1], untyped[2], untyped[3], untyped[4])
			}
		}
	})
}

// A calculated column has no declared type: a text that looks like an instant must stay a text all the same.
func TestACalculatedInstantIsAText(t *testing.T) {
	eachEngine(t, func(t *testing.T, e *engine) {
		mustMigrate(t, e, map[string]string{"1_all.sql": `CREATE TABLE thing (id BIGINT PRIMARY KEY, at TEXT);`})
		mustExec(t, e.write, `INSERT INTO thing VALUES (1, '2026-11-22T10:11:12.123Z')`)
		var latest any
		if err := e.read.QueryRow(`SELECT max(at) FROM thing`).Scan(&latest); err != nil {
			t.Fatal(err)
		}
		if latest != "2026-11-22T10:11:12.123Z" {
			t.Errorf("%T %v", latest, latest)
		}
	})
}

// Both engines order by bytes and mind capitals in LIKE, or a list has another order after a move to PostgreSQL.
func TestBothEnginesOrderAndCompareAlike(t *testing.T) {
	eachEngine(t, func(t *testing.T, e *engine) {
		mustMigrate(t, e, map[string]string{"1_all.sql": `CREATE TABLE thing (word TEXT NOT NULL PRIMARY KEY);`})
		for _, word := range []string{"b", "B", "a-c", "ab", "é", "z", "a b"} {
			mustExec(t, e.write, `INSERT INTO thing VALUES ($1)`, word)
		}
		if got := column(t, e, `SELECT word FROM thing ORDER BY word`); got != "B|a b|a-c|ab|b|z|é" {
			t.Errorf("order %s", got)
		}
		if got := column(t, e, `SELECT word FROM thing WHERE word LIKE 'b%'`); got != "b" {
			t.Errorf("LIKE %s", got)
		}
	})
}

func column(t *testing.T, e *engine, query string) string {
	t.Helper()
	rows, err := e.read.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return strings.Join(all, "|")
}

func TestAddressesThatAreRefused(t *testing.T) {
	folder := t.TempDir()
	for addr, word := range map[string]string{
		"":                            "no database was named",
		":memory:":                    "lost with the process",
		"file:x.db?key=1":             "plain file name",
		"mysql://host/db":             "plain file name",
		filepath.Join(folder, "no/x"): "no such file or directory",
		folder:                        "is a directory",
		"postgres://127.0.0.1:1/x":    "refused",
		"postgres://u:geheim@h:port":  "address",
	} {
		e, err := openEngine(context.Background(), addr, Options{FileKey: testKey})
		if err == nil {
			e.Close()
			t.Errorf("%q opens", addr)
		} else if !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v, want %q", addr, err, word)
		}
	}
}
