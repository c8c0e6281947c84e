package db

import (
	"context"

	"maatje/internal/core"
)

// ReadOnly says since when nothing can be kept, if that is so.
func (d *DB) ReadOnly() (since core.Instant, is bool) {
	since = d.standing.Since()
	return since, !since.IsZero()
}

type spareKey struct{}

// Spare marks what may be written also when nothing can be kept: the few rows without which nobody can read.
func Spare(ctx context.Context) context.Context { return context.WithValue(ctx, spareKey{}, true) }

// refused says that no change is taken now, unless it is one of those few.
func (d *DB) refused(ctx context.Context) error {
	if _, is := d.ReadOnly(); is && ctx.Value(spareKey{}) == nil {
		return core.Busy("read_only", nil)
	}
	return nil
}

// filled is told how a change ended. When it met the end of the disk, it says that from now on we only read.
func (d *DB) filled(err error) error {
	if isFull(err) && d.standing.Close(d.clock()) {
		return core.Busy("read_only", err)
	}
	return translate(err)
}

// spared runs what may be written also when nothing can be kept, once more when it met the end of the disk.
func (d *DB) spared(write func() error) error {
	err := write()
	if isFull(err) && d.standing.Close(d.clock()) {
		return write()
	}
	return err
}
