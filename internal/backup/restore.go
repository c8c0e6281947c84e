package backup

import (
	"context"
	"io"

	"maatje/internal/db"
	"maatje/internal/db/copied"
)

// Restore fills an empty place from the two files. It reads both to their ends first: what was changed since it was
// written is refused before anything is made.
func (r Recovery) Restore(ctx context.Context, from Files, into db.Config) (sums copied.Sums, err error) {
	bundle, err := r.Keys(from.Keys)
	if err != nil {
		return nil, err
	}
	if _, err := r.Sums(from.Data); err != nil {
		return nil, err
	}
	err = r.read(from.Data, dataFile, func(copied io.Reader) error {
		sums, err = db.Restore(ctx, into, copied, bundle)
		return err
	})
	return sums, err
}
