package gallery

import (
	"context"
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

	"maatje/internal/web/text"
)

// The tests need Debian's Chromium, "npm ci" and "npm run build": scripts/install has them all.
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
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(t.TempDir()))...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(allocator, listen)
	t.Cleanup(stop)
	do(t, ctx, chromedp.Navigate("about:blank"))
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(said)
	}
}

// get runs the action for at most a minute.
func get[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	limited, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	v, err := chromedp.Run(limited, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func do(t *testing.T, ctx context.Context, a chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, a); err != nil {
		t.Fatal(err)
	}
}

func script[T any](t *testing.T, ctx context.Context, source string) T {
	t.Helper()
	return get(t, ctx, chromedp.Evaluate[T](source, chromedp.EvalAwaitPromise))
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

func (v view) look(t *testing.T, ctx context.Context) {
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
	do(t, ctx, chromedp.EmulateViewport(v.width, v.height, options...))
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
		v.look(t, ctx)
		for _, path := range Pages() {
			do(t, ctx, chromedp.Navigate(server.URL+path))
			script[bool](t, ctx, `document.fonts.ready.then(() => true)`)
			wrong := script[[]string](t, ctx, faults)
			picture(t, ctx, v, path)
			script[bool](t, ctx, opened+"; true")
			script[bool](t, ctx, string(axe)+"; true")
			for _, w := range append(wrong, script[[]string](t, ctx, axeRun)...) {
				t.Errorf("%s %s: %s", v.name, path, w)
			}
		}
	}
	for _, c := range complaints() {
		t.Errorf("the browser says: %s", c)
	}
}

// picture keeps a picture of the page in the folder MAATJE_SHOTS, for somebody to look at.
func picture(t *testing.T, ctx context.Context, v view, path string) {
	t.Helper()
	shot := chromedp.FullScreenshot(100)
	if v.height < 400 {
		shot = chromedp.CaptureScreenshot()
	}
	if os.Getenv("MAATJE_SHOTS") != "" {
		keep(t, strings.Trim(path, "/")+"-"+v.name+".png", get(t, ctx, shot))
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
	views[1].look(t, ctx)
	for _, path := range []string{"/paper", "/form"} {
		do(t, ctx, chromedp.Navigate(server.URL+path))
		pdf := get(t, ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if pages := len(pageOfPDF.FindAll(pdf, -1)); pages != 1 {
			t.Errorf("%s prints on %d pages", path, pages)
		}
		keep(t, strings.Trim(path, "/")+".pdf", pdf)
	}
}
