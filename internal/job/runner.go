package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Runner runs jobs when they are due. Any number of processes may have one on the same database.
type Runner struct {
	db    *db.DB
	jobs  []Job
	log   *slog.Logger
	Pause time.Duration // between two looks at the table
	Grace time.Duration // how long a running job may go on when the program stops
}

// NewRunner makes a runner. Two jobs of one name are a mistake of the program.
func NewRunner(d *db.DB, jobs []Job, log *slog.Logger) *Runner {
	seen := map[string]bool{}
	for _, j := range jobs {
		if seen[j.Name] || j.Every <= 0 {
			panic("job: " + j.Name + " is there twice, or has no rhythm")
		}
		seen[j.Name] = true
	}
	return &Runner{db: d, jobs: jobs, log: log, Pause: 15 * time.Second, Grace: 8 * time.Second}
}

// Run looks for work until ctx ends, and returns when the last job has ended.
func (r *Runner) Run(ctx context.Context) {
	for {
		if err := r.Round(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(r.Pause):
		}
	}
}

// Round runs every job that is due, one after the other. A job that fails is kept with its error and does not hold up
// the others.
func (r *Runner) Round(ctx context.Context) error {
	ctx = db.Spare(ctx)
	turns, err := r.turns(ctx)
	if err != nil {
		return err
	}
	for _, j := range r.jobs {
		if ctx.Err() != nil {
			return err
		}
		if _, is := r.db.ReadOnly(); is && !j.Always {
			continue
		}
		if due(turns[j.Name], j.Every, r.db.Now()) {
			err = errors.Join(err, r.turn(ctx, j))
		}
	}
	return err
}

func (r *Runner) turns(ctx context.Context) (map[string]turn, error) {
	all := map[string]turn{}
	err := r.db.Read(ctx, actor, func(t *db.Tx) error {
		rows, err := db.All(t, qTurns, nil, (*turnRow).dest)
		for _, row := range rows {
			all[row.name] = row.turn
		}
		return err
	})
	return all, err
}

// turn takes the lease of one job, runs it, and writes down how it went.
func (r *Runner) turn(ctx context.Context, j Job) error {
	lease, began, err := r.take(ctx, j)
	if err != nil || lease.IsZero() {
		return err
	}
	stays, cancel := r.outlive(ctx)
	defer cancel()
	said := ""
	if failed := run(stays, j); failed != nil {
		said = failed.Error()
		r.log.Error("job failed", "job", j.Name, "error", failed)
	}
	return r.db.Write(context.WithoutCancel(ctx), actor, func(t *db.Tx) error {
		_, err := db.Exec(t, xTurned, db.Args{"name": j.Name, "lease": lease.String(), "error": said, "next": nextTurn(j.Every, said != "", began)})
		return err
	})
}

// take gets the lease, or none when another was first.
func (r *Runner) take(ctx context.Context, j Job) (lease, began core.Instant, err error) {
	err = r.db.Write(ctx, actor, func(t *db.Tx) error {
		lease = core.Instant{}
		if _, err := db.Exec(t, xKnow, db.Args{"name": j.Name}); err != nil {
			return err
		}
		row, err := db.One(t, qTurn, db.Args{"name": j.Name}, (*turnRow).dest)
		if err != nil || !due(row.turn, j.Every, t.Now()) {
			return err
		}
		lease, began = t.Now().Add(leaseFor), t.Now()
		return db.Do(t, xLease, db.Args{"name": j.Name, "until": lease})
	})
	return lease, began, err
}

// outlive is the context of a run: it ends with the lease, and some time after the program is asked to stop.
func (r *Runner) outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	stays, cancel := context.WithTimeout(context.WithoutCancel(ctx), runFor)
	forget := context.AfterFunc(ctx, func() { time.AfterFunc(r.Grace, cancel) })
	return stays, func() { forget(); cancel() }
}

// run runs the job; one that panics has failed.
func run(ctx context.Context, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return j.Run(ctx, authz.System(j.Name))
}
