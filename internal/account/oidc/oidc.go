// Package oidc asks an organisation's own provider who somebody is: the code flow of OpenID Connect with PKCE, a state and a
// nonce. It promises that an answer counts only for the browser and the moment that asked, that it was signed by the provider
// for us, that no call goes elsewhere or takes long, and that no token is kept. What the provider says of rights is not read.
package oidc

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"maatje/internal/core"
)

// Config is what the organisation registered at its provider.
type Config struct {
	Issuer   string // "https://login.example.org"
	ClientID string
	Secret   string // empty for a public client: PKCE alone
	Name     string // as people know it, for the button
	Back     string // our own address that the provider sends people back to
}

// Errors of a provider. Their causes are for who runs the program.
var (
	ErrDown   = errors.New("oidc: the provider does not answer")
	ErrAnswer = errors.New("oidc: an answer that does not count")
)

// Provider is one provider. Nothing is asked of it before somebody signs in.
type Provider struct {
	Config
	now    func() core.Instant
	client *http.Client

	mu    sync.Mutex
	known *gooidc.Provider
	at    core.Instant // when it was asked where its doors are
}

// forgetAfter is how long we believe where a provider said its doors are. Its keys are fetched again as they change.
const forgetAfter = time.Hour

// New makes a provider, and refuses what would send people's sign-ins in the clear. It asks nothing of it.
func New(c Config, now func() core.Instant) (*Provider, error) {
	u, err := url.Parse(c.Issuer)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, fmt.Errorf("the address of the provider, %q, is no address such as https://login.example.org", c.Issuer)
	case u.Scheme != "https" && !(u.Scheme == "http" && isHere(u.Hostname())):
		return nil, fmt.Errorf("the provider at %s must be reached over https", c.Issuer)
	case c.ClientID == "":
		return nil, errors.New("the provider knows us under a client id: give it")
	}
	if c.Name == "" {
		c.Name = u.Hostname()
	}
	return &Provider{Config: c, now: now, client: client(u)}, nil
}

func isHere(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// doors finds out where the provider's doors are, once in a while.
func (p *Provider) doors(ctx context.Context) (*gooidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if passed := p.now().Sub(p.at); p.known != nil && passed >= 0 && passed < forgetAfter {
		return p.known, nil
	}
	ctx, cancel := context.WithTimeout(p.inside(ctx), patience)
	defer cancel()
	known, err := gooidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDown, err)
	}
	if e := known.Endpoint(); !p.fit(e.AuthURL) || !p.fit(e.TokenURL) {
		return nil, fmt.Errorf("%w: its doors are not reached over https", ErrDown)
	}
	p.known, p.at = known, p.now()
	return known, nil
}

// fit says whether an address is as well guarded as the provider's own.
func (p *Provider) fit(address string) bool {
	own, _ := url.Parse(p.Issuer)
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && own.Scheme == "http" && isHere(u.Hostname()))
}

func (p *Provider) inside(ctx context.Context) context.Context {
	return gooidc.ClientContext(ctx, p.client)
}

func (p *Provider) flow(known *gooidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: known.Endpoint(), RedirectURL: p.Back, Scopes: []string{gooidc.ScopeOpenID}}
}

// derived makes what belongs to one asking out of the browser's secret and the state. Neither alone is enough, and nothing of
// it is kept.
func derived(what, secret, state string) string {
	sum := sha256.Sum256([]byte(what + "\n" + secret + "\n" + state))
	return hex.EncodeToString(sum[:])
}

// Ask is the address at the provider that asks somebody who they are. Secret is what only their browser has. With again the
// provider asks also who is still signed in there.
func (p *Provider) Ask(ctx context.Context, secret, state string, again bool) (string, error) {
	known, err := p.doors(ctx)
	if err != nil {
		return "", err
	}
	with := []oauth2.AuthCodeOption{gooidc.Nonce(derived("nonce", secret, state)), oauth2.S256ChallengeOption(derived("verifier", secret, state))}
	if again {
		with = append(with, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return p.flow(known).AuthCodeURL(state, with...), nil
}

// Person is whom the provider says it is. There is no e-mail address and no role in it: neither says anything here.
type Person struct {
	Issuer, Subject string
	Strong          bool         // the provider saw a second factor
	At              core.Instant // when it last asked them; zero when it does not say
}

type claims struct {
	Party    string   `json:"azp"`
	Methods  []string `json:"amr"`
	Class    string   `json:"acr"`
	AuthTime int64    `json:"auth_time"`
}

// strong are the classes that say by themselves that there were two factors.
var strong = []string{"phr", "phrh", "http://schemas.openid.net/pape/policies/2007/06/multi-factor"}

// Answer takes the code that the provider gave, and finds out whom it is for. The tokens end here.
func (p *Provider) Answer(ctx context.Context, secret, state, code string) (Person, error) {
	known, err := p.doors(ctx)
	if err != nil {
		return Person{}, err
	}
	ctx, cancel := context.WithTimeout(p.inside(ctx), patience)
	defer cancel()
	tokens, err := p.flow(known).Exchange(ctx, code, oauth2.VerifierOption(derived("verifier", secret, state)))
	if err != nil {
		return Person{}, fmt.Errorf("%w: %w", downOr(err), redacted(err))
	}
	raw, _ := tokens.Extra("id_token").(string)
	id, err := known.Verifier(&gooidc.Config{ClientID: p.ClientID, Now: func() time.Time { return p.now().Time() }}).Verify(ctx, raw)
	if err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	return p.read(id, derived("nonce", secret, state))
}

func (p *Provider) read(id *gooidc.IDToken, nonce string) (Person, error) {
	var c claims
	if err := id.Claims(&c); err != nil {
		return Person{}, fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	switch {
	case id.Nonce != nonce:
		return Person{}, fmt.Errorf("%w: it answers another question", ErrAnswer)
	case c.Party != "" && c.Party != p.ClientID:
		return Person{}, fmt.Errorf("%w: it was made for another program", ErrAnswer)
	case id.Subject == "" || len(id.Subject) > 255:
		return Person{}, fmt.Errorf("%w: it names nobody", ErrAnswer)
	}
	who := Person{Issuer: id.Issuer, Subject: id.Subject, Strong: slices.Contains(c.Methods, "mfa") || slices.Contains(strong, c.Class)}
	if c.AuthTime > 0 {
		who.At = core.At(time.Unix(c.AuthTime, 0))
	}
	return who, nil
}

// downOr tells a provider that is not there from one that says no.
func downOr(err error) error {
	if said, ok := errors.AsType[*oauth2.RetrieveError](err); ok && said.Response != nil && said.Response.StatusCode < http.StatusInternalServerError {
		return ErrAnswer
	}
	return ErrDown
}

// redacted is the cause without what the provider sent along.
func redacted(err error) error {
	if said, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return fmt.Errorf("it said %q", said.ErrorCode)
	}
	return err
}
