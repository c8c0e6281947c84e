package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/limit"
	"maatje/internal/web/text"
)

type nobody struct{}

func (nobody) Session(_ context.Context, _ *http.Request, from authz.Origin) (Session, error) {
	return Session{Actor: authz.Visitor(from)}, nil
}

var everybody = authz.Open("a test asks for it")

// plain is a router with one page that takes forms, and whatever else the test puts in it.
func plain() *Router {
	m := NewRouter(nobody{}, Config{Clock: func() core.Instant { return core.MustInstant("2026-11-22T10:00:00Z") }, Log: slog.New(slog.DiscardHandler)})
	ok := func(q *Request) error { return q.Show(templ.Raw("ok")) }
	m.Handle("GET /page", everybody, ok)
	m.Handle("POST /page", everybody, ok)
	return m
}

func ask(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func sending(body io.Reader, kind string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/page", body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

const formKind = "application/x-www-form-urlencoded"

func formOf(body string) *http.Request { return sending(strings.NewReader(body), formKind) }

// unsized is a form that does not say how long it is.
func unsized(body string) *http.Request {
	return sending(io.MultiReader(strings.NewReader(body)), formKind)
}

func asking(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }

func headed(size int) *http.Request {
	r := asking("/page")
	r.Header.Set("A", strings.Repeat("a", size-len("A")-4))
	return r
}

func names(n int) string {
	v := url.Values{}
	for i := range n {
		v.Set("f"+core.ID(i).String(), "")
	}
	return v.Encode()
}

// TestLimits asks just below and just above each limit. What is above is a page with a sentence.
func TestLimits(t *testing.T) {
	long := func(n int) string { return "a=" + strings.Repeat("a", n-2) }
	for name, tt := range map[string]struct {
		request *http.Request
		status  int
	}{
		"the largest body":               {formOf(long(limit.Body)), 200},
		"a byte more":                    {formOf(long(limit.Body + 1)), 413},
		"the largest body, unsized":      {unsized(long(limit.Body)), 200},
		"a byte more, unsized":           {unsized(long(limit.Body + 1)), 413},
		"twenty times as much":           {unsized(long(20 * limit.Body)), 413},
		"as many fields as there can be": {formOf(names(limit.Names)), 200},
		"a field more":                   {formOf(names(limit.Names + 1)), 413},
		"as many values":                 {formOf(strings.Repeat("a=1&", limit.Values)), 200},
		"a value more":                   {formOf(strings.Repeat("a=1&", limit.Values+1)), 413},
		"the longest name":               {formOf(strings.Repeat("a", limit.Name) + "=1"), 200},
		"a longer name":                  {formOf(strings.Repeat("a", limit.Name+1) + "=1"), 413},
		"the longest address":            {asking("/page?q=" + strings.Repeat("a", limit.Address-8)), 200},
		"a longer address":               {asking("/page?q=" + strings.Repeat("a", limit.Address-7)), 414},
		"as many questions":              {asking("/page?" + strings.Repeat("a&", limit.Names-1)), 200},
		"a question more":                {asking("/page?" + strings.Repeat("a&", limit.Names)), 414},
		"the largest head":               {headed(limit.Head), 200},
		"a larger head":                  {headed(limit.Head + 1), 431},
		"no body":                        {sending(nil, ""), 200},
		"an upload":                      {sending(strings.NewReader("--x--"), "multipart/form-data; boundary=x"), 415},
		"an upload without its end":      {sending(strings.NewReader("--x--"), "multipart/form-data"), 415},
		"JSON":                           {sending(strings.NewReader("{}"), "application/json"), 415},
		"nothing we know":                {sending(strings.NewReader("{}"), ""), 415},
		"a form that is none":            {formOf("a=%zz"), 400},
	} {
		t.Run(name, func(t *testing.T) {
			w := ask(plain(), tt.request)
			if w.Code != tt.status {
				t.Fatalf("status %d, want %d", w.Code, tt.status)
			}
			if tt.status != 200 {
				isPage(t, w)
			}
		})
	}
}

// isPage says that a refusal is a page with a sentence that keeps itself to itself.
func isPage(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	h := w.Header()
	if !strings.HasPrefix(h.Get("Content-Type"), "text/html") || !strings.Contains(w.Body.String(), "<h1>"+text.NL.ProblemTitle()) || strings.Contains(w.Body.String(), "ok") && w.Body.Len() < 10 {
		t.Errorf("no page: %v %.200s", h, w.Body)
	}
	if h.Get("Content-Security-Policy") != policy || h.Get("Cache-Control") != "no-store" || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("unprotected: %v", h)
	}
}

// slowly gives its bytes and then an error of the network, as a connection does when its time is over.
type slowly struct{ io.Reader }

func (s slowly) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = &net.OpError{Op: "read", Err: context.DeadlineExceeded}
	}
	return n, err
}

