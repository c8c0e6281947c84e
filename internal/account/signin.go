package account

import (
	"cmp"
	"context"

	"maatje/internal/account/budget"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// SignIn is what somebody typed at the door, and what their browser brought along.
type SignIn struct {
	Email, Passphrase string
	Token             string // of a session this browser already had; it ends
	Device            string // the secret of a device that signed in before
	Agent             string // what the browser calls itself
}

// Entered is what a browser carries away.
type Entered struct {
	Token  string
	Device string
	Full   bool // nothing more is asked; otherwise the second factor is
}

var errNoMatch = core.Refuse("", "account_no_match")

// SignIn opens a session for who knows the passphrase. It opens nothing yet but the page of the second factor, unless this
// is the demo. An unknown address, a wrong passphrase and an ended account get one answer, after the same work.
func (s *Service) SignIn(ctx context.Context, a authz.Actor, in SignIn) (Entered, error) {
	email := foldEmail(in.Email)
	tries := budget.At(email, a.Origin().Address, in.Device)
	var who known
	err := s.db.Write(ctx, a, func(t *db.Tx) (err error) {
		if err = tries.Admit(t); err != nil {
			return err
		}
		who, _, err = db.Maybe(t, qByEmail, db.Args{"email": email}, (*known).dest)
		return err
	})
	if err != nil {
		return Entered{}, s.RefusedAt(ctx, a, refused.SignIn, 0, email, err)
	}
	ok, err := s.hashes.Matches(ctx, in.Passphrase, who.hash)
	if err == nil && !ok {
		err = errNoMatch
	}
	if err != nil {
		return Entered{}, s.RefusedAt(ctx, a, refused.SignIn, who.id, email, err)
	}
	return s.enter(ctx, a, who, in)
}

// enter opens the session of somebody who proved the passphrase, in place of the one the browser had.
func (s *Service) enter(ctx context.Context, a authz.Actor, who known, in SignIn) (Entered, error) {
	out := Entered{Token: newToken(), Device: cmp.Or(in.Device, newToken()), Full: s.Demo}
	err := s.db.Write(ctx, a, func(t *db.Tx) error {
		if !s.Demo {
			if err := budget.At(foldEmail(in.Email), a.Origin().Address, out.Device).Welcome(t); err != nil {
				return err
			}
		}
		if !out.Full && who.confirmed.IsZero() {
			if err := NewSeed(t, who.id); err != nil {
				return err
			}
		}
		return rotate(t, in.Token, opening{token: out.Token, account: who.id, created: t.Now(), full: out.Full, device: deviceKind(in.Agent)})
	})
	return out, err
}

// opening is a session to be made.
type opening struct {
	token   string
	account core.AccountID
	created core.Instant
	full    bool
	how     string // a code of [codes session_how]
	device  string
}

// How somebody signed in.
const (
	ByPasskey  = "passkey"
	byCode     = "code"
	byRecovery = "recovery"
)

// rotate ends the old session and opens the new one: a token that was known before signing in is worth nothing after.
func rotate(t *db.Tx, old string, o opening) error {
	if old != "" {
		if _, err := db.Exec(t, xCloseSession, db.Args{"token": keptOf(old)}); err != nil {
			return err
		}
	}
	proved := core.Instant{}
	if o.full {
		proved = t.Now() // who signed in just now showed that it is they
		if err := db.Do(t, xSignedIn, db.Args{"id": o.account}); err != nil {
			return err
		}
	}
	return db.Do(t, xOpenSession, db.Args{
		"token": keptOf(o.token), "id": o.account, "created": o.created, "full": o.full, "proved": proved, "how": o.how,
		"address": t.Actor().Origin().Address, "device": o.device,
	})
}

// Open opens a full session for somebody who showed two factors at once, in place of the one the browser had, and remembers
// their device.
func Open(t *db.Tx, id core.AccountID, email, how string, in SignIn) (Entered, error) {
	out := Entered{Token: newToken(), Device: cmp.Or(in.Device, newToken()), Full: true}
	if err := budget.At(foldEmail(email), t.Actor().Origin().Address, out.Device).Welcome(t); err != nil {
		return Entered{}, err
	}
	return out, rotate(t, in.Token, opening{token: out.Token, account: id, created: t.Now(), full: true, how: how, device: deviceKind(in.Agent)})
}

// EnterDemo opens a session without asking anything, in the demo only: one click is one role.
func (s *Service) EnterDemo(ctx context.Context, a authz.Actor, account core.AccountID, in SignIn) (Entered, error) {
	if !s.Demo {
		return Entered{}, core.NotFound()
	}
	return s.enter(ctx, a, known{id: account}, in)
}
