package provider

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var qHeads = db.Q("provider_test.heads", authz.Works,
	`SELECT (SELECT COUNT(*) FROM account) * 1000 + (SELECT COUNT(*) FROM provider_identity) * 100 + (SELECT COUNT(*) FROM account_role)`, db.Probe{})

func (h *house) heads() (n int) {
	h.Helper()
	err := h.db.Read(h.Context(), authz.System("look"), func(t *db.Tx) (err error) {
		n, err = db.Count(t, qHeads, nil)
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return n
}

// TestWhoIsNotLinkedDoesNotGetIn: an unknown subject, also one with somebody's e-mail address and any role, gets a sentence,
// and nothing is made.
func TestWhoIsNotLinkedDoesNotGetIn(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		leader.leads(leader.link("ingrid-at-the-provider"), "/account/provider")
		before := h.heads()
		for _, subject := range []string{"somebody", theEmail, "INGRID-AT-THE-PROVIDER", "ingrid-at-the-provider "} {
			b := h.browser()
			w := b.comeBack(h.forger.Answer(b.to("/sign-in/provider"), subject, mfa, func(c map[string]any) {
				c["email"], c["email_verified"], c["roles"], c["groups"] = theEmail, true, []string{"project_leader"}, []string{"administrator"}
			}))
			b.says(w, http.StatusUnprocessableEntity, "nog niet gekoppeld")
			b.leads(b.get("/"), "/sign-in")
		}
		if after := h.heads(); after != before {
			t.Errorf("something was made: %d, was %d", after, before)
		}
		b := h.browser()
		b.leads(b.comeBack(h.forger.Answer(b.to("/sign-in/provider?next=%2Faccount"), "ingrid-at-the-provider", mfa)), "/account")
		b.says(b.get("/"), http.StatusOK, "home of Ingrid")
	})
}

// TestAnAnswerIsForOneQuestion: each answer counts for the browser that asked, once, for ten minutes.
func TestAnAnswerIsForOneQuestion(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		leader.leads(leader.link("ingrid"), "/account/provider")
		stale := func(name string, b *browser, answer url.Values) {
			t.Helper()
			if w := b.comeBack(answer); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "te oud, al gebruikt") {
				t.Errorf("%s: %d to %q", name, w.Code, w.Header().Get("Location"))
			}
			b.leads(b.get("/"), "/sign-in")
		}
		b := h.browser()
		answer := h.forger.Answer(b.to("/sign-in/provider"), "ingrid", mfa)
		stale("another browser", h.browser(), answer)
		wrong := url.Values{"code": answer["code"], "state": {"guessed"}}
		kept := b.cookies[cookie]
		stale("another state", b, wrong)
		b.cookies[cookie] = kept
		b.leads(b.comeBack(answer), "/")
		thief := h.browser()
		thief.cookies[cookie] = kept
		stale("the same again", thief, answer)
		late := h.browser()
		answer = h.forger.Answer(late.to("/sign-in/provider"), "ingrid", mfa)
		h.clock.Set(h.clock.Now().Add(askedFor + time.Second))
		stale("too late", late, answer)
		stale("nothing asked", h.browser(), url.Values{"code": {"x"}, "state": {"y"}})

		no := h.browser()
		no.says(no.comeBack(url.Values{"error": {"access_denied"}, "state": {query(no.to("/sign-in/provider"), "state")}}), http.StatusUnprocessableEntity, "niet afgemaakt")
		mixed := h.browser()
		answer = h.forger.Answer(mixed.to("/sign-in/provider"), "ingrid", mfa)
		answer.Set("iss", "https://elsewhere.example")
		mixed.says(mixed.comeBack(answer), http.StatusUnprocessableEntity, "klopt niet")
	})
}

func query(address, name string) string {
	u, _ := url.Parse(address)
	return u.Query().Get(name)
}

