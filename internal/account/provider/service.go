package provider

import (
	"context"
	"encoding/json"
	"errors"

	"maatje/internal/account"
	"maatje/internal/account/budget"
	"maatje/internal/account/oidc"
	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Ask gives the address at the provider that asks who somebody is, and what their browser keeps until it answers.
func (s *Service) Ask(ctx context.Context, a authz.Actor, q asked) (address, browser string, err error) {
	browser, state := secret(), secret()
	address, err = s.at.Ask(ctx, browser, state, q.Purpose == toProve)
	if err != nil {
		return "", "", s.fail(err)
	}
	return address, browser, s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := budget.Admit(t, budget.From("asked", a, budget.Address)); err != nil {
			return err
		}
		q.Account, q.At = a.Account(), t.Now()
		text, err := json.Marshal(q)
		if err != nil {
			return err
		}
		return db.Do(t, xAsk, db.Args{"challenge": challenge(browser, state), "id": q.Account, "purpose": string(q.Purpose), "asked": string(text), "until": t.Now().Add(askedFor)})
	})
}

// challenge is under what a question is kept: the browser and the state together find it.
func challenge(browser, state string) string {
	return account.KeptOf("provider\n" + browser + "\n" + state)
}

// Answer is what came back from the provider, by way of the browser.
type Answer struct{ Browser, State, Code, Issuer, Error string }

// take finds the question that was asked, once: whatever the answer is worth, it came.
func (s *Service) take(ctx context.Context, a authz.Actor, in Answer) (q asked, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		args := db.Args{"challenge": challenge(in.Browser, in.State)}
		text, found, err := db.Maybe(t, qAsked, args, func(text *string) []any { return []any{text} })
		if err != nil {
			return err
		}
		read, ok := readAsked(text)
		if q = read; !found || !ok {
			return s.refuse("provider_stale")
		}
		return db.Do(t, xAnswered, args)
	})
	return q, err
}

// readAsked reads what was kept of a question.
func readAsked(text string) (asked, bool) {
	var q asked
	if json.Unmarshal([]byte(text), &q) != nil {
		return asked{}, false
	}
	return q, true
}

// person finds out who came back, and for which question.
func (s *Service) person(ctx context.Context, a authz.Actor, in Answer) (q asked, who oidc.Person, err error) {
	if q, err = s.take(ctx, a, in); err != nil {
		return q, who, err
	}
	switch {
	case in.Error != "" || in.Code == "":
		return q, who, s.refuse("provider_no")
	case in.Issuer != "" && in.Issuer != s.at.Issuer:
		return q, who, s.refuse("provider_wrong")
	case q.Account != a.Account(): // somebody else signed in meanwhile, or out
		return q, who, s.refuse("provider_stale")
	}
	if who, err = s.at.Answer(ctx, in.Browser, in.State, in.Code); err != nil {
		return q, who, s.fail(err)
	}
	return q, who, nil
}

// Enter signs in whoever linked this identity. Nothing is made for who did not.
func (s *Service) Enter(ctx context.Context, a authz.Actor, who oidc.Person, in account.SignIn) (account.Entered, error) {
	var found whose
	err := s.db.Write(ctx, a, func(t *db.Tx) (err error) {
		found, err = s.whose(t, who)
		if err == nil {
			err = db.Do(t, xUsed, db.Args{"id": found.id})
		}
		return err
	})
	if err != nil {
		return account.Entered{}, err
	}
	entered, err := s.accounts.EnterAs(ctx, a, found.account, who.Strong, in)
	if core.IsKind(err, core.KindNotFound) { // a volunteer who left
		err = s.refuse("provider_unknown")
	}
	return entered, err
}

func (s *Service) whose(t *db.Tx, who oidc.Person) (w whose, err error) {
	w, found, err := db.Maybe(t, qWhose, db.Args{"issuer": who.Issuer, "subject": who.Subject}, (*whose).dest)
	if err == nil && !found {
		err = s.refuse("provider_unknown")
	}
	return w, err
}

