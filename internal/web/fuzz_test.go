package web

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"maatje/internal/web/text"
)

// FuzzLocalPath follows a way back as a browser would: whatever is asked, it stays with us.
func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/dossiers?q=a", "//evil.example", "/\\evil.example", "/\t/evil.example", "/%2f/evil.example", "https://evil.example", "javascript:alert(1)",
		"/a\r\nSet-Cookie: x=1", "\x01//evil.example", "/a/../..//evil.example", "///", "/\u2028", "/a#\"><script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, p string) {
		got := LocalPath(p)
		// A browser takes out tabs and line ends, and reads \ as /.
		seen := strings.ReplaceAll(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.Trim(got, "\x00\x01\x02\x03 ")), "\\", "/")
		if !strings.HasPrefix(seen, "/") || strings.HasPrefix(seen, "//") {
			t.Errorf("%q leads to %q", p, got)
		}
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
		http.Redirect(w, r, got, http.StatusSeeOther)
		if to := w.Header().Get("Location"); strings.ContainsAny(to, "\r\n\x00") || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
			t.Errorf("%q is sent on to %q", p, to)
		}
	})
}

// FuzzFlash reads the cookie that says what was done.
func FuzzFlash(f *testing.F) {
	f.Add(base64.RawURLEncoding.EncodeToString([]byte("Bewaard.")))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte("<script>\xff\x00")))
	f.Add("%%%")
	f.Fuzz(func(t *testing.T, value string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Cookie", flashCookie+"="+value)
		q := &Request{W: httptest.NewRecorder(), R: r, router: NewRouter(nil, Config{})}
		if said := q.takeFlash(); len(said) > 300 || !utf8.ValidString(said) || strings.ContainsAny(said, "\x00\r") {
			t.Errorf("%q says %q", value, said)
		}
	})
}

// FuzzHeaders reads what a browser says of itself.
func FuzzHeaders(f *testing.F) {
	f.Add("en-GB,en;q=0.9", "lang=nl", "Mozilla/5.0 (iPhone) Safari")
	f.Add("EN", "lang=xx; lang=en", "<script>Windows Edg")
	f.Add(",", "lang", "")
	f.Fuzz(func(t *testing.T, accept, cookie, agent string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header = http.Header{"Accept-Language": {accept}, "Cookie": {cookie}}
		if l := language(r, Session{}); l != text.NL && l != text.EN {
			t.Errorf("%q %q is language %v", accept, cookie, l)
		}
		r.RemoteAddr = "127.0.0.1:9" // a proxy of ours
		r.Header.Set("X-Forwarded-For", agent)
		if at := NewRouter(nil, Config{ProxyHeader: "X-Forwarded-For"}).address(r); at != "127.0.0.1" && netip.MustParseAddr(at).IsLoopback() {
			t.Errorf("%q is at %q", agent, at)
		}
		for word := range strings.SplitSeq(device(agent), ", ") {
			if strings.ContainsAny(word, "<>&\"'\x00/;") {
				t.Errorf("%q is kept as %q", agent, word)
			}
		}
	})
}

// FuzzUse reads an address's query.
func FuzzUse(f *testing.F) {
	f.Add("q=a&code=b&page=9")
	f.Add("q=%zz;&q=%00")
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: "/", RawQuery: query}
		q := &Request{R: r}
		if door := doorTo(false, r.URL.RequestURI()); !strings.HasPrefix(door, "/sign-in") || strings.ContainsAny(door, "\r\n\" <>") {
			t.Errorf("%q leads to %q", query, door)
		}
		_ = q.Query("q")
	})
}
