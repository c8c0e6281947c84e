// Package webtest asks a router for pages as somebody, without a browser and without signing in. Tests alone import it.
package webtest

import (
	"context"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
)

// Site is a router in which a test says who asks.
type Site struct {
	*web.Router
	t     testing.TB
	actor authz.Actor
}

// New makes a site with the clock of the test.
func New(t testing.TB, clock func() core.Instant) *Site {
	s := &Site{t: t}
	s.Router = web.NewRouter(s, web.Config{Clock: clock, Log: slog.New(slog.DiscardHandler)})
	return s
}

// Session is whoever As named.
func (s *Site) Session(_ context.Context, _ *http.Request, from authz.Origin) (web.Session, error) {
	if s.actor.IsZero() {
		return web.Session{Actor: authz.Visitor(from)}, nil
	}
	return web.Session{Actor: s.actor, Proved: true}, nil
}

// As says who asks from now on; the zero Actor is a visitor.
func (s *Site) As(a authz.Actor) *Site {
	s.actor = a
	return s
}

// Page is an answer.
type Page struct {
	t        testing.TB
	Status   int
	Body     string
	Location string
}

// Get asks for a page.
func (s *Site) Get(path string) Page {
	return s.do(httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil))
}

// Post sends a form; the header pairs follow it.
func (s *Site) Post(path string, values url.Values, headers ...string) Page {
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return s.do(r)
}

func (s *Site) do(r *http.Request) Page {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return Page{t: s.t, Status: w.Code, Body: w.Body.String(), Location: w.Header().Get("Location")}
}

// Is checks the status and that the page says each of the texts.
func (p Page) Is(status int, says ...string) Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("status %d, want %d: %s", p.Status, status, p.words())
	}
	for _, text := range says {
		if !strings.Contains(html.UnescapeString(p.Body), text) {
			p.t.Errorf("the page does not say %q: %s", text, p.words())
		}
	}
	return p
}

// Without checks that the page says none of the texts.
func (p Page) Without(texts ...string) Page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(html.UnescapeString(p.Body), text) {
			p.t.Errorf("the page says %q", text)
		}
	}
	return p
}

// Form reads the fields of the page's first form that is posted to the address: what a browser would send back untouched.
func (p Page) Form(action string) url.Values {
	p.t.Helper()
	start := strings.Index(p.Body, `action="`+action+`"`)
	if start < 0 {
		p.t.Fatalf("no form to %s: %s", action, p.words())
	}
	body := p.Body[start:]
	if end := strings.Index(body, "</form>"); end > 0 {
		body = body[:end]
	}
	values := url.Values{}
	for _, tag := range inputTag.FindAllString(body, -1) {
		name, value := attribute(tag, "name"), attribute(tag, "value")
		kind := attribute(tag, "type")
		if name == "" || (kind == "checkbox" || kind == "radio") && !strings.Contains(tag, " checked") {
			continue
		}
		values.Add(name, value)
	}
	for _, m := range areaTag.FindAllStringSubmatch(body, -1) {
		values.Add(attribute(m[1], "name"), html.UnescapeString(strings.TrimPrefix(m[2], "\n")))
	}
	return values
}

var (
	inputTag = regexp.MustCompile(`<input[^>]*>`)
	areaTag  = regexp.MustCompile(`(?s)<textarea([^>]*)>(.*?)</textarea>`)
	anyTag   = regexp.MustCompile(`(?s)<[^>]*>`)
	spaces   = regexp.MustCompile(`\s+`)
)

func attribute(tag, name string) string {
	m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// words is the page as it reads, for a test that fails.
func (p Page) words() string {
	text := strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(anyTag.ReplaceAllString(p.Body, " ")), " "))
	return text[:min(len(text), 600)]
}
