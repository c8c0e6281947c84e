package journeys

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"maatje/internal/app"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/demo"
	"maatje/internal/web"
)

const (
	axeFile   = "../../../node_modules/axe-core/axe.min.js" // scripts/install npm
	mostPages = 120                                         // of one role: a stop, not an aim
)

const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], preload: false}).then(r =>
	r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.failureSummary.replace(/\s+/g, ' ') + ' ' + n.html.slice(0, 160))))`

// openDemo serves the product as the demo does, by the clock of the day: its history is relative to today.
func openDemo(t *testing.T) (*house, []demo.Person) {
	t.Helper()
	clock := &dbtest.Clock{}
	h := &house{T: t, db: dbtest.Open(t, db.SQLite, clock), clock: clock, visits: visits{}}
	people, err := demo.Fill(context.Background(), h.db)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	h.url = "http://" + server.Listener.Addr().String()
	h.app = app.Build(h.db, web.Config{Clock: clock.Now, Demo: true, Base: h.url, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err := demo.Live(context.Background(), h.db, people, h.app.Demo); err != nil {
		t.Fatal(err)
	}
	demo.Routes(h.app.Router, people, h.app.Accounts.Become)
	server.Config.Handler = h.app.Handler(app.Listen{Addr: server.Listener.Addr().String()})
	server.Start()
	t.Cleanup(server.Close)
	return h, people
}

// become is one click on the demo's first page.
func (p *tab) become(name string) {
	p.Helper()
	p.open("/demo")
	p.press(name)
}

var identifier = regexp.MustCompile(`\b[0-9a-z]{10,14}\b`)

// pattern is the kind of page that an address leads to.
func pattern(address string) string {
	path, query, _ := strings.Cut(address, "?")
	var names []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	path = identifier.ReplaceAllStringFunc(path, func(part string) string {
		if strings.ContainsAny(part, "0123456789") {
			return "{id}"
		}
		return part
	})
	return path + "?" + strings.Join(names, "&")
}

// walker visits every kind of page that can be reached by links from somebody's first page.
type walker struct {
	*tab
	axe    string
	seen   map[string]bool
	night  bool // begins each page by night on a phone and by day at a desk; else the other way round
	posted map[string]bool
	todo   []string

	inspected int
	looked    map[string]bool // kinds of pages, of all roles, with what they are made of
}

const linksHere = `[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.target && !['.csv', '.xlsx', '/package'].some(end => a.pathname.endsWith(end))).map(a => a.pathname + a.search)`

func (w *walker) walk() {
	w.Helper()
	for len(w.todo) > 0 && len(w.seen) < mostPages {
		path := w.todo[0]
		w.todo = w.todo[1:]
		kind := pattern(path)
		if w.seen[kind] {
			continue
		}
		w.seen[kind] = true
		if status := w.open(path); status != http.StatusOK {
			w.Errorf("%s: %d", path, status)
			continue
		}
		w.inspect(kind, w.night)
		for _, link := range script[[]string](w.tab, linksHere) {
			if !w.seen[pattern(link)] {
				w.todo = append(w.todo, link)
			}
		}
		w.sendEmpty(path)
	}
}

// inspect looks at the page as on a phone, at a desk and zoomed in, by day and by night. Where another role was shown a page of the
// same make, axe has seen it; what we look for ourselves is looked for on every page.
func (w *walker) inspect(name string, night bool) {
	w.Helper()
	script[bool](w.tab, `document.querySelectorAll('details:not(.account, .more)').forEach(d => d.open = true); true`)
	if made := name + script[string](w.tab, madeOf); !w.looked[made] {
		w.remember(made)
		w.withAxe(name, night)
	}
	w.look(320, false)
	for _, s := range script[[]string](w.tab, faults) {
		w.Errorf("%s at 320: %s", name, s)
	}
}

func (w *walker) remember(made string) {
	if w.looked == nil {
		w.looked = map[string]bool{}
	}
	w.looked[made] = true
	w.inspected++
}

func (w *walker) withAxe(name string, night bool) {
	w.Helper()
	script[bool](w.tab, w.axe+`; true`)
	for _, width := range []int64{phone, desk} {
		w.look(width, night)
		night = !night
		for _, s := range script[[]string](w.tab, axeRun) {
			w.Errorf("%s at %d: %s", name, width, s)
		}
		w.picture(strings.NewReplacer("/", "-", "?", "", "{", "", "}", "").Replace(strings.Trim(name, "/?")) + w.scheme())
	}
}

// madeOf is what a page is made of, however many times: each sort of element in each sort of element, with its class, what it is for
// a screen reader and whether it says anything; and its headings in their order.
const madeOf = `(() => {
	const sort = e => e.tagName + [...e.attributes].map(a => /^(class|role|type|lang|aria-.*|scope|autocomplete)$/.test(a.name) && !/labelledby|describedby/.test(a.name) ?
		a.name + '=' + a.value : a.name).sort().join();
	const all = [...document.querySelectorAll('body *')].map(e => sort(e.parentElement) + '>' + sort(e) + (e.textContent.trim() ? '' : ' empty'));
	const heads = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => e.tagName).filter((t, i, l) => t !== l[i - 1]);
	return [...new Set(all)].sort().join() + heads.join();
})()`

func (w *walker) scheme() string {
	return script[string](w.tab, `'-' + innerWidth + (matchMedia('(prefers-color-scheme: dark)').matches ? '-dark' : '')`)
}

// emptied clears the n-th form that is posted and has something to fill in, and says where it goes; "" if there is none.
const emptied = `(n => {
	const form = [...document.querySelectorAll('main form[method=post]')].filter(f => f.querySelector('input:not([type=hidden]), textarea, select'))[n];
	if (!form) return '';
	for (const e of form.elements) {
		if (e.type === 'checkbox' || e.type === 'radio') e.checked = false;
		else if (e.type !== 'hidden' && e.tagName !== 'BUTTON') e.value = '';
	}
	for (let d = form.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
	form.dataset.emptied = 'yes';
	return new URL(form.action).pathname;
})`

// sendEmpty sends each form of the page without anything in it, once for each kind, and looks at what comes back.
func (w *walker) sendEmpty(path string) {
	w.Helper()
	for n := range 20 {
		where := script[string](w.tab, emptied+"("+strconv.Itoa(n)+")")
		if where == "" {
			return
		}
		if w.posted[pattern(where)] || strings.HasPrefix(where, "/sign-in") {
			continue
		}
		w.posted[pattern(where)] = true
		status := w.leads(chromedp.Click(chromedp.JSPath(`document.querySelector('form[data-emptied] button:not([type=button])')`)))
		if status == http.StatusUnprocessableEntity {
			w.inspect("refused "+pattern(where), w.night)
		}
		w.open(path)
	}
}

// TestEveryPageForEverybody walks the demo as each of its roles.
func TestEveryPageForEverybody(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed; run scripts/install npm: %v", err)
	}
	h, people := openDemo(t)
	done, looked := map[string]bool{}, map[string]bool{}
	for _, person := range people {
		role := strings.Join(person.Roles.Codes(), "+")
		if done[role] || len(person.Roles.Codes()) > 1 {
			continue
		}
		done[role] = true
		t.Run(role, func(t *testing.T) {
			w := &walker{tab: h.in(t).newTab(desk, nil), axe: string(axe), seen: map[string]bool{}, posted: map[string]bool{}, todo: []string{"/"}, looked: looked}
			w.night = len(done)%2 == 0
			w.become(person.Name)
			w.walk()
			t.Logf("%d kinds of pages, %d kinds of forms; %d inspected", len(w.seen), len(w.posted), w.inspected)
		})
	}
	t.Run("visitor", func(t *testing.T) {
		w := &walker{tab: h.in(t).newTab(desk, nil), axe: string(axe), seen: map[string]bool{}, posted: map[string]bool{}, todo: []string{"/demo", "/refer"}, looked: looked}
		w.walk()
	})
}
