package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
	"maatje/internal/web/webtest"
)

// TestTRA6_AFormThatCameTooLateKeepsWhatWasTyped: the session ended while somebody typed.
func TestTRA6_AFormThatCameTooLateKeepsWhatWasTyped(t *testing.T) {
	site := webtest.New(t, (&dbtest.Clock{}).Now)
	site.Handle("POST /reports/{visit}", authz.RightTo("visit.own"), func(*web.Request) error { return nil })
	tests := []struct {
		name, accept string
		form         url.Values
		status       int
		has          []string
		without      string
	}{
		{"a report", "text/html", url.Values{"words": {"Samen <b>gelezen</b>\nen gelachen"}, "present": {"1", "2"}}, http.StatusUnauthorized,
			[]string{"Samen &lt;b&gt;gelezen&lt;/b&gt;\nen gelachen", `name="present" value="1"`, `name="present" value="2"`, `action="/reports/7?x=1"`, "/sign-in"}, "<b>"},
		{"NUL and broken text", "text/html", url.Values{"words": {"a\x00b\xff"}}, http.StatusUnauthorized, []string{`value="ab"`}, "\x00"},
		{"no passphrase comes back", "text/html", url.Values{"passphrase": {"geheim"}, "name": {"Wil"}}, http.StatusUnauthorized, []string{"Wil"}, "geheim"},
		{"nothing typed", "text/html", nil, http.StatusSeeOther, nil, "<form"},
		{"the script that saves", "application/json", url.Values{"words": {"a"}}, http.StatusSeeOther, nil, "<form"},
	}
	for _, test := range tests {
		r := httptest.NewRequest(http.MethodPost, "/reports/7?x=1", strings.NewReader(test.form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", test.accept)
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		if w.Code != test.status || strings.Contains(w.Body.String(), test.without) {
			t.Errorf("%s: %d\n%s", test.name, w.Code, w.Body)
		}
		for _, words := range test.has {
			if !strings.Contains(w.Body.String(), words) {
				t.Errorf("%s: no %q in\n%s", test.name, words, w.Body)
			}
		}
	}
}
