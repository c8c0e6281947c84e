package account

import (
	"context"

	"maatje/internal/account/candidate"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Candidates lists who waits for a second pair of eyes.
func (s *Service) Candidates(ctx context.Context, a authz.Actor) (all []candidate.Candidate, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = candidate.All(t)
		return err
	})
	return all, err
}

// isCandidate says whether the browser belongs to somebody for whom nothing opens yet.
func (s *Service) isCandidate(ctx context.Context, a authz.Actor, token string) (is bool, err error) {
	if token == "" {
		return false, nil
	}
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		is, err = candidate.Waits(t, keptOf(token))
		return err
	})
	return is, err
}

// ConfirmLeader makes the candidate a project leader, by a second pair of eyes.
func (s *Service) ConfirmLeader(ctx context.Context, a authz.Actor, id core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		return candidate.Confirm(t, id, func(t *db.Tx, id core.AccountID) error {
			return db.Do(t, xGiveRole, db.Args{"id": id, "role": authz.ProjectLeader.Codes()[0]})
		})
	})
}

// RefuseLeader lets a candidate go as they were.
func (s *Service) RefuseLeader(ctx context.Context, a authz.Actor, id core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return candidate.Refuse(t, id) })
}
