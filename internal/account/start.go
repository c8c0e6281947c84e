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

// FirstStart says whether nobody can sign in yet, and gives the code with which the first project leader is made. The code
// is for the terminal of who runs the program; it lives in memory, so that starting again makes another.
func (s *Service) FirstStart(ctx context.Context) (code string, needed bool, err error) {
	needed, err = s.needsStart(ctx)
	if err != nil || !needed {
		return "", needed, err
	}
	s.start.Lock()
	defer s.start.Unlock()
	if s.start.code == "" {
		s.start.code = newCode()
	}
	return s.start.code, true, nil
}

func (s *Service) needsStart(ctx context.Context) (bool, error) {
	if s.Demo || s.started.Load() {
		return false, nil
	}
	var n int
	err := s.db.Read(ctx, authz.System("start"), func(t *db.Tx) (err error) {
		n, err = db.Count(t, qAnybody, nil)
		return err
	})
	if n > 0 {
		s.started.Store(true)
	}
	return err == nil && n == 0, err
}

// Starter is the first project leader, as typed on the page of the first start.
type Starter struct {
	Code, Name, Email, Passphrase, Again string
	Language                             string
}

// Start makes the first project leader and signs them in. Once somebody can sign in there is no such page.
func (s *Service) Start(ctx context.Context, a authz.Actor, in Starter, from SignIn) (Entered, error) {
	code, needed, err := s.FirstStart(ctx)
	if err == nil && !needed {
		err = core.NotFound()
	}
	if err == nil {
		err = s.db.Write(ctx, a, func(t *db.Tx) error { return budget.Admit(t, budget.From("start", a, budget.Start)) })
	}
	if err == nil && !sameCode(in.Code, code) {
		err = core.Invalid("code", "account_wrong_start_code")
	}
	if err != nil {
		return Entered{}, s.refused(ctx, a, refused.Start, 0, err)
	}
	if err := core.Join(failsOf(checkPerson(in.Name, in.Email), phrase.Check(in.Passphrase, in.Email), phrase.Again(in.Passphrase, in.Again))...); err != nil {
		return Entered{}, err
	}
	hash, err := s.hashes.Hash(ctx, in.Passphrase)
	if err != nil {
		return Entered{}, err
	}
	id, err := s.makeFirst(ctx, in, hash)
	if err != nil {
		return Entered{}, err
	}
	s.started.Store(true)
	from.Email = in.Email
	return s.enter(ctx, a, known{id: id, hash: hash}, from)
}

func (s *Service) makeFirst(ctx context.Context, in Starter, hash string) (id core.AccountID, err error) {
	err = s.db.Write(ctx, authz.System("start"), func(t *db.Tx) error {
		n, err := db.Count(t, qAnybody, nil)
		if err == nil && n > 0 {
			err = core.NotFound()
		}
		if err != nil {
			return err
		}
		if id, err = Make(t, New{Name: in.Name, Email: in.Email, Language: in.Language, Roles: authz.ProjectLeader | authz.Administrator}); err != nil {
			return err
		}
		return db.Do(t, xPassphrase, db.Args{"id": id, "hash": hash})
	})
	return id, err
}

// failsOf lists the fails inside an error and those beside it.
func failsOf(err error, beside ...*core.Fail) []*core.Fail {
	if f, ok := core.AsFail(err); ok {
		return append(f.All(), beside...)
	}
	return beside
}
