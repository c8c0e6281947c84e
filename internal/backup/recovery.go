package backup

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"strings"

	"filippo.io/age"
)

// Recovery is what opens backups, and shows that they are ours: both follow from the one secret that the printed sheets
// hold, so that two sheets and the files are enough on any machine.
type Recovery struct {
	identity   *age.X25519Identity
	signer     ed25519.PrivateKey
	recipients []age.Recipient
}

// NewRecovery makes the keys of a recovery secret.
func NewRecovery(secret []byte) (Recovery, error) {
	open, err := hkdf.Key(sha256.New, secret, nil, "maatje backup opens", 32)
	if err != nil {
		return Recovery{}, err
	}
	sign, err := hkdf.Key(sha256.New, secret, nil, "maatje backup signs", ed25519.SeedSize)
	if err != nil {
		return Recovery{}, err
	}
	id, err := age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", open)))
	if err != nil {
		return Recovery{}, err
	}
	return Recovery{id, ed25519.NewKeyFromSeed(sign), []age.Recipient{id.Recipient()}}, nil
}

// AgeIdentity is the key in the form that the program age reads: what is in the files can be had without Maatje.
func (r Recovery) AgeIdentity() string { return r.identity.String() }

// addTo has others open the files too: addresses as age makes them, age1....
func (r *Recovery) addTo(others []string) error {
	for _, o := range others {
		to, err := age.ParseX25519Recipient(strings.TrimSpace(o))
		if err != nil {
			return fmt.Errorf("%s is no recipient that age knows: %w", o, err)
		}
		r.recipients = append(r.recipients, to)
	}
	return nil
}

const bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32 writes bytes as BIP 173 does, which is how age writes keys.
func bech32(prefix string, data []byte) string {
	var five []byte
	bits, held := 0, 0
	for _, b := range data {
		for held, bits = held<<8|int(b), bits+8; bits >= 5; bits -= 5 {
			five = append(five, byte(held>>(bits-5)&31))
		}
		held &= 1<<bits - 1
	}
	if bits > 0 {
		five = append(five, byte(held<<(5-bits)&31))
	}
	out := []byte(prefix + "1")
	for _, v := range append(five, bech32Sum(prefix, five)...) {
		out = append(out, bech32Letters[v])
	}
	return string(out)
}

func bech32Sum(prefix string, five []byte) []byte {
	var values []byte
	for _, c := range []byte(prefix) {
		values = append(values, c>>5)
	}
	values = append(values, 0)
	for _, c := range []byte(prefix) {
		values = append(values, c&31)
	}
	values = append(append(values, five...), 0, 0, 0, 0, 0, 0)
	sum := uint32(1)
	for _, v := range values {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range []uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	sum ^= 1
	out := make([]byte, 6)
	for i := range out {
		out[i] = byte(sum >> (5 * (5 - i)) & 31)
	}
	return out
}
