package referral

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// FuzzRead sends the public form. A referral that is taken names somebody, says where, and how to reach who asks (REF-1).
func FuzzRead(f *testing.F) {
	f.Add("channel=school&phone=06&municipality=Utrecht&child_name_1=Kim&child_birth_1=2015-02-31")
	f.Add("channel=school&email=a@b&facility=x&parent_name=%00%ff&child_sex_6=x&child_name_7=y&child_birth_1=9999-12-31")
	f.Add("child_name_1=a&child_name_1=b&child_=c&website=1")
	today := core.MustDate("2026-11-22")
	f.Fuzz(func(t *testing.T, body string) {
		q := httptest.NewRequest(http.MethodPost, "/refer", strings.NewReader(body))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		in := form.From(q, text.NL, fields)
		r := read(in)
		if check(r, today) != nil || !in.OK() {
			return
		}
		if r.Phone+r.Email == "" && r.Channel != insideCoordinator || r.MunicipalityName+r.FacilityName == "" || len(r.Children) > maxChildren {
			t.Errorf("%q is taken as %+v", body, r)
		}
		for _, c := range r.Children {
			if c.Birth.After(today) {
				t.Errorf("%q: a child that is not born", body)
			}
		}
	})
}

// FuzzLikeness compares names of two referrals: the same either way round, and never an error.
func FuzzLikeness(f *testing.F) {
	f.Add("Kim de Vries", "kim vries", "2015-01-01", "2015-01-01")
	f.Add("", "", "", "")
	f.Add("\xff", "a\u0301", "x", "0001-01-01")
	f.Fuzz(func(t *testing.T, a, b, bornA, bornB string) {
		dayA, errA := core.ParseDate(bornA)
		dayB, errB := core.ParseDate(bornB)
		if errA != nil || errB != nil {
			return
		}
		one, other := []Trait{{Name: a, Birth: dayA}}, []Trait{{Name: b, Birth: dayB}}
		if Likeness(one, other) != Likeness(other, one) {
			t.Errorf("%q is as like %q as not", a, b)
		}
	})
}

// FuzzNeighbourhood: an address of any kind is kept as a short hash, and all of a household's are one.
func FuzzNeighbourhood(f *testing.F) {
	f.Add("192.0.2.7")
	f.Add("2001:db8::1")
	f.Add("::ffff:192.0.2.7%eth0")
	f.Add("\x00 unix")
	f.Fuzz(func(t *testing.T, address string) {
		if kept := neighbourhood(address); len(kept) != 16 || strings.Trim(kept, "0123456789abcdef") != "" {
			t.Errorf("%q is kept as %q", address, kept)
		}
	})
}
