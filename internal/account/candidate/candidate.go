// Package candidate keeps who is to become project leader and waits for a second pair of eyes. It promises that nobody makes a
// project leader alone, or unseen.
package candidate

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
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
	qIsCandidate = db.Q("account.is_candidate", authz.Door,
		`SELECT COUNT(*) FROM session s JOIN leader_candidate c ON c.account_id = s.account_id JOIN account a ON a.id = s.account_id
		WHERE s.token_hash = :token AND s.second_factor = TRUE AND a.ended_at IS NULL`, db.Probe{"token": ""})
	qToTell = db.Q("account.tell_leaders", authz.Accounts,
		`SELECT a.id FROM account a WHERE a.id IN (`+leaders+`) OR a.id = :actor ORDER BY a.id`, db.Probe{})
)

func (c *Candidate) dest() []any {
	return []any{&c.ID, &c.Name, &c.Asker, &c.By, &c.Asked, &c.others}
}

// Ask keeps the role of project leader out of what is given, unless somebody has it already, and asks for a second
// pair of eyes instead. Every project leader gets a mail: who did not expect one, looks.
func Ask(t *db.Tx, id core.AccountID, has, next authz.Role) (authz.Role, error) {
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
	if err := askLeaders(t, id); err != nil {
		return 0, err
	}
	return next &^ authz.ProjectLeader, tellLeaders(t, id)
}

// taskLeader leads to where a second pair of eyes decides.
var taskLeader = task.Leads("leader_asked", "/accounts")

// askLeaders puts a candidate on the list of every project leader who could confirm, or else of who asked.
func askLeaders(t *db.Tx, id core.AccountID) error {
	all, err := db.All(t, qToTell, nil, func(id *core.AccountID) []any { return []any{id} })
	for _, who := range all {
		if err == nil && who != id && (who != t.Actor().Account() || len(all) == 1) {
			err = task.Open(t, task.Task{Key: leaderTask(id, who), Account: who, Kind: taskLeader, Urgency: task.Normal,
				Due: core.At(t.Today().AddWorkdays(decideWorkdays).Time()), Subject: core.ID(id)})
		}
	}
	return err
}

func leaderTask(id, who core.AccountID) string {
	return taskLeader + ":" + id.String() + ":" + who.String()
}

// dropLeader ends the asking, on whosever list it stands.
func dropLeader(t *db.Tx, id core.AccountID) error {
	all, err := db.All(t, qToTell, nil, func(id *core.AccountID) []any { return []any{id} })
	for _, who := range all {
		if err == nil {
			err = task.Done(t, leaderTask(id, who))
		}
	}
	return err
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

// All lists who waits for a second pair of eyes.
func All(t *db.Tx) ([]Candidate, error) { return db.All(t, qCandidates, nil, (*Candidate).dest) }

// Waits says whether the session of which this is kept belongs to somebody for whom nothing opens yet: they signed in, and
// their role waits for a second pair of eyes.
func Waits(t *db.Tx, kept string) (bool, error) {
	n, err := db.Count(t, qIsCandidate, db.Args{"token": kept})
	return n > 0, err
}

// Confirm lets somebody make the candidate a project leader, with give, by a second pair of eyes.
func Confirm(t *db.Tx, id core.AccountID, give func(*db.Tx, core.AccountID) error) error {
	c, err := of(t, id)
	if err != nil {
		return err
	}
	a := t.Actor()
	if f := check(a.Roles().Has(authz.ProjectLeader), a.Account(), c.Asker, c.ID, c.others, c.Asked, t.Now()); f != nil {
		return f
	}
	if err := Refuse(t, id); err != nil {
		return err
	}
	if err := give(t, id); err != nil {
		return err
	}
	return tellLeaders(t, id)
}

// Refuse lets a candidate go as they were, and takes the asking off every list.
func Refuse(t *db.Tx, id core.AccountID) error {
	if err := db.Do(t, xDropLeader, db.Args{"id": id}); err != nil {
		return err
	}
	return dropLeader(t, id)
}

func of(t *db.Tx, id core.AccountID) (Candidate, error) {
	all, err := All(t)
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
