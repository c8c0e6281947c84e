package seed_test

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/seed"
	"maatje/internal/task"
	"maatje/internal/visit"
)

// A programme that nobody can work in would measure nothing.
func TestASeededProgrammeCanBeWorkedIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		last := 0
		p, err := seed.Seed(context.Background(), d, 100, func(n int) { last = n })
		if err != nil {
			t.Fatal(err)
		}
		if last != 100 || len(p.Dossiers) != 100 || len(p.Coordinators) != 1 || len(p.Volunteers) != 200 {
			t.Fatalf("%d done, %d dossiers, %d coordinators, %d volunteers", last, len(p.Dossiers), len(p.Coordinators), len(p.Volunteers))
		}
		coordinator := authz.SignedIn(p.Coordinators[0], 0, "x", authz.OutsideCoordinator, authz.Origin{})
		look(t, d, coordinator, func(x *db.Tx) {
			tasks, err := task.Mine(x, task.Filter{})
			if err != nil || len(tasks) != 40 {
				t.Errorf("%d tasks: %v", len(tasks), err)
			}
			for _, id := range []core.DossierID{p.Dossiers[0], p.Dossiers[99]} {
				reports, err := visit.OfDossier(x, id, 50)
				if err != nil || len(reports) != 10 || reports[0].Words == "" || reports[0].Agreed == "" {
					t.Errorf("%d reports: %v", len(reports), err)
				}
				people, err := dossier.People(x, id)
				if err != nil || len(people) != 4 {
					t.Errorf("%d people: %v", len(people), err)
				}
			}
		})
		runs := 0
		for _, v := range p.Volunteers {
			for _, id := range v.Trajectories {
				runs++
				look(t, d, authz.SignedIn(v.Account, v.ID, "x", authz.Volunteer, authz.Origin{}), func(x *db.Tx) {
					if _, err := visit.RunningMatch(x, id); err != nil {
						t.Errorf("a running match: %v", err)
					}
				})
			}
		}
		if runs != 100 {
			t.Errorf("%d trajectories run", runs)
		}
	})
}

func look(t *testing.T, d *db.DB, a authz.Actor, do func(x *db.Tx)) {
	t.Helper()
	if err := d.Read(context.Background(), a, func(x *db.Tx) error { do(x); return nil }); err != nil {
		t.Fatal(err)
	}
}
