// Package web turns requests into the work of capabilities: routes with rights, who is asking, forms that come back as
// they were typed, and refusals in words. A route without a right cannot be registered (HOUSE, the third lock).
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/text"
)

// Handler answers one request. What it returns as an error becomes the page that says so.
type Handler func(*Request) error

// Session is who asks, as the session says.
type Session struct {
	Actor    authz.Actor // Visitor or SignedIn
	Lang     text.Lang
	HasLang  bool // the account chose a language
	Proved   bool // showed a moment ago that it is they
	LastPage string
}

// Sessions finds out who asks. It is wired by app; account keeps the sessions.
type Sessions interface {
	Session(ctx context.Context, r *http.Request, from authz.Origin) (Session, error)
}

// Route is one registered route with its right.
type Route struct {
	Pattern string
	Right   authz.Right
}

// Router holds the routes.
type Router struct {
	mux      *http.ServeMux
	routes   []Route
	sessions Sessions
	bounds   *bounds
	Config   Config
}

// Config is what all pages have in common.
type Config struct {
	Clock  func() core.Instant
	Demo   bool
	Secure bool   // served over TLS: cookies are marked so
	Base   string // the address that people use, for links in mails: "https://maatje.example.org"
	Log    *slog.Logger
	// ProxyHeader names the header with the visitor's address when a proxy stands before us, or is empty.
	ProxyHeader string
	// Proxies are the networks in which such proxies stand; none is this machine itself.
	Proxies []netip.Prefix
	// Budgets are how often anybody may ask; none counts nothing.
	Budgets *Budgets
	// Refused puts on record that somebody was refused: a code of [codes refused]. If that fails there is no other answer.
	Refused func(ctx context.Context, a authz.Actor, what string) error
	// ReadOnly says that nothing can be kept now: every page says so at its top. Nil is never.
	ReadOnly func() bool
}

// NewRouter makes a router.
func NewRouter(s Sessions, c Config) *Router {
	return &Router{mux: http.NewServeMux(), sessions: s, bounds: newBounds(), Config: c}
}

// Routes lists what is registered, for the test that walks every route as every role.
func (m *Router) Routes() []Route { return m.routes }

// Handle registers a route. Its right is asked before anything is read; whoever does not hold it finds no such page.
func (m *Router) Handle(pattern string, right authz.Right, h Handler) {
	m.routes = append(m.routes, Route{pattern, right})
	if isHeavy(right) {
		h = m.heavily(h)
	}
	m.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		q := &Request{W: w, R: r, router: m}
		if err := m.serve(q, right, h); err != nil {
			q.fail(m.refused(q, err))
		}
	})
}

// What a refusal is on record as.
const (
	refusedRight   = "right"    // a page of a role that somebody does not have
	refusedMissing = "missing"  // a row that is not there, or not theirs
	refusedTooMany = "too_many" // asked too often
)

// refused puts on record what is refused to somebody who is signed in, and asking too often to anybody.
func (m *Router) refused(q *Request, err error) error {
	what := ""
	switch fail, _ := core.AsFail(err); {
	case fail == nil || m.Config.Refused == nil:
	case fail.Kind == core.KindTooMany:
		what = refusedTooMany
	case fail.Kind == core.KindNotFound && q.Actor.IsSignedIn() && q.shut:
		what = refusedRight
	case fail.Kind == core.KindNotFound && q.Actor.IsSignedIn():
		what = refusedMissing
	}
	if what == "" {
		return err
	}
	if failed := m.Config.Refused(q.Context(), q.Actor, what); failed != nil {
		return failed
	}
	return err
}

func (m *Router) serve(q *Request, right authz.Right, h Handler) error {
	from := authz.Origin{Address: m.address(q.R), Route: q.R.Pattern, Device: device(q.R.UserAgent())}
	q.Actor, q.Lang = authz.Visitor(from), language(q.R, Session{})
	if err := m.Config.Budgets.admitAddress(from, m.now()); err != nil {
		return err
	}
	s, err := m.sessions.Session(q.R.Context(), q.R, from)
	if err != nil {
		return err
	}
	q.Actor, q.Lang = s.Actor, language(q.R, s)
	if !right.Allows(q.Actor) {
		if !q.Actor.IsSignedIn() {
			return q.toSignIn()
		}
		q.shut = true
		return core.NotFound()
	}
	used := use(right, q.R)
	if err := m.Config.Budgets.admit(q.Actor, used, m.now()); err != nil {
		return err
	}
	if right.NeedsProof() && !s.Proved {
		return q.toProof()
	}
	q.Actor = q.Actor.Using(used)
	return h(q)
}

func (m *Router) now() core.Instant {
	if m.Config.Budgets == nil {
		return core.Instant{}
	}
	return m.Config.Clock()
}

// searchWords are the names under which search boxes send what is looked for.
var searchWords = []string{"q", "code"}

// use is what the request reads for. A list that can be searched is a list until somebody searches it.
func use(right authz.Right, r *http.Request) authz.Use {
	asked := slices.ContainsFunc(searchWords, func(name string) bool { return r.URL.Query().Get(name) != "" })
	if right.Use() == authz.Search && !asked {
		return ""
	}
	return right.Use()
}

// Raw registers what needs no right because it holds nothing of anybody: scripts, styles, the health of the program.
func (m *Router) Raw(pattern string, reason string, h http.Handler) {
	m.routes = append(m.routes, Route{pattern, authz.Open(reason)})
	m.mux.Handle(pattern, h)
}

// route finds the page.
func (m *Router) route(w http.ResponseWriter, r *http.Request) {
	if _, pattern := m.mux.Handler(r); pattern == "" {
		m.noRoute(w, r)
		return
	}
	m.mux.ServeHTTP(w, r)
}

// noRoute gives what has no page the same face as what may not be seen.
func (m *Router) noRoute(w http.ResponseWriter, r *http.Request) {
	q := &Request{W: w, R: r, router: m}
	s, err := m.sessions.Session(r.Context(), r, authz.Origin{Address: m.address(r)})
	if err == nil {
		q.Actor, q.Lang = s.Actor, language(r, s)
	}
	q.fail(core.NotFound())
}

const langCookie = "lang"

// language is the reader's: chosen on this device, then the account's, then the browser's, then Dutch.
func language(r *http.Request, s Session) text.Lang {
	for _, secure := range []bool{true, false} {
		if c, err := r.Cookie(CookieName(secure, langCookie)); err == nil {
			if l, ok := text.ParseLang(c.Value); ok {
				return l
			}
		}
	}
	if s.HasLang {
		return s.Lang
	}
	if first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ","); strings.HasPrefix(strings.ToLower(first), "en") {
		return text.EN
	}
	return text.NL
}
