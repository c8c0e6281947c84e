// Package privacy keeps what the programme owes to the people it is about: that every look at them is on record and stays so
// (METHOD ch. 9).
package privacy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/journal"
)

// Keeper writes checkpoints of the log outside the database.
type Keeper struct {
	db    *db.DB
	books []string // files; each goes on from its own last line
}

// NewKeeper keeps checkpoints in these files.
func NewKeeper(d *db.DB, books ...string) *Keeper { return &Keeper{d, books} }

// every is how much of the log's end somebody could cut off unseen who can write to the database and not to the files.
const every = time.Minute

// Job signs where the log stands.
func (k *Keeper) Job() job.Job {
	return job.Job{Name: "log.checkpoint", Every: every, Always: true, Run: func(ctx context.Context, _ authz.Actor) error { return k.Sign(ctx) }}
}

// Sign adds a checkpoint to every file whose last one the log has outgrown. A log that is not whole gets none, and the error
// says what is wrong with it. A file that cannot be written keeps no other from its own.
func (k *Keeper) Sign(ctx context.Context) error {
	var all error
	for _, path := range k.books {
		err := k.db.LogKeys().Write(path, k.db.Now().String(), func(from journal.Head) (journal.Head, *journal.Fault, error) {
			return k.db.LogKeys().Verify(ctx, k.db.WalkLog, from, nil)
		})
		if err != nil {
			all = errors.Join(all, fmt.Errorf("no checkpoint in %s: %w", path, err))
		}
	}
	return all
}

// Report is what a look at the whole log found.
type Report struct {
	Head  journal.Head // the last entry that is good
	Books []journal.Book
	// Log is what is wrong with the log, and Faults what is wrong with files of checkpoints; nil and none when all is well.
	Log    *journal.Fault
	Faults []*journal.BookFault
}

// OK says that nothing is wrong.
func (r Report) OK() bool { return r.Log == nil && len(r.Faults) == 0 }

// Verify walks the whole log and holds it against the checkpoints in the files. It reads the files first: what they saw was in
// the log by then.
func (k *Keeper) Verify(ctx context.Context) (r Report, err error) {
	var marks []journal.Checkpoint
	for _, path := range k.books {
		b, err := journal.ReadBook(path, k.db.LogKeys().Public())
		if bad, ok := errors.AsType[*journal.BookFault](err); ok {
			r.Faults = append(r.Faults, bad)
		} else if err != nil {
			return r, err
		}
		r.Books = append(r.Books, b)
		marks = append(marks, b.Counts()...)
	}
	r.Head, r.Log, err = k.db.LogKeys().Verify(ctx, k.db.WalkLog, journal.Head{}, marks)
	return r, err
}

// ErrNothingToTakeUp says that the log agrees with its checkpoints, or is bad in itself: no older copy was put back.
var ErrNothingToTakeUp = errors.New("the log is not an older copy that was put back, so there is nothing to take up")

// TakeUp accepts that an older copy of the database was put back, as after a broken disk. The reason stays in the files for
// ever, and so do the checkpoints of what was lost.
func (k *Keeper) TakeUp(ctx context.Context, why string, now core.Instant) error {
	r, err := k.Verify(ctx)
	if err != nil {
		return err
	}
	if r.Log == nil || r.Log.Kind != journal.Truncated && r.Log.Kind != journal.Replaced || len(r.Faults) > 0 {
		return ErrNothingToTakeUp
	}
	since := r.Head.Seq
	head, fault, err := k.db.LogKeys().Verify(ctx, k.db.WalkLog, journal.Head{}, nil)
	if err != nil {
		return err
	}
	if fault != nil {
		return fault
	}
	for _, path := range k.books {
		if err := k.db.LogKeys().TakeUp(path, now.String(), why, since, head); err != nil {
			return err
		}
	}
	return nil
}
