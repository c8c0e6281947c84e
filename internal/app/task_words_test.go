package app

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/task"
	"maatje/internal/web"
	"maatje/internal/web/text"
)

func TestEveryTaskSaysWhatItIsAndWhatToDo(t *testing.T) {
	for _, kind := range task.Kinds() {
		if !slices.Contains(text.TaskCodes(), kind) || !slices.Contains(text.TaskActionCodes(), kind) {
			t.Errorf("the task %q has no words in [codes task] or [codes task_action]", kind)
		}
	}
	for _, code := range text.TaskCodes() {
		if !slices.Contains(task.Kinds(), code) {
			t.Errorf("the task %q does not say where it is done", code)
		}
		if !slices.Contains(text.TaskActionCodes(), code) {
			t.Errorf("the task %q says what it is and not what to do", code)
		}
	}
}

// TestEveryTaskLeadsToAPage: the button of a task goes to a page that exists, with nothing left to fill in.
func TestEveryTaskLeadsToAPage(t *testing.T) {
	d := dbtest.Open(t, db.SQLite, &dbtest.Clock{})
	mux := http.NewServeMux()
	for _, route := range Build(d, web.Config{Clock: d.Now}).Router.Routes() {
		mux.HandleFunc(route.Pattern, func(http.ResponseWriter, *http.Request) {})
	}
	for _, kind := range task.Kinds() {
		k := task.Task{Kind: kind, Dossier: core.DossierID(11), Referral: 12, Volunteer: 13, Subject: 14}
		path, _, _ := strings.Cut(k.Href(), "#")
		if _, pattern := mux.Handler(httptest.NewRequest(http.MethodGet, path, nil)); pattern == "" || strings.Contains(k.Href(), "{") {
			t.Errorf("the task %q leads to %s, which is no page", kind, k.Href())
		}
	}
}
