package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/journal"
	"maatje/internal/web"
)

// The five tools are told on the same screens by a volunteer and by a coordinator. These tests ask for every one of their pages
// and send every one of their forms as those who once might, may in part, or never may.

var ofTheTools = []string{"/genogram", "/network", "/goals", "/triptych", "/tools", "/plan", "/steps/"}

// ofTools says that a route is a page or a form of a tool.
func ofTools(pattern string) bool {
	return (strings.Contains(pattern, "/dossiers/{id}/") || strings.Contains(pattern, "/my-families/{trajectory}/") || strings.Contains(pattern, "/trajectories/{id}/")) &&
		slices.ContainsFunc(ofTheTools, func(s string) bool { return strings.Contains(pattern, s) })
}

// typed is what somebody types who fills in a form of a tool: whole, so that it changes something if it may. id gives identifiers
// for what is new.
func typed(pattern string, id func(string) core.ID) url.Values {
	_, path, _ := strings.Cut(pattern, " ")
	out := url.Values{"version": {"99"}, "line": {id("line").String()}, "sheet": {id("triptych").String()}, "step": {id("step").String()}, "name": {"Wie"}}
	set := func(pairs ...string) {
		for i := 0; i < len(pairs); i += 2 {
			out.Set(pairs[i], pairs[i+1])
		}
	}
	ids := make([]string, 6)
	for i := range ids {
		ids[i] = (id("relative") + core.ID(i)).String()
	}
	switch {
	case strings.Contains(path, "/genogram"):
		set("row", id("row").String(), "ids", strings.Join(ids, " "), "seq", "1", "take", "person-"+id("person").String())
	case strings.HasSuffix(path, "/who"):
		set("quarter_"+core.ID(8).String(), "friends")
	case strings.Contains(path, "/network"):
		set("names", "Mo", "who", core.ID(8).String(), "ring", "2", "tasks", "koken", "gives", "practical", "other", core.ID(8).String(), "kind", "close", "drop", "common task", "seq", "1", "whose", "")
	case strings.Contains(path, "/goals"):
		set("text", "Doel", "why", "anders", "score", "more", "rated_on", "2026-11-20", "words", "goed", "version", "1")
		for _, code := range []string{"least", "less", "hoped", "more", "most"} {
			set(code, code)
		}
	case strings.Contains(path, "/triptych"):
		set("problem", "moe", "wish", "rust", "how", "slapen", "version", "1")
	case strings.HasSuffix(path, "/skip"):
		set("why", "not_now")
	default:
		set("month", "2", "who", "family", "what", "bellen", "done_on", "2026-11-20", "version", "1")
	}
	return out
}

// newID is of nothing yet.
func newID(string) core.ID { return core.NewID[core.ID](core.MustInstant("2026-11-23T09:00:00.000Z")) }

