package oidc_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"maatje/internal/account/oidc"
	"maatje/internal/account/oidc/oidctest"
	"maatje/internal/core"
	"maatje/internal/db/dbtest"
)

func provider(t *testing.T, clock *dbtest.Clock) (*oidc.Provider, *oidctest.Forger) {
	t.Helper()
	f := oidctest.NewForger(t, clock.Now)
	p, err := oidc.New(oidc.Config{Issuer: f.URL, ClientID: oidctest.ClientID, Back: "https://maatje.example/back"}, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	return p, f
}

// TestAnAnswerCounts: only what the provider signed, for us, for this question, now.
func TestAnAnswerCounts(t *testing.T) {
	lie := func(name string, value any) oidctest.Lie { return func(c map[string]any) { c[name] = value } }
	clock := &dbtest.Clock{}
	now := clock.Now().Time().Unix()
	for name, c := range map[string]struct {
		answer func(f *oidctest.Forger, address string) url.Values
		wrong  error
	}{
		"an honest one":       {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "pat") }, nil},
		"another nonce":       {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "pat", lie("nonce", "x")) }, oidc.ErrAnswer},
		"no nonce":            {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "pat", lie("nonce", "")) }, oidc.ErrAnswer},
		"for another program": {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "pat", lie("aud", "webshop")) }, oidc.ErrAnswer},
		"for us and another, by it": {func(f *oidctest.Forger, a string) url.Values {
			return f.Answer(a, "pat", lie("aud", []string{"maatje", "webshop"}), lie("azp", "webshop"))
		}, oidc.ErrAnswer},
		"for us and another, by us": {func(f *oidctest.Forger, a string) url.Values {
			return f.Answer(a, "pat", lie("aud", []string{"maatje", "webshop"}), lie("azp", "maatje"))
		}, nil},
		"by another issuer": {func(f *oidctest.Forger, a string) url.Values {
			return f.Answer(a, "pat", lie("iss", "https://elsewhere.example"))
		}, oidc.ErrAnswer},
		"expired":                    {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "pat", lie("exp", now-1)) }, oidc.ErrAnswer},
		"not yet":                    {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "pat", lie("nbf", now+3600)) }, oidc.ErrAnswer},
		"of nobody":                  {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, "") }, oidc.ErrAnswer},
		"of a name without end":      {func(f *oidctest.Forger, a string) url.Values { return f.Answer(a, strings.Repeat("p", 256)) }, oidc.ErrAnswer},
		"unsigned":                   {func(f *oidctest.Forger, a string) url.Values { return f.Unsigned(a, "pat") }, oidc.ErrAnswer},
		"signed by somebody else":    {func(f *oidctest.Forger, a string) url.Values { return f.Stranger(a, "pat") }, oidc.ErrAnswer},
		"a code that was never made": {func(*oidctest.Forger, string) url.Values { return url.Values{"code": {"guessed"}} }, oidc.ErrAnswer},
		"the token door is broken":   {func(f *oidctest.Forger, a string) url.Values { f.Break(500); return f.Answer(a, "pat") }, oidc.ErrDown},
	} {
		t.Run(name, func(t *testing.T) {
			p, f := provider(t, clock)
			address, err := p.Ask(t.Context(), "the browser's", "the state", false)
			if err != nil {
				t.Fatal(err)
			}
			who, err := p.Answer(t.Context(), "the browser's", "the state", c.answer(f, address).Get("code"))
			if !errors.Is(err, c.wrong) || c.wrong == nil && (who.Subject != "pat" || who.Issuer != f.URL || who.At.Time().Unix() != now || who.Strong) {
				t.Errorf("%+v, %v; want %v", who, err, c.wrong)
			}
		})
	}
}