// TestTheWayBackLeadsNowhereElse: whatever next says, it is a page of ours.
func TestTheWayBackLeadsNowhereElse(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		leader.leads(leader.link("ingrid"), "/account/provider")
		for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\r\nLocation: https://evil.example", "evil", ""} {
			b := h.browser()
			b.leads(b.comeBack(h.forger.Answer(b.to("/sign-in/provider?next="+url.QueryEscape(next)), "ingrid", mfa)), "/")
		}
	})
}

// TestEndingAnAccountEndsItHere: whatever the provider says, and within the next request.
func TestEndingAnAccountEndsItHere(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		pat := h.browser()
		pat.acceptThrough(leader.invite("Pat"), "pat")
		pat.says(pat.get("/"), http.StatusOK, "home of Pat")
		leader.leads(leader.post("/accounts/"+h.idOf("Pat")+"/end"), "/accounts")
		pat.leads(pat.get("/"), "/sign-in")
		pat.says(pat.comeBack(h.forger.Answer(pat.to("/sign-in/provider"), "pat", mfa)), http.StatusUnprocessableEntity, "nog niet gekoppeld")
		again := h.browser() // and the same person may be invited anew
		again.acceptThrough(leader.invite("Pat"), "pat")
	})
}

var invited = regexp.MustCompile(`/invitation/[A-Za-z0-9_-]+`)

var (
	qMailed = db.Q("provider_test.mailed", authz.Works, `SELECT id FROM account WHERE name = :name AND ended_at IS NULL`, db.Probe{"name": ""})
)

func (h *house) idOf(name string) (id string) {
	h.Helper()
	err := h.db.Read(h.Context(), authz.System("look"), func(t *db.Tx) error {
		one, err := db.One(t, qMailed, db.Args{"name": name}, func(id *core.AccountID) []any { return []any{id} })
		id = one.String()
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return id
}

func (b *browser) invite(name string) (path string) {
	b.Helper()
	page := b.post("/accounts", "name", name, "email", strings.ToLower(name)+"@voorbeeld.nl", "roles", "administrator")
	if path = invited.FindString(page.Body.String()); path == "" {
		b.Fatalf("no link: %d\n%s", page.Code, page.Body)
	}
	return path
}

// acceptThrough takes an invitation through the provider, which saw two factors.
func (b *browser) acceptThrough(path, subject string) {
	b.Helper()
	b.says(b.get(path), http.StatusOK, "Aanmelden via De Kring")
	b.leads(b.comeBack(b.forger.Answer(b.to(path+"/provider"), subject, mfa)), "/")
}

// TestAnInvitationIsTakenThroughTheProvider: once, without a passphrase, with the roles that the project leader gave.
func TestAnInvitationIsTakenThroughTheProvider(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		path := leader.invite("Pat")
		pat := h.browser()
		pat.acceptThrough(path, "pat")
		pat.says(pat.get("/accounts"), http.StatusOK, "Ingrid") // as the administrator that the leader made of them
		if w := pat.get("/figures"); w.Code != http.StatusNotFound {
			t.Errorf("the figures answer %d", w.Code)
		}
		other := h.browser()
		other.leads(other.get(path+"/provider"), path)
		other.says(other.get(path), http.StatusNotFound, "")
		stranger := h.browser()
		stranger.says(stranger.post("/sign-in", "email", "pat@voorbeeld.nl", "passphrase", "none"), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		pat.says(pat.post("/prove", "current", "none"), http.StatusUnprocessableEntity, "Ben jij het nog?")
		pat.says(pat.post("/account/provider/end"), http.StatusUnprocessableEntity, "niet meer aanmelden")

		mia := h.browser()
		way := leader.invite("Mia")
		mia.says(mia.comeBack(h.forger.Answer(mia.to(way+"/provider"), "pat", mfa)), http.StatusUnprocessableEntity, "al aan iemand gekoppeld")
		mia.leads(mia.comeBack(h.forger.Answer(mia.to(way+"/provider"), "mia")), "/second-factor?next=%2F") // the invitation was not used up
		seed := mia.enrol("/")
		mia.leads(mia.get("/account/passphrase"), "/account/passphrase/new")
		mia.says(mia.get("/account/passphrase/new"), http.StatusOK, "Code van zes cijfers") // of the app that she has already
		mia.leads(mia.post("/account/passphrase/codes"), "/account/passphrase/new")
		mia.leads(mia.post("/account/passphrase/new", "passphrase", "een heel eigen wachtzin", "again", "een heel eigen wachtzin", "code", mia.next(seed)), "/account")
		mia.leads(mia.post("/account/provider/end"), "/account/provider")
		gone := h.browser()
		gone.says(gone.comeBack(h.forger.Answer(gone.to("/sign-in/provider"), "mia", mfa)), http.StatusUnprocessableEntity, "nog niet gekoppeld")
	})
}

// TestIsItStillYouAtTheProvider: it asked just now, and it is the one who is linked.
func TestIsItStillYouAtTheProvider(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		leader.leads(leader.link("ingrid"), "/account/provider")
		pat := h.browser()
		pat.acceptThrough(leader.invite("Pat"), "pat")
		h.clock.Set(h.clock.Now().Add(6 * time.Minute))
		pat.leads(pat.get("/account/provider"), "/prove?next=%2Faccount%2Fprovider")
		old := h.clock.Now().Add(-time.Hour).Time().Unix()
		ask := func() string { return pat.to("/prove/provider?next=%2Faccount%2Fprovider") }
		pat.says(pat.comeBack(h.forger.Answer(ask(), "pat", func(c map[string]any) { c["auth_time"] = old })), http.StatusUnprocessableEntity, "of jij het nog bent")
		pat.says(pat.comeBack(h.forger.Answer(ask(), "pat", func(c map[string]any) { delete(c, "auth_time") })), http.StatusUnprocessableEntity, "of jij het nog bent")
		pat.says(pat.comeBack(h.forger.Answer(ask(), "ingrid")), http.StatusUnprocessableEntity, "niet het account")
		pat.leads(pat.get("/account/provider"), "/prove?next=%2Faccount%2Fprovider")
		before := pat.cookies["session"]
		pat.leads(pat.comeBack(h.forger.Answer(ask(), "pat")), "/account/provider")
		pat.says(pat.get("/account/provider"), http.StatusOK, "Gekoppeld op")
		if pat.cookies["session"] == before {
			t.Error("the token stays the same")
		}
	})
}

