package app

import (
	"context"
	"errors"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// reachedBy are the dossiers that an actor reaches through a section, one query for each section of the test.
var reachedBy = map[authz.Section]*db.Query{}

func init() {
	for _, s := range []authz.Section{authz.Identity, authz.OwnMatch, authz.OwnVisits, authz.OwnSignals, authz.Visits, authz.Signals} {
		reachedBy[s] = db.Q("guard.reached_"+string(rune('a'+int(s))), s,
			`SELECT d.id FROM visible_dossier d WHERE d.id = :dossier AND COALESCE(CAST(:volunteer AS BIGINT), 0) >= 0`, db.Probe{"dossier": db.Theirs("dossier")})
	}
}

// set changes one column of our row in a table; everybody may, in this test.
func set(tx *db.Tx, table, column string, value any) error {
	name := "guard.set_" + table + "_" + column
	if setters[name] == nil {
		setters[name] = db.CrossX(name, authz.Door, testOnly, "UPDATE "+table+" SET "+column+" = :value WHERE id = :id", db.Probe{"value": nil, "id": 1})
	}
	return db.Do(tx, setters[name], db.Args{"value": value, "id": ours.id(table)})
}

var setters = map[string]*db.Query{}

// move is one change of our family's rows.
type move struct {
	table, column string
	value         any
}

// another puts a second row of a table beside ours, with some columns its own.
type another map[string]any

var xAnother = map[string]*db.Query{
	"placement": db.CrossX("guard.another_placement", authz.Door, testOnly, `INSERT INTO placement (id, dossier_id, detention_id, facility_id, from_date, until_date)
		VALUES (:id, :dossier, :detention, :facility, :from, :until)`, db.Probe{"id": 1, "dossier": 1, "detention": 1, "facility": 1, "from": "", "until": ""}),
	"detention": db.CrossX("guard.another_detention", authz.Door, testOnly, `INSERT INTO detention (id, dossier_id, parent_id) VALUES (:id, :dossier, :parent)`,
		db.Probe{"id": 1, "dossier": 1, "parent": 1}),
}

// TestWhenARelationOpens is the table of edges of every relation (METHOD ch. 9). Today is 23 November 2026, 10:00 in the
// Netherlands; the fixture's clock stands at 09:00 UTC.
func TestWhenARelationOpens(t *testing.T) {
	const volunteer, inside, outside, leader, backup = 0, 2, 1, 4, 5
	people := append(askers(ours)[:5:5], asker{"backup", authz.SignedIn(core.AccountID(sibling.id("account")), 0, "", authz.OutsideCoordinator, authz.Origin{})})
	m := func(column string, value any) move { return move{"volunteer_match", column, value} }
	placed := func(until any) move { return move{"placement", "until_date", until} }
	elsewhere := func(until any) another {
		return another{"placement": db.Args{"id": ours.id("placement") + 1, "dossier": ours.id("dossier"), "detention": ours.id("detention"), "facility": theirs.id("facility"),
			"from": "2026-11-01", "until": until}}
	}
	later := another{
		"detention": db.Args{"id": ours.id("detention") + 1, "dossier": ours.id("dossier"), "parent": ours.id("person")},
		"placement": db.Args{"id": ours.id("placement") + 1, "dossier": ours.id("dossier"), "detention": ours.id("detention") + 1, "facility": theirs.id("facility"),
			"from": "2026-11-20", "until": nil}}
	stands := func(from, until string) []any {
		return []any{move{"standing_in", "backup_id", sibling.id("account")}, move{"standing_in", "from_date", from}, move{"standing_in", "until_date", until}}
	}
	glass := func(from, until string) []any {
		return []any{move{"broken_glass", "from_at", from}, move{"broken_glass", "until_at", until}}
	}
	for _, c := range []struct {
		name    string
		who     int
		section authz.Section
		moves   []any
		want    bool
	}{
		{"proposed", volunteer, authz.Identity, []any{m("state", "proposed")}, false},
		{"agreed", volunteer, authz.Identity, []any{m("state", "agreed")}, false},
		{"introduced", volunteer, authz.Identity, []any{m("state", "introduced")}, true},
		{"accepted", volunteer, authz.Identity, []any{m("state", "accepted")}, true},
		{"declined", volunteer, authz.Identity, []any{m("declined_at", "2026-11-22T10:00:00.000Z")}, false},
		{"ended today", volunteer, authz.Identity, []any{m("ended_on", "2026-11-23")}, false},
		{"the trajectory ended", volunteer, authz.Identity, []any{move{"trajectory", "ended_on", "2026-11-23"}}, false},
		{"visits of others", volunteer, authz.Visits, nil, false},
		{"the proposal, proposed", volunteer, authz.OwnMatch, []any{m("state", "proposed")}, true},
		{"the proposal, declined", volunteer, authz.OwnMatch, []any{m("state", "proposed"), m("declined_at", "2026-11-22T10:00:00.000Z")}, false},
		{"own reports, 30th day", volunteer, authz.OwnVisits, []any{m("state", "ended"), m("ended_on", "2026-10-24")}, true},
		{"own reports, 31st day", volunteer, authz.OwnVisits, []any{m("state", "ended"), m("ended_on", "2026-10-23")}, false},
		{"own signals, 30th day", volunteer, authz.OwnSignals, []any{m("state", "ended"), m("ended_on", "2026-10-24")}, true},
		{"the family, ended", volunteer, authz.Identity, []any{m("state", "ended"), m("ended_on", "2026-11-23")}, false},

		{"placed", inside, authz.Identity, []any{placed(nil)}, true},
		{"leaves today", inside, authz.Identity, []any{placed("2026-11-23")}, true},
		{"left, nobody knows where to", inside, authz.Identity, []any{placed("2026-11-22")}, true},
		{"moved to another facility", inside, authz.Identity, []any{placed("2026-11-22"), elsewhere(nil)}, false},
		{"was elsewhere before", inside, authz.Identity, []any{placed("2026-11-22"), elsewhere("2026-11-21")}, true},
		{"detained again elsewhere", inside, authz.Identity, []any{placed("2026-01-22"), later}, false},
		{"visits at home", inside, authz.Visits, nil, false},
		{"signals, asked to answer one", inside, authz.Signals, nil, true},
		{"signals, asked somebody else", inside, authz.Signals, []any{move{"task", "account_id", theirs.id("account")}}, false},
		{"signals, asked something else", inside, authz.Signals, []any{move{"task", "kind", "checkpoint"}}, false},
		{"signals, asked about another family", inside, authz.Signals, []any{move{"task", "dossier_id", theirs.id("dossier")}}, false},
		{"signals, answered it", inside, authz.Signals, []any{move{"task", "done_at", "2026-11-22T10:00:00.000Z"}}, true},

		{"own town", outside, authz.Identity, nil, true},
		{"moved to another town", outside, authz.Identity, []any{move{"dossier", "municipality_id", theirs.id("municipality")}}, false},
		{"no town", outside, authz.Identity, []any{move{"dossier", "municipality_id", nil}}, false},

		{"stands in for nobody", backup, authz.Identity, nil, false},
		{"stands in, first day", backup, authz.Identity, stands("2026-11-23", "2026-12-01"), true},
		{"stands in, day before", backup, authz.Identity, stands("2026-11-24", "2026-12-01"), false},
		{"stands in, last day", backup, authz.Identity, stands("2026-11-01", "2026-11-23"), true},
		{"stands in, day after", backup, authz.Identity, stands("2026-11-01", "2026-11-22"), false},

		{"glass, before", leader, authz.Identity, glass("2026-11-23T09:00:00.001Z", "2026-11-23T13:00:00.001Z"), false},
		{"glass, just broken", leader, authz.Identity, glass("2026-11-23T09:00:00.000Z", "2026-11-23T13:00:00.000Z"), true},
		{"glass, last moment", leader, authz.Identity, glass("2026-11-23T05:00:00.001Z", "2026-11-23T09:00:00.001Z"), true},
		{"glass, four hours later", leader, authz.Identity, glass("2026-11-23T05:00:00.000Z", "2026-11-23T09:00:00.000Z"), false},
		{"glass of another dossier", leader, authz.Identity, []any{move{"broken_glass", "dossier_id", theirs.id("dossier")}}, false},
	} {
		for kind, d := range scopeDBs(t) {
			got, err := reaches(d, people[c.who].Actor, reachedBy[c.section], c.moves)
			if err != nil || got != c.want {
				t.Errorf("%v: %s: reached %v, want %v (%v)", kind, c.name, got, c.want, err)
			}
		}
	}
}

var opened = map[*testing.T]map[db.Kind]*db.DB{}

func scopeDBs(t *testing.T) map[db.Kind]*db.DB {
	t.Helper()
	if opened[t] == nil {
		opened[t] = map[db.Kind]*db.DB{db.SQLite: neighbours(t, db.SQLite, nil, true), db.Postgres: neighbours(t, db.Postgres, nil, true)}
	}
	return opened[t]
}

// reaches makes the moves, looks, and takes them back.
func reaches(d *db.DB, who authz.Actor, q *db.Query, moves []any) (reached bool, err error) {
	err = d.Write(context.Background(), who, func(tx *db.Tx) error {
		for _, one := range moves {
			switch one := one.(type) {
			case move:
				if err := set(tx, one.table, one.column, one.value); err != nil {
					return err
				}
			case another:
				for _, table := range []string{"detention", "placement"} {
					if args, ok := one[table].(db.Args); ok {
						if err := db.Do(tx, xAnother[table], args); err != nil {
							return err
						}
					}
				}
			}
		}
		rows, err := db.Rows(tx, q, db.Args{"dossier": ours.id("dossier")})
		reached = len(rows) > 0
		return errors.Join(err, errUndo)
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return reached, err
}
