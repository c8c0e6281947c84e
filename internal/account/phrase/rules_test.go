package phrase

import (
	"strings"
	"testing"
)

func TestPassphraseEdges(t *testing.T) {
	for _, c := range []struct {
		name, passphrase, want string
	}{
		{"eleven", "abcdefg hij", "account_passphrase_short"},
		{"twelve", "abcdefg hijk", ""},
		{"twelve of more than a byte each", "ëëëëëëëëëëëz", ""},
		{"eleven emoji", strings.Repeat("🙂", 11), "account_passphrase_short"},
		{"two hundred", strings.Repeat("ab", 100), ""},
		{"two hundred and one", strings.Repeat("ab", 100) + "c", "account_passphrase_long"},
		{"one sign over and over", strings.Repeat("z", 40), "account_passphrase_common"},
		{"often used", "wachtwoord123", "account_passphrase_common"},
		{"leaked elsewhere", "Mail created 5240", "account_passphrase_common"},
		{"often used, dressed up", "Wacht Woord 123", "account_passphrase_common"},
		{"the address", "Tineke.Bos@voorbeeld.nl", "account_passphrase_email"},
		{"the address's name twice", "tineke.bostineke.bos", "account_passphrase_email"},
		{"a sentence without capitals or digits", "de kat slaapt op het dak", ""},
		{"empty", "", "account_passphrase_short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if f := Check(c.passphrase, "tineke.bos@voorbeeld.nl"); f != nil {
				got = f.Message
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPassphraseTwice(t *testing.T) {
	if Again("a b c", "a b c") != nil {
		t.Error("the same is refused")
	}
	if f := Again("a b c", "a b c "); f == nil || f.Field != "again" {
		t.Errorf("another is accepted: %v", f)
	}
}
