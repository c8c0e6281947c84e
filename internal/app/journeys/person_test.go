package journeys

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"

	"maatje/internal/authz"
	"maatje/internal/core"
)

const passphrase = "de kat slaapt op het dak"

// person is somebody who works with the product, on a screen of their own.
type person struct {
	*tab
	name, email string
	seed        string // of the second factor
	step        int64  // the last half minute whose code was used
	signedIn    core.Instant
	seen        core.Instant
}

// code is the one-time code of this half minute, or of the next when this one was used.
func (p *person) code() string {
	p.Helper()
	for p.clock.Now().Time().Unix()/30 <= p.step {
		p.later(30 * time.Second)
	}
	p.step = p.clock.Now().Time().Unix() / 30
	c, err := hotp.GenerateCode(p.seed, uint64(p.step))
	if err != nil {
		p.Fatal(err)
	}
	return c
}

// firstLeader makes the first project leader with the code from the terminal.
func (h *house) firstLeader(name string) *person {
	h.Helper()
	code, needed, err := h.app.Accounts.FirstStart(h.Context())
	if err != nil || !needed {
		h.Fatal(needed, err)
	}
	p := &person{tab: h.newTab(desk, nil), name: name, email: address(name)}
	p.open("/")
	p.fill("Startcode", code)
	p.fill("Je naam", name)
	p.fill("E-mailadres", p.email)
	p.press("Beginnen")
	p.choosePassphrase()
	p.press("Verder")
	p.enrol()
	return p
}

func address(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@voorbeeld.nl"
}

func (p *person) choosePassphrase() {
	p.Helper()
	p.fill("Kies een wachtzin", passphrase)
	p.fill("Nog een keer dezelfde wachtzin", passphrase)
}

// enrol sets up the second factor, which every account outside the demo has.
func (p *person) enrol() {
	p.Helper()
	p.seed = script[string](p.tab, `document.querySelector('main code').textContent`)
	p.fill("Code van zes cijfers", p.code())
	p.press("Klaar")
	p.signedIn, p.seen = p.clock.Now(), p.clock.Now()
}

// signIn comes in by the door, and goes where it leads.
func (p *person) signIn(path string) int {
	p.Helper()
	p.tab.open("/sign-in?next=" + url.QueryEscape(path))
	p.fill("E-mailadres", p.email)
	p.fill("Wachtzin", passphrase)
	p.press("Aanmelden")
	p.fill("Code van zes cijfers", p.code())
	p.signedIn, p.seen = p.clock.Now(), p.clock.Now()
	return p.pressed("Verder")
}

// signOut leaves by the menu.
func (p *person) signOut() {
	p.Helper()
	p.unfold(p.name)
	p.press("Afmelden")
}

// open goes to a page, by the door when the session has ended meanwhile, and shows who it is when that is asked again.
func (p *person) open(path string) int {
	p.Helper()
	now := p.clock.Now()
	if p.seed != "" && (now.Sub(p.seen) >= 29*time.Minute || now.Sub(p.signedIn) >= 11*time.Hour) {
		return p.signIn(path)
	}
	p.seen = now
	status := p.tab.open(path)
	if p.seed != "" && strings.HasPrefix(p.where(), "/prove?") {
		p.fill("Je wachtzin van nu", passphrase)
		status = p.pressed("Verder")
	}
	return status
}

// goes opens a page that must be there.
func (p *person) goes(path string) {
	p.Helper()
	if status := p.open(path); status != http.StatusOK {
		p.Fatalf("%s: %d\n%s", path, status, p.state())
	}
}

// job is what somebody does in the programme, and where, as the page to invite people says it.
type job struct {
	role, municipalities, facility string
}

// invite makes an account on the page for that, and lets its owner in by the link.
func (p *person) invite(name string, width int64, does job) *person {
	p.Helper()
	return p.accept(name, width, p.link(name, does))
}

// link makes an account on the page for that, and gives where its owner comes in.
func (p *person) link(name string, does job) string {
	p.Helper()
	p.goes("/accounts/new")
	p.fill("Naam", name)
	p.fill("E-mailadres", address(name))
	p.choose("Wat doet deze persoon?", does.role)
	if does.municipalities != "" {
		p.fill("Gemeenten", does.municipalities)
	}
	if does.facility != "" {
		p.choose("Inrichtingen", does.facility)
	}
	p.press("Uitnodigen")
	return strings.TrimPrefix(script[string](p.tab, `document.querySelector('main code').textContent`), p.url)
}

func (p *person) accept(name string, width int64, link string) *person {
	p.Helper()
	other := &person{tab: p.newTab(width, nil), name: name, email: address(name)}
	other.goes(link)
	other.sees("Welkom", other.email)
	other.choosePassphrase()
	other.press("Verder")
	other.enrol()
	return other
}

// enter lets somebody of a made family in, by an invitation.
func (h *house) enter(who authz.Actor, width int64) *person {
	h.Helper()
	link, err := h.app.Accounts.InviteAgain(h.Context(), h.leader, who.Account())
	if err != nil {
		h.Fatal(err)
	}
	p := &person{tab: h.newTab(width, nil), name: who.Name(), email: strings.ToLower(who.Name()) + "@example.org"}
	p.goes(strings.TrimPrefix(link, h.url))
	p.choosePassphrase()
	p.press("Verder")
	p.enrol()
	return p
}

// beside is another tab of the same person, in the same browser.
func (p *person) beside() *person {
	p.Helper()
	other := *p
	other.tab = p.newTab(p.width, p.tab)
	return &other
}
