package breach

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
)

// Jobs watch the clocks of 72 hours.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "breach.watch", Every: 5 * job.Minutely, Run: s.watch}}
}

// watch says again, in other words, what comes into another stage: 24 hours before the end, and after it (PRV-6).
func (s *Service) watch(ctx context.Context, a authz.Actor) error {
	all := job.Walk[Breach]{Query: qOpen, Row: (*Breach).columns, ID: func(b Breach) core.ID { return b.ID }, Do: func(t *db.Tx, b Breach) error {
		if b.At(t.Now()) == b.Stage {
			return nil
		}
		return makeKnown(t, b)
	}}
	return all.Run(ctx, s.db, a)
}
