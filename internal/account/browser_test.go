package account

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/hotp"

	"maatje/internal/account/glass"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

const (
	goodPassphrase = "de kat slaapt op het dak"
	theEmail       = "ingrid@voorbeeld.nl"
)

// house is the product's door on one engine, with a clock that the test moves.
type house struct {
	*testing.T
	db      *db.DB
	clock   *dbtest.Clock
	service *Service
	router  *web.Router
}

func eachHouse(t *testing.T, c Config, test func(h *house)) {
	t.Helper()
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		c.Hash = 64 // KiB: what a hash costs is tested where it is made
		s := NewService(d, c)
		m := web.NewRouter(s, web.Config{Clock: clock.Now, Demo: c.Demo, Secure: c.Secure, Base: c.Base, Log: slog.New(slog.DiscardHandler)})
		s.Routes(m)
		s.Refusals().Routes(m)
		glass.NewService(d).Routes(m)
		m.Handle("GET /{$}", authz.RightTo("home.see"), func(q *web.Request) error {
			_, err := q.W.Write([]byte("home of " + q.Actor.Name()))
			return err
		})
		test(&house{t, d, clock, s, m})
	})
}

// browser keeps cookies, as a browser does.
type browser struct {
	*house
	address string
	cookies map[string]string
}

func (h *house) browser(address string) *browser { return &browser{h, address, map[string]string{}} }

func (b *browser) send(r *http.Request) *httptest.ResponseRecorder {
	r.RemoteAddr = b.address + ":1234"
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.router.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return w
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, pairs ...string) *httptest.ResponseRecorder {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(r)
}

// leads holds an answer against the place it should lead to.
func (b *browser) leads(w *httptest.ResponseRecorder, to string) {
	b.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != to {
		b.Fatalf("%d to %q, want 303 to %q\n%s", w.Code, w.Header().Get("Location"), to, mistakes(w))
	}
}

func (b *browser) says(w *httptest.ResponseRecorder, status int, words string) {
	b.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), words) {
		b.Fatalf("%d, want %d with %q\n%s", w.Code, status, words, mistakes(w))
	}
}

var errorText = regexp.MustCompile(`(?s)<main.*</main>`)

func mistakes(w *httptest.ResponseRecorder) string { return errorText.FindString(w.Body.String()) }

var seedText = regexp.MustCompile(`<code>([A-Z2-7]{32})</code>`)

// firstLeader makes the first project leader, through the pages, and gives the seed of her codes.
func (b *browser) firstLeader() (seed string) {
	b.Helper()
	code, needed, err := b.service.FirstStart(b.Context())
	if err != nil || !needed {
		b.Fatal(needed, err)
	}
	return b.accept(b.on(b.post("/start", "code", code, "name", "Ingrid", "email", theEmail)))
}

// on is where an answer leads to.
func (b *browser) on(w *httptest.ResponseRecorder) string {
	b.Helper()
	if w.Code != http.StatusSeeOther {
		b.Fatalf("%d\n%s", w.Code, mistakes(w))
	}
	return w.Header().Get("Location")
}

// code is the one-time code of this half minute.
func (h *house) code(seed string) string {
	h.Helper()
	c, err := hotp.GenerateCode(seed, uint64(h.clock.Now().Time().Unix()/30))
	if err != nil {
		h.Fatal(err)
	}
	return c
}

func (b *browser) signIn(email, passphrase string) *httptest.ResponseRecorder {
	return b.post("/sign-in", "email", email, "passphrase", passphrase, "next", "/")
}

// fullSignIn signs in with passphrase and code.
func (b *browser) fullSignIn(email, seed string) {
	b.Helper()
	b.leads(b.signIn(email, goodPassphrase), "/second-factor?next=%2F")
	b.leads(b.post("/second-factor", "code", b.code(seed), "next", "/"), "/")
}

// request is a request of this browser that is not sent.
func (b *browser) request(path string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r
}

func (h *house) later(d core.Instant) { h.clock.Set(d) }
