package app

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/db"
	"maatje/internal/web"
)

// TestEveryAnswerProtectsItself asks for every route as everybody, and for what is no route, and looks at the headers.
func TestEveryAnswerProtectsItself(t *testing.T) {
	w := newWalk(t, situations["running"])
	h := w.app.Handler(Listen{Addr: "127.0.0.1:0", BaseURL: "https://maatje.example.org"})
	kinds := map[int]int{}
	for _, route := range append(w.app.Router.Routes(), nowhere...) {
		for _, who := range walkers {
			if who.roles != 0 {
				w.signIn(theirs, who)
			}
			method, _, _ := strings.Cut(route.Pattern, " ")
			path := w.path(route.Pattern, db.Theirs)
			r := httptest.NewRequest(method, "https://maatje.example.org"+path, nil)
			if who.roles != 0 {
				r.AddCookie(w.app.Accounts.Cookie(walkToken))
			}
			answer := httptest.NewRecorder()
			h.ServeHTTP(answer, r)
			kinds[answer.Code]++
			for _, wrong := range unprotected(answer) {
				t.Errorf("%s as %s, %d: %s", route.Pattern, who.name, answer.Code, wrong)
			}
		}
	}
	for _, status := range []int{200, 303, 404, 422} {
		if kinds[status] == 0 {
			t.Errorf("saw no %d: %v", status, kinds)
		}
	}
}

// nowhere are requests for what is no page.
var nowhere = notRoutes("GET /no-such-page", "GET /assets/no-such-file", "DELETE /sign-in", "PUT /dossiers", "GET /../etc/passwd", "GET /%2e%2e/", "GET //evil.example/", "POST /", "OPTIONS /", "TRACE /")

func notRoutes(patterns ...string) (out []web.Route) {
	for _, p := range patterns {
		out = append(out, web.Route{Pattern: p})
	}
	return out
}

// needed are the headers that every answer carries, with what each must hold.
var needed = map[string][]string{
	"Content-Security-Policy": {"default-src 'none'", "script-src 'self';", "style-src 'self';", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
		"require-trusted-types-for 'script'", "trusted-types 'none'"},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"same-origin"},
	"Permissions-Policy":           {"camera=()", "microphone=()", "geolocation=()"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Strict-Transport-Security":    {"max-age=63072000", "includeSubDomains"},
}

func unprotected(answer *httptest.ResponseRecorder) (wrong []string) {
	h := answer.Header()
	for name, parts := range needed {
		for _, part := range parts {
			if !strings.Contains(h.Get(name), part) {
				wrong = append(wrong, name+" is "+h.Get(name))
			}
		}
	}
	if policy := h.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		wrong = append(wrong, "the policy lets others in: "+policy)
	}
	if cache := h.Get("Cache-Control"); cache != "no-store" && !strings.Contains(cache, "immutable") {
		wrong = append(wrong, "Cache-Control is "+cache)
	}
	if to := h.Get("Location"); to != "" && !staysHere(to) {
		wrong = append(wrong, "leads to "+to)
	}
	for _, name := range []string{"Server", "X-Powered-By"} {
		if h.Get(name) != "" {
			wrong = append(wrong, "says that it is "+h.Get(name))
		}
	}
	for _, c := range answer.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			wrong = append(wrong, "an open cookie "+c.String())
		}
	}
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") && !strings.Contains(h.Get("Content-Type"), "utf-8") {
		wrong = append(wrong, "letters of no kind")
	}
	return wrong
}

func staysHere(to string) bool {
	u, err := url.Parse(to)
	return err == nil && (u.Host == "" && u.Scheme == "" || u.Scheme == "https" && u.Host == "maatje.example.org") && !strings.HasPrefix(u.Path, "//")
}

