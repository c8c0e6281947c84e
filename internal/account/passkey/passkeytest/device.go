// Package passkeytest is a device that makes and uses passkeys, in software, with everything adjustable that a device could do
// wrong. Tests alone import it.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Device holds one passkey.
type Device struct {
	Origin  string // the address that its browser is at
	Host    string // the place that it binds to
	Counter uint32
	Present byte // the flags it shows: present, verified
	User    []byte
	key     *ecdsa.PrivateKey
	id      []byte
}

const (
	Verified   byte = 0x05 // somebody is there, and it is its owner
	Unverified byte = 0x01 // somebody is there
	withKey    byte = 0x40
)

// New makes a device whose browser is at an address of a host.
func New(t testing.TB, origin, host string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &Device{Origin: origin, Host: host, Present: Verified, key: key, id: id}
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// challengeOf reads the challenge and the user out of what a browser is asked.
func (d *Device) challengeOf(t testing.TB, options []byte) string {
	t.Helper()
	var asked struct {
		PublicKey struct {
			Challenge string
			User      struct{ ID string }
		}
	}
	if err := json.Unmarshal(options, &asked); err != nil {
		t.Fatal(err)
	}
	if id, err := base64.RawURLEncoding.DecodeString(asked.PublicKey.User.ID); err == nil && len(id) > 0 {
		d.User = id
	}
	return asked.PublicKey.Challenge
}

func (d *Device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": false}) // texts alone
	return b
}

func (d *Device) data(flags byte) []byte {
	host := sha256.Sum256([]byte(d.Host))
	return binary.BigEndian.AppendUint32(append(host[:], flags), d.Counter)
}

// Make answers a question for a new passkey.
func (d *Device) Make(t testing.TB, options []byte) string {
	t.Helper()
	client := d.client("webauthn.create", d.challengeOf(t, options))
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	public, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		t.Fatal(err)
	}
	data := append(d.data(d.Present|withKey), make([]byte, 16)...) // of no known make
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), public...)
	attested, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": text(client), "attestationObject": text(attested)})
}

// Use answers a question for the use of a passkey.
func (d *Device) Use(t testing.TB, options []byte) string {
	t.Helper()
	client := d.client("webauthn.get", d.challengeOf(t, options))
	d.Counter++
	data := d.data(d.Present)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, signed[:])
	if err != nil {
		t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature), "userHandle": text(d.User)})
}

func (d *Device) answer(response map[string]any) string {
	b, _ := json.Marshal(map[string]any{"id": text(d.id), "rawId": text(d.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response}) // texts alone
	return string(b)
}
