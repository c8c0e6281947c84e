// Package trajectorytest makes a small world for tests of support: coordinators, volunteers who fit, and families whose
// intake was decided with a start.
package trajectorytest

import (
	"context"
	"testing"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/volunteer"
)

// World is who there is. Petra and Joke coordinate Zwolle together, Kees coordinates Hattem.
type World struct {
	DB                *db.DB
	Petra, Joke, Kees authz.Actor
	zwolle            core.ID
}

var xDecided = db.X("trajectorytest.decided", authz.Intake, `INSERT INTO intake (id, dossier_id, opened_on, decided_on, outcome)
	SELECT :id, d.id, CAST(:today AS TEXT), CAST(:today AS TEXT), CAST(:outcome AS TEXT) FROM visible_dossier d WHERE d.id = :dossier`,
	db.Probe{"id": 1, "dossier": db.Theirs("dossier"), "outcome": "start"})

// New makes the world.
func New(t *testing.T, d *db.DB) *World {
	t.Helper()
	w := &World{DB: d}
	coordinator := func(tx *db.Tx, name, town string) (authz.Actor, error) {
		id, err := account.Make(tx, account.New{
			Name: name, Email: name + "@example.org", Roles: authz.OutsideCoordinator, Municipalities: []string{town},
		})
		return authz.SignedIn(id, 0, name, authz.OutsideCoordinator, authz.Origin{}), err
	}
	w.Write(t, func(tx *db.Tx) (err error) {
		if w.Petra, err = coordinator(tx, "Petra", "Zwolle"); err != nil {
			return err
		}
		if w.Joke, err = coordinator(tx, "Joke", "Zwolle"); err != nil {
			return err
		}
		if w.Kees, err = coordinator(tx, "Kees", "Hattem"); err != nil {
			return err
		}
		w.zwolle, err = facility.Municipality(tx, "Zwolle")
		return err
	})
	return w
}

// Write changes the world as the product itself.
func (w *World) Write(t *testing.T, f func(*db.Tx) error) {
	t.Helper()
	if err := w.DB.Write(context.Background(), authz.System("test"), f); err != nil {
		t.Fatal(err)
	}
}

// As runs f in a transaction of the actor, which may change what the actor may.
func (w *World) As(t *testing.T, a authz.Actor, f func(*db.Tx) error) {
	t.Helper()
	if err := w.DB.Write(context.Background(), a, f); err != nil {
		t.Fatal(err)
	}
}

// Volunteer adds somebody of Zwolle who is active, has every course and a certificate, and wants the kinds.
func (w *World) Volunteer(t *testing.T, name string, kinds ...string) authz.Actor {
	t.Helper()
	var id core.VolunteerID
	var acc core.AccountID
	w.Write(t, func(tx *db.Tx) (err error) {
		acc, err = account.Make(tx, account.New{Name: name, Email: name + "@example.org", Roles: authz.Volunteer})
		if err != nil {
			return err
		}
		id, err = volunteer.New(tx, volunteer.Profile{
			Name: name, Municipality: w.zwolle, Status: volunteer.Active, Capacity: 2, Wishes: volunteer.Wishes{Kinds: kinds, Complex: true}, ComplexConfirmed: true,
		})
		if err != nil {
			return err
		}
		return volunteer.Link(tx, id, acc)
	})
	s, ctx := volunteer.NewService(w.DB, volunteer.Unchanged), context.Background()
	for _, course := range []string{"general", "family_buddy", "accompanied_visits", "visiting_buddy", "parent_buddy"} {
		if err := s.CompleteCourse(ctx, w.Petra, id, volunteer.Course{Code: course}); err != nil {
			t.Fatal(err)
		}
	}
	w.Certify(t, id, "2026-10-01", "2029-10-01")
	return authz.SignedIn(acc, id, name, authz.Volunteer, authz.Origin{})
}

// Certify gives the volunteer a certificate.
func (w *World) Certify(t *testing.T, id core.VolunteerID, issued, renew string) {
	t.Helper()
	err := volunteer.NewService(w.DB, volunteer.Unchanged).SeeCertificate(context.Background(), w.Petra, id, volunteer.Certificate{
		Number: "1", IssuedOn: core.MustDate(issued), RenewBefore: core.MustDate(renew),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Family is a family with the people by name.
type Family struct {
	Dossier   core.DossierID
	Detention core.ID
	Parent    core.PersonID
	ID        map[string]core.PersonID
}

// People are the identifiers of the named people.
func (f Family) People(names ...string) []core.PersonID {
	out := make([]core.PersonID, len(names))
	for i, n := range names {
		out[i] = f.ID[n]
	}
	return out
}

// Child is a child of a family; born is its birthday.
func Child(name, born string) dossier.NewPerson {
	return dossier.NewPerson{Person: dossier.Person{Name: name, Birth: core.MustDate(born), IsChild: true}}
}

// Caregiver looks after the children.
func Caregiver(name, relation string) dossier.NewPerson {
	return dossier.NewPerson{Person: dossier.Person{Name: name, IsCaregiver: true, Relation: relation}}
}

// Inside is a parent who is detained and expected home on the day.
func Inside(name, until string) dossier.NewPerson {
	return dossier.NewPerson{
		Person:     dossier.Person{Name: name, Birth: core.MustDate("1990-01-01"), IsParent: true},
		Detentions: []dossier.Stay{{Detention: dossier.Detention{From: core.MustDate("2026-09-01"), ExpectedUntil: core.MustDate(until)}}},
	}
}

// Family opens a file in Zwolle, coordinated by Petra, whose intake was decided with a start.
func (w *World) Family(t *testing.T, people ...dossier.NewPerson) Family {
	t.Helper()
	f := w.Undecided(t, people...)
	w.Write(t, func(tx *db.Tx) error {
		return db.Do(tx, xDecided, db.Args{"id": db.NewID[core.ID](tx), "dossier": f.Dossier, "outcome": "start"})
	})
	return f
}

// Undecided opens a file whose intake was not decided yet.
func (w *World) Undecided(t *testing.T, people ...dossier.NewPerson) Family {
	t.Helper()
	f := Family{ID: map[string]core.PersonID{}}
	w.Write(t, func(tx *db.Tx) (err error) {
		f.Dossier, err = dossier.New(tx, dossier.Opening{Municipality: w.zwolle, Coordinator: w.Petra.Account(), Persons: people})
		if err != nil {
			return err
		}
		all, err := dossier.People(tx, f.Dossier)
		if err != nil {
			return err
		}
		for _, p := range all {
			f.ID[p.Name] = p.ID
		}
		inside, err := dossier.Detentions(tx, f.Dossier)
		for _, d := range inside {
			f.Detention, f.Parent = d.ID, d.Parent
		}
		return err
	})
	return f
}

// Holds takes for granted what a start rests on, and that somebody hears of it.
func Holds(*db.Tx, core.DossierID) error { return nil }
