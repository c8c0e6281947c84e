package triptych

import (
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/plan/goal"
)

var tDied = db.CrossX("triptychtest.died", authz.Works, "a test lets somebody die", `UPDATE person SET died_on = '2026-11-01' WHERE id = :id`, db.Probe{})

// What somebody wished stays theirs when they die: their sheets, their goal and what they said of it are there under their name, and
// nobody writes more for them.
func TestTOO1_TOO5_WhatSomebodyWhoDiedWishedStays(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f, s, ctx := familytest.New(t, d), NewService(d), t.Context()
		id := core.NewID[core.ID](clock.Now())
		if err := s.Keep(ctx, f.Ria, f.Dossier, Sheet{ID: id, Person: f.Noor, Wish: "zee"}, 0); err != nil {
			t.Fatal(err)
		}
		made, err := s.Wish(ctx, f.Ria, f.Dossier, f.Noor, id, [5]string{"a", "b", "c", "d", "e"})
		if err == nil {
			err = goal.NewService(d).Rate(ctx, f.Ria, f.Dossier, goal.Rating{ID: id + 1, Goal: made, On: core.MustDate("2026-11-01"), By: f.Noor})
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Do(t, func(x *db.Tx) error { return db.Do(x, tDied, db.Args{"id": f.Noor}) })
		all, err := s.Of(ctx, f.Ria, f.Dossier)
		m, missing := find(all, f.Noor)
		if err != nil || missing != nil || m.Lives || m.Now().Wish != "zee" || m.Now().Goal != made {
			t.Fatalf("the sheets: %+v %v %v", m, err, missing)
		}
		if err := s.Keep(ctx, f.Ria, f.Dossier, Sheet{ID: id + 2, Person: f.Noor, Wish: "meer"}, 1); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody writes for her: %v", err)
		}
		f.Do(t, func(x *db.Tx) error {
			people, err := goal.People(x, f.Dossier)
			for _, p := range people {
				if p.ID == f.Noor && (p.Name != "Noor" || p.Lives()) {
					t.Errorf("who said it: %+v", p)
				}
			}
			return err
		})
		if err := goal.NewService(d).Rate(ctx, f.Ria, f.Dossier, goal.Rating{ID: id + 3, Goal: made, On: core.MustDate("2026-11-02")}); err != nil {
			t.Errorf("the family cannot say how it stands with her goal: %v", err)
		}
	})
}
