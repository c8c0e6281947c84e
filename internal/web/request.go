package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/form"
	"maatje/internal/web/layout"
	"maatje/internal/web/text"
)

// Request is one request and its answer.
type Request struct {
	W     http.ResponseWriter
	R     *http.Request
	Actor authz.Actor
	Lang  text.Lang

	router *Router
	shut   bool // the page is there, and not for who asks
}

func (q *Request) Context() context.Context { return q.R.Context() }

// Now is the instant by the program's clock.
func (q *Request) Now() core.Instant { return q.router.Config.Clock() }

// Today is the day in the Netherlands.
func (q *Request) Today() core.Date { return q.Now().Date() }

// IsDemo says that everything here is invented.
func (q *Request) IsDemo() bool { return q.router.Config.Demo }

// Config is what all pages have in common.
func (q *Request) Config() Config { return q.router.Config }

// Query is a value of the address's query.
func (q *Request) Query(name string) string { return q.R.URL.Query().Get(name) }

// PathID reads an identifier from the address; one that cannot exist is not found.
func PathID[T ~int64](q *Request, name string) (T, error) {
	return core.ParseID[T](q.R.PathValue(name))
}

// Form reads what was sent. Everything that cannot be read is an error in the form, with what was typed kept.
func (q *Request) Form(fields form.Fields) *form.Form { return form.From(q.R, q.Lang, fields) }

// Fresh is a form that is shown for the first time, with a token of its own: sent twice, it is done once.
func (q *Request) Fresh(fields form.Fields) *form.Form {
	f := form.New(q.Lang, fields)
	f.Token = rand.Text()
	return f
}

// Frame is what the layout needs to know. The title names no detention and no facility (INT-8).
func (q *Request) Frame(title string) layout.Frame {
	f := layout.Frame{Lang: q.Lang, Title: title, Path: q.R.URL.RequestURI(), Demo: q.IsDemo(), Flash: q.takeFlash(), ReadOnly: q.readOnly()}
	if q.Actor.IsSignedIn() {
		f.Account, f.SignOut = q.Actor.Name(), true
		f.Nav = navigation(q)
	}
	return f
}

func (q *Request) readOnly() bool { is := q.router.Config.ReadOnly; return is != nil && is() }

// Show answers with a page.
func (q *Request) Show(page templ.Component) error { return q.Page(http.StatusOK, page) }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Page answers with a page and a status. A page that fails halfway sends nothing half.
func (q *Request) Page(status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer func() { b.Reset(); buffers.Put(b) }()
	if err := page.Render(context.WithoutCancel(q.Context()), b); err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.W.WriteHeader(status)
	_, err := q.W.Write(b.Bytes())
	return err
}

// Again answers a refused form with the form itself, everything typed in it and every mistake named. What is no refusal
// stays an error.
func (q *Request) Again(err error, f *form.Form, page func() templ.Component) error {
	if err != nil && !f.Fill(err) {
		return err
	}
	status := http.StatusUnprocessableEntity
	if fail, ok := core.AsFail(err); ok && slices.Contains([]core.Kind{core.KindConflict, core.KindTooMany, core.KindBusy}, fail.Kind) {
		status = statusOf(fail.Kind)
		q.retryAfter(fail)
	}
	if core.IsKind(err, core.KindBusy) {
		q.busy(err)
	}
	return q.Page(status, page())
}

// See sends the reader on after something was done, and says what was done on the page that follows. said names nobody.
func (q *Request) See(path, said string) error {
	if said != "" {
		q.setCookie(&http.Cookie{Name: q.cookieName(flashCookie), Value: base64.RawURLEncoding.EncodeToString([]byte(said)), MaxAge: 60})
	}
	http.Redirect(q.W, q.R, path, http.StatusSeeOther)
	return nil
}

const flashCookie = "said"

func (q *Request) takeFlash() string {
	c, err := q.R.Cookie(q.cookieName(flashCookie))
	if err != nil {
		return ""
	}
	q.setCookie(&http.Cookie{Name: q.cookieName(flashCookie), MaxAge: -1})
	said, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(said) > 300 || !utf8.Valid(said) || bytes.ContainsFunc(said, unicode.IsControl) {
		return ""
	}
	return string(said)
}

