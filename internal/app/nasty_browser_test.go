package app

import (
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/browsertest"
)

// watched is a tab in which everything that a page does beside being shown is noticed.
type watched struct {
	ctx  context.Context
	mu   sync.Mutex
	said []string
}

// watch opens a browser. It must be there: scripts/install browser.
func watch(t *testing.T) *watched {
	t.Helper()
	b := &watched{}
	ctx, stop, err := browsertest.Open(t.Context(), t.TempDir(), chromedp.WithListener(b.listen))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	b.ctx = ctx
	return b
}

func (b *watched) listen(event any) {
	switch e := event.(type) {
	case *page.EventJavascriptDialogOpening:
		b.say("a dialog: " + e.Message)
		go func() {
			_, _ = chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	case *log.EventEntryAdded:
		if e.Entry.Source == log.EntrySourceSecurity || strings.Contains(e.Entry.Text, "Content Security Policy") {
			b.say("the policy was needed: " + e.Entry.Text)
		}
	}
}

func (b *watched) say(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, what)
}

// alive lists what of the nasty words came to life on the page, and what else may never be there. It begins with whether the
// page shows any of them.
const alive = `(() => {
	const out = [String(document.documentElement.textContent.includes('zqx') || [...document.querySelectorAll('input, textarea')].some(e => e.value.includes('zqx')))];
	for (const e of document.querySelectorAll('*')) {
		const tell = why => out.push(why + ': ' + e.outerHTML.slice(0, 120));
		const tag = e.localName;
		if (tag.includes('zqx') || ['iframe', 'object', 'embed', 'base', 'math', 'marquee', 'plaintext', 'template', 'noscript', 'style', 'video'].includes(tag)) tell('an element');
		if (tag === 'script' && !e.src.startsWith(location.origin + '/assets/')) tell('a script');
		if (tag === 'link' && !e.href.startsWith(location.origin + '/assets/')) tell('a link to elsewhere');
		for (const a of e.attributes) {
			if (a.name.includes('zqx') || a.name.startsWith('on') || a.name === 'style' || a.name === 'srcdoc' || a.name === 'http-equiv') tell('an attribute');
			if ((a.name === 'id' || a.name === 'name') && a.value.includes('zqx')) tell('a name');
		}
		for (const name of ['href', 'src', 'action', 'formAction', 'data']) {
			const to = typeof e[name] === 'string' && e.hasAttribute(name.toLowerCase()) ? e[name] : '';
			if (to && !to.startsWith(location.origin + '/') && !/^tel:|^mailto:|^data:image\/png|^about:blank#/.test(to)) tell('leads to ' + to);
		}
	}
	return out;
})()`