// TestAProviderThatIsDownLeavesTheOtherWays: a sentence, and the passphrase works as before.
func TestAProviderThatIsDownLeavesTheOtherWays(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		h.forger.Stop()
		b := h.browser()
		b.says(b.get("/sign-in/provider"), http.StatusUnprocessableEntity, "geeft nu geen antwoord")
		b.says(b.get("/sign-in"), http.StatusOK, "Wachtzin")
		b.leads(b.post("/sign-in", "email", theEmail, "passphrase", passphrase, "next", "/"), "/second-factor?next=%2F")
	})
}

// TestOneLinkIsOnePersons: linking asks who it is anew, one account has one, and another's is refused.
func TestOneLinkIsOnePersons(t *testing.T) {
	eachHouse(t, func(h *house) {
		leader := h.browser()
		leader.firstLeader()
		pat := h.browser()
		pat.acceptThrough(leader.invite("Pat"), "pat")
		leader.says(leader.link("pat"), http.StatusUnprocessableEntity, "al aan iemand gekoppeld")
		leader.leads(leader.link("ingrid"), "/account/provider")
		leader.says(leader.link("ingrid-two"), http.StatusUnprocessableEntity, "al een account")

		// an answer that was asked for in another session is not linked to this one
		page := pat.post("/account/provider")
		answer := h.forger.Answer(strings.ReplaceAll(goesTo.FindStringSubmatch(page.Body.String())[1], "&amp;", "&"), "thief")
		leader.cookies[cookie] = pat.cookies[cookie]
		leader.says(leader.comeBack(answer), http.StatusUnprocessableEntity, "te oud, al gebruikt")
		h.clock.Set(h.clock.Now().Add(6 * time.Minute))
		leader.says(leader.post("/account/provider"), http.StatusSeeOther, "") // asks for proof first
	})
}
