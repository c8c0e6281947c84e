package journeys

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// find is JavaScript that finds parts of a page as a reader does: by the words beside them.
const find = `(() => {
	const flat = s => (s ?? '').replace(/\s+/g, ' ').trim();
	const seen = e => e.checkVisibility();
	const starts = (e, words) => seen(e) && flat(e.textContent).startsWith(words);
	const best = (all, words) => all.find(e => flat(e.textContent) === words) ?? all[0];
	return {
		field(words) {
			const label = best([...document.querySelectorAll('main label[for]:not(.pick)')].filter(e => starts(e, words)), words);
			return label && document.getElementById(label.htmlFor);
		},
		fieldIn(group, words) {
			const set = [...document.querySelectorAll('main fieldset')].find(e => starts(e.querySelector('legend') ?? e, group));
			const label = set && [...set.querySelectorAll('label[for]:not(.pick)')].find(e => starts(e, words));
			return label && document.getElementById(label.htmlFor);
		},
		buttonIn(title, words) {
			const around = [...document.querySelectorAll('details')].find(e => starts(e.querySelector('summary'), title));
			return around && [...around.querySelectorAll('button')].find(e => starts(e, words));
		},
		fieldBehind(title, words) {
			const around = [...document.querySelectorAll('details')].find(e => starts(e.querySelector('summary'), title));
			const label = around && [...around.querySelectorAll('label[for]:not(.pick)')].find(e => starts(e, words));
			return label && around.querySelector('#' + CSS.escape(label.htmlFor));
		},
		pick(group, words) {
			const sets = [...document.querySelectorAll('main fieldset')].filter(e => !group || starts(e.querySelector('legend') ?? e, group));
			return best(sets.flatMap(s => [...s.querySelectorAll('label.pick')]).filter(e => starts(e, words)), words);
		},
		box(words) { return [...document.querySelectorAll('main label.box')].find(e => starts(e, words)); },
		button(words) {
			const all = [...document.querySelectorAll('button, a.btn, summary')].filter(e => starts(e, words));
			return best(all, words);
		},
		link(words) { return best([...document.querySelectorAll('a')].filter(e => seen(e) && flat(e.textContent).includes(words)), words); },
		text() { return flat(document.body.innerText); },
	};
})()`

func quoted(words ...string) string {
	out := make([]string, len(words))
	for i, w := range words {
		b, _ := json.Marshal(w) // a text is always JSON
		out[i] = string(b)
	}
	return strings.Join(out, ", ")
}

// the finds one part, or ends the test with what the page shows instead.
func (p *tab) the(kind string, words ...string) chromedp.JSPath {
	p.Helper()
	path := find + "." + kind + "(" + quoted(words...) + ")"
	if !script[bool](p, "!!"+path) {
		p.Fatalf("no %s %q on this page:\n%s", kind, words, p.state())
	}
	return chromedp.JSPath(path)
}

// open goes to an address of the product and gives the answer's status.
func (p *tab) open(path string) int {
	p.Helper()
	return p.leads(chromedp.Navigate(p.url + path))
}

// leads does what leads to another page, waits for it, holds it against what no page may show, and gives its status.
func (p *tab) leads(a chromedp.Action[chromedp.Void]) int {
	p.Helper()
	answer := p.answer(a)
	p.arrived(answer)
	return int(answer.Status)
}

func (p *tab) follow(words string) int {
	p.Helper()
	return p.leads(chromedp.Click(p.the("link", words)))
}

// press presses a button that leads to another page; that page must be a good one.
func (p *tab) press(words string) {
	p.Helper()
	p.good(p.pressed(words), words)
}

// refused presses a button and expects that the product does not do it.
func (p *tab) refused(button string, sentences ...string) {
	p.Helper()
	if status := p.pressed(button); status != http.StatusUnprocessableEntity && status != http.StatusConflict {
		p.Fatalf("after %q: %d, which is no refusal\n%s", button, status, p.state())
	}
	p.sees(sentences...)
}

func (p *tab) pressed(words string) int {
	p.Helper()
	return p.leads(chromedp.Click(p.the("button", words)))
}

// fill puts words into the field with that label, in place of what stood there.
func (p *tab) fill(label, words string) {
	p.Helper()
	field := p.the("field", label)
	switch script[string](p, string(field)+".type") {
	case "date", "time", "select-one", "hidden":
		p.set(field, words)
	default:
		p.do(chromedp.Focus(field))
		script[bool](p, string(field)+".select() ?? true")
		p.typeIn(words)
	}
}

