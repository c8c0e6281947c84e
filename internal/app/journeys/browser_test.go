package journeys

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"maatje/internal/web/browsertest"
)

// profile opens a tab in a profile of its own, in the one browser of all journeys.
var profile func(...chromedp.ContextOption) (context.Context, context.CancelFunc)

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "maatje-journeys-")
	if err != nil {
		panic(err)
	}
	code := 1
	if browser, stop, err := browsertest.Open(context.Background(), folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		profile = func(options ...chromedp.ContextOption) (context.Context, context.CancelFunc) {
			return chromedp.NewContext(browser, append(options, chromedp.WithNewBrowserContext())...)
		}
		code = m.Run()
		stop()
	}
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// tab is one tab of a browser. Tabs of one person share cookies, and nobody else's.
type tab struct {
	*house
	ctx    context.Context
	width  int64
	mu     sync.Mutex
	said   []string // what the browser says against the pages
	warned int      // dialogs that asked whether to leave
}

const phone, desk = 390, 1280

// newTab opens a tab of the given width in a new profile, or in the profile of another tab.
func (h *house) newTab(width int64, beside *tab) *tab {
	h.Helper()
	p, open := &tab{house: h, width: width}, profile
	if beside != nil {
		open = func(options ...chromedp.ContextOption) (context.Context, context.CancelFunc) {
			return chromedp.NewContext(beside.ctx, options...)
		}
	}
	ctx, stop := open(chromedp.WithListener(p.listen))
	p.ctx = ctx
	h.Cleanup(func() {
		stop()
		for _, s := range p.complaints() {
			h.Errorf("the browser says: %s", s)
		}
	})
	// The first run makes the tab, which then lives as long as the context of that run.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		h.Fatal(err)
	}
	p.look(width, false)
	return p
}

// look sets how the page is seen.
func (p *tab) look(width int64, dark bool) {
	p.Helper()
	p.width = width
	scheme, height := "light", int64(900)
	var options []chromedp.EmulateViewportOption
	if dark {
		scheme = "dark"
	}
	if width < 500 {
		height, options = 844, append(options, chromedp.EmulateMobile)
	}
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.EmulateViewport(width, height, options...))
}

// withoutScript lets no script of the pages run. What the journey itself asks of the page still works.
func (p *tab) withoutScript() {
	p.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		p.Fatal(err)
	}
}

func (p *tab) listen(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		answered := e.Entry.Source == log.EntrySourceNetwork && strings.Contains(e.Entry.Text, "status of 4") && !strings.Contains(e.Entry.URL, "/assets/")
		if e.Entry.Level == log.EntryLevelError && !answered {
			p.complain(e.Entry.Text + " " + e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		p.complain("a script failed: " + e.ExceptionDetails.Text)
	case *page.EventJavascriptDialogOpening:
		if e.Type == page.DialogTypeBeforeunload {
			p.mu.Lock()
			p.warned++
			p.mu.Unlock()
		} else {
			p.complain("a dialog: " + e.Message)
		}
		go func() {
			_, _ = chromedp.Call(p.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	}
}

func (p *tab) complain(words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, words)
}

func (p *tab) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.said)
}

// get runs the action for at most a minute.
func get[T any](p *tab, a chromedp.Action[T]) T {
	p.Helper()
	limited, stop := context.WithTimeout(p.ctx, 60*time.Second)
	defer stop()
	v, err := chromedp.Run(limited, a)
	if err != nil {
		p.Fatalf("%v\n%s", err, p.state())
	}
	return v
}

func (p *tab) do(a ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	limited, stop := context.WithTimeout(p.ctx, 60*time.Second)
	defer stop()
	if err := chromedp.Do(limited, a...); err != nil {
		p.Fatalf("%v\n%s", err, p.state())
	}
}

func script[T any](p *tab, source string) T {
	p.Helper()
	return get(p, chromedp.Evaluate[T](source, chromedp.EvalAwaitPromise))
}

// state tells where the tab is and what it shows, for a test that fails.
func (p *tab) state() string {
	limited, stop := context.WithTimeout(p.ctx, 5*time.Second)
	defer stop()
	s, err := chromedp.Run(limited, chromedp.Evaluate[string](`location.pathname + location.search + '\n' + (document.querySelector('main') ?? document.body).innerText.slice(0, 3000)`))
	if err != nil {
		return err.Error()
	}
	return s
}

// picture leaves a picture of the whole page in MAATJE_SHOTS, for somebody to look at.
func (p *tab) picture(name string) {
	p.Helper()
	if os.Getenv("MAATJE_SHOTS") != "" {
		p.keep(name+".png", get(p, chromedp.FullScreenshot(100)))
	}
}

func (p *tab) keep(name string, content []byte) {
	p.Helper()
	if folder := os.Getenv("MAATJE_SHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			p.Fatal(err)
		}
	}
}
