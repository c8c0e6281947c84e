package begin

import (
	"context"

	"maatje/internal/account"
	"maatje/internal/account/budget"
	"maatje/internal/account/passkey"
	"maatje/internal/account/phrase"
	"maatje/internal/account/recovery"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Ask asks the browser to make a passkey for whom an invitation is for. Passkeys that they had end with the invitation, so
// a device that holds one makes another.
func (s *Service) Ask(ctx context.Context, a authz.Actor, token string) (options []byte, err error) {
	place := s.accounts.Place()
	if place == nil {
		return nil, account.ErrNoPasskeyHere
	}
	p, err := s.accounts.Invited(ctx, a, token)
	if err != nil {
		return nil, err
	}
	q, err := place.New(passkey.Owner{ID: p.ID, Name: p.Name, Email: p.Email})
	if err != nil {
		return nil, err
	}
	return q.Options, s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := budget.Admit(t, budget.From("asked", a, budget.Address)); err != nil {
			return err
		}
		return account.AskBrowser(t, q, toBegin, p.ID)
	})
}

// Begin is an account that begins with a passkey: a session, and the list of codes that is read once.
type Begin struct {
	Entered account.Entered
	Codes   []string
}

// WithPasskey uses an invitation with a passkey that was made for it. Every way in that the account had ends, and a list of
// recovery codes is the way back. The name is that of the device.
func (s *Service) WithPasskey(ctx context.Context, a authz.Actor, token, name, response string, in account.SignIn) (Begin, error) {
	out, err := s.withPasskey(ctx, a, token, name, response, in)
	return out, s.accounts.Refuse(ctx, a, refused.Passkey, 0, err)
}

func (s *Service) withPasskey(ctx context.Context, a authz.Actor, token, name, response string, in account.SignIn) (out Begin, err error) {
	if s.accounts.Place() == nil {
		return out, account.ErrNoPasskeyHere
	}
	made, err := passkey.ReadMade(response)
	if err != nil {
		return out, account.PasskeyFail(err)
	}
	asked, id, err := s.accounts.Answered(ctx, a, made.Challenge(), toBegin)
	if err != nil {
		return out, err
	}
	list, err := recovery.New(ctx, s.accounts.Hasher())
	if err != nil {
		return out, err
	}
	out.Codes = list.Codes
	return out, s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := account.AcceptKept(t, account.KeptOf(token))
		if err == nil && p.ID != id {
			err = account.ErrPasskeyStale
		}
		if err != nil {
			return err
		}
		if err := s.keep(t, p, asked, name, made); err != nil {
			return err
		}
		if err := list.Keep(t, p.ID); err != nil {
			return err
		}
		out.Entered, err = account.Open(t, p.ID, p.Email, account.ByPasskey, in)
		return err
	})
}

// keep judges the browser's answer and keeps the passkey.
func (s *Service) keep(t *db.Tx, p account.Account, asked, name string, made passkey.Made) error {
	key, err := s.accounts.Place().Accept(passkey.Owner{ID: p.ID, Name: p.Name, Email: p.Email}, asked, made)
	if err != nil {
		return account.PasskeyFail(err)
	}
	err = db.Do(t, xMakePasskey, db.Args{"id": db.NewID[core.ID](t), "account": p.ID, "name": name, "credential": key.ID, "record": key.Record})
	if db.IsDuplicate(err) {
		err = account.ErrPasskeyStale
	}
	return err
}

// errNoMatch is one answer for every address and code that do not go together, whatever the reason.
var errNoMatch = core.Refuse("", "account_no_paper")

// Back lets somebody who signs in with passkeys alone, and lost them, begin again: their address and a code on paper open an
// invitation of a quarter of an hour. An unknown address, an account that has another way in, an ended one and a wrong code
// get one answer, after the same work.
func (s *Service) Back(ctx context.Context, a authz.Actor, email, code string, in account.SignIn) (path string, err error) {
	fold := account.Fold(email)
	var id core.AccountID
	var kept []recovery.Kept
	err = s.db.Write(ctx, a, func(t *db.Tx) (err error) {
		if err = budget.At(fold, a.Origin().Address, in.Device).Admit(t); err != nil {
			return err
		}
		id, _, err = db.Maybe(t, qByPaper, db.Args{"email": fold, "none": phrase.None}, func(id *core.AccountID) []any { return []any{id} })
		if err == nil {
			kept, err = recovery.Of(t, id)
		}
		return err
	})
	if err == nil {
		path, err = s.back(ctx, a, id, kept, code)
	}
	if err != nil {
		return "", s.accounts.RefusedAt(ctx, a, refused.Recovery, id, email, err)
	}
	return path, nil
}

func (s *Service) back(ctx context.Context, a authz.Actor, id core.AccountID, kept []recovery.Kept, code string) (path string, err error) {
	hash, err := recovery.Match(ctx, s.accounts.Hasher(), kept, code)
	if err != nil {
		return "", noMatch(err)
	}
	token := account.NewToken()
	return account.InvitationPath(token), s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := recovery.Use(t, id, hash); err != nil {
			return noMatch(err)
		}
		if err := account.InviteSelf(t, id, token, backFor); err != nil {
			return err
		}
		return account.TellChange(t, id)
	})
}

// noMatch says nothing of which half was wrong.
func noMatch(err error) error {
	if core.IsKind(err, core.KindInvalid) {
		return errNoMatch
	}
	return err
}
