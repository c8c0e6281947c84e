package figures_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/figures"
	"maatje/internal/web"
)

// as signs everybody in with the same roles.
type as authz.Role

func (r as) Session(_ context.Context, _ *http.Request, from authz.Origin) (web.Session, error) {
	return web.Session{Actor: authz.SignedIn(7, 0, "Ingrid", authz.Role(r), from), Proved: true}, nil
}

func get(d *db.DB, r authz.Role, path string) (status int, body string, head http.Header) {
	m := web.NewRouter(as(r), web.Config{Clock: func() core.Instant { return dbtest.Start }, Log: slog.New(slog.DiscardHandler)})
	figures.NewService(d).Routes(m)
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String(), w.Header()
}

func TestFIG2_ThePageOfAYear(t *testing.T) {
	d := dbtest.Open(t, db.SQLite, &dbtest.Clock{})
	bringYears(t, d)
	const year = "/figures?from=2013-01-01&to=2013-12-31"
	status, body, _ := get(d, authz.ProjectLeader, year)
	for _, part := range []string{"88,1 %", "75,4 %", "23,1 %", "1,5 %", "van 1 januari 2013 tot en met 31 december 2013", "gezinsmaatje", "Marijke Post", "geen hulpvraag"} {
		if !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), part) {
			t.Errorf("%d, and no %s", status, part)
		}
	}
	if _, body, _ = get(d, authz.ProjectLeader, year+"&outsiders=1"); !strings.Contains(body, "weggelaten") || strings.Contains(body, "1,5") {
		t.Error("three families with three reasons are shown to outsiders")
	}
	status, body, head := get(d, authz.ProjectLeader, "/figures/cells.csv?from=2013-01-01&to=2013-12-31")
	if status != http.StatusOK || !strings.Contains(body, "intakes_not_started,intake,decided,,all,199,226,88.1\n") || head.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%d %v %.300s", status, head, body)
	}
}

func TestFIG1_ThePageAtItsEdges(t *testing.T) {
	d := dbtest.Open(t, db.SQLite, &dbtest.Clock{})
	for _, tt := range []struct {
		role   authz.Role
		path   string
		status int
		part   string
	}{
		{authz.ProjectLeader, "/figures", http.StatusOK, "van 1 januari 2026 tot en met 31 december 2026"},
		{authz.ProjectLeader, "/figures?from=2026-02-30&to=2026-12-31", http.StatusUnprocessableEntity, "2026-02-30"},
		{authz.ProjectLeader, "/figures?from=2026-12-31&to=2026-12-30", http.StatusUnprocessableEntity, "De laatste dag ligt voor de eerste"},
		{authz.ProjectLeader, "/figures?from=2026-12-31&to=2026-12-31", http.StatusOK, "niets te tellen"},
		{authz.ProjectLeader, "/figures/cells.csv?from=x", http.StatusNotFound, ""},
		{authz.OutsideCoordinator | authz.InsideCoordinator | authz.Volunteer | authz.Administrator, "/figures", http.StatusNotFound, ""},
		{authz.OutsideCoordinator | authz.InsideCoordinator | authz.Volunteer | authz.Administrator, "/figures/cells.csv", http.StatusNotFound, ""},
	} {
		if status, body, _ := get(d, tt.role, tt.path); status != tt.status || !strings.Contains(body, tt.part) {
			t.Errorf("%v %s: %d, want %d with %q", tt.role.Codes(), tt.path, status, tt.status, tt.part)
		}
	}
}
