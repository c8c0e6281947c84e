package account

import (
	"context"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
)

// An unknown address costs a hash like a known one: with no turn left to hash, both wait and are told that it is busy.
func TestUnknownAddressesCostAsMuch(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		h.service.hashes.Hold()
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

func TestTokensAreRandom(t *testing.T) {
	if one, other := newToken(), newToken(); one == other || len(one) != 43 {
		t.Error("tokens are not 32 random bytes")
	}
}
