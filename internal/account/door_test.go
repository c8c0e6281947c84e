package account

import (
	"maatje/internal/account/budget"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/web"
)

func TestFirstStartLeadsToAPageAndIsGoneOnceUsed(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		b.leads(b.get("/"), "/sign-in")
		b.leads(b.get("/sign-in"), "/start")
		b.says(b.get("/start"), http.StatusOK, "Startcode")
		fields := []string{"name", "Ingrid", "email", theEmail}
		b.says(b.post("/start", append(fields, "code", "AAAA-BBBB-CCCC-DDDD")...), http.StatusUnprocessableEntity, "startcode klopt niet")
		code, _, err := h.service.FirstStart(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b.says(b.post("/start", "code", code, "name", "", "email", "geen"), http.StatusUnprocessableEntity, "Er kloppen nog 2 dingen niet")
		b.firstLeader()
		b.says(b.get("/"), http.StatusOK, "home of Ingrid")

		if b.get("/start").Code != http.StatusNotFound || b.post("/start", append(fields, "code", code)...).Code != http.StatusNotFound {
			t.Error("the page of the first start is still there")
		}
		other := NewService(h.db, Config{})
		if _, needed, err := other.FirstStart(t.Context()); needed || err != nil {
			t.Error("started again, it asks for a first leader again", err)
		}
		h.browser("10.0.0.2").says(h.browser("10.0.0.2").get("/sign-in"), http.StatusOK, "Wachtzin")
	})
}

func TestStartCodeCannotBeGuessedOnAndOn(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		for range int(budget.Start.Burst) {
			b.says(b.post("/start", "code", "x"), http.StatusUnprocessableEntity, "startcode klopt niet")
		}
		b.says(b.post("/start", "code", "x"), http.StatusTooManyRequests, "te vaak")
	})
}

func TestUnknownAndWrongLookAlike(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		b := h.browser("10.0.0.2")
		wrong := b.signIn(theEmail, "iets heel anders dan dat")
		unknown := h.browser("10.0.0.3").signIn(strings.ReplaceAll(theEmail, "ingrid", "niemand"), "iets heel anders dan dat")
		if wrong.Code != unknown.Code || strings.ReplaceAll(wrong.Body.String(), "ingrid", "niemand") != unknown.Body.String() {
			t.Errorf("%d and %d\n%s\n%s", wrong.Code, unknown.Code, mistakes(wrong), mistakes(unknown))
		}
		b.says(wrong, http.StatusUnprocessableEntity, theEmail)
		if strings.Contains(wrong.Body.String(), "iets heel anders") {
			t.Error("the passphrase comes back")
		}
	})
}

func TestTheTokenIsNewAtEachStepOfSigningIn(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		seed := h.browser("10.0.0.1").firstLeader()
		h.later(h.clock.Now().Add(time.Minute))
		b := h.browser("10.0.0.2")
		b.cookies[plainCookie] = "planted-by-somebody-else"
		b.leads(b.signIn(theEmail, goodPassphrase), "/second-factor?next=%2F")
		first := b.cookies[plainCookie]
		b.leads(b.get("/"), "/sign-in") // the passphrase alone opens nothing
		b.leads(b.post("/second-factor", "code", h.code(seed), "next", "/"), "/")
		second := b.cookies[plainCookie]
		if first == "planted-by-somebody-else" || first == second {
			t.Error("the token stays the same")
		}
		b.says(b.get("/"), http.StatusOK, "home of Ingrid")
		for _, old := range []string{"planted-by-somebody-else", first} {
			thief := h.browser("10.0.0.2")
			thief.cookies[plainCookie] = old
			thief.leads(thief.get("/"), "/sign-in")
		}
		b.leads(b.post("/signout"), "/sign-in")
		thief := h.browser("10.0.0.2")
		thief.cookies[plainCookie] = second
		thief.leads(thief.get("/"), "/sign-in")
	})
}

func TestACodeCountsOnce(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		seed := h.browser("10.0.0.1").firstLeader()
		b := h.browser("10.0.0.1")
		b.leads(b.signIn(theEmail, goodPassphrase), "/second-factor?next=%2F")
		b.says(b.post("/second-factor", "code", h.code(seed)), http.StatusUnprocessableEntity, "al gebruikt")
		b.says(b.post("/second-factor", "code", "000000"), http.StatusUnprocessableEntity, "al gebruikt")
		b.says(b.post("/second-factor", "code", strings.Repeat("9", 5000)), http.StatusUnprocessableEntity, "te lang")
		h.later(h.clock.Now().Add(30 * time.Second))
		b.leads(b.post("/second-factor", "code", h.code(seed)[:3]+" "+h.code(seed)[3:], "next", "/"), "/")
	})
}

func TestCodesCannotBeGuessedOnAndOn(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		seed := h.browser("10.0.0.1").firstLeader()
		h.later(h.clock.Now().Add(time.Minute))
		b := h.browser("10.0.0.1")
		b.leads(b.signIn(theEmail, goodPassphrase), "/second-factor?next=%2F")
		for range int(budget.Code.Burst) {
			b.says(b.post("/second-factor", "code", "000000"), http.StatusUnprocessableEntity, "klopt niet")
		}
		b.says(b.post("/second-factor", "code", h.code(seed)), http.StatusTooManyRequests, "te vaak")
		h.later(h.clock.Now().Add(budget.Code.Each))
		b.leads(b.post("/second-factor", "code", h.code(seed), "next", "/"), "/")
	})
}

