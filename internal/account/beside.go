package account

import (
	"cmp"
	"context"

	"maatje/internal/account/budget"
	"maatje/internal/account/passkey"
	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/form"
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
	out := Entered{Token: newToken(), Device: cmp.Or(in.Device, newToken()), Full: strong}
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
			if err := NewSeed(t, id); err != nil {
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
func AcceptKept(t *db.Tx, kept string) (Account, error) {
	p, err := invitedBy(t, kept)
	if err != nil {
		return p, err
	}
	if err := db.Do(t, xUseInvitation, db.Args{"token": kept}); err != nil {
		return p, err
	}
	if err := db.Do(t, xPassphrase, db.Args{"id": p.ID, "hash": phrase.None}); err != nil {
		return p, err
	}
	return p, startOver(t, p.ID)
}

// Place is the product at its own address, to which passkeys are bound; nil where browsers know none.
func (s *Service) Place() *passkey.Place { return s.place }

// Hasher hashes for who hashes beside this package: so many at once, all together.
func (s *Service) Hasher() *phrase.Hasher { return s.hashes }

// AskBrowser remembers what a browser is asked, for five minutes.
func AskBrowser(t *db.Tx, q passkey.Question, purpose string, id core.AccountID) error {
	return ask(t, q, purpose, id)
}

// Answered takes the question that a browser's answer names, once, and says who was asked.
func (s *Service) Answered(ctx context.Context, a authz.Actor, challenge, purpose string) (asked string, id core.AccountID, err error) {
	q, err := s.answered(ctx, a, challenge, purpose)
	return q.asked, q.account, err
}

// The sentences about passkeys that others need.
var (
	ErrPasskeyStale  = errPasskeyStale
	ErrNoPasskeyHere = errNoPasskeyHere
)

// PasskeyFail is the sentence for an answer that does not count.
func PasskeyFail(err error) error { return passkeyFail(err) }

// NewToken makes a secret that stands for somebody.
func NewToken() string { return newToken() }

// InvitationPath is where who holds the secret of an invitation goes.
func InvitationPath(token string) string { return invitationPath + token }

// Fold is the key under which an address is found.
func Fold(email string) string { return foldEmail(email) }

// DeviceKind is what somebody holds, roughly: a code of [codes device].
func DeviceKind(agent string) string { return deviceKind(agent) }

// PasskeyForm reads the form around a browser's answer.
func PasskeyForm(q *web.Request) (*form.Form, string, error) { return passkeyForm(q, usePasskeyFields) }

// EndElsewhere ends the sessions of who is signed in, but for this one.
func EndElsewhere(t *db.Tx, token string) error {
	_, err := db.Exec(t, xEndOthers, db.Args{"token": keptOf(token)})
	return err
}

// Remember gives the browser what it carries from now on.
func (s *Service) Remember(q *web.Request, e Entered) { s.remember(q, e) }

// Digits is a code of an app without the spaces that people type in it.
func Digits(code string) string { return digits(code) }
