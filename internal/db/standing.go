package db

import (
	"context"
	"sync"
	"time"

	"maatje/internal/core"
)

// Reserve is room on the disk that is kept for the log alone (package spare). Make also succeeds when it is there already.
type Reserve interface {
	Make() error
	Free() error
}

// standing says whether changes are taken. When the disk is full the reserve is given up and no change is taken any more:
// what room there is goes to the entries about who reads, because a look that is not on record is not given. It ends by
// itself when there is room for the reserve again.
type standing struct {
	reserve Reserve
	pause   time.Duration // between two looks whether there is room again
	stop    chan struct{}

	mu     sync.Mutex
	since  core.Instant // since when nothing can be kept; zero when all is well
	closed bool
}

const lookForRoom = time.Second

func newStanding(r Reserve, now core.Instant) *standing {
	s := &standing{reserve: r, pause: lookForRoom, stop: make(chan struct{})}
	if r != nil && r.Make() != nil {
		s.close(now)
	}
	return s
}

// ReadOnly says since when nothing can be kept, if that is so.
func (d *DB) ReadOnly() (since core.Instant, is bool) {
	d.standing.mu.Lock()
	defer d.standing.mu.Unlock()
	return d.standing.since, !d.standing.since.IsZero()
}

// close gives the reserve up and waits for better times. It says whether there is a reserve to go on with.
func (s *standing) close(now core.Instant) bool {
	if s.reserve == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.since.IsZero() && !s.closed {
		s.since = now
		_ = s.reserve.Free() // what cannot be given up helps nobody: the next entry fails and says so
		go s.wait()
	}
	return true
}

// wait makes the reserve again as soon as there is room, and takes changes from then on.
func (s *standing) wait() {
	for {
		select {
		case <-s.stop:
			return
		case <-time.After(s.pause):
		}
		if s.reserve.Make() == nil {
			s.mu.Lock()
			s.since = core.Instant{}
			s.mu.Unlock()
			return
		}
	}
}

func (s *standing) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.stop)
	}
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
	if isFull(err) && d.standing.close(d.clock()) {
		return core.Busy("read_only", err)
	}
	return translate(err)
}

// spared runs what may be written also when nothing can be kept, once more when it met the end of the disk.
func (d *DB) spared(write func() error) error {
	err := write()
	if isFull(err) && d.standing.close(d.clock()) {
		return write()
	}
	return err
}
