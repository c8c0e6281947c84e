package intake_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
)

// keeps sends what is typed about a talk, as the script does.
func (f *family) keeps(a authz.Actor, key, version, said string) *httptest.ResponseRecorder {
	f.t.Helper()
	form := url.Values{"version": {version}, "talk_with": {"parent"}, "talk_said": {said}}
	r := httptest.NewRequest(http.MethodPost, f.path("/talks/save"), strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	w := httptest.NewRecorder()
	f.site(a).ServeHTTP(w, r)
	return w
}

func (f *family) records(token, version, said string) int {
	f.t.Helper()
	return post(f.site(f.petra), f.path("/talks"), url.Values{"token": {token}, "version": {version}, "talk_on": {"2026-11-20"}, "talk_with": {"parent"},
		"talk_place": {"inside"}, "talk_said": {said}}).Code
}

func TestINT1_ATalkIsKeptWhileItIsTyped(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		page := func() string { return get(f.site(f.petra), f.path("")).Body.String() }
		for _, c := range []struct {
			name, key, version, said string
			status                   int
			kept                     string // what the next page begins with
		}{
			{"the first words", "a.1", "0", "ze wil naar huis", http.StatusOK, "ze wil naar huis<"},
			{"the same sending twice", "a.1", "0", "ze wil naar huis", http.StatusOK, "ze wil naar huis<"},
			{"more words", "a.2", "1", "ze wil naar huis. Kim ook", http.StatusOK, "Kim ook<"},
			{"an answer got lost", "a.3", "1", "Kim huilde", http.StatusOK, "Kim huilde<"},
			{"a late one changes nothing", "a.2", "1", "te laat", http.StatusOK, "Kim huilde<"},
			{"another tab did not see this", "b.1", "0", "iets anders", http.StatusConflict, "Kim huilde<"},
			{"another tab did", "b.2", "3", "Kim lachte", http.StatusOK, "Kim lachte<"},
			{"a screen that does not say which", "", "4", "zonder", http.StatusConflict, "Kim lachte<"},
		} {
			answer := f.keeps(f.petra, c.key, c.version, c.said)
			if answer.Code != c.status || c.status == http.StatusConflict && !strings.Contains(answer.Body.String(), c.kept) {
				t.Errorf("%s: %d %s", c.name, answer.Code, answer.Body)
			}
			if !strings.Contains(page(), c.kept) {
				t.Errorf("%s: the page does not hold %q", c.name, c.kept)
			}
		}
		if strings.Contains(get(f.site(f.leader), f.path("")).Body.String(), "Kim lachte") {
			t.Error("a talk that is typed is its writer's alone")
		}
		if status := f.keeps(f.omar, "c.1", "0", "van een ander").Code; status != http.StatusNotFound {
			t.Errorf("somebody of another municipality: %d", status)
		}
	})
}

func TestINT1_ATalkIsRecordedOnceAndThenNoLongerTyped(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		f.keeps(f.petra, "a.1", "0", "ze wil naar huis")
		if status := f.records("b", "0", "ze wil naar huis"); status != http.StatusConflict {
			t.Errorf("recorded from a screen that did not see it: %d", status)
		}
		for range 2 {
			if status := f.records("a", "1", "ze wil naar huis, zei ze"); status != http.StatusSeeOther {
				t.Fatalf("recorded: %d", status)
			}
		}
		if status := f.keeps(f.petra, "a.2", "1", "te laat").Code; status != http.StatusOK {
			t.Errorf("kept after recording: %d", status)
		}
		if status := f.records("c", "1", "ze wil naar huis"); status != http.StatusConflict {
			t.Errorf("recorded by the other tab as well: %d", status)
		}
		body := get(f.site(f.petra), f.path("")).Body.String()
		if strings.Count(body, "ze wil naar huis") != 1 || strings.Contains(body, "te laat") {
			t.Error("it stands there once, as a talk")
		}
		if status := f.records("d", "2", "een week later"); status != http.StatusSeeOther {
			t.Errorf("the next talk: %d", status)
		}
	})
}
