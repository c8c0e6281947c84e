package account

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
)

// Candidate is somebody who is to become project leader and waits for a second pair of eyes.
type Candidate struct {
	ID     core.AccountID
	Name   string
	Asker  core.AccountID
	By     string
	Asked  core.Instant
	others int // project leaders who could confirm, beside the two
}

const leaders = `SELECT r.account_id FROM account_role r JOIN account l ON l.id = r.account_id
	WHERE r.role = 'project_leader' AND l.ended_at IS NULL AND l.passphrase_hash <> ''`

var (
	qCandidates = db.Q("account.leader_candidates", authz.Accounts,
		`SELECT c.account_id, a.name, c.asked_by, b.name, c.asked_at,
			(SELECT COUNT(*) FROM account o WHERE o.id IN (`+leaders+`) AND o.id <> c.account_id AND o.id <> c.asked_by)
		FROM leader_candidate c JOIN account a ON a.id = c.account_id JOIN account b ON b.id = c.asked_by
		WHERE a.ended_at IS NULL ORDER BY c.asked_at, c.account_id`, db.Probe{})
	xAskLeader = db.X("account.ask_leader", authz.Accounts,
		`INSERT INTO leader_candidate (account_id, asked_by, asked_at) VALUES (:id, :actor, :now) ON CONFLICT (account_id) DO NOTHING`,
		db.Probe{"id": db.Theirs("account")})
	xDropLeader = db.X("account.drop_leader", authz.Accounts,
		`DELETE FROM leader_candidate WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	qToTell = db.Q("account.tell_leaders", authz.Accounts,
		`SELECT a.id FROM account a WHERE a.id IN (`+leaders+`) OR a.id = :actor ORDER BY a.id`, db.Probe{})
)

func (c *Candidate) dest() []any {
	return []any{&c.ID, &c.Name, &c.Asker, &c.By, &c.Asked, &c.others}
}

// askLeader keeps the role of project leader out of what is given, unless somebody has it already, and asks for a second
// pair of eyes instead. Every project leader gets a mail: who did not expect one, looks.
func askLeader(t *db.Tx, id core.AccountID, has, next authz.Role) (authz.Role, error) {
	if !next.Has(authz.ProjectLeader) {
		_, err := db.Exec(t, xDropLeader, db.Args{"id": id})
		return next, err
	}
	if has.Has(authz.ProjectLeader) {
		return next, nil
	}
	n, err := db.Exec(t, xAskLeader, db.Args{"id": id})
	if err != nil || n == 0 {
		return next &^ authz.ProjectLeader, err
	}
	return next &^ authz.ProjectLeader, tellLeaders(t, id)
}

func tellLeaders(t *db.Tx, id core.AccountID) error {
	all, err := db.All(t, qToTell, nil, func(id *core.AccountID) []any { return []any{id} })
	for _, who := range all {
		if err == nil {
			err = job.Queue(t, job.Mail{Key: "leader:" + id.String() + ":" + t.Now().String() + ":" + who.String(), Account: who, Template: "leader_asked"})
		}
	}
	return err
}

// Candidates lists who waits for a second pair of eyes.
func (s *Service) Candidates(ctx context.Context, a authz.Actor) (all []Candidate, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qCandidates, nil, (*Candidate).dest)
		return err
	})
	return all, err
}

func candidateOf(t *db.Tx, id core.AccountID) (Candidate, error) {
	all, err := db.All(t, qCandidates, nil, (*Candidate).dest)
	for _, c := range all {
		if c.ID == id {
			return c, err
		}
	}
	if err == nil {
		err = core.NotFound()
	}
	return Candidate{}, err
}

// ConfirmLeader makes the candidate a project leader, by a second pair of eyes.
func (s *Service) ConfirmLeader(ctx context.Context, a authz.Actor, id core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		c, err := candidateOf(t, id)
		if err != nil {
			return err
		}
		if f := checkSecondPair(a.Roles().Has(authz.ProjectLeader), a.Account(), c.Asker, c.ID, c.others, c.Asked, t.Now()); f != nil {
			return f
		}
		if err := db.Do(t, xDropLeader, db.Args{"id": id}); err != nil {
			return err
		}
		if err := db.Do(t, xGiveRole, db.Args{"id": id, "role": authz.ProjectLeader.Codes()[0]}); err != nil {
			return err
		}
		return tellLeaders(t, id)
	})
}

// RefuseLeader lets a candidate go as they were.
func (s *Service) RefuseLeader(ctx context.Context, a authz.Actor, id core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return db.Do(t, xDropLeader, db.Args{"id": id}) })
}
