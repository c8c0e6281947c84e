package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/journal"
	"maatje/internal/web"
)

// TestSearchesPrintsAndExportsAreOnRecord asks for every page as everybody who may open it. What looks like a search, a sheet
// of paper or a file is registered as one, and each time that it is opened the log says by whom and for what.
func TestSearchesPrintsAndExportsAreOnRecord(t *testing.T) {
	w := newWalk(t, situations["running"])
	opened := map[string]bool{}
	for _, route := range w.app.Router.Routes() {
		if !strings.HasPrefix(route.Pattern, "GET ") && route.Right.Use() == "" || strings.HasPrefix(route.Pattern, "GET /assets/") {
			continue
		}
		for _, who := range walkers {
			if who.roles == 0 || !route.Right.Allows(who.of(theirs)) {
				continue
			}
			seen := w.logged(t)
			rec := w.send(theirs, who, route.Pattern, w.path(route.Pattern, db.Theirs)+"?q=zq&code=zq")
			if rec.Code != http.StatusOK {
				continue
			}
			if use := looksLike(rec); use != route.Right.Use() && holdsNobody[route.Pattern] == "" {
				t.Errorf("%s looks like %q and is registered as %q", route.Pattern, use, route.Right.Use())
			}
			if use := route.Right.Use(); use != "" {
				opened[route.Pattern] = true
				w.mustSay(t, seen, use, route.Pattern, who)
			}
		}
	}
	for _, route := range w.app.Router.Routes() {
		if route.Right.Use() != "" && !opened[route.Pattern] {
			t.Errorf("%s opened for nobody", route.Pattern)
		}
	}
}

// holdsNobody are the pages that look like one and hold nothing of anybody.
var holdsNobody = map[string]string{
	"GET /forms/intake": "an empty form",
}

// looksLike says what somebody could do with the answer.
func looksLike(rec *httptest.ResponseRecorder) authz.Use {
	body := rec.Body.String()
	switch {
	case rec.Header().Get("Content-Disposition") != "" || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html"):
		return authz.Export
	case strings.Contains(body, `<body class="paper`):
		return authz.Print
	case strings.Contains(body, `type="search"`):
		return authz.Search
	}
	return ""
}

// logged is the number of the last entry.
func (w *walk) logged(t *testing.T) (last int64) {
	t.Helper()
	w.entries(t, 0, func(e journal.Entry) { last = e.Seq })
	return last
}

func (w *walk) entries(t *testing.T, after int64, each func(journal.Entry)) {
	t.Helper()
	if err := w.db.WalkLog(t.Context(), after, func(e journal.Entry) error { each(e); return nil }); err != nil {
		t.Fatal(err)
	}
}

func (w *walk) mustSay(t *testing.T, after int64, use authz.Use, pattern string, who walker) {
	t.Helper()
	found := false
	w.entries(t, after, func(e journal.Entry) {
		found = found || e.Action == string(use) && e.Route == pattern && e.Account == theirs.id("account").Int64() && e.Device == "phone, Android, Firefox" &&
			e.Address != "" && e.Outcome == "done" && e.Actor == who.roles.Codes()[0]
		if strings.Contains(e.What+e.Rule+e.Route, "zq") {
			t.Errorf("%s: what was asked for stands in the log: %+v", pattern, e)
		}
	})
	if !found {
		t.Errorf("%s as %s: the log does not say %s", pattern, who.name, use)
	}
}

// TestLogReadingAndBrokenGlassAreOnRecord: so is looking at who looked, and opening a file by its emergency door.
func TestLogReadingAndBrokenGlassAreOnRecord(t *testing.T) {
	w := newWalk(t, situations["running"])
	file := theirs.id("dossier").Int64()
	for pattern, want := range map[string]string{"GET /dossiers/{id}/log": "log", "POST /dossiers/{id}/glass": "account.break_glass"} {
		seen, found := w.logged(t), false
		for _, who := range []walker{{"project leader", authz.ProjectLeader}} {
			w.sendForm(theirs, who, pattern, w.path(pattern, db.Theirs), "reason=there+is+nobody+else&words=there+is+nobody+else")
		}
		w.entries(t, seen, func(e journal.Entry) { found = found || e.Dossier == file && strings.Contains(e.What, want) })
		if !found {
			t.Errorf("%s is not on record", pattern)
		}
	}
}

var (
	xBreakLog = db.CrossX("guard.break_log", authz.Works, testOnly, `ALTER TABLE log_entry RENAME TO log_entry_gone`, db.Probe{}).Quiet(testOnly)
	xMendLog  = db.CrossX("guard.mend_log", authz.Works, testOnly, `ALTER TABLE log_entry_gone RENAME TO log_entry`, db.Probe{}).Quiet(testOnly)
)

// TestNoLogNoAnswer: while the log cannot be written, a page that would leave an entry shows a plain sentence and nothing of
// anybody, and no form changes anything. Everything works again when the log does.
func TestNoLogNoAnswer(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			w := newWalkOn(t, kind, situations["running"])
			leaves := w.leavingEntries(t)
			if len(leaves) < 20 {
				t.Fatalf("%d pages leave an entry", len(leaves))
			}
			w.alter(t, xBreakLog)
			for key, ask := range leaves {
				if rec := ask(); rec.Code != http.StatusServiceUnavailable || !strings.Contains(rec.Body.String(), "niet kunnen vastleggen") ||
					strings.Contains(rec.Body.String(), theirs.words("")) {
					t.Errorf("%s without a log: %d\n%.600s", key, rec.Code, rec.Body)
				}
			}
			w.alter(t, xMendLog)
			for key, ask := range leaves {
				if rec := ask(); rec.Code != http.StatusOK {
					t.Errorf("%s with the log back: %d", key, rec.Code)
				}
			}
		})
	}
}

// leavingEntries are the requests that open and leave an entry.
func (w *walk) leavingEntries(t *testing.T) map[string]func() *httptest.ResponseRecorder {
	t.Helper()
	out := map[string]func() *httptest.ResponseRecorder{}
	for _, route := range w.app.Router.Routes() {
		for _, who := range walkers {
			if !strings.HasPrefix(route.Pattern, "GET ") || who.roles == 0 || !route.Right.Allows(who.of(theirs)) {
				continue
			}
			ask := func() *httptest.ResponseRecorder {
				return w.send(theirs, who, route.Pattern, w.path(route.Pattern, db.Theirs))
			}
			if seen := w.logged(t); ask().Code == http.StatusOK && w.tells(t, seen, route) {
				out[route.Pattern+" as "+who.name] = ask
			}
		}
	}
	return out
}

func (w *walk) tells(t *testing.T, after int64, route web.Route) (found bool) {
	t.Helper()
	w.entries(t, after, func(e journal.Entry) { found = found || e.Route == route.Pattern })
	return found
}

func (w *walk) alter(t *testing.T, q *db.Query) {
	t.Helper()
	err := w.db.Write(context.Background(), authz.System("guard"), func(tx *db.Tx) error {
		_, err := db.Exec(tx, q, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