func TestACodeIsForTheBrowserThatAskedAndOnce(t *testing.T) {
	clock := &dbtest.Clock{}
	p, f := provider(t, clock)
	for name, who := range map[string][2]string{"another browser": {"another", "the state"}, "another state": {"the browser's", "another"}} {
		address, _ := p.Ask(t.Context(), "the browser's", "the state", false)
		if _, err := p.Answer(t.Context(), who[0], who[1], f.Answer(address, "pat").Get("code")); !errors.Is(err, oidc.ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	address, _ := p.Ask(t.Context(), "the browser's", "the state", false)
	code := f.Answer(address, "pat").Get("code")
	if _, err := p.Answer(t.Context(), "the browser's", "the state", code); err != nil {
		t.Error(err)
	}
	if _, err := p.Answer(t.Context(), "the browser's", "the state", code); !errors.Is(err, oidc.ErrAnswer) {
		t.Errorf("the second time: %v", err)
	}
}

func TestTwoFactorsAtTheProvider(t *testing.T) {
	clock := &dbtest.Clock{}
	p, f := provider(t, clock)
	for name, c := range map[string]struct {
		claim string
		value any
		want  bool
	}{
		"a password":       {"amr", []string{"pwd"}, false},
		"two":              {"amr", []string{"pwd", "mfa"}, true},
		"a code alone":     {"amr", []string{"otp"}, false},
		"a class":          {"acr", "phrh", true},
		"one of its own":   {"acr", "2", false},
		"it does not say":  {"x", "", false},
		"a role is no way": {"roles", []string{"mfa", "project_leader"}, false},
	} {
		address, _ := p.Ask(t.Context(), "b", "s", false)
		who, err := p.Answer(t.Context(), "b", "s", f.Answer(address, "pat", func(m map[string]any) { m[c.claim] = c.value }).Get("code"))
		if err != nil || who.Strong != c.want {
			t.Errorf("%s: %v, %v; want %v", name, who.Strong, err, c.want)
		}
	}
}

func TestAKeyThatRotatesIsFoundAndTheOldOneIsGone(t *testing.T) {
	clock := &dbtest.Clock{}
	p, f := provider(t, clock)
	sign := func() error {
		address, err := p.Ask(t.Context(), "b", "s", false)
		if err != nil {
			return err
		}
		_, err = p.Answer(t.Context(), "b", "s", f.Answer(address, "pat").Get("code"))
		return err
	}
	if err := sign(); err != nil {
		t.Fatal(err)
	}
	f.Rotate("two")
	if err := sign(); err != nil {
		t.Error("after a rotation:", err)
	}
}

func TestWhatIsAskedOfTheBrowser(t *testing.T) {
	clock := &dbtest.Clock{}
	p, _ := provider(t, clock)
	for _, again := range []bool{false, true} {
		address, err := p.Ask(t.Context(), "b", "s", again)
		if err != nil {
			t.Fatal(err)
		}
		u, _ := url.Parse(address)
		q := u.Query()
		if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("nonce") == "" || q.Get("state") != "s" ||
			q.Get("response_type") != "code" || q.Get("scope") != "openid" || (q.Get("prompt") == "login") != again || (q.Get("max_age") == "0") != again {
			t.Errorf("again %v: %s", again, address)
		}
		if strings.Contains(address, "b=") || strings.Contains(address, "verifier") {
			t.Errorf("the browser's secret goes along: %s", address)
		}
	}
}

// TestNoCallGoesElsewhere: no redirect is followed, an address inside our network is not asked because a provider names it,
// and a provider that says nothing does not keep us.
func TestNoCallGoesElsewhere(t *testing.T) {
	clock := &dbtest.Clock{}
	reached := false
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer inside.Close()
	p, f := provider(t, clock)
	f.Send(inside.URL)
	if _, err := p.Ask(t.Context(), "b", "s", false); !errors.Is(err, oidc.ErrDown) {
		t.Errorf("sent elsewhere: %v", err)
	}
	named := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := "http://" + r.Host
		_, _ = w.Write([]byte(`{"issuer":"` + at + `","authorization_endpoint":"` + at + `/auth","token_endpoint":"` + inside.URL + `/token","jwks_uri":"` + inside.URL + `/keys"}`))
	}))
	defer named.Close()
	sly, err := oidc.New(oidc.Config{Issuer: named.URL, ClientID: "maatje"}, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sly.Answer(t.Context(), "b", "s", "code"); !errors.Is(err, oidc.ErrDown) || reached {
		t.Errorf("an address inside: %v, reached %v", err, reached)
	}
	f.Stop()
	begin := time.Now()
	if _, err := p.Ask(t.Context(), "b", "s", false); !errors.Is(err, oidc.ErrDown) || time.Since(begin) > 6*time.Second {
		t.Errorf("nobody there: %v after %s", err, time.Since(begin))
	}
}

func TestAProviderThatHangsDoesNotKeepUs(t *testing.T) {
	hanging := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-hanging:
		case <-r.Context().Done():
		}
	}))
	defer s.Close()
	defer close(hanging)
	begin := time.Now()
	p, err := oidc.New(oidc.Config{Issuer: s.URL, ClientID: "maatje"}, (&dbtest.Clock{}).Now)
	if err != nil || time.Since(begin) > time.Second {
		t.Fatalf("starting asks it something: %v after %s", err, time.Since(begin))
	}
	if _, err := p.Ask(t.Context(), "b", "s", false); !errors.Is(err, oidc.ErrDown) || time.Since(begin) > 8*time.Second {
		t.Errorf("%v after %s", err, time.Since(begin))
	}
}

func TestWhatIsNoProvider(t *testing.T) {
	now := func() core.Instant { return core.Instant{} }
	for issuer, right := range map[string]bool{
		"https://login.example.org": true, "https://login.example.org/tenant/v2.0": true, "http://localhost:9000": true, "http://127.0.0.1:9000": true,
		"http://login.example.org": false, "login.example.org": false, "": false, "https://user:pass@login.example.org": false,
		"https://login.example.org?x=1": false, "ftp://login.example.org": false,
	} {
		if _, err := oidc.New(oidc.Config{Issuer: issuer, ClientID: "maatje"}, now); (err == nil) != right {
			t.Errorf("%q: %v", issuer, err)
		}
	}
	if _, err := oidc.New(oidc.Config{Issuer: "https://login.example.org"}, now); err == nil {
		t.Error("without a client id")
	}
}
