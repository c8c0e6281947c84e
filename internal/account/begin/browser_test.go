package begin

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"

	"maatje/internal/account"
	"maatje/internal/account/passkey/passkeytest"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

const (
	base       = "https://maatje.voorbeeld.nl"
	host       = "maatje.voorbeeld.nl"
	theEmail   = "ingrid@voorbeeld.nl"
	passphrase = "de kat slaapt op het dak"
)

// house is the product's door on one engine, with a clock that the test moves.
type house struct {
	testing.TB
	db     *db.DB
	clock  *dbtest.Clock
	router *web.Router
	doors  *account.Service
}

func eachHouse(t *testing.T, test func(h *house)) {
	t.Helper()
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		test(open(t, d, clock, 64)) // KiB: what a hash costs is tested where it is made
	})
}

// open opens the door; a hash takes so many KiB.
func open(t testing.TB, d *db.DB, clock *dbtest.Clock, memory uint32) *house {
	accounts := account.NewService(d, account.Config{Base: base, Hash: memory})
	m := web.NewRouter(accounts, web.Config{Clock: clock.Now, Base: base, Log: slog.New(slog.DiscardHandler)})
	accounts.Routes(m)
	accounts.Refusals().Routes(m)
	NewService(d, accounts).Routes(m)
	m.Handle("GET /{$}", authz.RightTo("home.see"), func(q *web.Request) error {
		_, err := q.W.Write([]byte("home of " + q.Actor.Name()))
		return err
	})
	return &house{t, d, clock, m, accounts}
}

// browser keeps cookies, as a browser does.
type browser struct {
	*house
	address string
	cookies map[string]string
}

func (h *house) browser(address string) *browser { return &browser{h, address, map[string]string{}} }

func (b *browser) send(method, path string, body url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body.Encode()))
	if r.RemoteAddr = b.address + ":1234"; method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.router.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if delete(b.cookies, c.Name); c.MaxAge >= 0 {
			b.cookies[c.Name] = c.Value
		}
	}
	return w
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.send(http.MethodGet, path, nil)
}

func (b *browser) post(path string, pairs ...string) *httptest.ResponseRecorder {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, v)
}

func (b *browser) leads(w *httptest.ResponseRecorder, to string) {
	b.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != to {
		b.Fatalf("%d to %q, want 303 to %q\n%s", w.Code, w.Header().Get("Location"), to, mainOf(w))
	}
}

func (b *browser) says(w *httptest.ResponseRecorder, status int, words string) {
	b.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), words) {
		b.Fatalf("%d, want %d with %q\n%s", w.Code, status, words, mainOf(w))
	}
}

func (b *browser) saysNot(w *httptest.ResponseRecorder, words string) {
	b.Helper()
	if strings.Contains(w.Body.String(), words) {
		b.Fatalf("%q is there\n%s", words, mainOf(w))
	}
}

var mainText = regexp.MustCompile(`(?s)<main.*</main>`)

func mainOf(w *httptest.ResponseRecorder) string { return mainText.FindString(w.Body.String()) }

func (b *browser) question(path string) []byte {
	b.Helper()
	w := b.post(path)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		b.Fatalf("%d\n%s", w.Code, mainOf(w))
	}
	return w.Body.Bytes()
}

var codeText = regexp.MustCompile(`<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</code>`)

// begins uses an invitation with a passkey on a new device, and gives the codes that are shown once.
func (b *browser) begins(path string) (d *passkeytest.Device, codes []string) {
	b.Helper()
	d = passkeytest.New(b, base, host)
	w := b.post(path+"/passkey", "response", d.Make(b, b.question(path+"/passkey/question")))
	b.says(w, http.StatusOK, "Bijna klaar")
	for _, m := range codeText.FindAllStringSubmatch(w.Body.String(), -1) {
		codes = append(codes, m[1])
	}
	return d, codes
}

// starts makes the first project leader, who begins with a passkey.
func (b *browser) starts() (*passkeytest.Device, []string) {
	b.Helper()
	code, needed, err := b.doors.FirstStart(b.Context())
	if err != nil || !needed {
		b.Fatal(needed, err)
	}
	w := b.post("/start", "code", code, "name", "Ingrid", "email", theEmail)
	return b.begins(w.Header().Get("Location"))
}

// enters signs in with a passkey.
func (b *browser) enters(d *passkeytest.Device) *httptest.ResponseRecorder {
	b.Helper()
	return b.post("/sign-in/passkey", "response", d.Use(b, b.question("/sign-in/passkey/question")), "next", "/account")
}

var linkText = regexp.MustCompile(`<code>` + base + `(/invitation/[^<]+)</code>`)

// invites makes an account for somebody, and gives the way in.
func (b *browser) invites(name string) string {
	b.Helper()
	w := b.post("/accounts", "name", name, "email", strings.ToLower(name)+"@voorbeeld.nl", "roles", "administrator")
	m := linkText.FindStringSubmatch(w.Body.String())
	if m == nil {
		b.Fatalf("no link\n%s", mainOf(w))
	}
	return m[1]
}

var seedText = regexp.MustCompile(`<code>([A-Z2-7]{32})</code>`)

// code is the one-time code of the next half minute.
func (h *house) code(seed string) string {
	h.Helper()
	h.later(30 * time.Second)
	c, err := hotp.GenerateCode(seed, uint64(h.clock.Now().Time().Unix()/30))
	if err != nil {
		h.Fatal(err)
	}
	return c
}

func (h *house) later(d time.Duration) { h.clock.Set(h.clock.Now().Add(d)) }

func (h *house) idOf(name string) core.AccountID {
	h.Helper()
	all, err := h.doors.People(h.Context(), authz.System("test"))
	if err != nil {
		h.Fatal(err)
	}
	for _, p := range all {
		if p.Name == name {
			return p.ID
		}
	}
	h.Fatal("nobody is called " + name)
	return 0
}