// now makes a moment in the life of our family.
func (w *walk) now(t *testing.T, moves []move) {
	t.Helper()
	err := w.db.Write(context.Background(), authz.System("guard"), func(tx *db.Tx) error {
		for _, m := range moves {
			if err := set(tx, m.table, m.column, m.value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTOO5_WhoOpensTheToolsAndWhoChangesThem asks for every page and sends every form of the tools, by real sessions, at the edges of
// each relation. A page that opens leaves a look in the log; a form that may not changes no row at all.
func TestTOO5_WhoOpensTheToolsAndWhoChangesThem(t *testing.T) {
	const none, reads, writes = 0, 1, 2
	m := func(column string, value any) move { return move{"volunteer_match", column, value} }
	role := func(name string) walker {
		i := slices.IndexFunc(walkers, func(k walker) bool { return k.name == name })
		return walkers[i]
	}
	stands := func(until string) []move {
		return []move{{"standing_in", "backup_id", sibling.id("account")}, {"standing_in", "from_date", "2026-11-01"}, {"standing_in", "until_date", until}}
	}
	for _, c := range []struct {
		name  string
		as    side
		who   string
		moves []move
		want  int
	}{
		{"her match runs", ours, "volunteer", nil, writes},
		{"introduced", ours, "volunteer", []move{m("state", "introduced")}, writes},
		{"proposed", ours, "volunteer", []move{m("state", "proposed")}, none},
		{"agreed, not yet begun", ours, "volunteer", []move{m("state", "agreed")}, none},
		{"declined", ours, "volunteer", []move{m("state", "introduced"), m("declined_at", "2026-11-22T10:00:00.000Z")}, none},
		{"ended yesterday", ours, "volunteer", []move{m("state", "ended"), m("ended_on", "2026-11-22")}, none},
		{"ended today", ours, "volunteer", []move{m("ended_on", "2026-11-23")}, none},
		{"the trajectory ended", ours, "volunteer", []move{{"trajectory", "ended_on", "2026-11-22"}}, none},
		{"another volunteer of the town", sibling, "volunteer", nil, none},
		{"the coordinator", ours, "outside coordinator", nil, writes},
		{"the family moved", ours, "outside coordinator", []move{{"dossier", "municipality_id", theirs.id("municipality")}}, none},
		{"stands in today", sibling, "outside coordinator", stands("2026-11-23"), writes},
		{"stood in until yesterday", sibling, "outside coordinator", stands("2026-11-22"), none},
		{"inside, where the parent stays", ours, "inside coordinator", nil, writes},
		{"inside, after the parent moved", ours, "inside coordinator", []move{{"placement", "facility_id", theirs.id("facility")}}, none},
		{"the glass is broken", ours, "project leader", nil, reads},
		{"the glass was broken yesterday", ours, "project leader", []move{{"broken_glass", "until_at", "2026-11-22T12:00:00.000Z"}}, none},
		{"the glass of another", ours, "project leader", []move{{"broken_glass", "dossier_id", theirs.id("dossier")}}, none},
		{"the administrator", ours, "administrator", nil, none},
		{"nobody", ours, "visitor", nil, none},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWalk(t, situations["running"])
			w.now(t, c.moves)
			opened, changed := w.tries(t, c.as, role(c.who), c.want)
			if (opened > 0) != (c.want >= reads) || (changed > 0) != (c.want == writes) {
				t.Errorf("%d pages opened and %d forms changed something", opened, changed)
			}
			if c.want == writes && (opened < 10 || changed < 12) {
				t.Errorf("%d pages opened and %d forms changed something: too few to say anything", opened, changed)
			}
		})
	}
}

// tries asks for every page and sends every form of the tools of our family.
func (w *walk) tries(t *testing.T, as side, who walker, want int) (opened, changed int) {
	t.Helper()
	for _, route := range w.app.Router.Routes() {
		if !ofTools(route.Pattern) {
			continue
		}
		path := w.path(route.Pattern, ours.id)
		if strings.HasPrefix(route.Pattern, "GET ") {
			if w.looks(t, as, who, route, path) {
				opened++
			}
			continue
		}
		before := w.dump(t)
		rec := w.sendForm(as, who, route.Pattern, path, typed(route.Pattern, newID).Encode())
		if rec.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %d %s", route.Pattern, rec.Code, w.lastError())
		}
		if n := w.differs(before, w.dump(t)); n > 0 {
			changed++
			if want < 2 {
				t.Errorf("%s: %d and %d rows changed", route.Pattern, rec.Code, n)
			}
		}
		if strings.Contains(rec.Body.String(), ours.words("")) && want == 0 {
			t.Errorf("%s: %d with words of the family", route.Pattern, rec.Code)
		}
	}
	return opened, changed
}

// looks asks for a page; one that shows something of the family is on record.
func (w *walk) looks(t *testing.T, as side, who walker, route web.Route, path string) bool {
	t.Helper()
	seen := w.logged(t)
	rec := w.send(as, who, route.Pattern, path)
	if rec.Code != http.StatusOK || !route.Right.Allows(who.of(as)) {
		if strings.Contains(rec.Body.String(), ours.words("")) || rec.Code >= http.StatusInternalServerError {
			t.Errorf("%s: %d, %.200s", route.Pattern, rec.Code, rec.Body)
		}
		return false
	}
	on := false
	w.entries(t, seen, func(e journal.Entry) {
		on = on || e.Dossier == ours.id("dossier").Int64() && e.Account == as.id("account").Int64() && (strings.Contains(e.What, "tools") || strings.Contains(e.What, "steps"))
	})
	if !on {
		t.Errorf("%s: opened, and no look is on record", route.Pattern)
	}
	return true
}

// differs counts the rows of tools that are not the same.
func (w *walk) differs(before, after map[string][][]any) (n int) {
	for _, table := range []string{"kin_change", "triptych", "goal", "goal_change", "goal_rating", "step", "step_past", "tool_use"} {
		n += len(changes(before[table], after[table]))
	}
	return n
}

// TestTOO5_TheirIdentifiersInAFormAreNobodys sends every form of the tools to our own family, in one house with identifiers of another
// family in its fields and in a house that is the same with identifiers of nothing. Form by form both answer alike, what is theirs
// stays as it is, and nothing of it shows.
func TestTOO5_TheirIdentifiersInAFormAreNobodys(t *testing.T) {
	for _, name := range []string{"volunteer", "outside coordinator"} {
		who := walkers[slices.IndexFunc(walkers, func(k walker) bool { return k.name == name })]
		one, other := newWalk(t, situations["running"]), newWalk(t, situations["running"])
		before, sent := one.theirRows(t), 0
		for _, a := range attempts(one, who) {
			nobody := db.Theirs(a.table) + 7<<40 // of nobody in this house
			got, want := one.attempt(who, a, db.Theirs(a.table)), other.attempt(who, a, nobody)
			if sent++; got.Code != want.Code || without(got.Header().Get("Location"), db.Theirs(a.table).String()) != without(want.Header().Get("Location"), nobody.String()) {
				t.Errorf("%s as %s, %s of their %s: %d to %q, of nobody %d to %q", a.pattern, name, a.field, a.table, got.Code, got.Header().Get("Location"), want.Code, want.Header().Get("Location"))
			}
			if strings.Contains(got.Body.String(), theirs.words("")) {
				t.Errorf("%s as %s, %s of their %s: shows their words", a.pattern, name, a.field, a.table)
			}
		}
		if after := one.theirRows(t); !slices.Equal(before, after) || len(before) < 50 || sent < 200 {
			t.Errorf("as %s: %d of their rows were %d, after %d forms", name, len(after), len(before), sent)
		}
	}
}

// attempt is one form with the identifier of a row of one table in one field.
type attempt struct{ pattern, path, field, table string }

// attempts are all that a role can send to our family.
func attempts(w *walk, who walker) (out []attempt) {
	fields := []string{"line", "row", "sheet", "step", "goal", "person", "whose", "known", "who", "other", "knows", "one", "two", "home", "home_row", "children", "with", "ids", "take"}
	tables := []string{"person", "household", "trajectory", "kin_change", "goal", "goal_change", "goal_rating", "triptych", "step", "tool_use"}
	for _, route := range w.app.Router.Routes() {
		if !strings.HasPrefix(route.Pattern, "POST ") || !ofTools(route.Pattern) || !route.Right.Allows(who.of(ours)) {
			continue
		}
		for _, field := range fields {
			for _, table := range tables {
				if asksFor(route.Pattern, field) {
					out = append(out, attempt{route.Pattern, w.path(route.Pattern, ours.id), field, table})
				}
			}
		}
	}
	return out
}

func (w *walk) attempt(who walker, a attempt, id core.ID) *httptest.ResponseRecorder {
	in := typed(a.pattern, newID)
	switch a.field {
	case "ids":
		in.Set("ids", strings.Replace(in.Get("ids"), strings.Fields(in.Get("ids"))[0], id.String(), 1))
	case "take":
		in.Set("take", "person-"+id.String())
	default:
		in.Set(a.field, id.String())
	}
	return w.sendForm(ours, who, a.pattern, a.path, in.Encode())
}

// theirRows are the rows of their family, each as a sum.
func (w *walk) theirRows(t *testing.T) (out []string) {
	t.Helper()
	rows := w.dump(t)
	for _, one := range prepare(t) {
		i := slices.IndexFunc(one.columns, func(c column) bool { return c.name == "dossier_id" })
		for _, row := range rows[one.name] {
			if i >= 0 && row[i] == db.Theirs("dossier").Int64() && one.name != "log_entry" {
				out = append(out, fmt.Sprintf("%s %x", one.name, sha256.Sum256(fmt.Append(nil, row...))))
			}
		}
	}
	slices.Sort(out)
	return out
}

// asksFor says which identifiers a form has; what no form has is dropped unread.
func asksFor(pattern, field string) bool {
	_, path, _ := strings.Cut(pattern, " ")
	has := func(fields ...string) bool { return slices.Contains(fields, field) }
	switch {
	case strings.HasSuffix(path, "/genogram/begin"):
		return has("take")
	case strings.HasSuffix(path, "/add/{what}"):
		return has("row", "one", "two", "home", "home_row", "children", "with", "ids")
	case strings.Contains(path, "/genogram"):
		return has("row", "one", "two")
	case strings.HasSuffix(path, "/network"):
		return has("line", "whose")
	case strings.HasSuffix(path, "/names"):
		return has("line", "known")
	case strings.Contains(path, "/network"):
		return has("line", "who", "other", "knows")
	case strings.Contains(path, "/goals"):
		return has("line", "person")
	case strings.Contains(path, "/triptych"):
		return has("sheet")
	case strings.HasSuffix(path, "/skip"):
		return has("line")
	}
	return has("step", "goal")
}