// shows looks at a page and says what came to life on it.
func (b *watched) shows(t *testing.T, address string) (words bool, wrong []string) {
	t.Helper()
	b.mu.Lock()
	b.said = nil
	b.mu.Unlock()
	limited, stop := context.WithTimeout(b.ctx, 20*time.Second)
	defer stop()
	if err := chromedp.Do(limited, chromedp.Navigate(address)); err != nil {
		return false, []string{err.Error()}
	}
	found, err := chromedp.Run(limited, chromedp.Evaluate[[]string](alive))
	if err != nil {
		return false, []string{err.Error()}
	}
	if here, err := chromedp.Run(limited, chromedp.Evaluate[string]("location.href")); err != nil || here != address {
		wrong = append(wrong, fmt.Sprintf("led to %s, %v", here, err))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return found[0] == "true", append(append(wrong, found[1:]...), b.said...)
}

// TestNastyWordsStayWords fills every column of every table with nasty words and shows every page, as everybody who may see
// it, in a browser. Columns and pages of next year are in it by themselves. With MAATJE_NASTY=full every column says every
// kind, in every situation.
func TestNastyWordsStayWords(t *testing.T) {
	b := watch(t)
	rounds, names := []int{0, 3}, []string{"running"}
	if os.Getenv("MAATJE_NASTY") == "full" {
		rounds, names = []int{0, 1, 2, 3, 4, 5, 6, 7}, []string{"running", "before", "planned", "ended", "escalated", "over", "shown"}
	}
	for _, name := range names {
		for _, round := range rounds {
			w := walkIn(t, neighboursWho(t, db.SQLite, situations[name], true, nastyWords(round)), web.Config{})
			pages, spoke := w.nastyPages(b, name+", round "+string(rune('0'+round)))
			if t.Logf("%s, round %d: %d pages, %d with nasty words", name, round, pages, spoke); pages < 100 || spoke < pages/3 {
				t.Error("too few to say anything")
			}
			if round == 0 {
				forms, back := w.nastyForms(b)
				if t.Logf("%s: %d forms sent, %d came back", name, forms, back); forms < 30 || back < 10 {
					t.Error("too few to say anything")
				}
			}
		}
	}
}

// nastyPages shows each page that is there. What is sent as it stands in the database is made here; the browser shows it
// under the product's own headers.
func (w *walk) nastyPages(b *watched, when string) (pages, spoke int) {
	kept := map[string]*httptest.ResponseRecorder{}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		answer := kept[r.URL.Path]
		if answer == nil {
			w.app.Router.ServeHTTP(out, r)
			return
		}
		maps.Copy(out.Header(), answer.Header())
		out.WriteHeader(answer.Code)
		_, _ = out.Write(answer.Body.Bytes())
	}))
	defer server.Close()
	seen := map[string]bool{}
	for _, route := range w.app.Router.Routes() {
		if !strings.HasPrefix(route.Pattern, "GET ") || strings.HasPrefix(route.Pattern, "GET /assets/") {
			continue
		}
		for _, who := range walkers {
			if !route.Right.Allows(who.of(theirs)) {
				continue
			}
			answer := w.send(theirs, who, route.Pattern, w.path(route.Pattern, db.Theirs))
			for _, wrong := range plainly(answer) {
				w.t.Errorf("%s as %s, %s: %s", route.Pattern, who.name, when, wrong)
			}
			body := answer.Body.String()
			if !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") || answer.Header().Get("Location") != "" || seen[number.ReplaceAllString(body, "")] {
				continue
			}
			seen[number.ReplaceAllString(body, "")] = true
			path := fmt.Sprintf("/shown/%d", len(kept))
			kept[path] = answer
			words, wrong := b.shows(w.t, server.URL+path)
			if pages++; words {
				spoke++
			}
			for _, one := range wrong {
				w.t.Errorf("%s as %s, %s: %s", route.Pattern, who.name, when, one)
			}
		}
	}
	return pages, spoke
}

var (
	formTag  = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)".*?</form>`)
	fieldTag = regexp.MustCompile(`<(?:input|textarea|select)[^>]*? name="([^"]*)"[^>]*>`)
)

// nastyForms finds the forms of every page, types nasty words into every field of each, and shows what comes back.
func (w *walk) nastyForms(b *watched) (sent, back int) {
	type paper struct {
		who    walker
		fields map[string]bool
	}
	all := map[string]paper{}
	for _, route := range w.app.Router.Routes() {
		for _, who := range walkers {
			if !strings.HasPrefix(route.Pattern, "GET ") || strings.HasPrefix(route.Pattern, "GET /assets/") || !route.Right.Allows(who.of(theirs)) {
				continue
			}
			page := w.send(theirs, who, route.Pattern, w.path(route.Pattern, db.Theirs)).Body.String()
			for _, f := range formTag.FindAllStringSubmatch(page, -1) {
				fields := map[string]bool{}
				for _, m := range fieldTag.FindAllStringSubmatch(f[0], -1) {
					fields[m[1]] = !strings.Contains(m[0], `type="hidden"`)
				}
				if action := html.UnescapeString(f[1]); !strings.HasPrefix(action, "/sign") && len(fields) > 0 {
					all[action] = paper{who, fields}
				}
			}
		}
	}
	for action, p := range all {
		typed := url.Values{}
		for name, shown := range p.fields {
			if shown {
				typed.Set(name, nastyWords(len(name))(name))
			}
		}
		answer := w.sendForm(theirs, p.who, "POST "+action, action, typed.Encode())
		for _, wrong := range plainly(answer) {
			w.t.Errorf("the form to %s: %s", action, wrong)
		}
		if sent++; answer.Code == http.StatusSeeOther || answer.Body.Len() == 0 {
			continue
		}
		if answer.Code >= http.StatusInternalServerError {
			w.t.Errorf("the form to %s: %d %s", action, answer.Code, w.lastError())
		}
		back++
		for _, wrong := range w.shown(b, answer) {
			w.t.Errorf("the form to %s, come back: %s", action, wrong)
		}
	}
	return sent, back
}

