package passkey

import (
	"net"
	"net/url"
	"testing"
)

// FuzzKept reads what the tables keep of passkeys and of questions.
func FuzzKept(f *testing.F) {
	f.Add(`{"id":"AA==","publicKey":"AA==","flags":{"userPresent":true}}`, `{"challenge":"AA","rpId":"localhost"}`)
	f.Add(`null`, `{"extensions":{"a":[[[[]]]]}}`)
	f.Add(`{"authenticator":{"signCount":-1}}`, `{"expires":"9999-99-99"}`)
	f.Fuzz(func(t *testing.T, record, asked string) {
		u, err := userOf(Owner{ID: ingrid.ID, Keys: []Key{{Record: record}}})
		if err == nil && len(u.WebAuthnCredentials()) != 1 {
			t.Errorf("%q is %d passkeys", record, len(u.WebAuthnCredentials()))
		}
		if s, err := askedOf(asked); err == nil && s.Challenge == "" && len(s.AllowedCredentialIDs) > 1<<20 {
			t.Errorf("%q asks nothing", asked)
		}
	})
}

// FuzzAt: passkeys are bound to a name over TLS, or there are none.
func FuzzAt(f *testing.F) {
	for _, s := range []string{"https://maatje.example.org", "http://localhost:8080", "http://10.0.0.1", "https://[::1]:1", "javascript:alert(1)", "https://a\x00b", "//x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, base string) {
		if At(base) == nil {
			return
		}
		if u, err := url.Parse(base); err != nil || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
			t.Errorf("%q has passkeys", base)
		}
	})
}
