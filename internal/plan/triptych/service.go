package triptych

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan/goal"
	"maatje/internal/tool"
)

// Service keeps triptychs.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Of lists the members of a family with their sheets.
func (s *Service) Of(ctx context.Context, a authz.Actor, d core.DossierID) (out []Member, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out, err = Of(t, d)
		return err
	})
	return out, err
}

func find(all []Member, id core.PersonID) (Member, error) {
	i := slices.IndexFunc(all, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return Member{}, core.NotFound()
	}
	return all[i], nil
}

// Keep writes a new sheet (TOO-1); version is the number of the sheet that was on the screen.
func (s *Service) Keep(ctx context.Context, a authz.Actor, d core.DossierID, in Sheet, version int) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		all, err := Of(t, d)
		if err != nil {
			return err
		}
		m, err := find(all, in.Person)
		if err != nil {
			return err
		}
		if !m.Lives {
			return core.NotFound() // nobody writes for somebody who died; the page has no form
		}
		if slices.ContainsFunc(m.Sheets, func(s Sheet) bool { return s.ID == in.ID }) {
			return nil // a double tap
		}
		isNew, err := MayKeep(in, m.Now(), version)
		if err != nil || !isNew {
			return err
		}
		in.Seq = version + 1
		if err := store(t, d, in); err != nil {
			return err
		}
		return tool.Used(t, d, tool.Triptych)
	})
}

// Wish makes a goal of the wish on a sheet (TOO-1), with five sentences to begin with. Asked for again it is the same goal.
func (s *Service) Wish(ctx context.Context, a authz.Actor, d core.DossierID, person core.PersonID, sheet core.ID, begin [5]string) (made core.ID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		all, err := Of(t, d)
		if err != nil {
			return err
		}
		m, err := find(all, person)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(m.Sheets, func(s Sheet) bool { return s.ID == sheet })
		if i < 0 {
			return core.NotFound()
		}
		if err := MayBecomeGoal(m.Sheets[i]); err != nil {
			return err
		}
		made, err = goal.Make(t, d, db.NewID[core.ID](t), sheet, goal.Content{Person: person, Text: m.Sheets[i].Wish, Lines: begin})
		return err
	})
	return made, err
}