// Prove takes the provider's word that it is still they, if it asked them just now.
func (s *Service) Prove(ctx context.Context, a authz.Actor, q asked, who oidc.Person, in account.SignIn) (account.Entered, error) {
	return s.accounts.Proved(ctx, a, in, func(t *db.Tx) error {
		found, err := s.whose(t, who)
		switch {
		case err != nil:
			return err
		case found.account != a.Account():
			return s.refuse("provider_of_other")
		case !askedAgain(who.At, q.At, t.Now()):
			return s.refuse("provider_not_again")
		}
		return db.Do(t, xUsed, db.Args{"id": found.id})
	})
}

// Link keeps who somebody is at the provider, for who is signed in.
func (s *Service) Link(ctx context.Context, a authz.Actor, who oidc.Person) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		mine, err := db.All(t, qMine, db.Args{"issuer": who.Issuer}, (*Identity).dest)
		if err == nil && len(mine) > 0 {
			err = s.refuse("provider_has")
		}
		if err == nil {
			err = s.link(t, a.Account(), who)
		}
		if err != nil {
			return err
		}
		return account.TellChange(t, a.Account())
	})
}

func (s *Service) link(t *db.Tx, id core.AccountID, who oidc.Person) error {
	err := db.Do(t, xLink, db.Args{"id": db.NewID[core.ID](t), "account": id, "issuer": who.Issuer, "subject": who.Subject})
	if db.IsDuplicate(err) {
		err = s.refuse("provider_taken")
	}
	return err
}

// Accept uses an invitation for who will sign in through the provider, and signs them in.
func (s *Service) Accept(ctx context.Context, a authz.Actor, q asked, who oidc.Person, in account.SignIn) (account.Entered, error) {
	var p account.Account
	err := s.db.Write(ctx, a, func(t *db.Tx) (err error) {
		if p, err = account.AcceptKept(t, q.Invitation); core.IsKind(err, core.KindNotFound) {
			err = s.refuse("provider_stale")
		}
		if err == nil {
			err = s.link(t, p.ID, who)
		}
		return err
	})
	if err != nil {
		return account.Entered{}, err
	}
	return s.accounts.EnterAs(ctx, a, p.ID, who.Strong, in)
}

// Unlink ends signing in this way for who is signed in, unless it is the only way they have.
func (s *Service) Unlink(ctx context.Context, a authz.Actor) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		others, err := db.Count(t, qOtherWays, db.Args{"none": phrase.None})
		if err == nil && others == 0 {
			err = s.refuse("provider_last")
		}
		if err == nil {
			err = db.Do(t, xUnlink, db.Args{"issuer": s.at.Issuer})
		}
		if err != nil {
			return err
		}
		return account.TellChange(t, a.Account())
	})
}

// Mine is who somebody is at the provider, if they linked it.
func (s *Service) Mine(ctx context.Context, a authz.Actor) (all []Identity, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qMine, db.Args{"issuer": s.at.Issuer}, (*Identity).dest)
		return err
	})
	return all, err
}

func (i *Identity) dest() []any { return []any{&i.ID, &i.Linked, &i.Used} }

func (s *Service) refuse(message string) *core.Fail { return core.Refuse("", message, s.at.Name) }

// fail is the sentence for what went wrong between us and the provider.
func (s *Service) fail(err error) error {
	f := s.refuse("provider_wrong")
	if errors.Is(err, oidc.ErrDown) {
		f = s.refuse("provider_down")
	}
	f.Cause = err
	return f
}

// onRecord puts what was refused on record.
func (s *Service) onRecord(ctx context.Context, a authz.Actor, p purpose, err error) error {
	kind := refused.Provider
	if p == toProve {
		kind = refused.Proof
	}
	return s.accounts.Refuse(ctx, a, kind, 0, err)
}
