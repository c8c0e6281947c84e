package account

import (
	"context"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
)

func TestAPassphraseMatchesItsHashAlone(t *testing.T) {
	h := newHasher(hashMemory)
	kept, err := h.hash(t.Context(), "de kat slaapt op het dåk")
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=65536,t=1,") {
		t.Fatal(kept, err)
	}
	second, err := h.hash(t.Context(), "de kat slaapt op het dåk")
	if err != nil || second == kept {
		t.Error("two people with one passphrase have one hash", err)
	}
	for typed, want := range map[string]bool{
		"de kat slaapt op het dåk":       true,
		"de kat slaapt op het da\u030ak": true, // the same sign, typed on another keyboard
		"de kat slaapt op het dak":       false,
		"De kat slaapt op het dåk":       false,
		"":                               false,
	} {
		if got, err := h.matches(t.Context(), typed, kept); got != want || err != nil {
			t.Errorf("%q: %v %v", typed, got, err)
		}
	}
	if got, err := h.matches(t.Context(), "", ""); got || err != nil {
		t.Errorf("no passphrase was chosen, and none signs in: %v %v", got, err)
	}
	if _, err := h.matches(t.Context(), "x", "$2a$10$somethingelse"); err == nil {
		t.Error("a hash of another kind is read as ours")
	}
}

func TestHashingWaitsItsTurnAsLongAsTheRequestLasts(t *testing.T) {
	h := newHasher(hashMemory)
	for range hashAtOnce {
		h.slots <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.hash(ctx, goodPassphrase); !core.IsKind(err, core.KindBusy) {
		t.Fatalf("a third at once: %v", err)
	}
	<-h.slots
	if _, err := h.hash(t.Context(), goodPassphrase); err != nil {
		t.Error(err)
	}
}

// An unknown address costs a hash like a known one: with no turn left to hash, both wait and are told that it is busy.
func TestUnknownAddressesCostAsMuch(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		for range hashAtOnce {
			h.service.hashes.slots <- struct{}{}
		}
		for _, email := range []string{theEmail, "niemand@voorbeeld.nl"} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			done := make(chan error, 1)
			go func() {
				_, err := h.service.SignIn(ctx, authz.Visitor(authz.Origin{Address: "10.0.0.9"}), SignIn{Email: email, Passphrase: goodPassphrase})
				done <- err
			}()
			time.Sleep(100 * time.Millisecond)
			cancel()
			if err := <-done; !core.IsKind(err, core.KindBusy) {
				t.Errorf("%s: %v", email, err)
			}
		}
	})
}

func TestCodesAreTypedAsPeopleType(t *testing.T) {
	code := newCode()
	for typed, want := range map[string]bool{
		code: true, strings.ToLower(code): true, strings.ReplaceAll(code, "-", ""): true, strings.ReplaceAll(code, "-", " "): true,
		code[:len(code)-1]: false, code + "A": false, "": false,
	} {
		if sameCode(typed, code) != want {
			t.Errorf("%q for %q", typed, code)
		}
	}
	if sameCode("", "") {
		t.Error("no code is a code")
	}
	if one, other := newToken(), newToken(); one == other || len(one) != 43 {
		t.Error("tokens are not 32 random bytes")
	}
}
