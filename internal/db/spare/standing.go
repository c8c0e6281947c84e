package spare

import (
	"sync"
	"time"

	"maatje/internal/core"
)

// Reserve is room on the disk that is kept for the log alone. Make also succeeds when it is there already.
type Reserve interface {
	Make() error
	Free() error
}

// Standing says whether changes are taken. When the disk is full the reserve is given up and no change is taken any more:
// what room there is goes to the entries about who reads, because a look that is not on record is not given. It ends by
// itself when there is room for the reserve again.
type Standing struct {
	reserve Reserve
	pause   time.Duration // between two looks whether there is room again
	stop    chan struct{}

	mu     sync.Mutex
	since  core.Instant // since when nothing can be kept; zero when all is well
	closed bool
}

const lookForRoom = time.Second

// NewStanding makes the reserve. Without one, changes are always taken and fail by themselves.
func NewStanding(r Reserve, now core.Instant) *Standing {
	s := &Standing{reserve: r, pause: lookForRoom, stop: make(chan struct{})}
	if r != nil && r.Make() != nil {
		s.Close(now)
	}
	return s
}

// Close gives the reserve up and waits for better times. It says whether there is a reserve to go on with.
func (s *Standing) Close(now core.Instant) bool {
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
func (s *Standing) wait() {
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

// End stops waiting.
func (s *Standing) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.stop)
	}
}

// Since is since when nothing can be kept; zero when all is well.
func (s *Standing) Since() core.Instant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.since
}
