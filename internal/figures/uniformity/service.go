package uniformity

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service counts how coordinators work.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Of sets the coordinators side by side in a period (FIG-4). A project leader sees every line; a coordinator the own one, beside the
// programme's whole.
func (s *Service) Of(ctx context.Context, a authz.Actor, from, to core.Date) (out Table, err error) {
	if !a.May(authz.Practice, authz.Read) {
		return out, core.NotFound()
	}
	if err := CheckPeriod(from, to); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if out, err = count(t, from, to); err != nil {
			return err
		}
		only := a.Account()
		if a.Roles().Has(authz.ProjectLeader) {
			only = 0
		}
		return countUses(t, &out, only)
	})
	if out.ByName(); !a.Roles().Has(authz.ProjectLeader) {
		out.For(a.Account())
	}
	return out, err
}

func count(t *db.Tx, from, to core.Date) (out Table, err error) {
	out = Table{From: from, To: to}
	day := func(c Case) (bool, bool) { return OnDay(c, t.Today()) }
	held, err := checkpoints(t, from, to)
	if err != nil {
		return out, err
	}
	out.Add(Checkpoints, held, day)
	written, tooled, err := reports(t, from, to)
	if err != nil {
		return out, err
	}
	out.Add(Reports, written, day)
	out.Add(Tools, tooled, Always)
	worries, err := signals(t, from, to)
	if err != nil {
		return out, err
	}
	out.Add(Signals, worries, func(c Case) (bool, bool) { return OnHour(c, t.Now()) })
	ended, err := endings(t, from, to)
	out.Add(Abrupt, ended, Always)
	return out, err
}