// add types words at the end of what stands in the field.
func (p *tab) add(label, words string) {
	p.Helper()
	field := p.the("field", label)
	p.do(chromedp.Focus(field))
	script[bool](p, "(e => e.setSelectionRange(e.value.length, e.value.length) ?? true)("+string(field)+")")
	p.typeIn(words)
}

// set gives a field its value at once; a select is chosen by what it shows.
func (p *tab) set(field chromedp.JSPath, words string) {
	p.Helper()
	ok := script[bool](p, `((e, words) => {
		const option = [...e.options ?? []].find(o => o.textContent.trim().startsWith(words));
		e.value = option ? option.value : words;
		e.dispatchEvent(new Event('input', {bubbles: true}));
		e.dispatchEvent(new Event('change', {bubbles: true}));
		return e.value !== '' || words === '';
	})(`+string(field)+", "+quoted(words)+")")
	if !ok {
		p.Fatalf("%q does not fit in %s\n%s", words, field, p.state())
	}
}

// choose taps chips of the group with that legend.
func (p *tab) choose(group string, chips ...string) {
	p.Helper()
	for _, c := range chips {
		p.do(chromedp.Click(p.the("pick", group, c)))
	}
}

// sees expects each text on the page.
func (p *tab) sees(texts ...string) {
	p.Helper()
	for _, words := range texts {
		if !p.shows(words) {
			p.Fatalf("%q is not on this page:\n%s", words, p.state())
		}
	}
}

func (p *tab) seesNot(texts ...string) {
	p.Helper()
	for _, words := range texts {
		if p.shows(words) {
			p.Fatalf("%q is on this page:\n%s", words, p.state())
		}
	}
}

func (p *tab) shows(words string) bool {
	p.Helper()
	return strings.Contains(script[string](p, find+".text()"), words)
}

// holds gives what stands in a field.
func (p *tab) holds(label string) string {
	p.Helper()
	return script[string](p, string(p.the("field", label))+".value")
}

// eventually waits until the expression is true in the page.
func (p *tab) eventually(expression string) {
	p.Helper()
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		if is, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](expression)); err == nil && is {
			return
		}
	}
	p.Fatalf("never came true: %s\n%s", expression, p.state())
}

// waits until the page shows the words.
func (p *tab) waits(words string) {
	p.Helper()
	p.eventually(find + ".text().includes(" + quoted(words) + ")")
}

func (p *tab) where() string {
	p.Helper()
	return script[string](p, "location.pathname + location.search")
}

func (p *tab) answer(a chromedp.Action[chromedp.Void]) *network.Response {
	p.Helper()
	answer, err := p.try(a)
	if err != nil {
		p.Fatalf("%v\n%s", err, p.state())
	}
	return answer
}

// fillIn fills a field of the group with that legend.
func (p *tab) fillIn(group, label, words string) {
	p.Helper()
	field := p.the("fieldIn", group, label)
	if script[string](p, string(field)+".type") == "text" {
		p.do(chromedp.Focus(field))
		script[bool](p, string(field)+".select() ?? true")
		p.typeIn(words)
		return
	}
	p.set(field, words)
}

// unfold opens what stands behind a title.
func (p *tab) unfold(title string) {
	p.Helper()
	if summary := p.the("button", title); !script[bool](p, string(summary)+".parentElement.open") {
		p.do(chromedp.Click(summary))
	}
}

// pressIn presses a button that stands behind a title.
func (p *tab) pressIn(title, words string) {
	p.Helper()
	p.good(p.leads(chromedp.Click(p.the("buttonIn", title, words))), words)
}

// pressFor presses the first button of the form that goes to that address.
func (p *tab) pressFor(action string) {
	p.Helper()
	p.good(p.leads(chromedp.Click(chromedp.JSPath(`document.querySelector('form[action$="`+action+`"] button')`))), action)
}

func (p *tab) good(status int, after string) {
	p.Helper()
	if status != http.StatusOK {
		p.Fatalf("after %q: %d\n%s", after, status, p.state())
	}
}

// pressedIn presses a button behind a title and expects that status.
func (p *tab) pressedIn(title, words string, status int) {
	p.Helper()
	if got := p.leads(chromedp.Click(p.the("buttonIn", title, words))); got != status {
		p.Fatalf("after %q: %d, want %d\n%s", words, got, status, p.state())
	}
}

// chooseIn chooses from a list behind a title.
func (p *tab) chooseIn(title, label, words string) {
	p.Helper()
	p.set(p.the("fieldBehind", title, label), words)
}
