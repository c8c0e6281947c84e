package backup

import (
	"context"
	"errors"
	"fmt"
	"io"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/copied"
	"maatje/internal/db/draft"
)

// Step is something that happens to a restored place before it gets its name: what was true when the backup was made and
// must not be true today.
type Step struct {
	Name string
	Run  func(ctx context.Context, d *db.DB, a authz.Actor) error
}

var restorer = authz.System("backup.restore")

// Restore fills an empty place from the two files. It reads both to their ends first: what was changed since it was
// written is refused before anything is made. The place is filled beside its name; what goes wrong on the way, also in a
// step, leaves nothing there. The sums are of what the backup held, before the steps.
func (r Recovery) Restore(ctx context.Context, from Files, into db.Config, after ...Step) (copied.Sums, error) {
	if _, err := r.Sums(from.Data); err != nil {
		return nil, err
	}
	if _, err := r.Keys(from.Keys); err != nil {
		return nil, err
	}
	beside, err := draft.Of(ctx, into)
	if err != nil {
		return nil, err
	}
	sums, err := r.fill(ctx, from, beside)
	if err == nil {
		err = follow(ctx, beside, after)
	}
	if err == nil {
		err = draft.Publish(ctx, beside, into)
	}
	if err != nil {
		return nil, errors.Join(err, draft.Discard(context.WithoutCancel(ctx), beside))
	}
	return sums, nil
}

func (r Recovery) fill(ctx context.Context, from Files, beside db.Config) (sums copied.Sums, err error) {
	bundle, err := r.Keys(from.Keys)
	if err != nil {
		return nil, err
	}
	err = r.read(from.Data, dataFile, func(copied io.Reader) error {
		sums, err = db.Restore(ctx, beside, copied, bundle)
		return err
	})
	return sums, err
}

// follow takes the steps, in their order.
func follow(ctx context.Context, beside db.Config, steps []Step) error {
	if len(steps) == 0 {
		return nil
	}
	d, err := db.Open(ctx, beside)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if err = s.Run(ctx, d, restorer); err != nil {
			err = fmt.Errorf("after the restore, %s: %w", s.Name, err)
			break
		}
	}
	return errors.Join(err, d.Close())
}
