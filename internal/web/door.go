package web

import (
	"net"
	"net/http"
	"slices"
	"strings"
)

// Door is what stands before every page, whoever asks.
type Door struct {
	Origin string   // the address that people use, if it is not the one that is listened on
	Hosts  []string // the names under which the product answers; none: any
	Secure bool     // people come over TLS
}

// Behind puts the door before the pages, which lead to the routes: headers on every answer, requests for this product alone,
// changes from its own pages alone.
func (m *Router) Behind(d Door, pages http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	if d.Origin != "" {
		_ = guard.AddTrustedOrigin(strings.TrimSuffix(d.Origin, "/")) // whoever starts us has checked it
	}
	guard.SetDenyHandler(m.refusing(http.StatusForbidden, "origin_other"))
	inner := guard.Handler(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protect(w.Header())
		if d.Secure {
			w.Header().Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		switch {
		case !d.answersTo(r.Host):
			m.refusing(http.StatusMisdirectedRequest, "host_other").ServeHTTP(w, r)
		case embedded(r):
			m.refusing(http.StatusForbidden, "origin_other").ServeHTTP(w, r)
		default:
			inner.ServeHTTP(w, r)
		}
	})
}

func (d Door) answersTo(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return len(d.Hosts) == 0 || slices.Contains(d.Hosts, strings.ToLower(strings.Trim(host, "[]")))
}

// embedded says that a page of another site wants this answer as a part of itself, or to read it. Following a link is not.
func embedded(r *http.Request) bool {
	site, mode, dest := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Sec-Fetch-Mode"), r.Header.Get("Sec-Fetch-Dest")
	return site == "cross-site" && (mode != "navigate" || r.Method == http.MethodGet && dest != "document" && dest != "")
}

// refusing is the page that says why there is no other.
func (m *Router) refusing(status int, why string, values ...any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { m.refuse(w, r, status, why, values...) }
}

// policy: scripts, styles and pictures are files of ours, nothing is inline, and no text becomes markup or script in a
// browser that knows Trusted Types.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// protect sets the headers that keep a page to itself.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
}

// CookieName is the name of a cookie where people come over TLS: a browser then takes it over TLS only, from this host
// only.
func CookieName(secure bool, name string) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// LeaveNothing has the browser of somebody who signs out forget what it kept of our pages.
func (q *Request) LeaveNothing() { q.W.Header().Set("Clear-Site-Data", `"cache", "storage"`) }
