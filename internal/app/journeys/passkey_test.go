package journeys

import (
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// device gives the browser of a tab a device that makes and uses passkeys, with its owner at hand.
func (p *tab) device() webauthn.AuthenticatorID {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		p.Fatal(err)
	}
	made, err := chromedp.Call(p.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		p.Fatal(err)
	}
	return made.AuthenticatorID
}

// owner says whether the device's owner lets it know that it is they.
func (p *tab) owner(device webauthn.AuthenticatorID, there bool) {
	p.Helper()
	_, err := chromedp.Call(p.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: device, IsUserVerified: there})
	if err != nil {
		p.Fatal(err)
	}
}

// sentAnswer sees to it that the next form with a passkey is not sent, and gives what would have been.
func (p *tab) sentAnswer(button string) string {
	p.Helper()
	script[bool](p, `(HTMLFormElement.prototype.submit = function () { document.documentElement.dataset.answer = this.elements.response.value; }, true)`)
	p.do(chromedp.Click(p.the("button", button)))
	p.eventually(`!!document.documentElement.dataset.answer`)
	return script[string](p, `document.documentElement.dataset.answer`)
}

// TestSigningInWithAPasskey: a coordinator makes a passkey, comes in with it, and finds that one she took away, one that is
// not hers and an answer that was used before open nothing.
func TestSigningInWithAPasskey(t *testing.T) {
	clock := &dbtest.Clock{}
	h := serveAt(t, dbtest.Open(t, db.SQLite, clock), clock, "localhost")
	leader := h.firstLeader("Ingrid Meijer")
	petra := leader.invite("Petra Jansen", phone, job{role: "Buitencoördinator", municipalities: "Zwolle"})
	device := petra.device()

	petra.goes("/account")
	petra.press("Passkey toevoegen")
	petra.fill("Hoe noem je deze passkey?", "")
	petra.refused("Passkey maken", "Geef de passkey een naam")
	petra.fill("Hoe noem je deze passkey?", "mijn telefoon")
	petra.press("Passkey maken")
	petra.sees("Je passkey is toegevoegd", "mijn telefoon", "nog niet gebruikt")
	petra.picture("passkeys")

	petra.signOut()
	petra.picture("sign-in")
	petra.press("Aanmelden met een passkey")
	petra.sees("Petra Jansen")

	h.later(6 * time.Minute)
	petra.tab.open("/account/passkeys/new")
	petra.sees("Ben jij het nog?")
	petra.picture("prove")
	petra.press("Passkey gebruiken")
	petra.sees("Hoe noem je deze passkey?")

	petra.signOut()
	used := petra.sentAnswer("Aanmelden met een passkey")
	for _, want := range []int{http.StatusOK, http.StatusUnprocessableEntity} {
		if got := petra.replay(used); got != want {
			t.Errorf("an answer that was sent before: %d, want %d", got, want)
		}
	}
	petra.tab.open("/account")
	petra.press("Weghalen")
	petra.sees("De passkey is weggehaald")
	petra.signOut()
	petra.refused("Aanmelden met een passkey", "of hij is weggehaald")

	petra.owner(device, false)
	petra.tab.open("/sign-in")
	petra.do(chromedp.Click(petra.the("button", "Aanmelden met een passkey")))
	petra.waits("Dat lukte niet")

	petra.withoutScript()
	petra.tab.open("/sign-in")
	petra.sees("alleen als JavaScript aanstaat")
	petra.refused("Aanmelden met een passkey", "Gebruik anders een wachtzin")
	if status := petra.signIn("/account"); status != http.StatusOK {
		t.Fatal(status)
	}
}

// TestBeginningWithAPasskey: a coordinator begins with a passkey alone, signs in and shows that it is still she with it, and
// comes back with a code on paper when the device is lost.
func TestBeginningWithAPasskey(t *testing.T) {
	clock := &dbtest.Clock{}
	h := serveAt(t, dbtest.Open(t, db.SQLite, clock), clock, "localhost")
	link := h.firstLeader("Ingrid Meijer").link("Petra Jansen", job{role: "Buitencoördinator", municipalities: "Zwolle"})
	petra := &person{tab: h.newTab(phone, nil), name: "Petra Jansen", email: address("Petra Jansen")}
	device := petra.device()

	petra.owner(device, false)
	petra.goes(link)
	petra.sees("Welkom", "Dat heet een passkey", "Of kies een wachtzin")
	petra.inspected("an invitation")
	petra.picture("invitation")
	petra.do(chromedp.Click(petra.the("button", "Maak een passkey")))
	petra.waits("Dat lukte niet")
	petra.owner(device, true)
	petra.press("Maak een passkey")
	petra.sees("Bijna klaar", "bewaar ze op papier")
	petra.inspected("the codes")
	petra.picture("invitation-codes")
	codes := script[[]string](petra.tab, `[...document.querySelectorAll('main code')].map(e => e.textContent)`)
	if len(codes) != 10 {
		t.Fatal(codes)
	}
	petra.press("Ik heb ze bewaard")
	petra.sees("Petra Jansen")

	petra.signOut()
	petra.press("Aanmelden met een passkey")
	petra.sees("Petra Jansen")
	h.later(6 * time.Minute)
	petra.goes("/account")
	petra.picture("account-passkey")
	petra.goes("/account/passphrase/new")
	petra.sees("Ben jij het nog?", "herstelcode")
	petra.seesNot("Je wachtzin van nu")
	petra.inspected("is it still you")
	petra.picture("prove-passkey")
	petra.press("Passkey gebruiken")
	petra.sees("Wachtzin toevoegen")
	petra.press("Codes instellen")
	petra.sees("Scan dit plaatje")
	petra.inspected("a passphrase beside it")
	petra.picture("passphrase-new")
	petra.goes("/account")
	petra.refused("Weghalen", "Zonder deze passkey kun je je niet meer aanmelden")

	petra.goes("/account")
	petra.signOut()
	petra.without(device)
	petra.device()
	petra.inspected("the door")
	petra.follow("Passkey kwijt?")
	petra.inspected("back on paper")
	petra.picture("back-on-paper")
	petra.fill("E-mailadres", petra.email)
	petra.fill("Herstelcode", "AAAA-BBBB-CCCC-DDDD")
	petra.refused("Verder", "horen niet bij elkaar")
	petra.fill("Herstelcode", codes[4])
	petra.press("Verder")
	petra.sees("De code klopt en is nu gebruikt", "Welkom")
	petra.press("Maak een passkey")
	petra.sees("Bijna klaar")
	petra.press("Ik heb ze bewaard")
	petra.sees("Petra Jansen")
}

// inspected holds the page against the rules of accessibility, as the walk through the demo does with the pages it finds.
func (p *tab) inspected(name string) {
	p.Helper()
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		p.Fatal(err, "run scripts/install npm")
	}
	w := walker{tab: p, axe: string(axe)}
	w.inspect(name, false)
	p.look(phone, false)
}

// without takes a device away.
func (p *tab) without(device webauthn.AuthenticatorID) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: device}); err != nil {
		p.Fatal(err)
	}
}

// replay sends an answer by itself, and gives the status of the page that it leads to.
func (p *tab) replay(answer string) int {
	p.Helper()
	return int(script[float64](p, `fetch('/sign-in/passkey', {method: 'POST', body: new URLSearchParams([['response', `+quoted(answer)+`], ['next', '`+url.PathEscape("/account")+`']])}).then(r => r.status)`))
}
