package account

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestEachRefusalHasItsSentence: what is used, old, replaced or somebody else's says so, in words that say what to do.
func TestEachRefusalHasItsSentence(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		leader := h.browser("10.0.0.1")
		seed := leader.firstLeader()
		h.later(h.clock.Now().Add(time.Minute))
		codes := codeText.FindAllStringSubmatch(leader.post("/account/recovery").Body.String(), -1)
		invited := func(name string) string {
			return link(t, leader.post("/accounts", "name", name, "email", strings.ToLower(name)+"@voorbeeld.nl", "roles", "administrator").Body.String())
		}
		used, replaced, old := invited("Pat"), invited("Mia"), invited("Bo")
		h.browser("10.0.0.2").accept(used)
		newer := link(t, leader.post("/accounts/"+h.idOf("Mia").String()+"/invitation").Body.String())
		waiting := func() *browser {
			b := h.browser("10.0.0.3")
			b.leads(b.signIn(theEmail, goodPassphrase), "/second-factor?next=%2F")
			return b
		}
		one := waiting()
		one.leads(one.post("/second-factor/recovery", "code", codes[0][1]), "/account")
		for _, c := range []struct {
			name   string
			ask    func(b *browser) (int, string)
			status int
			words  string
		}{
			{"an invitation that was used", page(used), http.StatusNotFound, "al gebruikt"},
			{"one that was replaced", page(replaced), http.StatusNotFound, "nieuwere uitnodiging"},
			{"one that never was", page("/invitation/geraden"), http.StatusNotFound, "kennen we niet"},
			{"its form", func(b *browser) (int, string) {
				w := b.post(used, "passphrase", goodPassphrase, "again", goodPassphrase)
				return w.Code, w.Body.String()
			}, http.StatusNotFound, "al gebruikt"},
			{"a recovery code that was used", func(*browser) (int, string) {
				w := waiting().post("/second-factor/recovery", "code", codes[0][1])
				return w.Code, w.Body.String()
			}, http.StatusUnprocessableEntity, "klopt niet of is al gebruikt"},
			{"a code of the app that was used", func(*browser) (int, string) {
				h.later(h.clock.Now().Add(time.Minute))
				b, c := waiting(), h.code(seed)
				b.leads(b.post("/second-factor", "code", c, "next", "/"), "/")
				w := waiting().post("/second-factor", "code", c)
				return w.Code, w.Body.String()
			}, http.StatusUnprocessableEntity, "al gebruikt"},
			{"an answer of a passkey to no question", func(b *browser) (int, string) {
				w := b.post("/sign-in/passkey", "response", "{}")
				return w.Code, w.Body.String()
			}, http.StatusUnprocessableEntity, "passkey"},
			{"the second factor of a session that is over", func(*browser) (int, string) {
				b := waiting()
				h.later(h.clock.Now().Add(idleFor))
				w := b.post("/second-factor", "code", "000000")
				return w.Code, w.Header().Get("Location")
			}, http.StatusSeeOther, "/sign-in"},
			{"an invitation that is too old", func(b *browser) (int, string) {
				h.later(h.clock.Now().Add(invitedFor))
				w := b.get(old)
				return w.Code, w.Body.String()
			}, http.StatusNotFound, "zeven dagen"},
			{"a newer one that is too old as well", page(newer), http.StatusNotFound, "zeven dagen"},
		} {
			if status, body := c.ask(h.browser("10.0.0.9")); status != c.status || !strings.Contains(body, c.words) {
				t.Errorf("%s: %d, want %d with %q\n%s", c.name, status, c.status, c.words, errorText.FindString(body))
			}
		}
	})
}

func page(path string) func(b *browser) (int, string) {
	return func(b *browser) (int, string) {
		w := b.get(path)
		return w.Code, w.Body.String()
	}
}