func TestABodyThatComesTooSlowlyIsToldSo(t *testing.T) {
	w := ask(plain(), sending(slowly{strings.NewReader("a=b")}, formKind))
	if isPage(t, w); w.Code != http.StatusRequestTimeout {
		t.Errorf("status %d", w.Code)
	}
}

func TestBodiesTogetherTakeOnlySoMuch(t *testing.T) {
	m := plain()
	m.bounds.bodies.Store(limit.Bodies - 3)
	if w := ask(m, formOf("a=b")); w.Code != http.StatusOK {
		t.Errorf("what still fits: %d", w.Code)
	}
	if held := m.bounds.bodies.Load(); held != limit.Bodies-3 {
		t.Errorf("%d held afterwards", held)
	}
	w := ask(m, formOf("a=bc"))
	if isPage(t, w); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("a byte more: %d", w.Code)
	}
	if held := m.bounds.bodies.Load(); held != limit.Bodies-3 {
		t.Errorf("%d held afterwards", held)
	}
}

func TestWhoWaitsTooLongForATurnHearsThatItIsBusy(t *testing.T) {
	m := plain()
	m.Handle("GET /figures", authz.RightTo("figures.see"), func(*Request) error { return nil })
	m.bounds.queue = 20 * time.Millisecond
	for range limit.Requests {
		m.bounds.requests <- struct{}{}
	}
	w := ask(m, asking("/page"))
	if isPage(t, w); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("one too many: %d", w.Code)
	}
	<-m.bounds.requests
	if w := ask(m, asking("/page")); w.Code != http.StatusOK {
		t.Errorf("the last one that fits: %d", w.Code)
	}
}

func TestHeavyPagesAreMadeAFewAtATime(t *testing.T) {
	m := plain()
	m.bounds.queue = 20 * time.Millisecond
	heavy := m.heavily(func(q *Request) error { return q.Show(templ.Raw("ok")) })
	made := func() error {
		return heavy(&Request{W: httptest.NewRecorder(), R: asking("/"), router: m})
	}
	for range limit.Heavy - 1 {
		m.bounds.heavy <- struct{}{}
	}
	if err := made(); err != nil {
		t.Errorf("the last one that fits: %v", err)
	}
	m.bounds.heavy <- struct{}{}
	if err := made(); !core.IsKind(err, core.KindBusy) {
		t.Errorf("one too many: %v", err)
	}
	if !isHeavy(authz.RightTo("figures.export")) || isHeavy(authz.RightTo("home.see")) {
		t.Error("figures are heavy, a home is not")
	}
}

func TestWorkThatTakesTooLongIsStopped(t *testing.T) {
	m := plain()
	m.bounds.work = 20 * time.Millisecond
	m.Handle("GET /slow", everybody, func(q *Request) error {
		<-q.Context().Done() // as the database does
		return q.Context().Err()
	})
	w := ask(m, asking("/slow"))
	if isPage(t, w); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "gestopt") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

func TestWhatBreaksIsAPage(t *testing.T) {
	m := plain()
	m.Handle("GET /broken", everybody, func(q *Request) error {
		_, _ = q.W.Write([]byte("half a page"))
		panic("it broke")
	})
	w := ask(m, asking("/broken"))
	if isPage(t, w); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "half") || strings.Contains(w.Body.String(), "it broke") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if len(m.bounds.requests) != 0 {
		t.Error("its turn never ends")
	}
}

// TestASlowReaderKeepsNobodyWaiting leaves an answer unread while there is one turn for everybody.
func TestASlowReaderKeepsNobodyWaiting(t *testing.T) {
	m := plain()
	m.bounds.requests, m.bounds.queue = make(chan struct{}, 1), time.Second
	m.Handle("GET /large", everybody, func(q *Request) error { return q.Show(templ.Raw(strings.Repeat("a", limit.Body))) })
	server := httptest.NewServer(m)
	defer server.Close()
	for range 8 {
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.(*net.TCPConn).SetReadBuffer(4096); err != nil {
			t.Fatal(err)
		}
		for range 8 { // more than the system keeps on the way
			_, _ = io.WriteString(c, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
		}
	}
	time.Sleep(100 * time.Millisecond) // until they have their answers, as far as they go
	for range 5 {
		answer, err := http.Get(server.URL + "/page")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("meanwhile: %d", answer.StatusCode)
		}
	}
}