// shown has the browser show one answer as it was sent.
func (w *walk) shown(b *watched, answer *httptest.ResponseRecorder) []string {
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/shown" {
			w.app.Router.ServeHTTP(out, r)
			return
		}
		maps.Copy(out.Header(), answer.Header())
		_, _ = out.Write(answer.Body.Bytes())
	}))
	defer server.Close()
	_, wrong := b.shows(w.t, server.URL+"/shown")
	return wrong
}

// plainly is what an answer that is no page, and every head, must hold to.
func plainly(answer *httptest.ResponseRecorder) (wrong []string) {
	for name, values := range answer.Header() {
		if joined := strings.Join(values, ""); strings.ContainsAny(joined, "\r\n\x00") || strings.Contains(name, "Zqx") {
			wrong = append(wrong, name+" is "+joined)
		}
	}
	kind := answer.Header().Get("Content-Type")
	if strings.HasPrefix(kind, "text/csv") {
		for _, cell := range strings.FieldsFunc(answer.Body.String(), func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
			if cell = strings.Trim(cell, `" `); cell != "" && strings.ContainsRune("=+@", rune(cell[0])) {
				wrong = append(wrong, "a formula: "+cell)
			}
		}
	}
	if answer.Code == http.StatusOK && answer.Body.Len() > 0 && kind == "" {
		wrong = append(wrong, "an answer of no kind")
	}
	return wrong
}

// TestTheBrowserSeesWhatIsNotEscaped is the control: the same words, written raw. Without the policy they open dialogs; with
// it they are refused, and the elements are seen either way.
func TestTheBrowserSeesWhatIsNotEscaped(t *testing.T) {
	b := watch(t)
	w := newWalk(t, situations["running"])
	headers := w.send(theirs, walkers[0], "GET /help", "/help").Header()
	raw := ""
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/guarded" {
			out.Header().Set("Content-Security-Policy", headers.Get("Content-Security-Policy"))
		}
		out.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = out.Write([]byte("<!DOCTYPE html><h1>x</h1>" + raw))
	}))
	defer server.Close()
	has := func(wrong []string, part string) bool {
		return slices.ContainsFunc(wrong, func(s string) bool { return strings.Contains(s, part) })
	}
	raw = nasty["tags"][0] + nasty["tags"][3]
	if _, wrong := b.shows(t, server.URL+"/open"); !has(wrong, "a dialog") || !has(wrong, "an attribute") || !has(wrong, "a script") {
		t.Errorf("raw words without a policy: %q", wrong)
	}
	if _, wrong := b.shows(t, server.URL+"/guarded"); has(wrong, "a dialog") || !has(wrong, "the policy was needed") || !has(wrong, "an attribute") {
		t.Errorf("raw words under the policy: %q", wrong)
	}
	raw = `<p>zqx</p><a href="/x">x</a>`
	if words, wrong := b.shows(t, server.URL+"/guarded"); !words || len(wrong) > 0 {
		t.Errorf("what is harmless: %q", wrong)
	}
	raw = `<script src="/assets/x.js"></script><p id=p>x</p>` // Trusted Types: no text becomes markup
	b.shows(t, server.URL+"/guarded")
	if made, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`(() => { try { document.getElementById('p').innerHTML = '<b>zqx</b>'; return true } catch { return false } })()`)); err != nil || made {
		t.Errorf("a text became markup: %v", err)
	}
}
