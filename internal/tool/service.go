package tool

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service shows a family's tools and lets one be skipped.
type Service struct {
	db    *db.DB
	pages map[string]string
}

// NewService makes the service. Pages says of each tool where it stands behind the address of a family: "/genogram". The step
// plan is of a trajectory and needs none.
func NewService(d *db.DB, pages map[string]string) *Service { return &Service{d, pages} }

// Of says how it stands with each of the five tools in a family.
func (s *Service) Of(ctx context.Context, a authz.Actor, d core.DossierID) (out []State, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out, err = Of(t, d)
		return err
	})
	return out, err
}

// Skip leaves a tool, with the reason (METHOD chapter 6).
func (s *Service) Skip(ctx context.Context, a authz.Actor, d core.DossierID, in Skip) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return Leave(t, d, in) })
}

// Used says that somebody used a tool with a family.
func (s *Service) Used(ctx context.Context, a authz.Actor, d core.DossierID, name string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return Used(t, d, name) })
}
