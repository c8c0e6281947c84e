package provider

import (
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"

	"maatje/internal/account"
	"maatje/internal/account/begin"
	"maatje/internal/account/oidc"
	"maatje/internal/account/oidc/oidctest"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
)

const (
	base       = "https://maatje.example"
	theEmail   = "ingrid@voorbeeld.nl"
	passphrase = "de kat slaapt op het dak"
)

// house is the door of the product with a provider behind it.
type house struct {
	*testing.T
	db     *db.DB
	clock  *dbtest.Clock
	router *web.Router
	forger *oidctest.Forger
	doors  *account.Service
}

func eachHouse(t *testing.T, test func(h *house)) {
	t.Helper()
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		f := oidctest.NewForger(t, clock.Now)
		h := open(t, d, clock, oidc.Config{Issuer: f.URL, ClientID: oidctest.ClientID, Name: "De Kring", Back: base + BackPath})
		h.forger = f
		test(h)
	})
}

func open(t *testing.T, d *db.DB, clock *dbtest.Clock, c oidc.Config) *house {
	t.Helper()
	accounts := account.NewService(d, account.Config{Base: base, Hash: 64})
	m := web.NewRouter(accounts, web.Config{Clock: clock.Now, Base: base, Log: slog.New(slog.DiscardHandler)})
	accounts.Routes(m)
	begin.NewService(d, accounts).Routes(m)
	s := NewService(d, accounts)
	s.Routes(m)
	m.Handle("GET /{$}", authz.RightTo("home.see"), func(q *web.Request) error {
		_, err := q.W.Write([]byte("home of " + q.Actor.Name()))
		return err
	})
	p, err := oidc.New(c, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	s.Use(p)
	return &house{T: t, db: d, clock: clock, router: m, doors: accounts}
}

type browser struct {
	*house
	cookies map[string]string
}

func (h *house) browser() *browser { return &browser{h, map[string]string{}} }

func (b *browser) send(method, path string, body url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body.Encode()))
	if r.RemoteAddr = "10.0.0.1:1234"; method == http.MethodPost {
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
		b.Fatalf("%d to %q, want 303 to %q\n%.2000s", w.Code, w.Header().Get("Location"), to, w.Body)
	}
}

func (b *browser) says(w *httptest.ResponseRecorder, status int, words string) {
	b.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), words) {
		b.Fatalf("%d, want %d with %q\n%.2000s", w.Code, status, words, w.Body)
	}
}

var seedText = regexp.MustCompile(`<code>([A-Z2-7]{32})</code>`)

// enrol sets up the second factor of who waits for it.
func (b *browser) enrol(to string) (seed string) {
	b.Helper()
	m := seedText.FindStringSubmatch(b.get("/second-factor?next=" + url.QueryEscape(to)).Body.String())
	if m == nil {
		b.Fatal("no seed on the page")
	}
	b.code(m[1], to)
	return m[1]
}

func (b *browser) code(seed, to string) {
	b.Helper()
	b.leads(b.post("/second-factor", "code", b.next(seed), "next", to), to)
}

// next is the code of the next half minute.
func (b *browser) next(seed string) string {
	b.Helper()
	b.clock.Set(b.clock.Now().Add(30 * time.Second))
	c, err := hotp.GenerateCode(seed, uint64(b.clock.Now().Time().Unix()/30))
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func (b *browser) firstLeader() (seed string) {
	b.Helper()
	code, _, err := b.doors.FirstStart(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	choose := b.post("/start", "code", code, "name", "Ingrid", "email", theEmail).Header().Get("Location")
	b.leads(b.post(choose, "passphrase", passphrase, "again", passphrase), "/second-factor?next=%2F")
	return b.enrol("/")
}

var goesTo = regexp.MustCompile(`href="(http[^"]+)"`)

// link links the subject to who is signed in.
func (b *browser) link(subject string) *httptest.ResponseRecorder {
	b.Helper()
	page := b.post("/account/provider")
	m := goesTo.FindStringSubmatch(page.Body.String())
	if m == nil {
		b.Fatalf("no way to the provider: %d\n%s", page.Code, page.Body)
	}
	return b.comeBack(b.forger.Answer(strings.ReplaceAll(m[1], "&amp;", "&"), subject))
}

// to asks for a way to the provider, and gives where it leads.
func (b *browser) to(path string) string {
	b.Helper()
	w := b.get(path)
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), b.forger.URL) {
		b.Fatalf("%d to %q\n%.1000s", w.Code, w.Header().Get("Location"), w.Body)
	}
	return w.Header().Get("Location")
}

func (b *browser) comeBack(answer url.Values) *httptest.ResponseRecorder {
	return b.get(BackPath + "?" + answer.Encode())
}

func mfa(c map[string]any) { c["amr"] = []string{"pwd", "mfa"} }

// TestARealProviderSignsIn goes through the pages of a certified provider: linking, signing in with a second factor of our own,
// and showing again who one is.
func TestARealProviderSignsIn(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.At(time.Now()).Add(-9 * time.Minute)) // the provider's clock is the real one
		issuer := oidctest.Real(t, base+BackPath)
		h := open(t, d, clock, oidc.Config{Issuer: issuer, ClientID: oidctest.ClientID, Secret: oidctest.Secret, Name: "De Kring", Back: base + BackPath})
		b := h.browser()
		seed := b.firstLeader()
		page := b.post("/account/provider")
		b.says(page, http.StatusOK, "Verder naar De Kring")
		b.leads(b.get(there(t, strings.ReplaceAll(goesTo.FindStringSubmatch(page.Body.String())[1], "&amp;", "&"))), "/account/provider")
		b.says(b.get("/account/provider"), http.StatusOK, "Gekoppeld op")

		clock.Set(clock.Now().Add(time.Minute))
		other := h.browser()
		other.says(other.get("/sign-in"), http.StatusOK, "Aanmelden via De Kring")
		way := other.get("/sign-in/provider?next=%2Faccount")
		other.leads(other.get(there(t, way.Header().Get("Location"))), "/second-factor?next=%2Faccount") // it saw a password alone
		other.leads(other.get("/"), "/sign-in")
		other.code(seed, "/account")
		other.says(other.get("/account"), http.StatusOK, "via de organisatie")

		clock.Set(core.At(time.Now()))
		other.leads(other.get("/account/provider"), "/prove?next=%2Faccount%2Fprovider")
		way = other.get("/prove/provider?next=%2Faccount%2Fprovider")
		if !strings.Contains(way.Header().Get("Location"), "prompt=login") {
			t.Errorf("it is not asked again: %s", way.Header().Get("Location"))
		}
		other.leads(other.get(there(t, way.Header().Get("Location"))), "/account/provider")
	})
}

var authRequest = regexp.MustCompile(`name="id" value="([^"]+)"`)

// there signs in on the provider's own pages, and gives our path that it sends the browser back to.
func there(t *testing.T, address string) string {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), base) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body := new(strings.Builder)
	_ = page.Write(body)
	_ = page.Body.Close()
	m := authRequest.FindStringSubmatch(body.String())
	if m == nil {
		t.Fatalf("no sign-in page at the provider: %s", body)
	}
	back, err := c.PostForm(page.Request.URL.Scheme+"://"+page.Request.URL.Host+"/login/username", url.Values{"id": {m[1]}, "username": {oidctest.Username}, "password": {oidctest.Password}})
	if err != nil {
		t.Fatal(err)
	}
	defer back.Body.Close()
	to := back.Header.Get("Location")
	if !strings.HasPrefix(to, base) {
		t.Fatalf("%d to %q", back.StatusCode, to)
	}
	return strings.TrimPrefix(to, base)
}
