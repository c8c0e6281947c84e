package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/limit"
)

// bounds are the turns that requests wait for.
type bounds struct {
	requests, heavy chan struct{}
	bodies          atomic.Int64 // bytes of bodies that are held
	queue, work     time.Duration
}

func newBounds() *bounds {
	return &bounds{requests: make(chan struct{}, limit.Requests), heavy: make(chan struct{}, limit.Heavy), queue: limit.Queue, work: limit.Work}
}

// take waits for a turn; over is false when none came.
func (b *bounds) take(ctx context.Context, turns chan struct{}) (release func(), over bool) {
	wait := time.NewTimer(b.queue)
	defer wait.Stop()
	select {
	case turns <- struct{}{}:
		return func() { <-turns }, true
	case <-wait.C:
	case <-ctx.Done():
	}
	return nil, false
}

var errCrowded = errors.New("bodies of many requests fill the memory that is for them")

// counted is a body that counts what is held of it, until release.
type counted struct {
	io.ReadCloser
	all  *atomic.Int64
	held int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.held += int64(n)
	if c.all.Add(int64(n)) > limit.Bodies {
		return n, errCrowded
	}
	return n, err
}

func (c *counted) release() { c.all.Add(-c.held) }

// refusal is why a request is not looked at.
type refusal struct {
	status int
	why    string
	values []any
}

// head judges what is known before the body is read.
func head(r *http.Request) *refusal {
	size := 0
	for name, values := range r.Header {
		for _, v := range values {
			size += len(name) + len(v) + 4
		}
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case len(r.RequestURI) > limit.Address, len(r.URL.RequestURI()) > limit.Address:
		return &refusal{status: http.StatusRequestURITooLong, why: "address_long"}
	case size > limit.Head:
		return &refusal{status: http.StatusRequestHeaderFieldsTooLarge, why: "head_large"}
	case strings.Count(r.URL.RawQuery, "&") >= limit.Names:
		return &refusal{status: http.StatusRequestURITooLong, why: "address_long"}
	case strings.HasPrefix(kind, "multipart/"):
		return &refusal{status: http.StatusUnsupportedMediaType, why: "no_upload_here"}
	case r.ContentLength != 0 && (err != nil || kind != "application/x-www-form-urlencoded"):
		return &refusal{status: http.StatusUnsupportedMediaType, why: "form_kind"}
	case r.ContentLength > limit.Body:
		return &refusal{http.StatusRequestEntityTooLarge, "body_large", []any{limit.Body >> 20}}
	}
	return nil
}

// body reads the form, so that no turn is taken while somebody sends slowly.
func body(r *http.Request) *refusal {
	if r.ContentLength == 0 || r.Method != http.MethodPost {
		return nil
	}
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	values := 0
	for name, all := range r.PostForm {
		if values += len(all); len(name) > limit.Name {
			return &refusal{status: http.StatusRequestEntityTooLarge, why: "fields_many"}
		}
	}
	if len(r.PostForm) > limit.Names || values > limit.Values {
		return &refusal{status: http.StatusRequestEntityTooLarge, why: "fields_many"}
	}
	return nil
}

func unread(err error) *refusal {
	slow, isNet := errors.AsType[net.Error](err)
	_, large := errors.AsType[*http.MaxBytesError](err)
	switch {
	case large:
		return &refusal{http.StatusRequestEntityTooLarge, "body_large", []any{limit.Body >> 20}}
	case isNet && slow.Timeout():
		return &refusal{status: http.StatusRequestTimeout, why: "body_slow"}
	case errors.Is(err, errCrowded):
		return &refusal{status: http.StatusServiceUnavailable, why: "busy"}
	}
	return &refusal{status: http.StatusBadRequest, why: "form_broken"}
}

// ServeHTTP answers with the headers that every answer carries, within the limits, whatever happens in it.
func (m *Router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	sent := &counted{ReadCloser: r.Body, all: &m.bounds.bodies}
	if r.Body != nil {
		r.Body = http.MaxBytesReader(w, sent, limit.Body)
		defer sent.release()
	}
	no := head(r)
	if no == nil {
		no = body(r)
	}
	if no != nil {
		m.shut(w, r, sent, no)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/assets/") {
		m.route(w, r)
		return
	}
	m.inTurn(w, r)
}

// inTurn does the work when it is its turn, for so long as work may take. The answer goes out after the turn: whoever
// reads it slowly keeps nobody waiting.
func (m *Router) inTurn(w http.ResponseWriter, r *http.Request) {
	release, ok := m.bounds.take(r.Context(), m.bounds.requests)
	if !ok {
		m.refuse(w, r, http.StatusServiceUnavailable, "busy")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), m.bounds.work)
	a := &answer{ResponseWriter: w}
	defer a.send()
	defer release()
	defer cancel()
	defer m.broken(a, r)
	m.route(a, r.WithContext(ctx))
}

// broken has a page say that something broke in the middle of the work.
func (m *Router) broken(a *answer, r *http.Request) {
	if what := recover(); what != nil {
		a.status = 0
		a.body.Reset()
		q := &Request{W: a, R: r, router: m, Lang: language(r, Session{})}
		q.fail(fmt.Errorf("panic: %v\n%s", what, debug.Stack()))
	}
}

// heavily does what reads a whole programme, a few at a time.
func (m *Router) heavily(h Handler) Handler {
	return func(q *Request) error {
		release, ok := m.bounds.take(q.Context(), m.bounds.heavy)
		if !ok {
			return core.Busy("busy", errors.New("heavy pages are being made"))
		}
		defer release()
		return h(q)
	}
}

// isHeavy says that a route reads a whole programme.
func isHeavy(right authz.Right) bool { return strings.HasPrefix(right.Name(), "figures.") }

// shut answers what is not looked at. What is left of a body that is too large is thrown away, or the browser never sees
// why.
func (m *Router) shut(w http.ResponseWriter, r *http.Request, sent *counted, no *refusal) {
	w.Header().Set("Connection", "close")
	if no.status == http.StatusRequestEntityTooLarge && sent.ReadCloser != nil {
		patience := time.AfterFunc(limit.Drain, func() { _ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) })
		defer patience.Stop()
		_, _ = io.CopyN(io.Discard, sent.ReadCloser, limit.Drained)
	}
	m.refuse(w, r, no.status, no.why, no.values...)
}

func (m *Router) refuse(w http.ResponseWriter, r *http.Request, status int, why string, values ...any) {
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2")
	}
	q := &Request{W: w, R: r, router: m, Lang: language(r, Session{})}
	said := q.Lang.Fail(&core.Fail{Message: why, Values: values})
	if err := q.Page(status, Problem(q.Frame(q.Lang.ProblemTitle()), said, false)); err != nil {
		http.Error(w, said, status)
	}
}
