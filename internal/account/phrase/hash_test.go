package phrase

import (
	"context"
	"strings"
	"testing"
	"time"

	"maatje/internal/core"
)

func TestAPassphraseMatchesItsHashAlone(t *testing.T) {
	h := New(Memory)
	kept, err := h.Hash(t.Context(), "de kat slaapt op het dåk")
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=65536,t=1,") {
		t.Fatal(kept, err)
	}
	second, err := h.Hash(t.Context(), "de kat slaapt op het dåk")
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
		if got, err := h.Matches(t.Context(), typed, kept); got != want || err != nil {
			t.Errorf("%q: %v %v", typed, got, err)
		}
	}
	if got, err := h.Matches(t.Context(), "", ""); got || err != nil {
		t.Errorf("no passphrase was chosen, and none signs in: %v %v", got, err)
	}
	if _, err := h.Matches(t.Context(), "x", "$2a$10$somethingelse"); err == nil {
		t.Error("a hash of another kind is read as ours")
	}
}

func TestHashingWaitsItsTurnAsLongAsTheRequestLasts(t *testing.T) {
	h := New(Memory)
	for range AtOnce {
		h.slots <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.Hash(ctx, "de kat slaapt op het dak"); !core.IsKind(err, core.KindBusy) {
		t.Fatalf("a third at once: %v", err)
	}
	<-h.slots
	if _, err := h.Hash(t.Context(), "de kat slaapt op het dak"); err != nil {
		t.Error(err)
	}
}
