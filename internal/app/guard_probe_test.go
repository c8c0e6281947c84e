package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// office are the roots on which the project leader stands by office, over the whole programme (METHOD ch. 9).
var office = []authz.Root{authz.VolunteerRoot}

// queries are the program's own: those that stand on a scope, and those that cross families.
func queries() (scoped, crossing []*db.Query) {
	for _, q := range db.Registered() {
		switch {
		case strings.HasPrefix(q.Name(), "guard."), strings.HasPrefix(q.Name(), "mutant."):
		case q.Cross() != "":
			crossing = append(crossing, q)
		default:
			scoped = append(scoped, q)
		}
	}
	return scoped, crossing
}

func TestEveryProbeFitsItsQuery(t *testing.T) {
	for _, q := range db.Registered() {
		want, got := q.Params(), slices.Collect(maps.Keys(q.Probe()))
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s: probe arguments %v for parameters %v", q.Name(), got, want)
		}
	}
}

// TestNeighbourProbe runs every query as everybody who is no neighbour. With the same arguments the family's own people,
// or a job, must reach something: that is the control. SQLite runs every situation; PostgreSQL, which has the same texts
// and the same rows, the first alone.
func TestNeighbourProbe(t *testing.T) {
	scoped, _ := queries()
	reached := map[*db.Query]bool{}
	try := func(t *testing.T, kind db.Kind, now situation) {
		p := newProbe(t, kind, now)
		for _, leak := range p.leaks(scoped) {
			t.Error(leak)
		}
		for _, q := range scoped {
			yes, err := p.reaches(q)
			if err != nil {
				t.Errorf("%s: %v", q.Name(), err)
			}
			reached[q] = reached[q] || yes
		}
	}
	for name, now := range situations {
		t.Run("sqlite "+name, func(t *testing.T) { try(t, db.SQLite, now) })
	}
	t.Run("postgres running", func(t *testing.T) { try(t, db.Postgres, situations["running"]) })
	for _, q := range scoped {
		if why := reachesNothing[q.Name()]; q.Section().Root() != authz.NoRoot && reached[q] != (why == "") {
			t.Errorf("%s: reaches something: %v; its reason not to: %q", q.Name(), reached[q], why)
		}
	}
}

// probe runs queries against a database in which their family lives and against one in which it does not.
type probe struct {
	with, without *db.DB
	tables        []table
	ids           map[core.ID]string // their identifiers, with the table
	mixed         map[core.ID]core.ID
	before        map[string][][]any
}

