package oidc

import (
	"net/url"
	"testing"
)

// FuzzNew reads the address of a provider, and what a provider says its doors are: nothing goes out in the clear, but to this
// machine itself.
func FuzzNew(f *testing.F) {
	f.Add("https://login.example.org", "https://login.example.org/token")
	f.Add("http://localhost:9000", "http://127.0.0.1:9000/x")
	f.Add("http://login.example.org", "javascript:alert(1)")
	f.Add("https://a@b/?x#y", "//evil.example")
	f.Fuzz(func(t *testing.T, issuer, door string) {
		p, err := New(Config{Issuer: issuer, ClientID: "x"}, nil)
		if err != nil {
			return
		}
		for _, one := range []string{issuer, door} {
			u, err := url.Parse(one)
			if p.fit(one) && (err != nil || u.Host == "" || u.Scheme != "https" && !isHere(u.Hostname())) {
				t.Errorf("%q is reached of %q", one, issuer)
			}
		}
	})
}
