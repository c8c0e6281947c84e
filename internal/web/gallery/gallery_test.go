package gallery

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"

	"maatje/internal/web/assets"
	"maatje/internal/web/browsertest"
	"maatje/internal/web/text"
)

// The tests need a browser (internal/web/browsertest), "npm ci" and "npm run build": scripts/install has them all.
const axeFile = "../../../node_modules/axe-core/axe.min.js"

// open starts a browser with an empty profile; complaints is what it says against the pages.
func open(t *testing.T) (ctx context.Context, complaints func() []string) {
	t.Helper()
	var mu sync.Mutex
	var said []string
	listen := chromedp.WithListener(func(event any) {
		if e, ok := event.(*log.EventEntryAdded); ok && e.Entry.Level == log.EntryLevelError {
			mu.Lock()
			defer mu.Unlock()
			said = append(said, e.Entry.Text)
		}
	})
	ctx, stop, err := browsertest.Open(t.Context(), t.TempDir(), listen)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(said)
	}
}

// get runs the action for at most a minute.
func get[T any](ctx context.Context, t *testing.T, a chromedp.Action[T]) T {
	t.Helper()
	limited, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	v, err := chromedp.Run(limited, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func do(ctx context.Context, t *testing.T, a chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, a); err != nil {
		t.Fatal(err)
	}
}

func script[T any](ctx context.Context, t *testing.T, source string) T {
	t.Helper()
	return get(ctx, t, chromedp.Evaluate[T](source, chromedp.EvalAwaitPromise))
}

// view is how somebody looks at a page.
type view struct {
	name          string
	width, height int64
	dark, reduced bool
}

var views = []view{
	{name: "phone", width: 390, height: 844},
	{name: "phone-dark", width: 390, height: 844, dark: true},
	{name: "zoomed", width: 320, height: 256, reduced: true}, // 1280 x 1024 at 400 %
	{name: "desk", width: 1280, height: 900},
	{name: "desk-dark", width: 1280, height: 900, dark: true},
}

func (v view) look(ctx context.Context, t *testing.T) {
	t.Helper()
	scheme, motion := "light", "no-preference"
	if v.dark {
		scheme = "dark"
	}
	if v.reduced {
		motion = "reduce"
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var options []chromedp.EmulateViewportOption
	if v.width < 500 {
		options = append(options, chromedp.EmulateMobile)
	}
	do(ctx, t, chromedp.EmulateViewport(v.width, v.height, options...))
}

// faults lists what no page may have, whatever it shows: what the policy forbids, an id twice, a reference to nothing, a
// page wider than the screen, a target smaller than a finger needs.
const faults = `(() => {
	const out = [];
	for (const e of document.querySelectorAll('[style]')) out.push('style attribute: ' + e.outerHTML.slice(0, 80));
	for (const e of document.querySelectorAll('script:not([src]), style')) out.push('inline: ' + e.outerHTML.slice(0, 80));
	const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push('id twice: ' + id);
	for (const name of ['for', 'aria-describedby', 'aria-labelledby']) {
		for (const e of document.querySelectorAll('[' + name + ']')) {
			for (const id of e.getAttribute(name).trim().split(/\s+/)) if (!ids.includes(id)) out.push(name + ' to nothing: ' + id);
		}
	}
	for (const e of document.querySelectorAll('a[href^="#f-"]')) if (!ids.includes(e.hash.slice(1))) out.push('link to nothing: ' + e.hash);
	if (document.documentElement.scrollWidth > innerWidth) out.push('scrolls sideways: ' + document.documentElement.scrollWidth);
	for (const e of document.querySelectorAll('.btn, .pick, summary, .nav a, .tabs a, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, .box, .link')) {
		const r = e.getBoundingClientRect();
		if (r.height > 0 && (r.height < 43.5 || r.width < 24)) out.push('too small to touch: ' + r.width + 'x' + r.height + ' ' + e.outerHTML.slice(0, 80));
	}
	if (document.fonts.size === 0 || ![...document.fonts].some(f => f.status === 'loaded')) out.push('typeface not loaded');
	return out;
})()`

const opened = `for (const d of document.querySelectorAll('details')) d.open = true`

const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
	r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.failureSummary.replace(/\s+/g, ' ') + ' ' + n.html.slice(0, 120))))`

// TestEveryPartInEveryView looks at each page as each reader sees it, with menus shut and open.
func TestEveryPartInEveryView(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed; run scripts/install npm: %v", err)
	}
	server := httptest.NewServer(Handler(text.NL, &Store{}))
	t.Cleanup(server.Close)
	ctx, complaints := open(t)
	for _, v := range views {
		v.look(ctx, t)
		for _, path := range Pages() {
			do(ctx, t, chromedp.Navigate(server.URL+path))
			script[bool](ctx, t, `document.fonts.ready.then(() => true)`)
			wrong := script[[]string](ctx, t, faults)
			picture(ctx, t, v, path)
			script[bool](ctx, t, opened+"; true")
			script[bool](ctx, t, string(axe)+"; true")
			for _, w := range append(wrong, script[[]string](ctx, t, axeRun)...) {
				t.Errorf("%s %s: %s", v.name, path, w)
			}
		}
	}
	for _, c := range complaints() {
		t.Errorf("the browser says: %s", c)
	}
}

// picture keeps a picture of the page in the folder MAATJE_SHOTS, for somebody to look at.
func picture(ctx context.Context, t *testing.T, v view, path string) {
	t.Helper()
	shot := chromedp.FullScreenshot(100)
	if v.height < 400 {
		shot = chromedp.CaptureScreenshot()
	}
	if os.Getenv("MAATJE_SHOTS") != "" {
		keep(t, strings.Trim(path, "/")+"-"+v.name+".png", get(ctx, t, shot))
	}
}

func keep(t *testing.T, name string, b []byte) {
	t.Helper()
	if dir := os.Getenv("MAATJE_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

var pageOfPDF = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// TestPrintsOnOnePage prints what is made for paper, and screens, from a browser in the dark.
func TestPrintsOnOnePage(t *testing.T) {
	server := httptest.NewServer(Handler(text.NL, &Store{}))
	t.Cleanup(server.Close)
	ctx, _ := open(t)
	views[1].look(ctx, t)
	for _, path := range []string{"/paper", "/work", "/form"} {
		do(ctx, t, chromedp.Navigate(server.URL+path))
		pdf := get(ctx, t, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if pages := len(pageOfPDF.FindAll(pdf, -1)); pages != 1 {
			t.Errorf("%s prints on %d pages", path, pages)
		}
		keep(t, strings.Trim(path, "/")+".pdf", pdf)
	}
}

// TestFirstLoadIsSmall adds up what a phone fetches on a first visit, packed: page, style, script, typeface, icon.
func TestFirstLoadIsSmall(t *testing.T) {
	const most = 100_000
	handler := Handler(text.NL, &Store{})
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/work", nil))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(w.Body.Bytes())
	_ = z.Close()
	total := packed.Len()
	for _, name := range []string{"app.css", "app.js", "atkinson.woff2", "icon.svg"} {
		r := httptest.NewRequest(http.MethodGet, assets.Path(name), nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("%s is not built; run npm run build", name)
		}
		total += w.Body.Len()
	}
	t.Logf("a first visit loads %d bytes, of which the page is %d", total, packed.Len())
	if total > most {
		t.Errorf("a first visit loads %d bytes, more than %d", total, most)
	}
}
