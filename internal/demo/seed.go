package demo

import (
	"context"
	"fmt"

	"maatje/internal/core"
	"maatje/internal/db"
)

const (
	seedBatch    = 500 // dossiers in one transaction
	seedVisits   = 10  // of each trajectory
	seedPerPlace = 100 // dossiers that one coordinator has, in a municipality of their own
)

// Seeded is what a benchmark signs in with.
type Seeded struct {
	Coordinators []core.AccountID
	Volunteers   []core.VolunteerID
	Dossiers     []core.DossierID
}

var (
	seedArgs = db.Probe{"id": db.Theirs("dossier"), "name": "", "fold": "probe", "place": db.Ours("municipality"), "coordinator": db.Theirs("account"), "on": "2026-01-01"}

	xSeedDossier = dress("seed_dossier", `INSERT INTO dossier (id, name, name_fold, municipality_id, coordinator_id, state, state_since, opened_at)
		VALUES (:id, :name, :fold, :place, :coordinator, 'running', :on, :now)`, seedArgs)
	xSeedPerson = dress("seed_person", `INSERT INTO person (id, dossier_id, name, name_fold, birth, sex, is_child, is_parent)
		VALUES (:id, :dossier, :name, :fold, :birth, 'f', :child, :parent)`,
		db.Probe{"id": db.Theirs("person"), "dossier": db.Theirs("dossier"), "name": "", "fold": "", "birth": nil, "child": true, "parent": false})
	xSeedWord = dress("seed_word", `INSERT INTO name_word (word, person_id, dossier_id) VALUES (:word, :person, :dossier) ON CONFLICT (word, person_id) DO NOTHING`,
		db.Probe{"word": "probe", "person": db.Theirs("person"), "dossier": db.Theirs("dossier")})
	xSeedTrajectory = dress("seed_trajectory", `INSERT INTO trajectory (id, dossier_id, kind, coordinator_id, state, start_on, planned_end)
		VALUES (:id, :dossier, :kind, :coordinator, 'running', :on, :until)`,
		db.Probe{"id": db.Theirs("trajectory"), "dossier": db.Theirs("dossier"), "kind": "tailored", "coordinator": db.Theirs("account"), "on": "2026-01-01", "until": "2026-07-01"})
	xSeedFor = dress("seed_for", `INSERT INTO trajectory_person (trajectory_id, dossier_id, person_id) VALUES (:trajectory, :dossier, :person)`,
		db.Probe{"trajectory": db.Theirs("trajectory"), "dossier": db.Theirs("dossier"), "person": db.Theirs("person")})
	xSeedMatch = dress("seed_match", `INSERT INTO volunteer_match (id, dossier_id, trajectory_id, volunteer_id, state, proposed_at, introduced_on, accepted_on)
		VALUES (:id, :dossier, :trajectory, :person, 'accepted', :now, :on, :on)`,
		db.Probe{"id": db.Theirs("volunteer_match"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "person": db.Theirs("volunteer"), "on": "2026-01-01"})
	xSeedVisit = dress("seed_visit", `INSERT INTO visit (id, dossier_id, trajectory_id, volunteer_id, state, held_at, minutes, km)
		VALUES (:id, :dossier, :trajectory, :person, 'held', :at, 90, 20)`,
		db.Probe{"id": db.Theirs("visit"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "person": db.Theirs("volunteer"), "at": "2026-01-01T10:00:00.000Z"})
	xSeedVolunteer = dress("seed_volunteer", `INSERT INTO volunteer (id, account_id, name, name_fold, municipality_id, status, status_since)
		VALUES (:id, :account, :name, :fold, :place, 'active', :today)`,
		db.Probe{"id": db.Theirs("volunteer"), "account": db.Theirs("account"), "name": "", "fold": "", "place": db.Ours("municipality")})
	xSeedCertificate = dress("seed_certificate", `INSERT INTO certificate (id, volunteer_id, renew_before) VALUES (:id, :person, :until)`,
		db.Probe{"id": db.Theirs("certificate"), "person": db.Theirs("volunteer"), "until": "2028-01-01"})
	xSeedTask = dress("seed_task", `INSERT INTO task (id, key, account_id, kind, due_at, dossier_id, created_at) VALUES (:id, :key, :account, 'checkpoint', :due, :dossier, :now)`,
		db.Probe{"id": db.Ours("task"), "key": "probe", "account": db.Theirs("account"), "due": "2026-01-01T10:00:00.000Z", "dossier": db.Theirs("dossier")})
)

// Seed fills an empty database for a benchmark: n families with a running trajectory and ten visits each, a coordinator
// and a municipality for every hundred, and a volunteer for every fifty, from 200 to 2,000 of them.
func Seed(ctx context.Context, d *db.DB, n int) (Seeded, error) {
	var s Seeded
	places := make([]core.ID, max(1, n/seedPerPlace))
	err := d.Write(ctx, system, func(t *db.Tx) error {
		s = Seeded{}
		return s.people(t, places, min(2000, max(200, n/50)))
	})
	for first := 0; first < n && err == nil; first += seedBatch {
		var made []core.DossierID
		err = d.Write(ctx, system, func(t *db.Tx) error {
			made = made[:0]
			for i := first; i < min(n, first+seedBatch); i++ {
				id, err := s.dossier(t, i, places[i%len(places)])
				if err != nil {
					return err
				}
				made = append(made, id)
			}
			return nil
		})
		s.Dossiers = append(s.Dossiers, made...)
	}
	return s, err
}

// account makes somebody with a role.
func account(t *db.Tx, email, name, role string) (core.AccountID, error) {
	id := db.NewID[core.AccountID](t)
	if err := db.Do(t, xAccount, db.Args{"id": id, "email": email, "name": name}); err != nil {
		return id, err
	}
	return id, db.Do(t, xRole, db.Args{"account": id, "role": role})
}

func (s *Seeded) people(t *db.Tx, places []core.ID, volunteers int) error {
	for i := range places {
		places[i] = db.NewID[core.ID](t)
		if err := db.Do(t, xMunicipality, db.Args{"id": places[i], "name": fmt.Sprintf("Plaats %d", i), "fold": fmt.Sprintf("plaats %d", i)}); err != nil {
			return err
		}
		id, err := account(t, fmt.Sprintf("c%d@voorbeeld.invalid", i), fmt.Sprintf("Coördinator %d", i), "outside_coordinator")
		if err != nil {
			return err
		}
		if err := db.Do(t, xWorksIn, db.Args{"account": id, "municipality": places[i]}); err != nil {
			return err
		}
		s.Coordinators = append(s.Coordinators, id)
	}
	for i := range volunteers {
		id := db.NewID[core.VolunteerID](t)
		of, err := account(t, fmt.Sprintf("v%d@voorbeeld.invalid", i), fmt.Sprintf("Vrijwilliger %d", i), "volunteer")
		if err != nil {
			return err
		}
		name := fmt.Sprintf("Vrijwilliger %d", i)
		if err := db.Do(t, xSeedVolunteer, db.Args{"id": id, "account": of, "name": name, "fold": db.Fold(name), "place": places[i%len(places)]}); err != nil {
			return err
		}
		if err := db.Do(t, xSeedCertificate, db.Args{"id": db.NewID[core.ID](t), "person": id, "until": t.Today().AddMonths(24)}); err != nil {
			return err
		}
		s.Volunteers = append(s.Volunteers, id)
	}
	return nil
}

// dossier makes one family with its trajectory, visits and a task.
func (s *Seeded) dossier(t *db.Tx, i int, place core.ID) (core.DossierID, error) {
	id, trajectory := db.NewID[core.DossierID](t), db.NewID[core.TrajectoryID](t)
	if err := t.NewOwner(id.Int64()); err != nil {
		return id, err
	}
	surname, whose, who := fmt.Sprintf("%s %d", pick(surnames, i), i), s.Coordinators[i%len(s.Coordinators)], s.Volunteers[i%len(s.Volunteers)]
	start := t.Today().AddDays(-150 - i%30)
	child, mother := db.NewID[core.PersonID](t), db.NewID[core.PersonID](t)
	type change struct {
		x    *db.Query
		args db.Args
	}
	all := []change{
		{xSeedDossier, db.Args{"id": id.Int64(), "name": pick(children, i) + " " + surname, "fold": db.Fold(pick(children, i) + " " + surname), "place": place, "coordinator": whose, "on": start}},
		{xSeedPerson, db.Args{"id": child.Int64(), "dossier": id, "name": pick(children, i) + " " + surname, "fold": db.Fold(pick(children, i) + " " + surname),
			"birth": t.Today().AddDays(-2000 - i%3000), "child": true, "parent": false}},
		{xSeedPerson, db.Args{"id": mother.Int64(), "dossier": id, "name": pick(mothers, i) + " " + surname, "fold": db.Fold(pick(mothers, i) + " " + surname),
			"birth": core.Date{}, "child": false, "parent": true}},
		{xSeedTrajectory, db.Args{"id": trajectory.Int64(), "dossier": id, "kind": pick(allKinds, i), "coordinator": whose, "on": start, "until": start.AddMonths(6)}},
		{xSeedFor, db.Args{"trajectory": trajectory, "dossier": id, "person": child}},
		{xSeedMatch, db.Args{"id": db.NewID[core.ID](t).Int64(), "dossier": id, "trajectory": trajectory, "person": who, "on": start}},
		{xSeedTask, db.Args{"id": db.NewID[core.ID](t).Int64(), "key": "seed:" + id.String(), "account": whose, "due": t.Now(), "dossier": id}},
	}
	for _, word := range db.Words(pick(children, i) + " " + surname) {
		all = append(all, change{xSeedWord, db.Args{"word": word, "person": child, "dossier": id}})
	}
	for n := range seedVisits {
		at := core.MustInstant(start.AddDays(7+14*n).String() + "T13:30:00Z")
		all = append(all, change{xSeedVisit, db.Args{"id": db.NewID[core.ID](t).Int64(), "dossier": id, "trajectory": trajectory, "person": who, "at": at}})
	}
	for _, c := range all {
		if _, err := db.Exec(t, c.x, c.args); err != nil {
			return id, err
		}
	}
	return id, nil
}
