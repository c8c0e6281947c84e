// Package refused keeps on record what was refused: signing in, a code, a page that somebody has no right to, asking too
// often. It promises that each kind of refusal by each asker stands in the log within the hour in which it began, that its count
// is kept, that nobody fills the log or the disk with it, and that nothing somebody typed is kept.
package refused

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/web/pace"
)

// Kind is what was refused: a code of [codes refused].
type Kind string

// The kinds. What was typed never decides which one it is, only what it was worth.
const (
	SignIn     Kind = "sign_in"
	Code       Kind = "code"
	Recovery   Kind = "recovery"
	Passkey    Kind = "passkey"
	Provider   Kind = "provider"
	Proof      Kind = "proof"
	Invitation Kind = "invitation"
	Start      Kind = "start"
	TooMany    Kind = "too_many"
	Right      Kind = "right"
	Missing    Kind = "missing"
)

var kinds = []Kind{SignIn, Code, Recovery, Passkey, Provider, Proof, Invitation, Start, TooMany, Right, Missing}

const tally = `INSERT INTO refusal (since, kind, about, actor, address, route, last_at, times)
	VALUES (:since, :kind, COALESCE(CAST(:id AS BIGINT), 0), COALESCE(CAST(:actor AS BIGINT), 0), :address, :route, :now, :times)
	ON CONFLICT (since, kind, about, actor, address, route) DO UPDATE SET last_at = excluded.last_at, times = refusal.times + excluded.times`

var (
	probe = db.Probe{"since": "", "kind": "", "id": db.Theirs("account"), "address": "", "route": "", "times": 1}

	// told are the queries that leave an entry: the log names the kind by the query's name.
	told = func() map[Kind]*db.Query {
		all := map[Kind]*db.Query{}
		for _, k := range kinds {
			all[k] = db.X("refused."+string(k), authz.Door, tally, probe).Refusal()
		}
		return all
	}()
	xCount = db.X("refused.count", authz.Door, tally, probe).Quiet("adds to what is on record already")
	qHas   = db.Q("refused.counted", authz.Door, `SELECT COUNT(*) FROM refusal WHERE since = :since`, db.Probe{"since": ""})
	xOld   = db.X("refused.sweep", authz.Works, `DELETE FROM refusal WHERE since < :before`, db.Probe{"before": ""}).
		Quiet("counts from long ago; the log keeps its entries")
)

// key is what is counted together.
type key struct {
	since   core.Instant
	kind    Kind
	about   core.AccountID // whose door it was, if that is known
	actor   core.AccountID // who was refused, if signed in
	address string         // the network
	route   string
	door    string // of what somebody typed at the door, a hash: an address that is known counts as one that is not
}

// Keeper counts in memory and writes down what tells something. Each node has its own; the database adds up.
type Keeper struct {
	db *db.DB

	mu     sync.Mutex
	counts map[key]*count

	flushed core.Instant
}

const flushEvery = 5 * time.Minute

type count struct {
	all, kept int64 // in this hour, and how many of them the database has
	last      authz.Actor
}

// NewKeeper makes a keeper.
func NewKeeper(d *db.DB) *Keeper { return &Keeper{db: d, counts: map[key]*count{}} }

// OnRecord puts on record what a page refuses to who is signed in.
func (k *Keeper) OnRecord(ctx context.Context, a authz.Actor, kind string) error {
	return k.Note(ctx, a, Kind(kind), 0)
}

// NoteAt is Note for whoever typed an address at the door. Which refusals are written down at once then depends on what was
// typed and not on whose it is: the answer takes as long for an address that nobody has. What was typed is not kept.
func (k *Keeper) NoteAt(ctx context.Context, a authz.Actor, kind Kind, about core.AccountID, typed string) error {
	sum := sha256.Sum256([]byte(typed))
	return k.note(ctx, a, kind, about, string(sum[:]))
}

// Note counts a refusal, and writes it down when it is the first of its kind or one of many. If the log cannot be written
// that is the answer: no log, no answer.
func (k *Keeper) Note(ctx context.Context, a authz.Actor, kind Kind, about core.AccountID) error {
	return k.note(ctx, a, kind, about, "")
}

func (k *Keeper) note(ctx context.Context, a authz.Actor, kind Kind, about core.AccountID, door string) error {
	if err := k.flushNowAndThen(ctx); err != nil {
		return err
	}
	key, add, tell := k.add(a, kind, about, door)
	if !tell {
		return nil
	}
	err := k.write(ctx, a, told[kind], key, add)
	if err != nil {
		k.forget(key) // the next one is the first again
	}
	return err
}

func (k *Keeper) forget(at key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.counts, at)
}

// flushNowAndThen keeps what the database does not know yet from growing old.
func (k *Keeper) flushNowAndThen(ctx context.Context) error {
	k.mu.Lock()
	now := k.db.Now()
	wait := now.Sub(k.flushed) < flushEvery && since(now) == since(k.flushed)
	if !wait {
		k.flushed = now
	}
	k.mu.Unlock()
	if wait {
		return nil
	}
	return k.Flush(ctx)
}

// add counts one, and says whether it is to be written down, and with how many that are not yet.
func (k *Keeper) add(a authz.Actor, kind Kind, about core.AccountID, door string) (at key, add int64, tell bool) {
	from := a.Origin()
	at = key{since(k.db.Now()), kind, about, a.Account(), pace.Network(from.Address), from.Route, door}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, known := k.counts[at]; !known {
		at = at.sameAs(len(k.counts))
	}
	c := k.counts[at]
	if c == nil {
		c = &count{}
		k.counts[at] = c
	}
	c.all, c.last = c.all+1, a
	if !telling(c.all) {
		return at, 0, false
	}
	add, c.kept = c.all-c.kept, c.all
	return at, add, true
}

// writeTimeout is how long somebody who went away keeps the entry waiting.
const writeTimeout = 10 * time.Second

func (k *Keeper) write(ctx context.Context, a authz.Actor, q *db.Query, at key, times int64) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout) // who hangs up is on record as well
	defer cancel()
	return k.db.Write(ctx, a, func(t *db.Tx) error {
		n, err := db.Count(t, qHas, db.Args{"since": at.since})
		if err != nil {
			return err
		}
		at := at.sameAs(n) // as many as all nodes counted
		_, err = db.Exec(t, q, db.Args{"since": at.since, "kind": string(at.kind), "id": at.about, "address": at.address, "route": at.route, "times": times})
		return err
	})
}

// Jobs are what the keeper does by itself.
func (k *Keeper) Jobs() []job.Job {
	return []job.Job{{Name: "account.sweep_refused", Every: job.Daily, Run: k.Sweep}}
}

// Flush writes down what was counted since the last entry, and forgets hours that are over. Every node runs it.
func (k *Keeper) Flush(ctx context.Context) error {
	for at, c := range k.due() {
		if err := k.write(ctx, c.last, xCount, at, c.all-c.kept); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) due() map[key]count {
	now := since(k.db.Now())
	out := map[key]count{}
	k.mu.Lock()
	defer k.mu.Unlock()
	for at, c := range k.counts {
		if c.all > c.kept {
			out[at] = *c
			c.kept = c.all
		}
		if at.since != now {
			delete(k.counts, at)
		}
	}
	return out
}

// Sweep takes away counts from long ago.
func (k *Keeper) Sweep(ctx context.Context, a authz.Actor) error {
	return k.db.Write(ctx, a, func(t *db.Tx) error {
		_, err := db.Exec(t, xOld, db.Args{"before": core.At(t.Now().Time().AddDate(0, 0, -keptFor))})
		return err
	})
}
