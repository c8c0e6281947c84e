package vault

import (
	"bytes"
	"testing"
)

// FuzzSealed reads the line of a key file under a passphrase. Stretching the passphrase costs a second, so that part stands
// outside; what is left must not open.
func FuzzSealed(f *testing.F) {
	f.Add(sealedMark + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Add(sealedMark)
	f.Add("maatje-sealed-2 AAAA")
	aead, err := gcm(bytes.Repeat([]byte{7}, keySize))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		salt, sealed, ok := parseSealed(text)
		if !ok {
			return
		}
		if len(salt) != saltSize {
			t.Errorf("%q has a salt of %d bytes", text, len(salt))
		}
		if _, err := aead.Open(nil, nil, sealed, []byte(sealedMark)); err == nil {
			t.Errorf("%q opens", text)
		}
	})
}

// FuzzWrap wraps the keys of a backup: one of another size is refused.
func FuzzWrap(f *testing.F) {
	m := NewMaster()
	f.Add(int64(7), int64(1), bytes.Repeat([]byte{1}, keySize))
	f.Add(int64(-1), int64(0), []byte{})
	f.Fuzz(func(t *testing.T, owner, version int64, key []byte) {
		all, err := Bundle{Keys: []OwnerKey{{owner, version, key}}}.Wrap(m)
		if (err == nil) != (len(key) == keySize) || err == nil && len(all) != 1 {
			t.Errorf("a key of %d bytes: %v", len(key), err)
		}
	})
}