func newProbe(t *testing.T, kind db.Kind, now situation) *probe {
	t.Helper()
	p := &probe{with: neighbours(t, kind, now, true), without: neighbours(t, kind, now, false), ids: map[core.ID]string{}, mixed: map[core.ID]core.ID{}}
	for _, one := range prepare(t) {
		p.tables = append(p.tables, one)
		p.mixed[db.Theirs(one.name)] = db.Ours(one.name)
		if one.root != "none" {
			p.ids[db.Theirs(one.name)] = one.name
			p.ids[sibling.id(one.name)] = one.name
		}
	}
	err := p.with.Read(context.Background(), authz.System("guard"), func(tx *db.Tx) (err error) {
		p.before, err = p.dump(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// reachesNothing are the queries that find nothing with their own arguments even as whoever may, each with its reason.
var reachesNothing = map[string]string{
	"owndata.looked_at_volunteer": "the entries of the log here are of dossiers",
}

// reaches says whether the query finds or changes anything. That the row it would make is there already counts: it got
// as far as the table.
func (p *probe) reaches(q *db.Query) (reached bool, broken error) {
	roles := authz.Volunteer | authz.OutsideCoordinator | authz.InsideCoordinator | authz.ProjectLeader | authz.Administrator
	own := authz.SignedIn(core.AccountID(theirs.id("account")), core.VolunteerID(theirs.id("volunteer")), "", roles, authz.Origin{})
	for _, who := range []authz.Actor{own, askers(sibling)[0].Actor, authz.System("guard")} {
		err := p.with.Write(context.Background(), who, func(tx *db.Tx) error {
			var n int64
			var err error
			if q.IsWrite() {
				n, err = db.Exec(tx, q, q.Probe())
			} else {
				rows, failed := db.Rows(tx, q, q.Probe())
				n, err = int64(len(rows)), failed
			}
			reached = reached || n > 0 || db.IsDuplicate(err)
			return cmp.Or(err, errUndo)
		})
		if !errors.Is(err, errUndo) && !db.IsDuplicate(err) && !core.IsKind(err, core.KindNotFound) {
			broken = errors.Join(broken, err)
		}
	}
	return reached, broken
}

// leaks runs queries as everybody who is no neighbour, with their identifiers and with ours mixed among them.
func (p *probe) leaks(queries []*db.Query) []string {
	var out []string
	for _, who := range askers(ours) {
		err := p.reading(who.Actor, func(read reader) {
			for _, q := range queries {
				if who.name == "project leader" && slices.Contains(office, q.Section().Root()) || !may(who.Actor, q) {
					continue
				}
				for how, args := range p.arguments(q) {
					if err := p.try(read, q, who.Actor, args); err != nil {
						out = append(out, fmt.Sprintf("%s as our %s%s: %v", q.Name(), who.name, how, err))
					}
				}
			}
		})
		if err != nil {
			out = append(out, err.Error())
		}
	}
	other := askers(sibling)[0]
	for _, q := range queries {
		if !q.Section().IsOwn() {
			continue
		}
		if err := p.trySibling(q, other.Actor); err != nil {
			out = append(out, fmt.Sprintf("%s as the other volunteer of their family: %v", q.Name(), err))
		}
	}
	return out
}

// may says whether the query runs at all for this actor.
func may(who authz.Actor, q *db.Query) bool {
	if q.IsWrite() {
		return who.May(q.Section(), authz.Write)
	}
	return who.May(q.Section(), authz.Read)
}

// reader runs a query in the world with them and in the world without.
type reader func(q *db.Query, args db.Args) (with, without [][]any, err error)

// reading opens both worlds for one actor.
func (p *probe) reading(who authz.Actor, f func(reader)) error {
	return p.with.Read(context.Background(), who, func(one *db.Tx) error {
		return p.without.Read(context.Background(), who, func(other *db.Tx) error {
			f(func(q *db.Query, args db.Args) (with, without [][]any, err error) {
				if with, err = db.Rows(one, q, args); err == nil {
					without, err = db.Rows(other, q, args)
				}
				return with, without, err
			})
			return nil
		})
	})
}

// arguments are the probe's own, those with one of them ours, and those with one of them theirs.
func (p *probe) arguments(q *db.Query) map[string]db.Args {
	out := map[string]db.Args{"": q.Probe()}
	for name, v := range q.Probe() {
		id, ok := asID(v)
		if _, known := p.mixed[id]; !ok || !known {
			continue
		}
		oneOurs, oneTheirs := maps.Clone(q.Probe()), db.Args{}
		oneOurs[name] = p.mixed[id]
		for other, v := range q.Probe() {
			oneTheirs[other] = v
			if id, ok := asID(v); ok && p.mixed[id] != 0 && other != name {
				oneTheirs[other] = p.mixed[id]
			}
		}
		out[" with our :"+name] = oneOurs
		out[" with their :"+name] = oneTheirs
	}
	return out
}

func asID(v any) (core.ID, bool) {
	if n, ok := v.(interface{ Int64() int64 }); ok {
		return core.ID(n.Int64()), true
	}
	return 0, false
}

func (p *probe) try(read reader, q *db.Query, who authz.Actor, args db.Args) error {
	if q.IsWrite() {
		return p.tryWrite(q, who, args, p.isTheirs)
	}
	return p.tryRead(read, q, args)
}

// tryRead asks that nothing of theirs comes, and that what comes is the same as if they did not exist: a count that knows
// of them tells as much as a name.
func (p *probe) tryRead(read reader, q *db.Query, args db.Args) error {
	rows, alone, err := read(q, args)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if what := p.isTheirs(row); what != "" && q.Section().Root() != authz.NoRoot {
			return fmt.Errorf("reads %s in %.300v", what, row)
		}
	}
	if fmt.Sprint(plain(rows)) != fmt.Sprint(plain(alone)) {
		return fmt.Errorf("sees that they exist: %.300v with them, %.300v without", rows, alone)
	}
	return nil
}

// plain leaves the length of what is sealed: no two sealings are the same.
func plain(rows [][]any) [][]any {
	for _, row := range rows {
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = len(b)
			}
		}
	}
	return rows
}

// trySibling asks that another volunteer of the same family reaches nothing with the first one's rows. Its own match is
// its own.
func (p *probe) trySibling(q *db.Query, who authz.Actor) error {
	if q.IsWrite() {
		return p.tryWrite(q, who, q.Probe(), func(row []any) string { return isOf(row, db.Theirs("volunteer"), "their volunteer") })
	}
	rows, err := rowsOf(p.with, who, q, q.Probe())
	if err != nil {
		return err
	}
	for _, row := range rows {
		for _, own := range []string{"visit", "visit_report", "signal", "volunteer_match", "volunteer"} {
			if isOf(row, db.Theirs(own), own) != "" {
				return fmt.Errorf("reads the %s of the other in %.300v", own, row)
			}
			if strings.Contains(fmt.Sprint(row), theirs.words(own+" ")) {
				return fmt.Errorf("reads the %s of the other in %.300v", own, row)
			}
		}
	}
	return nil
}

func isOf(row []any, id core.ID, what string) string {
	for _, v := range row {
		if n, ok := v.(int64); ok && core.ID(n) == id {
			return what
		}
	}
	return ""
}

var errUndo = errors.New("undone")

// tryWrite asks that no row of theirs changes, comes or goes, and that none of ours comes to point at theirs.
func (p *probe) tryWrite(q *db.Query, who authz.Actor, args db.Args, foreign func([]any) string) error {
	var leak error
	err := p.with.Write(context.Background(), who, func(tx *db.Tx) error {
		leak = nil
		n, err := db.Exec(tx, q, args)
		if err != nil || n == 0 {
			return errUndo // refused: a broken query shows in the control, which must reach something
		}
		target := q.Tables()[0] // there are no triggers: what a change names first is all that it changes
		after, err := db.Rows(tx, dumpers[target], nil)
		if err != nil {
			return err
		}
		for _, row := range changes(p.before[target], after) {
			if what := foreign(row); what != "" && p.before[target] != nil {
				leak = fmt.Errorf("changes %s in %s: %.300v", what, target, row)
			}
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		return err
	}
	return leak
}

// dump reads every table that holds somebody's rows.
func (p *probe) dump(tx *db.Tx) (map[string][][]any, error) {
	out := map[string][][]any{}
	for _, one := range p.tables {
		if common(one) || one.name == "log_entry" {
			continue
		}
		rows, err := db.Rows(tx, dumpers[one.name], nil)
		if err != nil {
			return nil, err
		}
		out[one.name] = rows
	}
	return out, nil
}

// changes are the rows that stand on one side alone.
func changes(before, after [][]any) [][]any {
	var out [][]any
	count := map[string]int{}
	for _, row := range before {
		count[fmt.Sprint(row)]++
	}
	for _, row := range after {
		if count[fmt.Sprint(row)]--; count[fmt.Sprint(row)] < 0 {
			out = append(out, row)
		}
	}
	for _, row := range before {
		if count[fmt.Sprint(row)] > 0 {
			out = append(out, row)
		}
	}
	return out
}

func rowsOf(d *db.DB, who authz.Actor, q *db.Query, args db.Args) (rows [][]any, err error) {
	err = d.Read(context.Background(), who, func(tx *db.Tx) (err error) {
		rows, err = db.Rows(tx, q, args)
		return err
	})
	return rows, err
}

// isTheirs says what of theirs a row holds, if anything.
func (p *probe) isTheirs(row []any) string {
	for _, v := range row {
		switch v := v.(type) {
		case int64:
			if table := p.ids[core.ID(v)]; table != "" {
				return "their " + table
			}
		case string:
			if strings.Contains(v, theirs.words("")) || strings.Contains(v, sibling.words("")) {
				return "their words"
			}
		}
	}
	return ""
}
