// Package oidctest has the providers that the tests sign in through: a real one, with pages of its own, and one that lies.
// Tests alone import it.
package oidctest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"

	"maatje/internal/core"
)

// ClientID is under what the providers know us.
const ClientID = "maatje"

// Forger is a provider that says whatever a test wants, and signs it.
type Forger struct {
	URL string

	t      *testing.T
	now    func() core.Instant
	server *httptest.Server

	mu     sync.Mutex
	inner  *oidctest.Server
	key    *ecdsa.PrivateKey
	keyID  string
	codes  map[string]told
	status int    // of the token door, when it is broken
	to     string // where every door sends on to, when it does
	Calls  int    // to any door
}

type told struct {
	challenge string
	token     func() string
}

// Lie changes what the provider would honestly say.
type Lie func(claims map[string]any)

// NewForger starts one on this machine.
func NewForger(t *testing.T, now func() core.Instant) *Forger {
	f := &Forger{t: t, now: now, inner: &oidctest.Server{Algorithms: []string{gooidc.ES256}}, codes: map[string]told{}}
	f.server = httptest.NewServer(f)
	t.Cleanup(f.server.Close)
	f.URL = f.server.URL
	f.inner.SetIssuer(f.URL)
	f.Rotate("one")
	return f
}

// Rotate gives it another key; the old one is gone.
func (f *Forger) Rotate(id string) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.key, f.keyID = key, id
	f.inner.PublicKeys = []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: id, Algorithm: gooidc.ES256}}
}

// Break makes its token door answer with a status; Send makes all doors lead elsewhere; Stop shuts them.
func (f *Forger) Break(status int) { f.set(func() { f.status = status }) }

func (f *Forger) Send(to string) { f.set(func() { f.to = to }) }

func (f *Forger) Stop() { f.server.Close() }

func (f *Forger) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

// Answer is what a browser brings back from the address that it was sent to.
func (f *Forger) Answer(address, subject string, lies ...Lie) url.Values {
	return f.answer(address, subject, func(claims []byte) string { return oidctest.SignIDToken(f.key, f.keyID, gooidc.ES256, string(claims)) }, lies...)
}

// Unsigned is the same with a token that says it needs no signature.
func (f *Forger) Unsigned(address, subject string) url.Values {
	return f.answer(address, subject, func(claims []byte) string {
		return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(claims) + "."
	})
}

// Stranger is the same, signed by somebody else's key under the provider's name for its own.
func (f *Forger) Stranger(address, subject string) url.Values {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.t.Fatal(err)
	}
	return f.answer(address, subject, func(claims []byte) string { return oidctest.SignIDToken(key, f.keyID, gooidc.ES256, string(claims)) })
}

func (f *Forger) answer(address, subject string, sign func([]byte) string, lies ...Lie) url.Values {
	f.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		f.t.Fatal(err)
	}
	q := u.Query()
	now := f.now().Time().Unix()
	claims := map[string]any{"iss": f.URL, "sub": subject, "aud": ClientID, "nonce": q.Get("nonce"), "iat": now, "exp": now + 300, "auth_time": now}
	for _, lie := range lies {
		lie(claims)
	}
	body, err := json.Marshal(maps.Clone(claims))
	if err != nil {
		f.t.Fatal(err)
	}
	code := rand.Text()
	f.set(func() { f.codes[code] = told{q.Get("code_challenge"), func() string { return sign(body) }} })
	return url.Values{"code": {code}, "state": {q.Get("state")}}
}

// ServeHTTP answers at its doors. A code counts once, and only for who can show the other half of its challenge.
func (f *Forger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.Calls++
	if f.to != "" {
		http.Redirect(w, r, f.to+r.URL.Path, http.StatusTemporaryRedirect)
		return
	}
	if r.URL.Path != "/token" {
		f.inner.ServeHTTP(w, r)
		return
	}
	code := r.PostFormValue("code")
	one, known := f.codes[code]
	delete(f.codes, code)
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	w.Header().Set("Content-Type", "application/json")
	switch {
	case f.status != 0:
		w.WriteHeader(f.status)
	case !known || base64.RawURLEncoding.EncodeToString(sum[:]) != one.challenge:
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"error": "invalid_grant"})
	default:
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "unused", "token_type": "Bearer", "expires_in": 60, "id_token": one.token()})
	}
}
