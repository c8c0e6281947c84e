package breach

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// FuzzMoment sends a report: a day and a time that can be, or a sentence at the field.
func FuzzMoment(f *testing.F) {
	f.Add("found_on=2026-11-20&found_time=14:30")
	f.Add("found_on=31-2-2026&found_time=25:99")
	f.Add("found_on=2026-03-29&found_time=02:30&happened=%ff")
	now := core.MustInstant("2026-11-22T10:00:00Z")
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		in := form.From(r, text.NL, reportFields)
		at := moment(in, "found_on", "found_time", now)
		if at.IsZero() && in.OK() && in.Value("found_on") != "" || !at.IsZero() && (at.Time().Year() < 0 || at.Time().Year() > 9999) {
			t.Errorf("%q is %s", body, at)
		}
	})
}
