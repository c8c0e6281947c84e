package app

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// walksEverything are the queries that read a whole large table on purpose, each with its reason.
var walksEverything = map[string]string{
	"demo.children":      "the demo makes its own small programme",
	"demo.never_started": "the demo makes its own small programme",
	"demo.running":       "the demo makes its own small programme",
	"demo.talks":         "the demo makes its own small programme",

	"figures.children_running_by_kind":   "a year's figures count everybody, from an index that holds all they need",
	"figures.children_running_by_sex":    "a year's figures count everybody, from an index that holds all they need",
	"figures.non_starts_by_reason_count": "a year's figures count every decision",
	"figures.volunteers":                 "a year's figures count every match",

	"care.weights": "a list of all volunteers weighs the cases of each; the index holds the present matches alone",

	"job.waiting_mail":          "the index holds the waiting mails alone",
	"retention.count_families":  "only what is announced has a row",
	"retention.count_held":      "only what is held has a row",
	"retention.count_referrals": "only what is announced has a row",
	"retention.wishes_unseen":   "only who asked to be erased has a row",

	"mapped.taken":           "the map counts the families of each volunteer; the index holds the present matches alone",
	"volunteer.families_all": "a page of all volunteers counts the families of each; the index holds the present matches alone",
}

var (
	sqliteScan   = regexp.MustCompile(`^SCAN (\w+)`)
	postgresScan = regexp.MustCompile(`Seq Scan on (\w+)`)
	namedAs      = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)(?:\s+(?:AS\s+)?([a-z_0-9]+))?`)
)

// large are the tables that grow with the families; accounts, towns and settings stay small.
func large(t *testing.T) map[string]bool {
	out := map[string]bool{"log_entry": true, "outbox": true, "session": true, "import_record": true}
	for _, one := range tables(t) {
		if one.root == "dossier" || one.root == "referral" || one.root == "task" {
			out[one.name] = true
		}
	}
	return out
}

// TestNoQueryReadsAWholeTable asks both engines how they would run every query, as everybody who may. At a hundred
// thousand families a whole table is a second of waiting.
func TestNoQueryReadsAWholeTable(t *testing.T) {
	big := large(t)
	found := map[string]map[string]bool{}
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		d := dbtest.Open(t, kind, &dbtest.Clock{})
		for _, who := range askers(ours) {
			for _, q := range db.Registered() {
				if strings.HasPrefix(q.Name(), "guard.") || strings.HasPrefix(q.Name(), "mutant.") {
					continue
				}
				for _, table := range scans(t, d, who.Actor, q, big) {
					if found[q.Name()] == nil {
						found[q.Name()] = map[string]bool{}
					}
					found[q.Name()][fmt.Sprintf("%s (%s, %s)", table, kind, who.name)] = true
				}
			}
		}
	}
	for name, tables := range found {
		if walksEverything[name] == "" {
			t.Errorf("%s reads all of %s", name, strings.Join(slices.Sorted(maps.Keys(tables)), ", "))
		}
	}
	for name := range walksEverything {
		if found[name] == nil {
			t.Errorf("%s needs no reason any more; take it out", name)
		}
	}
}

// scans lists the large tables that the query reads whole.
func scans(t *testing.T, d *db.DB, who authz.Actor, q *db.Query, big map[string]bool) (out []string) {
	t.Helper()
	var steps []string
	err := d.Read(context.Background(), who, func(tx *db.Tx) (err error) {
		steps, err = db.Plan(tx, q, q.Probe())
		return err
	})
	if err != nil {
		t.Errorf("%s: %v", q.Name(), err)
	}
	for _, step := range steps {
		if m := postgresScan.FindStringSubmatch(step); m != nil && d.Kind() == db.Postgres && big[m[1]] {
			out = append(out, m[1])
		}
		if m := sqliteScan.FindStringSubmatch(step); m != nil && d.Kind() == db.SQLite {
			out = append(out, tablesCalled(m[1], q, big)...)
		}
	}
	return out
}

// tablesCalled finds the large tables that the query calls by this name.
func tablesCalled(name string, q *db.Query, big map[string]bool) (out []string) {
	if big[name] {
		return []string{name}
	}
	for _, m := range namedAs.FindAllStringSubmatch(q.Text(), -1) {
		if table := strings.TrimPrefix(m[1], "visible_"); m[2] == name && big[table] {
			out = append(out, table)
		}
	}
	return out
}