func TestSessionsEndIdleAndInAll(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		start := h.clock.Now()
		b := h.browser("10.0.0.1")
		seed := b.firstLeader()
		h.later(start.Add(30*time.Minute - time.Millisecond))
		b.says(b.get("/"), http.StatusOK, "home")
		h.later(start.Add(60*time.Minute - 2*time.Millisecond))
		b.says(b.get("/"), http.StatusOK, "home") // looking counts as use
		h.later(start.Add(90*time.Minute - 2*time.Millisecond))
		b.leads(b.get("/"), "/sign-in")

		h.later(start.Add(2 * time.Hour))
		b = h.browser("10.0.0.1")
		b.fullSignIn(theEmail, seed)
		begun := h.clock.Now()
		for passed := time.Duration(0); passed < 12*time.Hour; passed += 20 * time.Minute {
			h.later(begun.Add(passed))
			b.says(b.get("/"), http.StatusOK, "home")
		}
		h.later(begun.Add(12*time.Hour - time.Millisecond))
		b.says(b.get("/"), http.StatusOK, "home")
		h.later(begun.Add(12 * time.Hour))
		b.leads(b.get("/"), "/sign-in")
	})
}

func TestGuessingDoesNotKeepTheOwnerOut(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		owner := h.browser("10.0.0.1")
		seed := owner.firstLeader()
		owner.leads(owner.post("/signout"), "/sign-in")
		h.later(h.clock.Now().Add(time.Minute))
		guesser := h.browser("10.6.6.6")
		for range int(budget.Pair.Burst) {
			guesser.says(guesser.signIn(theEmail, "raden maar weer eens"), http.StatusUnprocessableEntity, "horen niet bij elkaar")
		}
		guesser.says(guesser.signIn(theEmail, goodPassphrase), http.StatusTooManyRequests, "te vaak")
		for n := range int(budget.Account.Burst) { // from everywhere at once
			h.browser("10.7.7."+string(rune('0'+n%10))+string(rune('0'+n/10))).signIn(theEmail, "raden maar weer eens")
		}
		stranger := h.browser("10.8.8.8")
		stranger.says(stranger.signIn(theEmail, goodPassphrase), http.StatusTooManyRequests, "te vaak")

		owner.address = "10.9.9.9" // her phone, on another network
		owner.fullSignIn(theEmail, seed)
	})
}

func TestWhatIsTypedAtTheDoorCanBeAnything(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		for i, odd := range []string{"", "\x00", "a\x00b@voorbeeld.nl", "🙂🙂", "\u202eomgekeerd", strings.Repeat("a", 1<<20), strings.Repeat("\n", 10_000), "' OR 1=1 --", "\xff\xfe"} {
			b := h.browser("10.0.1." + string(rune('0'+i)))
			for _, w := range []int{b.signIn(odd, goodPassphrase).Code, b.signIn(theEmail, odd).Code, b.post("/second-factor", "code", odd).Code, b.post("/sign-in", odd, odd).Code} {
				if w != http.StatusUnprocessableEntity && w != http.StatusSeeOther && (w != http.StatusRequestEntityTooLarge || len(odd) < 10_000) {
					t.Errorf("%.20q: %d", odd, w)
				}
			}
			if len(b.cookies[plainCookie]) > 0 {
				t.Errorf("%.20q signs in", odd)
			}
		}
	})
}

func TestNextLeadsNowhereElse(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		seed := h.browser("10.0.0.1").firstLeader()
		for i, next := range []string{"https://elsewhere.example/", "//elsewhere.example", `/\elsewhere.example`, "javascript:alert(1)", "elsewhere"} {
			h.later(h.clock.Now().Add(time.Minute))
			b := h.browser("10.0.2." + string(rune('0'+i)))
			b.leads(b.post("/sign-in", "email", theEmail, "passphrase", goodPassphrase, "next", next), "/second-factor?next=%2F")
			b.leads(b.post("/second-factor", "code", h.code(seed), "next", next), "/")
			b.leads(b.post("/language", "lang", "en", "back", next), "/")
		}
		h.later(h.clock.Now().Add(time.Minute))
		b := h.browser("10.0.2.9")
		b.leads(b.post("/sign-in", "email", theEmail, "passphrase", goodPassphrase, "next", "/account?a=b"), "/second-factor?next=%2Faccount%3Fa%3Db")
		b.leads(b.post("/second-factor", "code", h.code(seed), "next", "/account?a=b"), "/account?a=b")
	})
}

func TestTheCookieIsBoundToTLS(t *testing.T) {
	eachHouse(t, Config{Secure: true}, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		if b.cookies[web.CookieName(true, plainCookie)] == "" || b.cookies[plainCookie] != "" {
			t.Errorf("cookies %v", b.cookies)
		}
		c := h.service.Cookie("x")
		if !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%+v", c)
		}
	})
}

// TestTheFirstStartCanBeDoneAgain: as long as nobody signed in, what was asked last counts, and there is one first leader.
func TestTheFirstStartCanBeDoneAgain(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		code, _, err := h.service.FirstStart(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		first := b.on(b.post("/start", "code", code, "name", "Ingrit", "email", "ingrit@voorbeeld.nl"))
		b.says(b.get(first), http.StatusOK, "ingrit@voorbeeld.nl")
		b.says(b.get("/start"), http.StatusOK, "Startcode")
		second := b.on(b.post("/start", "code", code, "name", "Ingrid", "email", theEmail))
		b.says(b.get(first), http.StatusNotFound, "nieuwere uitnodiging")
		h.later(h.clock.Now().Add(startedFor))
		b.says(b.get(second), http.StatusNotFound, "te oud")
		b.firstLeader()
		all, err := h.service.People(t.Context(), authz.System("test"))
		if err != nil || len(all) != 1 || all[0].Name != "Ingrid" || all[0].Email != theEmail || !all[0].Roles.Has(authz.ProjectLeader) {
			t.Error(all, err)
		}
	})
}
