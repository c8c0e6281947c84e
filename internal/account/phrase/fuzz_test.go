package phrase

import (
	"testing"
	"unicode/utf8"
)

// FuzzCheck judges passphrases: what passes is long enough, short enough to be hashed, and not the address.
func FuzzCheck(f *testing.F) {
	f.Add("kastanje op dinsdag", "wil@example.org")
	f.Add("aaaaaaaaaaaa", "a@b.nl")
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "")
	f.Add("ingrid ingrid ingrid", "ingrid@example.org")
	f.Fuzz(func(t *testing.T, passphrase, email string) {
		if n := utf8.RuneCountInString(passphrase); Check(passphrase, email) == nil && (n < leastPassphrase || n > mostPassphrase || fold(passphrase) == fold(email)) {
			t.Errorf("%q passes for %q", passphrase, email)
		}
		if Again(passphrase, email) == nil && passphrase != email {
			t.Error("two that differ are the same")
		}
	})
}

// FuzzDecode reads what the table keeps of a passphrase. What is taken is written again as it was.
func FuzzDecode(f *testing.F) {
	h := New(8)
	f.Add(h.encode(make([]byte, 16), make([]byte, hashLength)))
	f.Add("$argon2id$v=19$m=8,t=1,p=1$$")
	f.Add("$argon2id$v=19$m=4294967295,t=9,p=1$AAAA$AAAA")
	f.Fuzz(func(t *testing.T, kept string) {
		salt, key, err := h.decode(kept)
		if err != nil {
			return
		}
		if s, k, err := h.decode(h.encode(salt, key)); err != nil || string(s) != string(salt) || string(k) != string(key) {
			t.Errorf("%q does not come back: %v", kept, err)
		}
	})
}
