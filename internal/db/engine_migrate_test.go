package db

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

var first = map[string]string{"1_first.sql": `
	CREATE TABLE dossier (
		id BIGINT PRIMARY KEY, -- a BIGINT PRIMARY KEY, of TEXT
		code TEXT NOT NULL UNIQUE DEFAULT 'TEXT',
		closed BOOLEAN NOT NULL DEFAULT FALSE,
		note BYTEA,
		weight DOUBLE PRECISION
	);
	CREATE TABLE tie (
		dossier_id BIGINT NOT NULL REFERENCES dossier (id) ON DELETE CASCADE,
		role TEXT NOT NULL,
		until TEXT,
		PRIMARY KEY (dossier_id, role)
	);
	CREATE UNIQUE INDEX tie_open ON tie (role, dossier_id) WHERE until IS NULL;
	CREATE INDEX tie_until ON tie (until);
	INSERT INTO dossier (id, code) VALUES (1, 'a;b');`}

// What the product itself migrates to is the same on both engines.
func TestBothEnginesHaveTheSameSchema(t *testing.T) {
	for folder, files := range map[string]fs.FS{"migrations": migrationFiles, "keymigrations": keyMigrationFiles} {
		t.Run(folder, func(t *testing.T) {
			schema := map[Kind][]string{}
			eachEngine(t, func(t *testing.T, e *engine) {
				sub, err := fs.Sub(files, folder)
				if err == nil {
					err = e.migrate(context.Background(), sub, "version")
				}
				if err == nil {
					schema[e.kind], err = e.schema(context.Background())
				}
				if err != nil {
					t.Fatal(err)
				}
			})
			if len(schema[SQLite]) < 3 {
				t.Fatalf("the schema is %v", schema[SQLite])
			}
			onlyIn(t, SQLite, schema[SQLite], schema[Postgres])
			onlyIn(t, Postgres, schema[Postgres], schema[SQLite])
		})
	}
}

func onlyIn(t *testing.T, kind Kind, lines, others []string) {
	t.Helper()
	for _, line := range lines {
		if !slices.Contains(others, line) {
			t.Errorf("only on %s: %s", kind, line)
		}
	}
}

func TestTheSchemaIsToldInFull(t *testing.T) {
	want := strings.Split(`dossier: column closed boolean not null default
dossier: column code text not null default
dossier: column id integer not null
dossier: column note bytes
dossier: column weight float
dossier: primary key id
dossier: unique index code
tie: column dossier_id integer not null
tie: column role text not null
tie: column until text
tie: foreign key dossier_id to dossier id on delete cascade
tie: index until
tie: primary key dossier_id, role
tie: unique index role, dossier_id partial`, "\n")
	eachEngine(t, func(t *testing.T, e *engine) {
		mustMigrate(t, e, first)
		got, err := e.schema(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the schema is\n%s", strings.Join(got, "\n"))
		}
	})
}

func TestATypeThatOnlyOneEngineKnowsIsFound(t *testing.T) {
	eachEngine(t, func(t *testing.T, e *engine) {
		mustMigrate(t, e, map[string]string{"1_first.sql": `CREATE TABLE t (at TIMESTAMP);`})
		if got, err := e.schema(context.Background()); err == nil {
			t.Errorf("no error, but %v", got)
		}
	})
}

