package journeys

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// try does what leads to another page and waits for that page.
func (p *tab) try(a chromedp.Action[chromedp.Void]) (*network.Response, error) {
	limited, stop := context.WithTimeout(p.ctx, 60*time.Second)
	defer stop()
	answer, err := chromedp.RunResponse(limited, a)
	if err == nil && answer == nil {
		err = errors.New("it led to no page")
	}
	return answer, err
}

// typeIn puts words where the cursor is, as a keyboard with suggestions does.
func (p *tab) typeIn(words string) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: words}); err != nil {
		p.Fatal(err)
	}
}

// unfinished is what a reader must never see: a text without its words, a value without its notation.
var unfinished = regexp.MustCompile(`%!|%[dsvq]\b|\{\w*\}|<nil>|\bnil\b|\bNaN\b|0001-01-01|\b[a-z]+_[a-z_]+\b`)

// arrived holds a page against what none may show, and remembers its address.
func (p *tab) arrived(answer *network.Response) {
	p.Helper()
	if answer.Status >= 500 {
		p.Errorf("%d\n%s", answer.Status, p.state())
	}
	if !strings.HasPrefix(answer.URL, p.url) {
		p.Fatalf("led away, to %s", answer.URL)
	}
	p.visits.add(strings.TrimPrefix(answer.URL, p.url), script[[]string](p, `[...document.querySelectorAll('form[method=post]')].map(f => new URL(f.action).pathname)`))
	for _, s := range script[[]string](p, faults) {
		p.Errorf("%s: %s", p.where(), s)
	}
	if s := unfinished.FindString(script[string](p, written)); s != "" {
		p.Errorf("%s shows %q", p.where(), s)
	}
}

// written is what the product wrote on the page: not what somebody typed into a field.
const written = `document.title + ' ' + document.body.innerText + ' ' + [...document.querySelectorAll('[aria-label], [alt], [title], option')]
	.map(e => [e.ariaLabel, e.alt, e.title, e.tagName === 'OPTION' ? e.textContent : ''].join(' ')).join(' ')`

// faults lists what no page may have, whatever it shows.
const faults = `(() => {
	const out = [];
	for (const e of document.querySelectorAll('[style]')) out.push('style attribute: ' + e.outerHTML.slice(0, 80));
	for (const e of document.querySelectorAll('script:not([src]), style')) out.push('inline: ' + e.outerHTML.slice(0, 80));
	const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push('id twice: ' + id);
	for (const name of ['for', 'aria-describedby', 'aria-labelledby'])
		for (const e of document.querySelectorAll('[' + name + ']'))
			for (const id of e.getAttribute(name).trim().split(/\s+/)) if (!ids.includes(id)) out.push(name + ' to nothing: ' + id);
	for (const e of document.querySelectorAll('a[href^="#"]')) if (!ids.includes(e.hash.slice(1))) out.push('link to nothing: ' + e.hash);
	if (document.documentElement.scrollWidth > innerWidth) out.push('scrolls sideways: ' + document.documentElement.scrollWidth + ' of ' + innerWidth);
	if (document.title.trim() === '') out.push('no title');
	if (document.querySelectorAll('h1').length !== 1) out.push('headings of the first level: ' + document.querySelectorAll('h1').length);
	return out;
})()`

// visits are the addresses that a journey came by: pages, and where their forms go.
type visits map[string]bool

func (v visits) add(page string, forms []string) {
	v["GET "+page] = true
	for _, f := range forms {
		v["POST "+f] = true
	}
}
