package account

import (
	"context"
	"time"

	"maatje/internal/account/budget"
	"maatje/internal/account/recovery"
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
		s.start.code = recovery.Code()
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
type Starter struct{ Code, Name, Email, Language string }

// startedFor is how long the first project leader has to choose how they sign in, before they type the code again.
const startedFor = time.Hour

var (
	qFirst = db.Q("account.first_leader", authz.Door,
		`SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE r.role = 'project_leader' AND a.passphrase_hash = '' AND a.ended_at IS NULL ORDER BY a.id LIMIT 1`, db.Probe{})
	xStartAgain = db.X("account.start_again", authz.Door,
		`UPDATE account SET name = :name, email = :email, email_fold = :fold, language = :language WHERE id = :id AND passphrase_hash = ''`,
		db.Probe{"id": db.Theirs("account"), "name": "", "email": "", "fold": "probe", "language": ""})
)

// Start makes the first project leader, and gives where they choose how they sign in: an invitation for an hour. Once
// somebody can sign in there is no such page; until then it can be done again, and what was asked last counts.
func (s *Service) Start(ctx context.Context, a authz.Actor, in Starter) (path string, err error) {
	code, needed, err := s.FirstStart(ctx)
	if err == nil && !needed {
		err = core.NotFound()
	}
	if err == nil {
		err = s.db.Write(ctx, a, func(t *db.Tx) error { return budget.Admit(t, budget.From("start", a, budget.Start)) })
	}
	if err == nil && !recovery.Same(in.Code, code) {
		err = core.Invalid("code", "account_wrong_start_code")
	}
	if err != nil {
		return "", s.refused(ctx, a, refused.Start, 0, err)
	}
	if err := checkPerson(in.Name, in.Email); err != nil {
		return "", err
	}
	token := newToken()
	return invitationPath + token, s.db.Write(ctx, authz.System("start"), func(t *db.Tx) error { return start(t, in, token) })
}

func start(t *db.Tx, in Starter, token string) error {
	n, err := db.Count(t, qAnybody, nil)
	if err == nil && n > 0 {
		err = core.NotFound()
	}
	if err != nil {
		return err
	}
	id, err := first(t, in)
	if err != nil {
		return err
	}
	if _, err := db.Exec(t, xEndAllInvitations, nil); err != nil {
		return err
	}
	return InviteSelf(t, id, token, startedFor)
}

// first is the account of the first project leader: the one that was made before and never used, or a new one. There is one:
// a second leader takes a second pair of eyes.
func first(t *db.Tx, in Starter) (core.AccountID, error) {
	id, found, err := db.Maybe(t, qFirst, nil, func(id *core.AccountID) []any { return []any{id} })
	if err != nil {
		return 0, err
	}
	if !found {
		return Make(t, New{Name: in.Name, Email: in.Email, Language: in.Language, Roles: authz.ProjectLeader | authz.Administrator})
	}
	err = db.Do(t, xStartAgain, db.Args{"id": id, "name": in.Name, "email": in.Email, "fold": foldEmail(in.Email), "language": in.Language})
	if db.IsDuplicate(err) {
		err = core.Invalid("email", "account_email_taken")
	}
	return id, err
}

// failsOf lists the fails inside an error and those beside it.
func failsOf(err error, beside ...*core.Fail) []*core.Fail {
	if f, ok := core.AsFail(err); ok {
		return append(f.All(), beside...)
	}
	return beside
}