func TestMigrationsSpeakEachEnginesWords(t *testing.T) {
	for _, c := range []struct{ text, sqlite, postgres string }{
		{`id BIGINT PRIMARY KEY`, `id INTEGER PRIMARY KEY`, `id BIGINT PRIMARY KEY`},
		{"id bigint\n  primary key", "id INTEGER\n  primary key", "id bigint\n  primary key"},
		{`n BIGINT, PRIMARY KEY (n)`, `n BIGINT, PRIMARY KEY (n)`, `n BIGINT, PRIMARY KEY (n)`},
		{`key TEXT PRIMARY KEY`, `key TEXT NOT NULL PRIMARY KEY`, `key TEXT COLLATE "C" PRIMARY KEY`},
		{`-- BIGINT PRIMARY KEY TEXT`, `-- BIGINT PRIMARY KEY TEXT`, `-- BIGINT PRIMARY KEY TEXT`},
		{`/* a
TEXT */ x TEXT`, `/* a
TEXT */ x TEXT`, `/* a
TEXT */ x TEXT COLLATE "C"`},
		{`x TEXT DEFAULT 'it''s TEXT'`, `x TEXT DEFAULT 'it''s TEXT'`, `x TEXT COLLATE "C" DEFAULT 'it''s TEXT'`},
		{`"TEXT" text`, `"TEXT" text`, `"TEXT" TEXT COLLATE "C"`},
		{`CAST(n AS TEXT), context TEXT`, `CAST(n AS TEXT), context TEXT`, `CAST(n AS TEXT), context TEXT COLLATE "C"`},
	} {
		if got := string(dialect(SQLite, []byte(c.text))); got != c.sqlite {
			t.Errorf("SQLite: %s becomes %s", c.text, got)
		}
		if got := string(dialect(Postgres, []byte(c.text))); got != c.postgres {
			t.Errorf("PostgreSQL: %s becomes %s", c.text, got)
		}
	}
}

// Only an INTEGER PRIMARY KEY is the number of the row itself: anything else costs a second index.
func TestANumberedTableHasNoSecondIndexOnSQLite(t *testing.T) {
	e := openFor(t, testAddresses(t)[SQLite], Options{})
	mustMigrate(t, e, first)
	plan := strings.Split(column(t, e, `SELECT detail FROM (SELECT 1) , (SELECT name AS detail FROM sqlite_schema WHERE tbl_name = 'dossier' AND type = 'index')`), "|")
	if len(plan) != 1 || plan[0] != "sqlite_autoindex_dossier_1" { // that of UNIQUE (code)
		t.Errorf("indexes %v", plan)
	}
}

func TestMigrationsRunOnceAndForward(t *testing.T) {
	eachEngine(t, func(t *testing.T, e *engine) {
		mustMigrate(t, e, first)
		mustMigrate(t, e, first)
		two := map[string]string{"1_first.sql": first["1_first.sql"], "2_more.sql": `ALTER TABLE dossier ADD COLUMN more TEXT;`}
		mustMigrate(t, e, two)
		if got := column(t, e, `SELECT code FROM dossier WHERE more IS NULL`); got != "a;b" {
			t.Errorf("after the second: %q", got)
		}
		if err := e.migrate(context.Background(), migrations(first), "version"); !errors.Is(err, ErrNewer) {
			t.Errorf("an older program gets %v", err)
		}
	})
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, e *engine) {
		bad := map[string]string{"1_first.sql": first["1_first.sql"], "2_bad.sql": `
			CREATE TABLE half (id BIGINT PRIMARY KEY);
			INSERT INTO nowhere VALUES (1);`}
		if err := e.migrate(context.Background(), migrations(bad), "version"); err == nil {
			t.Fatal("no error")
		}
		lines, err := e.schema(context.Background())
		if text := strings.Join(lines, "\n"); err != nil || strings.Contains(text, "half") || !strings.Contains(text, "dossier") {
			t.Errorf("%v, and the schema is\n%s", err, text)
		}
	})
}

func TestProcessesThatStartAtOnceMigrateOnce(t *testing.T) {
	files := map[string]string{}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		files[n+"_next.sql"] = `CREATE TABLE t` + n + ` (id BIGINT PRIMARY KEY);`
	}
	for kind, addr := range testAddresses(t) {
		t.Run(kind.String(), func(t *testing.T) {
			done := make(chan error)
			for range 4 {
				go func() {
					e, err := openEngine(context.Background(), addr, Options{FileKey: testKey, Readers: 2})
					if err == nil {
						err = errors.Join(e.migrate(context.Background(), migrations(files), "version"), e.Close())
					}
					done <- err
				}()
			}
			if err := errors.Join(<-done, <-done, <-done, <-done); err != nil {
				t.Error(err)
			}
		})
	}
}
