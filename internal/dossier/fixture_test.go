package dossier

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
)

// town is a municipality with an outside coordinator, and a facility with an inside coordinator.
type town struct {
	t            *testing.T
	db           *db.DB
	place        core.ID
	prison       core.ID
	otherPrison  core.ID
	petra, ilse  authz.Actor // outside and inside
	neighbour    authz.Actor // outside coordinator of another municipality
	petraAccount core.AccountID
}

const forTests = "tests make the accounts that the families need"

var (
	tAccount = db.CrossX("testing.account", authz.Works, forTests, `INSERT INTO account (id, email, email_fold, name, created_at)
		VALUES (:id, :email, :email, :name, :now)`, db.Probe{})
	tRole = db.CrossX("testing.role", authz.Works, forTests, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{})
	tTown = db.CrossX("testing.town", authz.Works, forTests, `INSERT INTO account_municipality (account_id, municipality_id)
		VALUES (:id, :place)`, db.Probe{})
	tPrison = db.CrossX("testing.prison", authz.Works, forTests, `INSERT INTO account_facility (account_id, facility_id)
		VALUES (:id, :place)`, db.Probe{})
)

func newTown(t *testing.T, d *db.DB) town {
	t.Helper()
	n := town{t: t, db: d}
	var petra, ilse, other core.AccountID
	n.as(authz.System("test"), func(x *db.Tx) error {
		var err error
		if n.place, err = facility.Municipality(x, "Zwolle"); err != nil {
			return err
		}
		elsewhere, err := facility.Municipality(x, "Venlo")
		if err != nil {
			return err
		}
		if n.prison, err = facility.Make(x, "PI Oost"); err != nil {
			return err
		}
		if n.otherPrison, err = facility.Make(x, "PI West"); err != nil {
			return err
		}
		petra, ilse, other = n.account(x, "Petra", "outside_coordinator"), n.account(x, "Ilse", "inside_coordinator"), n.account(x, "Omar", "outside_coordinator")
		for who, where := range map[core.AccountID]core.ID{petra: n.place, other: elsewhere} {
			if err := db.Do(x, tTown, db.Args{"id": who, "place": where}); err != nil {
				return err
			}
		}
		return db.Do(x, tPrison, db.Args{"id": ilse, "place": n.prison})
	})
	n.petraAccount = petra
	n.petra = authz.SignedIn(petra, 0, "Petra", authz.OutsideCoordinator, authz.Origin{})
	n.ilse = authz.SignedIn(ilse, 0, "Ilse", authz.InsideCoordinator, authz.Origin{})
	n.neighbour = authz.SignedIn(other, 0, "Omar", authz.OutsideCoordinator, authz.Origin{})
	return n
}

func (n town) account(x *db.Tx, name, role string) core.AccountID {
	n.t.Helper()
	id := db.NewID[core.AccountID](x)
	if err := db.Do(x, tAccount, db.Args{"id": id, "email": name + "@example.org", "name": name}); err != nil {
		n.t.Fatal(err)
	}
	if err := db.Do(x, tRole, db.Args{"id": id, "role": role}); err != nil {
		n.t.Fatal(err)
	}
	return id
}

// as does something that must go well.
func (n town) as(a authz.Actor, f func(*db.Tx) error) {
	n.t.Helper()
	if err := n.db.Write(context.Background(), a, f); err != nil {
		n.t.Fatal(err)
	}
}

// refuse does something that must be refused with this message, and returns the fail.
func (n town) refuse(message string, a authz.Actor, f func(*db.Tx) error) *core.Fail {
	n.t.Helper()
	err := n.db.Write(context.Background(), a, f)
	fail, ok := core.AsFail(err)
	if !ok {
		n.t.Fatalf("got %v, want the refusal %s", err, message)
	}
	for _, one := range fail.All() {
		if one.Message == message {
			return one
		}
	}
	n.t.Fatalf("got %v, want the refusal %s", err, message)
	return nil
}

// open opens the file of a family as the outside coordinator.
func (n town) open(o Opening) (core.DossierID, []Person) {
	n.t.Helper()
	o.Municipality, o.Coordinator = n.place, n.petraAccount
	var id core.DossierID
	var people []Person
	n.as(n.petra, func(x *db.Tx) (err error) {
		if id, err = New(x, o); err == nil {
			people, err = People(x, id)
		}
		return err
	})
	return id, people
}

func (n town) load(id core.DossierID) File {
	n.t.Helper()
	var f File
	if err := n.db.Read(context.Background(), n.petra, func(x *db.Tx) (err error) {
		f, err = Load(x, id)
		return err
	}); err != nil {
		n.t.Fatal(err)
	}
	return f
}

func day(s string) core.Date { return core.MustDate(s) }

func child(name, birth string) NewPerson {
	return NewPerson{Person: Person{Name: name, Birth: day(birth), IsChild: true}}
}

func mother(name string, parentOf ...int) NewPerson {
	return NewPerson{Person: Person{Name: name, Sex: "f", IsParent: true}, ParentOf: parentOf, DecidesOver: parentOf}
}

func caregiver(name, relation string) NewPerson {
	return NewPerson{Person: Person{Name: name, IsCaregiver: true, Relation: relation}}
}
