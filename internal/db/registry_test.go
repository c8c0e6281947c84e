package db

import (
	"strings"
	"testing"

	"maatje/internal/authz"
)

func TestRegistryRefusesWhatCouldLeak(t *testing.T) {
	p := Probe{}
	for _, c := range []struct {
		name string
		q    Query
		want string // part of the refusal; empty when it is allowed
	}{
		{"stands on the scope", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id WHERE d.id = :dossier`, probe: p}, ""},
		{"forgets the scope", Query{section: authz.Visits, text: `SELECT id FROM visit WHERE dossier_id = :dossier`, probe: p}, "does not stand on visible_dossier"},
		{"hides behind a section without rows", Query{section: authz.Directory, text: `SELECT id FROM visit`, probe: p}, "touches visit"},
		{"stands on another root", Query{section: authz.Tasks, text: `SELECT t.id FROM visible_task t JOIN person p ON p.dossier_id = t.dossier_id`, probe: p}, "touches person"},
		{"joins with a comma", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d, visit v`, probe: p}, "comma"},
		{"updates without scope", Query{section: authz.Visits, write: true, text: `UPDATE visit SET km = 1 WHERE id = :id`, probe: p}, "does not stand on"},
		{"updates within scope", Query{section: authz.Visits, write: true, text: `UPDATE visit SET km = 1 WHERE id = :id AND dossier_id IN (SELECT id FROM visible_dossier)`, probe: p}, ""},
		{"upsert with one scope", Query{section: authz.Visits, write: true, text: `INSERT INTO visit (id, dossier_id) SELECT :id, d.id FROM visible_dossier d WHERE d.id = :dossier ON CONFLICT (id) DO UPDATE SET km = 1`, probe: p}, "conflict clause"},
		{"upsert with two scopes", Query{section: authz.Visits, write: true, text: `INSERT INTO visit (id, dossier_id) SELECT :id, d.id FROM visible_dossier d WHERE d.id = :dossier ON CONFLICT (id) DO UPDATE SET km = 1 WHERE visit.dossier_id IN (SELECT id FROM visible_dossier)`, probe: p}, ""},
		{"own rows of nobody", Query{section: authz.OwnVisits, text: `SELECT v.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id`, probe: p}, ":volunteer"},
		{"crosses and says why", Query{section: authz.Figures, cross: "counts only", text: `SELECT COUNT(*) FROM visit`, probe: p}, ""},
		{"crosses on a scope", Query{section: authz.Figures, cross: "counts only", text: `SELECT COUNT(*) FROM visible_dossier d`, probe: p}, "at once"},
		{"no probe", Query{section: authz.Directory, text: `SELECT id FROM facility`}, "no probe"},
		{"no section", Query{text: `SELECT id FROM facility`, probe: p}, "no section"},
		{"casts as one engine does", Query{section: authz.Directory, text: `SELECT id::text FROM facility`, probe: p}, "CAST"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.q.name = "test.query"
			err := c.q.check()
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("got %v, want a refusal with %q", err, c.want)
			}
		})
	}
}

func TestEveryTableNamesItsRoot(t *testing.T) {
	for _, f := range []string{"migrations"} {
		files, err := migrationFiles.ReadDir(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := migrationFiles.ReadFile(f + "/" + file.Name())
			if err != nil {
				t.Fatal(err)
			}
			if tables, named := strings.Count(string(text), "CREATE TABLE"), len(rootLine.FindAll(text, -1)); tables != named {
				t.Errorf("%s: %d tables, %d of them with a line `-- root:` just before", file.Name(), tables, named)
			}
		}
	}
}

func TestNumberingFollowsTheEngine(t *testing.T) {
	const text = `SELECT 1 WHERE a = :a AND b = :b AND c = :a`
	for kind, want := range map[Kind]string{
		SQLite:   `SELECT 1 WHERE a = ?1 AND b = ?2 AND c = ?1`,
		Postgres: `SELECT 1 WHERE a = $1 AND b = $2 AND c = $1`,
	} {
		if got := number(text, kind); got.sql != want || strings.Join(got.params, ",") != "a,b" {
			t.Errorf("%v: %q %v", kind, got.sql, got.params)
		}
	}
}

func TestFoldMakesNamesMeet(t *testing.T) {
	for in, want := range map[string]string{
		"  José  d'Águila-Wil ": "jose daguila wil", "Øyvind Łuka": "oyvind luka", "ĲSBRAND": "ijsbrand", "Müller": "muller", "🙂": "",
		"عائشة": "عايشة",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}
