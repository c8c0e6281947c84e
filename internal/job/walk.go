package job

import (
	"context"
	"maps"
	"math"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Batch is how many rows a job changes in one transaction. Others write between two of them, however many rows there are.
const Batch = 200

// Walk does something with every row that a query gives, in batches of a transaction each. What was done stays done when
// it is interrupted; the next walk begins at the first row again, so the query leaves out what was done, or Do is safe to
// do twice.
type Walk[R any] struct {
	// Query gives the rows in the order of the identifier that ID gives: it has `x.id > :after AND x.id <= :upto`, and
	// ends in `ORDER BY x.id LIMIT :limit`.
	Query *db.Query
	Args  func(*db.Tx) (db.Args, error) // the other arguments; nil when there are none
	Row   func(*R) []any
	ID    func(R) core.ID
	Do    func(*db.Tx, R) error
}

// Run walks until there are no more rows.
func (w Walk[R]) Run(ctx context.Context, d *db.DB, a authz.Actor) error {
	after := core.ID(0)
	for {
		upto, err := w.look(ctx, d, a, after)
		if err != nil || upto == after {
			return err
		}
		if err := w.batch(ctx, d, a, after, upto); err != nil {
			return err
		}
		after = upto
	}
}

// look finds where the next batch ends, without holding up who writes; it ends where it begins when there is none.
func (w Walk[R]) look(ctx context.Context, d *db.DB, a authz.Actor, after core.ID) (upto core.ID, err error) {
	upto = after
	err = d.Read(ctx, a, func(t *db.Tx) error {
		rows, err := w.rows(t, after, math.MaxInt64, Batch)
		if err == nil && len(rows) > 0 {
			upto = w.ID(rows[len(rows)-1])
		}
		return err
	})
	return upto, err
}

// batch does one batch. It reads again: what was done meanwhile by somebody else is not asked any more. The last row may
// come several times, joined to several others, and those all belong to this batch.
func (w Walk[R]) batch(ctx context.Context, d *db.DB, a authz.Actor, after, upto core.ID) error {
	return d.Write(ctx, a, func(t *db.Tx) error {
		rows, err := w.rows(t, after, upto, 2*Batch)
		for _, r := range rows {
			if err == nil {
				err = w.Do(t, r)
			}
		}
		return err
	})
}

func (w Walk[R]) rows(t *db.Tx, after, upto core.ID, limit int) ([]R, error) {
	args := db.Args{}
	if w.Args != nil {
		more, err := w.Args(t)
		if err != nil {
			return nil, err
		}
		maps.Copy(args, more)
	}
	args["after"], args["upto"], args["limit"] = int64(after), int64(upto), limit
	return db.All(t, w.Query, args, w.Row)
}
