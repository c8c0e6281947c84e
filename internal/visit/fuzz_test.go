package visit

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// FuzzTyped sends a report. What is read names rows that can be, and no time that is none.
func FuzzTyped(f *testing.F) {
	f.Add("trajectory=1jfftbe07ytht&held_on=2026-11-20&held_time=14:30&minutes=90&present=1jfftbe07ytht&words=a")
	f.Add("trajectory=x&held_on=31-2-2026&held_time=25:99&minutes=1e9&km=-1&present=&present=../x")
	f.Add("trajectory=0000000000001&held_on=2026-03-29&held_time=02:30&version=999999999&step_plan=1")
	now := core.MustInstant("2026-11-22T10:00:00.000Z")
	f.Fuzz(func(t *testing.T, body string) {
		q := httptest.NewRequest(http.MethodPost, "/reports/1", strings.NewReader(body))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		in := form.From(q, text.NL, reportFields)
		r, err := typed(in, 7, now)
		if err != nil {
			if !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		if r.Trajectory < 0 || r.Minutes < -1e9 || r.Minutes > 1e9 || strings.ContainsAny(r.Words, "\x00\r") {
			t.Errorf("%q is read as %+v", body, r)
		}
	})
}