func (q *Request) cookieName(name string) string { return CookieName(q.router.Config.Secure, name) }

func (q *Request) setCookie(c *http.Cookie) {
	c.Path, c.HttpOnly, c.SameSite, c.Secure = "/", true, http.SameSiteLaxMode, q.router.Config.Secure
	http.SetCookie(q.W, c)
}

// toSignIn brings a visitor to the sign-in page, and back to where they wanted to be. A form keeps what was typed in it.
func (q *Request) toSignIn() error {
	if done, err := q.keep(doorTo(q.IsDemo(), "/")); done {
		return err
	}
	back := "/"
	if q.R.Method == http.MethodGet {
		back = q.R.URL.RequestURI()
	}
	http.Redirect(q.W, q.R, doorTo(q.IsDemo(), back), http.StatusSeeOther)
	return nil
}

// LocalPath keeps a path to come back to, and nothing that leads elsewhere.
func LocalPath(p string) string {
	u, err := url.Parse(p)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.Contains(p, "\\") || strings.ContainsFunc(p, unicode.IsControl) {
		return "/"
	}
	return p
}

// fail is the page for an error: a sentence for what may be said, a number for what may not.
func (q *Request) fail(err error) {
	switch ended := q.Context().Err(); {
	case errors.Is(ended, context.DeadlineExceeded):
		err = core.Busy("work_slow", err)
	case ended != nil, errors.Is(err, context.Canceled):
		return
	}
	f, ok := core.AsFail(err)
	if !ok {
		f = &core.Fail{Message: "unexpected", Values: []any{q.logUnexpected(err)}}
	}
	q.retryAfter(f)
	if f.Kind == core.KindBusy {
		q.busy(err)
		if fields := q.fields(); len(fields) > 0 {
			if q.Page(statusOf(f.Kind), unkept(q.Frame(q.Lang.UnkeptTitle()), q.Lang.Fail(f), q.R.URL.RequestURI(), fields)) == nil {
				return
			}
		}
	}
	if fields := q.fields(); f.Kind == core.KindTooMany && len(fields) > 0 {
		if q.Page(statusOf(f.Kind), notNow(q.Frame(q.Lang.ProblemTitle()), q.R.URL.RequestURI(), q.Lang.Fail(f), fields)) == nil {
			return
		}
	}
	page := Problem(q.Frame(q.Lang.ProblemTitle()), q.Lang.Fail(f), f.Kind == core.KindNotFound)
	if e := q.Page(statusOf(f.Kind), page); e != nil {
		http.Error(q.W, q.Lang.Fail(f), http.StatusInternalServerError)
	}
}

// retryAfter tells a program when to ask again; the sentence tells people.
func (q *Request) retryAfter(f *core.Fail) {
	if f.Kind == core.KindBusy {
		q.W.Header().Set("Retry-After", "2")
	}
	if f.Kind == core.KindTooMany {
		q.W.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(f.Wait.Seconds()))))
	}
}

// busy tells the administrator why.
func (q *Request) busy(err error) {
	q.router.Config.Log.Warn("busy", "route", q.R.Pattern, "error", err)
}

func statusOf(k core.Kind) int {
	switch k {
	case core.KindInvalid, core.KindRefused:
		return http.StatusUnprocessableEntity
	case core.KindConflict:
		return http.StatusConflict
	case core.KindNotFound:
		return http.StatusNotFound
	case core.KindBusy:
		return http.StatusServiceUnavailable
	case core.KindTooMany:
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}

// logUnexpected writes what went wrong where only the administrator reads, under a number that the page shows.
func (q *Request) logUnexpected(err error) string {
	var b [4]byte
	_, _ = rand.Read(b[:])
	number := fmt.Sprintf("%X", b)
	q.router.Config.Log.LogAttrs(q.Context(), slog.LevelError, "unexpected",
		slog.String("number", number), slog.String("route", q.R.Pattern), slog.String("error", err.Error()))
	return number
}
