package applicant

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maatje/internal/volunteer"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// FuzzRead sends the public form. An application that is taken says who, where, why and how to reach them (VOL-1).
func FuzzRead(f *testing.F) {
	f.Add("name=Ria&email=a%40b.nl&municipality=Zwolle&words=tijd&days=mon&kinds=transport")
	f.Add("name=%00%ff&phone=06&municipality=x&words=y&days=nooit&kinds=nonsense&website=1")
	f.Fuzz(func(t *testing.T, body string) {
		q := httptest.NewRequest(http.MethodPost, "/apply", strings.NewReader(body))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		in := form.From(q, text.NL, fields)
		a := read(in)
		if check(a, volunteer.Days()) != nil || !in.OK() {
			return
		}
		if a.Name == "" || a.Phone+a.Email == "" || a.Municipality == "" || a.Words == "" || len(a.Words) > 4*4000 {
			t.Errorf("%q is taken as %+v", body, a)
		}
	})
}
