package account

import (
	"context"

	"maatje/internal/account/budget"
	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// What packages below this one need to let somebody in another way: they find out who it is, and this package lets them in.

// ByProvider is how somebody signed in at the organisation's own provider.
const ByProvider = "provider"

// OfferProvider puts the organisation's own way in on the pages where people sign in, under the name they know it by.
func (s *Service) OfferProvider(name string) { s.provider = name }

// Refuse puts a refusal on record and gives it back.
func (s *Service) Refuse(ctx context.Context, a authz.Actor, kind refused.Kind, at core.AccountID, err error) error {
	return s.refused(ctx, a, kind, at, err)
}

// TellChange mails that somebody's way of signing in changed.
func TellChange(t *db.Tx, id core.AccountID) error { return tellChange(t, id) }

// EnterAs opens a session for an account that was found another way. Who is not strong is asked for the second factor of
// their own. Who has no access is not found.
func (s *Service) EnterAs(ctx context.Context, a authz.Actor, id core.AccountID, strong bool, in SignIn) (Entered, error) {
	out := Entered{Token: newToken(), Device: in.Device, Full: strong}
	if out.Device == "" {
		out.Device = newToken()
	}
	type entering struct {
		fold      string
		confirmed core.Instant
	}
	return out, s.db.Write(ctx, a, func(t *db.Tx) error {
		who, err := db.One(t, qEntering, db.Args{"id": id}, func(e *entering) []any { return []any{&e.fold, &e.confirmed} })
		if err != nil {
			return err
		}
		if err := budget.At(who.fold, a.Origin().Address, out.Device).Welcome(t); err != nil {
			return err
		}
		if !strong && who.confirmed.IsZero() {
			if err := newSeed(t, id); err != nil {
				return err
			}
		}
		return rotate(t, in.Token, opening{token: out.Token, account: id, created: t.Now(), full: strong, how: ByProvider, device: deviceKind(in.Agent)})
	})
}

// Proved gives who is signed in a new token, after check saw that it is they.
func (s *Service) Proved(ctx context.Context, a authz.Actor, in SignIn, check func(*db.Tx) error) (Entered, error) {
	return s.proved(ctx, a, in, check)
}

// KeptOf is what is kept of the secret of an invitation.
func KeptOf(token string) string { return keptOf(token) }

// AcceptKept uses an invitation of which only the kept half is at hand, for somebody who will sign in another way than with a
// passphrase. Every way in that they had ends.
func AcceptKept(t *db.Tx, kept string) (core.AccountID, error) {
	p, err := invitedBy(t, kept)
	if err != nil {
		return 0, err
	}
	if err := db.Do(t, xUseInvitation, db.Args{"token": kept}); err != nil {
		return 0, err
	}
	if err := db.Do(t, xPassphrase, db.Args{"id": p.ID, "hash": phrase.None}); err != nil {
		return 0, err
	}
	return p.ID, startOver(t, p.ID)
}
