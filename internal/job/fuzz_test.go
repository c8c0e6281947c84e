package job

import (
	"strings"
	"testing"

	"maatje/internal/core"
)

// FuzzCompose writes mails: the subject is one line, and nothing of a key or an address leaves its place.
func FuzzCompose(f *testing.F) {
	f.Add("wil@example.org", "invitation", "/invitation/abc", "https://maatje.example.org", "k")
	f.Add("a@b.nl\r\nBcc: x@y.nl", "x\r\nSubject: y", "/\r\n.\r\n", "https://a\r\nb", "k\r\n")
	f.Add("", "", "", "%zz", "\x00\xff")
	f.Fuzz(func(t *testing.T, to, template, link, base, key string) {
		m := compose(letter{to: to, template: template, lang: "nl", key: key}, base, link, core.Instant{})
		if strings.ContainsAny(m.ID, "\r\n <>") {
			t.Errorf("the mail of %q at %q is %q", key, base, m.ID)
		}
		if strings.ContainsAny(m.Subject, "\r\n") && !strings.ContainsAny(template, "\r\n") {
			t.Errorf("the subject of %q is %q", template, m.Subject)
		}
	})
}
