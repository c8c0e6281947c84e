package account

import (
	"net/mail"
	"strings"
	"testing"

	"maatje/internal/account/totp"
)

// FuzzEmail: what counts as an address is one for a mail's head as well, and nothing beside it.
func FuzzEmail(f *testing.F) {
	for _, s := range []string{"wil@example.org", "a@b.nl\r\nBcc: x@y.nl", "\"a b\"@c.nl", "a@b@c.nl", "a@[1.2.3.4]", "ü@é.nl", "a@.nl", "a..b@c.nl", ".a@c.nl", "a\u00a0b@c.nl"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !isEmail(s) {
			return
		}
		if strings.ContainsAny(s, "\r\n\x00 ,;<>") || len(s) > 200 {
			t.Errorf("%q is taken", s)
		}
		if one, err := mail.ParseAddress(s); err == nil && one.Address != s {
			t.Errorf("%q goes to %q", s, one.Address)
		}
		if key := foldEmail(s); foldEmail(key) != key {
			t.Errorf("%q is found under %q and %q", s, key, foldEmail(key))
		}
	})
}

// FuzzToken: a cookie's value is only ever looked up by its hash, which is plain text of one length.
func FuzzToken(f *testing.F) {
	f.Add(newToken())
	f.Add("'; DROP TABLE session; --\x00\xff")
	f.Fuzz(func(t *testing.T, token string) {
		if kept := keptOf(token); len(kept) != 64 || strings.Trim(kept, "0123456789abcdef") != "" {
			t.Errorf("%q is kept as %q", token, kept)
		}
		if _, err := totp.Enrol("JBSWY3DPEHPK3PXP", token); err == nil && strings.Contains(token, "\x00\n") {
			t.Errorf("%q stands in a picture", token)
		}
	})
}

func FuzzDeviceKind(f *testing.F) {
	f.Add("Mozilla/5.0 (iPad; CPU OS 17_0)")
	f.Add("<script>Mobi\r\n")
	f.Fuzz(func(t *testing.T, agent string) {
		if kind := deviceKind(agent); kind != "tablet" && kind != "phone" && kind != "computer" {
			t.Errorf("%q is a %q", agent, kind)
		}
	})
}
