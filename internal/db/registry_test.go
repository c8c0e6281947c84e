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
		{"joins without a tie", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d JOIN visit v ON v.id = :id`, probe: p}, "nothing ties"},
		{"ties by the coordinator", Query{section: authz.Plan, text: `SELECT t.id FROM visible_dossier d JOIN trajectory t ON t.coordinator_id = d.coordinator_id`, probe: p}, "nothing ties"},
		{"a loose OR in a join", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id OR v.id = :id`, probe: p}, "OR"},
		{"a loose OR in a change", Query{section: authz.Visits, write: true, text: `UPDATE visit SET km = 1 WHERE id = :id OR km = 2 AND dossier_id IN (SELECT id FROM visible_dossier)`, probe: p}, "OR"},
		{"a tie behind an OR", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d JOIN visit v ON (v.dossier_id = d.id OR v.id = :id)`, probe: p}, "nothing ties"},
		{"a tie that is denied", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d JOIN visit v ON NOT v.dossier_id = d.id`, probe: p}, "nothing ties"},
		{"a tie within a value", Query{section: authz.Visits, text: `SELECT v.dossier_id = d.id FROM visible_dossier d JOIN visit v ON v.id = :id`, probe: p}, "nothing ties"},
		{"one arm of a union", Query{section: authz.Visits, text: `SELECT d.id FROM visible_dossier d UNION SELECT v.id FROM visit v`, probe: p}, "nothing ties"},
		{"a subquery", Query{section: authz.Visits, text: `SELECT d.id, (SELECT COUNT(*) FROM visit v) FROM visible_dossier d`, probe: p}, "nothing ties"},
		{"a subquery tied to the outside", Query{section: authz.Visits, text: `SELECT d.id, (SELECT COUNT(*) FROM visit v WHERE v.dossier_id = d.id) FROM visible_dossier d`, probe: p}, ""},
		{"a name from WITH", Query{section: authz.Visits, text: `WITH v AS (SELECT id, dossier_id FROM visit) SELECT v.id FROM visible_dossier d JOIN v ON v.dossier_id = d.id`, probe: p}, "nothing ties"},
		{"a name from WITH that holds nobody's rows", Query{section: authz.Visits, text: `WITH m AS (SELECT id FROM municipality) SELECT v.id FROM visible_dossier d JOIN m ON m.id = :id JOIN visit v ON v.id = m.id`, probe: p}, "nothing ties"},
		{"a subquery that holds nobody's rows", Query{section: authz.Visits, text: `SELECT v.id FROM visible_dossier d JOIN (SELECT :id AS id) x ON x.id = :id JOIN visit v ON v.id = x.id`, probe: p}, "nothing ties"},
		{"a name from WITH on the scope", Query{section: authz.Visits, text: `WITH w AS (SELECT d.id FROM visible_dossier d) SELECT v.id FROM w JOIN visit v ON v.dossier_id = w.id`, probe: p}, ""},
		{"a scope joined from the left", Query{section: authz.Notes, text: `SELECT n.id FROM note n LEFT JOIN visible_dossier d ON d.id = n.dossier_id`, probe: p}, "nothing ties"},
		{"a table joined from the left", Query{section: authz.Notes, text: `SELECT n.id FROM visible_dossier d LEFT JOIN note n ON n.dossier_id = d.id`, probe: p}, ""},
		{"through a table between", Query{section: authz.Visits, text: `SELECT p.name FROM visible_dossier d JOIN visit v ON v.dossier_id = d.id JOIN visit_person vp ON vp.visit_id = v.id JOIN person p ON p.id = vp.person_id`, probe: p}, ""},
		{"another root's scope", Query{section: authz.Profile, text: `SELECT m.id FROM visible_volunteer v JOIN volunteer_match m ON m.volunteer_id = v.id`, probe: p}, "nothing ties"},
		{"a quoted name", Query{section: authz.Visits, text: `SELECT id FROM "visit"`, probe: p}, "cannot read"},
		{"a comment", Query{section: authz.Visits, text: `SELECT d.id FROM visible_dossier d -- x`, probe: p}, "cannot read"},
		{"two statements", Query{section: authz.Visits, text: `SELECT d.id FROM visible_dossier d; SELECT 1`, probe: p}, "cannot read"},
		{"no such table", Query{section: authz.Visits, text: `SELECT d.id FROM visible_dossier d JOIN visible_dossiers x ON x.id = d.id`, probe: p}, "no table"},
		{"a read that changes", Query{section: authz.Directory, text: `UPDATE facility SET name = :name`, probe: p}, "begins with"},
		{"an insert of somebody's choice", Query{section: authz.Visits, write: true, text: `INSERT INTO visit (id, dossier_id) SELECT :id, :dossier FROM visible_dossier d`, probe: p}, "does not come from"},
		{"an insert of values", Query{section: authz.Visits, write: true, text: `INSERT INTO visit (id, dossier_id) VALUES (:id, (SELECT d.id FROM visible_dossier d))`, probe: p}, "without a SELECT"},
		{"moves a row to another family", Query{section: authz.Visits, write: true, text: `UPDATE visit SET dossier_id = :to WHERE id = :id AND dossier_id IN (SELECT id FROM visible_dossier)`, probe: p}, "moves"},
		{"upsert whose second scope stands elsewhere", Query{section: authz.Visits, write: true, text: `INSERT INTO visit (id, dossier_id) SELECT :id, d.id FROM visible_dossier d WHERE d.id IN (SELECT id FROM visible_dossier) ON CONFLICT (id) DO UPDATE SET km = 1`, probe: p}, "conflict clause"},
		{"upsert that frees the row of another volunteer", Query{section: authz.OwnVisits, write: true, text: `INSERT INTO visit (id, dossier_id, volunteer_id) SELECT :id, d.id, :volunteer FROM visible_dossier d WHERE d.id = :dossier ON CONFLICT (id) DO UPDATE SET km = 1 WHERE visit.dossier_id IN (SELECT id FROM visible_dossier)`, probe: p}, "does not ask for"},
		{"a subquery that only narrows", Query{section: authz.Visits, text: `SELECT d.id FROM visible_dossier d WHERE d.id IN (SELECT v.dossier_id FROM visit v WHERE v.km > 1)`, probe: p}, ""},
		{"a subquery that only narrows, of what nothing holds", Query{section: authz.Visits, text: `SELECT p.id FROM visible_dossier d JOIN person p ON p.id IN (SELECT vp.person_id FROM visit_person vp)`, probe: p}, "nothing ties"},
		{"a scope in a subquery that gives other rows", Query{section: authz.Visits, text: `SELECT v.id FROM visit v WHERE v.dossier_id IN (SELECT p.dossier_id FROM visible_dossier d JOIN person p ON p.id = :id)`, probe: p}, "nothing ties"},
		{"no probe", Query{section: authz.Directory, text: `SELECT id FROM facility`}, "no probe"},
		{"no section", Query{text: `SELECT id FROM facility`, probe: p}, "no section"},
		{"casts bytes to a number", Query{section: authz.Directory, text: `SELECT CAST(:x AS BYTEA) FROM facility`, probe: p}, "BYTEA"},
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
	made := 0
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := migrationFiles.ReadFile("migrations/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		made += strings.Count(string(text), "CREATE TABLE")
	}
	if named := len(Schema()); made != named {
		t.Errorf("%d tables, %d of them with a line `-- root:` just before and columns that can be read", made, named)
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

func TestAScopeAlwaysHasAName(t *testing.T) {
	a := authz.System("test")
	for text, want := range map[string]string{
		`SELECT id FROM visible_task`:                              `) AS visible_task`,
		`SELECT id FROM visible_task WHERE id = :id`:               `) AS visible_task WHERE`,
		`SELECT t.id FROM visible_task t`:                          `) t`,
		`SELECT t.id FROM visible_task AS t`:                       `) AS t`,
		`SELECT visible_task.id FROM visible_task ORDER BY id`:     `SELECT visible_task.id FROM (SELECT`,
		`SELECT x.id FROM account x WHERE 'visible_tasks' <> :one`: `'visible_tasks'`,
	} {
		if got := compile(&Query{section: authz.Tasks, text: text}, a, Postgres).sql; !strings.Contains(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestOnlyNumbersMayBeReadQuietly(t *testing.T) {
	for _, c := range []struct {
		name, text string
		quiet      bool
	}{
		{"how many in each state", `SELECT t.state, COUNT(*) FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id GROUP BY t.state`, true},
		{"names", `SELECT d.name, COUNT(*) FROM visible_dossier d GROUP BY d.name`, false},
		{"the state of one family", `SELECT d.state, COUNT(*) FROM visible_dossier d WHERE d.id = :dossier GROUP BY d.state`, false},
		{"rows", `SELECT d.id FROM visible_dossier d`, false},
	} {
		q := &Query{name: "test.quiet", section: authz.Plan, text: c.text, probe: Probe{}}
		if err := q.check(); err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() {
				if refused := recover() != nil; refused == c.quiet {
					t.Errorf("%s: refused %v", c.name, refused)
				}
			}()
			q.Quiet("a test")
		}()
	}
}
