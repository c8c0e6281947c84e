package web

import (
	"net/http"
	"strings"
	"testing"
)

func with(r *http.Request, pairs ...string) *http.Request {
	for i := 0; i < len(pairs); i += 2 {
		r.Header.Set(pairs[i], pairs[i+1])
	}
	return r
}

func at(host string, r *http.Request) *http.Request {
	r.Host = host
	return r
}

// TestTheDoor asks as browsers do from pages of ours and of others.
func TestTheDoor(t *testing.T) {
	m := plain()
	h := m.Behind(Door{Origin: "https://maatje.example.org", Hosts: []string{"maatje.example.org", "::1"}, Secure: true}, m)
	home := func(r *http.Request) *http.Request { return at("maatje.example.org", r) }
	for name, tt := range map[string]struct {
		request *http.Request
		status  int
	}{
		"a page":                          {home(asking("/page")), 200},
		"at another port":                 {at("MAATJE.example.org:8443", asking("/page")), 200},
		"by a number":                     {at("[::1]:80", asking("/page")), 200},
		"at another name":                 {at("evil.example", asking("/page")), 421},
		"at a longer name":                {at("maatje.example.org.evil.example", asking("/page")), 421},
		"at no name":                      {at("", asking("/page")), 421},
		"a form of ours":                  {with(home(formOf("a=b")), "Sec-Fetch-Site", "same-origin"), 200},
		"a form of ours, older browser":   {with(home(formOf("a=b")), "Origin", "https://maatje.example.org"), 200},
		"a form of another site":          {with(home(formOf("a=b")), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"), 403},
		"a form of a neighbour":           {with(home(formOf("a=b")), "Sec-Fetch-Site", "same-site"), 403},
		"a form of another, older":        {with(home(formOf("a=b")), "Origin", "https://evil.example"), 403},
		"a form of nowhere":               {with(home(formOf("a=b")), "Origin", "null"), 403},
		"a link from another site":        {with(home(asking("/page")), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"), 200},
		"in a frame of another site":      {with(home(asking("/page")), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"), 403},
		"as a picture of another site":    {with(home(asking("/page")), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"), 403},
		"read by a script of another one": {with(home(asking("/page")), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"), 403},
	} {
		t.Run(name, func(t *testing.T) {
			w := ask(h, tt.request)
			if w.Code != tt.status {
				t.Fatalf("status %d, want %d: %.300s", w.Code, tt.status, w.Body)
			}
			if !strings.Contains(w.Header().Get("Strict-Transport-Security"), "includeSubDomains") {
				t.Error("says nothing of TLS")
			}
			if tt.status != 200 {
				isPage(t, w)
			}
		})
	}
}

func TestWithoutTLSNothingPromisesIt(t *testing.T) {
	m := plain()
	w := ask(m.Behind(Door{}, m), at("any.name", asking("/page")))
	if w.Code != http.StatusOK || w.Header().Get("Strict-Transport-Security") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
