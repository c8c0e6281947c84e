package importer

import (
	"context"
	"maps"
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
)

// standing is what is known of a family when everything is in.
type standing struct {
	running, trajectories, undecided, intakes      int
	started, decided, ended, firstStart, firstTalk core.Date
	referred, opened                               core.Instant
	coordinator                                    core.AccountID
	homeless                                       int
}

func (s *standing) columns() []any {
	return []any{&s.running, &s.trajectories, &s.undecided, &s.intakes, &s.started, &s.decided, &s.ended, &s.firstStart, &s.firstTalk,
		&s.referred, &s.coordinator, &s.opened, &s.homeless}
}

const waitsAtMost = 365 // days after a start was decided; a family of years ago waits for nobody any more

// state says where a family stands, since when, and whether that is the end.
func (s standing) state(today core.Date) (state string, since, closed core.Date) {
	switch {
	case s.running > 0:
		return "running", or(s.firstStart, today), core.Date{}
	case s.undecided > 0 || s.intakes == 0 && s.trajectories == 0:
		return "intake", or(s.firstTalk, today), core.Date{}
	case s.trajectories == 0 && !s.started.IsZero() && s.started.AddDays(waitsAtMost).After(today):
		return "waiting", s.started, core.Date{}
	}
	end := s.decided
	if s.ended.After(end) {
		end = s.ended
	}
	end = or(end, today)
	return "closed", end, end
}

// since is when the family's file began: with the first thing that is known.
func (s standing) begin() core.Instant {
	first := s.opened
	for _, at := range []core.Instant{s.referred, noon(s.firstTalk), noon(s.firstStart)} {
		if !at.IsZero() && at.Before(first) {
			first = at
		}
	}
	return first
}

func or(d, otherwise core.Date) core.Date {
	if d.IsZero() {
		return otherwise
	}
	return d
}

// settle gives every family that something came in for its place in the work.
func (r *run) settle(ctx context.Context) error {
	all := slices.Sorted(maps.Keys(r.touched))
	for batch := range slices.Chunk(all, batchSize) {
		homeless := 0
		err := r.db.Write(ctx, system, func(t *db.Tx) error {
			homeless = 0
			for _, id := range batch {
				n, err := settleOne(t, id)
				if err != nil {
					return err
				}
				homeless += n
			}
			return nil
		})
		if err != nil {
			return err
		}
		r.report.Homeless += homeless
	}
	return nil
}

func settleOne(t *db.Tx, id core.DossierID) (homeless int, err error) {
	s, found, err := db.Maybe(t, qStanding, db.Args{"dossier": id}, (*standing).columns)
	if err != nil || !found {
		return 0, err
	}
	state, since, closed := s.state(t.Today())
	return s.homeless, db.Do(t, xStanding, db.Args{"dossier": id, "state": state, "since": since, "opened": s.begin(), "closed": closed,
		"coordinator": s.coordinator})
}
