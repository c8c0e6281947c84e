package draw

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/web/assets"
	"maatje/internal/web/browsertest"
	"maatje/internal/web/components"
	"maatje/internal/web/layout"
	"maatje/internal/web/text"
)

// These tests need a browser (internal/web/browsertest), "npm ci" and "npm run build": scripts/install has them all. With MAATJE_SHOTS they leave
// pictures in that folder.
const axeFile = "../../../node_modules/axe-core/axe.min.js"

// policy is that of the product.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'"

// drawn serves each of the goldens on a page, whole or around the index person, and without links at /paper.
func drawn(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/assets/", assets.Handler())
	mux.HandleFunc("/drawn/{how}/{name}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		family := goldens[r.PathValue("name")]
		o := all(text.NL)
		d := family.drawing()
		f := family.f
		frame := layout.Frame{Title: "Genogram", Path: "/", Account: "Ria"}
		page := layout.Page(frame)
		switch r.PathValue("how") {
		case "paper":
			page = layout.Print(frame)
		case "around":
			f, o.More = Around(f, f.Index[0], 1)
			o.MoreLink = func(id core.ID) string { return "/around/" + id.String() }
			d = arrange.Of(f, nil)
			fallthrough
		default:
			o.Link = func(id core.ID) string { return "/people/" + id.String() }
		}
		ctx := templ.WithChildren(r.Context(), templ.Join(Style(), components.Heading("", "Genogram", ""), Figure(f, d, o)))
		if err := page.Render(ctx, w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, stop, err := browsertest.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return ctx
}

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

func look(ctx context.Context, t *testing.T, width int64, features ...*emulation.MediaFeature) {
	t.Helper()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
	var options []chromedp.EmulateViewportOption
	if width < 500 {
		options = append(options, chromedp.EmulateMobile)
	}
	do(ctx, t, chromedp.EmulateViewport(width, 844, options...))
}

func shoot(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	if dir := os.Getenv("MAATJE_SHOTS"); dir != "" {
		b := get(ctx, t, chromedp.FullScreenshot(100))
		if err := os.WriteFile(filepath.Join(dir, name+".png"), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// faults are what no drawing may have: a style in an attribute, an identifier twice, a page wider than the screen, a person or a
// "7 more" too small for a finger, words over each other as the browser sets them.
const faults = `document.fonts.ready.then(() => {
	const out = [], svg = document.querySelector('.genogram-picture');
	for (const e of document.querySelectorAll('[style], style')) out.push('style inside: ' + e.outerHTML.slice(0, 80));
	const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push('id twice: ' + id);
	if (document.documentElement.scrollWidth > innerWidth) out.push('scrolls sideways: ' + document.documentElement.scrollWidth);
	for (const e of svg.querySelectorAll('a[href] .touch')) {
		const r = e.getBoundingClientRect();
		if (r.height < 43.5 || r.width < 43.5) out.push('too small to touch: ' + r.width + 'x' + r.height);
	}
	const words = [...svg.querySelectorAll('text')].map(e => [e.textContent, e.getBBox()]);
	words.forEach(([a, p], i) => words.slice(i + 1).forEach(([b, q]) => {
		const w = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x), h = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
		if (w > 0.5 && h > 4) out.push('"' + a + '" lies over "' + b + '"');
	}));
	const b = svg.viewBox.baseVal;
	for (const [a, p] of words) if (p.x < b.x || p.y < b.y || p.x + p.width > b.x + b.width || p.y + p.height > b.y + b.height) out.push('"' + a + '" hangs out of the picture');
	if (getComputedStyle(svg.querySelector('.sign')).strokeWidth === '1px') out.push('the style is not loaded');
	return out;
})`

const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
	r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.failureSummary.replace(/\s+/g, ' ') + ' ' + n.html.slice(0, 120))))`

func TestTOO2_DrawingsHoldInABrowser(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed; run scripts/install npm: %v", err)
	}
	server, ctx := drawn(t), browser(t)
	dark := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"}
	forced := &emulation.MediaFeature{Name: "forced-colors", Value: "active"}
	for name := range goldens {
		for _, v := range []struct {
			how      string
			width    int64
			features []*emulation.MediaFeature
		}{{"whole", 1280, nil}, {"around", 390, nil}, {"whole", 390, []*emulation.MediaFeature{dark}}, {"paper", 1280, nil}, {"around", 1280, []*emulation.MediaFeature{forced}}} {
			look(ctx, t, v.width, v.features...)
			do(ctx, t, chromedp.Navigate(server.URL+"/drawn/"+v.how+"/"+strings.ReplaceAll(name, " ", "%20")))
			wrong := script[[]string](ctx, t, faults)
			kind := ""
			if len(v.features) > 0 {
				kind = "-" + v.features[0].Value
			}
			shoot(ctx, t, strings.ReplaceAll(name, " ", "-")+"-"+v.how+map[bool]string{true: "-phone"}[v.width < 500]+kind)
			script[bool](ctx, t, string(axe)+"; true")
			for _, w := range append(wrong, script[[]string](ctx, t, axeRun)...) {
				t.Errorf("%s %s %d%s: %s", name, v.how, v.width, kind, w)
			}
		}
	}
}

var pageOfPDF = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

func TestTOO2_ADrawingIsOneSheet(t *testing.T) {
	server, ctx := drawn(t), browser(t)
	look(ctx, t, 1280)
	for name := range goldens {
		do(ctx, t, chromedp.Navigate(server.URL+"/drawn/paper/"+strings.ReplaceAll(name, " ", "%20")))
		pdf := get(ctx, t, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if pages := len(pageOfPDF.FindAll(pdf, -1)); pages != 1 {
			t.Errorf("%s prints on %d pages", name, pages)
		}
		if dir := os.Getenv("MAATJE_SHOTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".pdf"), pdf, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestTOO2_OneStopAndArrows walks through a family by the keyboard: one stop for the tab key, everybody by the arrows.
func TestTOO2_OneStopAndArrows(t *testing.T) {
	server, ctx := drawn(t), browser(t)
	look(ctx, t, 1280)
	do(ctx, t, chromedp.Navigate(server.URL+"/drawn/whole/fostered"))
	name := func() string {
		return script[string](ctx, t, `document.activeElement.querySelector('title')?.textContent ?? ''`)
	}
	if n := script[int](ctx, t, `document.querySelectorAll('.genogram-picture a:not([tabindex="-1"])').length`); n != 1 {
		t.Fatalf("%d stops for the tab key", n)
	}
	script[bool](ctx, t, `document.querySelector('.genogram-picture a[tabindex="0"]').focus(); true`)
	for _, step := range [][2]string{
		{"", "Sara de Boer"}, {"ArrowRight", "Noor de Boer"}, {"ArrowUp", "Ron de Boer"}, {"ArrowRight", "Kim Jansen"},
		{"ArrowUp", "Henk Jansen"}, {"ArrowDown", "Kim Jansen"}, {"ArrowDown", "Sara de Boer"}, {"ArrowLeft", "Iris Smit"}, {"ArrowRight", "Sara de Boer"}, {"ArrowRight", "Noor de Boer"}, {"Home", "Sara de Boer"},
	} {
		if step[0] != "" {
			script[bool](ctx, t, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '`+step[0]+`', bubbles: true, cancelable: true}))`)
		}
		if got := name(); got != step[1] {
			t.Fatalf("after %q stands at %q, want %q", step[0], got, step[1])
		}
	}
	if n := script[int](ctx, t, `document.querySelectorAll('.genogram-picture a:not([tabindex="-1"])').length`); n != 1 {
		t.Errorf("%d stops for the tab key after a walk", n)
	}
}