// TestCookiesAreBoundToTheHost signs in over TLS and looks at every cookie that comes.
func TestCookiesAreBoundToTheHost(t *testing.T) {
	w := newWalkAs(t, db.SQLite, situations["running"], web.Config{Secure: true})
	for _, path := range []string{"/language", "/signout"} {
		w.signIn(theirs, walkers[0])
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("lang=en&back=/"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(w.app.Accounts.Cookie(walkToken))
		answer := httptest.NewRecorder()
		w.app.Router.ServeHTTP(answer, r)
		cookies := answer.Result().Cookies()
		if len(cookies) == 0 {
			t.Errorf("%s sets no cookie: %d", path, answer.Code)
		}
		for _, c := range cookies {
			if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly {
				t.Errorf("%s: %s", path, c)
			}
		}
		if left := answer.Header().Get("Clear-Site-Data"); (path == "/signout") != (left == `"cache", "storage"`) {
			t.Errorf("%s: Clear-Site-Data is %s", path, left)
		}
	}
}

// TestEveryChangeComesFromAPageOfOurs sends every form as a page of another site would.
func TestEveryChangeComesFromAPageOfOurs(t *testing.T) {
	w := newWalk(t, situations["running"])
	h := w.app.Handler(Listen{Addr: "127.0.0.1:0", BaseURL: "https://maatje.example.org"})
	before, seen := w.dump(t), 0
	for _, route := range w.app.Router.Routes() {
		if strings.HasPrefix(route.Pattern, "GET ") {
			continue
		}
		for _, from := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
			r := httptest.NewRequest(http.MethodPost, "https://maatje.example.org"+w.path(route.Pattern, db.Theirs), nil)
			r.Header.Set(from[0], from[1])
			r.AddCookie(w.app.Accounts.Cookie(walkToken))
			answer := httptest.NewRecorder()
			h.ServeHTTP(answer, r)
			if seen++; answer.Code != http.StatusForbidden || !strings.Contains(answer.Body.String(), "andere site") {
				t.Errorf("%s with %v: %d", route.Pattern, from, answer.Code)
			}
		}
	}
	if after := w.dump(t); seen < 100 || len(differing(before, after)) > 0 {
		t.Errorf("%d sent, changed: %v", seen, differing(before, after))
	}
}

// TestReadingChangesNothing asks for every page as its own people: only the log, the sessions and the tasks of the day may
// be written by that.
func TestReadingChangesNothing(t *testing.T) {
	w := newWalk(t, situations["running"])
	before, seen := w.dump(t), 0
	for _, route := range w.app.Router.Routes() {
		if !strings.HasPrefix(route.Pattern, "GET ") || strings.HasPrefix(route.Pattern, "GET /assets/") {
			continue
		}
		for _, who := range walkers {
			if who.roles != 0 && route.Right.Allows(who.of(theirs)) {
				w.ask(theirs, who, route.Pattern, w.path(route.Pattern, db.Theirs))
				seen++
			}
		}
	}
	// The walk itself gives and takes roles and sessions.
	for _, name := range differing(before, w.dump(t)) {
		if writtenByReading[name] == "" {
			t.Errorf("%d pages were read, and %s is not what it was", seen, name)
		}
	}
}

var writtenByReading = map[string]string{
	"signal_answer": "that its asker read an answer is kept once",
	"session":       "a session is used, and the walk signs in",
	"account_role":  "the walk gives its people one role at a time",
	"log_entry":     "who looked is on record",
	"log_head":      "and where the log stands",
	"log_seen":      "and what was seen lately",
}

func differing(before, after map[string][][]any) (tables []string) {
	for name := range after {
		if len(changes(before[name], after[name])) > 0 || len(before[name]) != len(after[name]) {
			tables = append(tables, name)
		}
	}
	return tables
}

// TestWhatNetHTTPAnswersByItself is for requests that no browser makes; nothing of anybody is in it.
func TestWhatNetHTTPAnswersByItself(t *testing.T) {
	addr, _ := edge(t, Listen{})
	for _, request := range []string{"GET / HTTP/1.1\r\n\r\n", "NONSENSE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n"} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(c, request); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("%q is not answered: %v", request, err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode < 400 || answer.StatusCode >= 600 || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain") || len(body) > 200 || len(body) == 0 {
			t.Errorf("%q: %s %q", request, answer.Status, body)
		}
		_ = c.Close()
	}
}
