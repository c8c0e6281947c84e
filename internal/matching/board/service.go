package board

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/matching"
	"maatje/internal/matching/seek"
	"maatje/internal/matching/weigh"
	"maatje/internal/volunteer"
)

// Service makes the proposal for everybody.
type Service struct{ db *db.DB }

// NewService makes the proposal for everybody.
func NewService(d *db.DB) *Service { return &Service{d} }

// everybody is more than any area has.
const everybody = 100_000

// Plan proposes a volunteer for every family in the actor's area that waits. What is read is read at once; then it is only
// counted, outside the transaction, until the context ends: a browser that leaves stops it.
func (s *Service) Plan(ctx context.Context, a authz.Actor, wish Wish) (Plan, error) {
	var (
		scale    weigh.Scale
		families []*seek.Sought
		people   []volunteer.Profile
	)
	err := s.db.Read(ctx, a, func(t *db.Tx) (err error) {
		if scale, err = seek.Scale(t); err != nil {
			return err
		}
		if families, err = seek.Families(t, 0); err != nil {
			return err
		}
		people, err = volunteer.Find(t, volunteer.Filter{Most: everybody})
		return err
	})
	if err != nil {
		return Plan{}, err
	}
	w, err := survey(ctx, scale, families, people)
	if err != nil {
		return Plan{}, err
	}
	return w.plan(ctx, wish)
}

// Ask asks the volunteer whom the board proposes for a family. The board is made anew: a pair that is not on it any more,
// because somebody was asked meanwhile or a certificate ended, is a conflict, and the one asked is whom it shows (VOL-7).
func (s *Service) Ask(ctx context.Context, a authz.Actor, wish Wish, pair Pair, why matching.Deviation) error {
	plan, err := s.Plan(ctx, a, wish)
	if err != nil {
		return err
	}
	proposed, ok := plan.find(pair)
	if !ok {
		return core.Conflict("board_moved_on")
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, err := matching.Choose(t, pair.Trajectory, matching.Choice{
			Volunteer: pair.Volunteer, Planned: true, Advised: proposed.Advised, Deviation: why,
		})
		return err
	})
}

func (p Plan) find(pair Pair) (Proposed, bool) {
	for _, l := range p.Lines {
		for _, one := range l.Proposed {
			if l.Trajectory == pair.Trajectory && one.ID == pair.Volunteer {
				return one, true
			}
		}
	}
	return Proposed{}, false
}
