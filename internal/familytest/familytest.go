// Package familytest gives a test one family with a running trajectory, and people who may and may not see it. Tests alone
// import it.
package familytest

import (
	"context"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/volunteer"
)

// Family is grandmother Wil with Sara and Noor, whose mother is detained, and those around them.
type Family struct {
	DB         *db.DB
	place      core.ID
	Dossier    core.DossierID
	Trajectory core.TrajectoryID
	Sara, Noor core.PersonID
	Mother     core.PersonID

	Ria      authz.Actor // volunteer of this trajectory
	Tom      authz.Actor // another volunteer of the same family
	Stranger authz.Actor // volunteer of nobody here
	Petra    authz.Actor // the family's outside coordinator
	Backup   authz.Actor // another coordinator of the same municipality
	Omar     authz.Actor // outside coordinator elsewhere
	Leader   authz.Actor
}

const why = "a test makes the family that it needs"

var (
	xAccount = db.CrossX("familytest.account", authz.Works, why, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :email, :email, :name, :now)`, db.Probe{})
	xRole    = db.CrossX("familytest.role", authz.Works, why, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{})
	xArea    = db.CrossX("familytest.area", authz.Works, why, `INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, :place)`, db.Probe{})
	xLink    = db.CrossX("familytest.link", authz.Works, why, `UPDATE volunteer SET account_id = :account, status = 'active' WHERE id = :id`, db.Probe{})

	xCertificate = db.CrossX("familytest.certificate", authz.Works, why, `INSERT INTO certificate (id, volunteer_id, issued_on, renew_before) VALUES (:id, :for_volunteer, '2026-01-01', :renew)`, db.Probe{})
	xTrajectory  = db.CrossX("familytest.trajectory", authz.Works, why, `INSERT INTO trajectory (id, dossier_id, kind, coordinator_id, state, start_on, planned_end)
		VALUES (:id, :dossier, :kind, :coordinator, 'running', '2026-09-01', '2027-03-01')`, db.Probe{})
	xFor   = db.CrossX("familytest.for", authz.Works, why, `INSERT INTO trajectory_person (trajectory_id, dossier_id, person_id) VALUES (:id, :dossier, :person)`, db.Probe{})
	xMatch = db.CrossX("familytest.match", authz.Works, why, `INSERT INTO volunteer_match (id, dossier_id, trajectory_id, volunteer_id, state, proposed_at, introduced_on, accepted_on)
		VALUES (:id, :dossier, :trajectory, :for_volunteer, 'accepted', '2026-08-20T10:00:00.000Z', '2026-09-01', '2026-09-01')`, db.Probe{})
	xEnd = db.CrossX("familytest.end", authz.Works, why, `UPDATE volunteer_match SET state = 'ended', ended_on = :on WHERE trajectory_id = :trajectory AND volunteer_id = :for_volunteer`, db.Probe{})
)

// Start is the first moment of these tests: a Saturday afternoon.
const Start = "2026-11-14T14:00:00.000Z"

// New makes the family. Ria's certificate ends on 31 December 2026.
func New(t testing.TB, d *db.DB) *Family {
	t.Helper()
	f := &Family{DB: d}
	f.Do(t, func(x *db.Tx) error {
		zwolle, err := facility.Municipality(x, "Zwolle")
		if err != nil {
			return err
		}
		venlo, err := facility.Municipality(x, "Venlo")
		if err != nil {
			return err
		}
		f.place = zwolle
		f.Petra = f.coordinator(t, x, "Petra", zwolle)
		f.Backup = f.coordinator(t, x, "Bram", zwolle)
		f.Omar = f.coordinator(t, x, "Omar", venlo)
		f.Leader = authz.SignedIn(f.account(t, x, "Loes", "project_leader"), 0, "Loes", authz.ProjectLeader, authz.Origin{})
		if err := f.open(t, x, zwolle); err != nil {
			return err
		}
		f.Ria = f.match(t, x, "Ria", "family_buddy", &f.Trajectory)
		var other core.TrajectoryID
		f.Tom = f.match(t, x, "Tom", "accompanied_visits", &other)
		f.Stranger = f.volunteer(t, x, "Sven")
		return nil
	})
	return f
}

// Do runs something that a test needs done, whoever may do it.
func (f *Family) Do(t testing.TB, do func(x *db.Tx) error) {
	t.Helper()
	if err := f.DB.Write(context.Background(), authz.System("test"), do); err != nil {
		t.Fatal(err)
	}
}

// EndMatch ends the match of a volunteer on a day.
func (f *Family) EndMatch(t testing.TB, who authz.Actor, on string) {
	t.Helper()
	f.Do(t, func(x *db.Tx) error {
		return db.Do(x, xEnd, db.Args{"trajectory": f.Trajectory, "for_volunteer": who.Volunteer(), "on": on})
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (f *Family) account(t testing.TB, x *db.Tx, name, role string) core.AccountID {
	t.Helper()
	id := db.NewID[core.AccountID](x)
	must(t, db.Do(x, xAccount, db.Args{"id": id, "email": strings.ToLower(name) + "@example.org", "name": name}))
	must(t, db.Do(x, xRole, db.Args{"id": id, "role": role}))
	return id
}

func (f *Family) coordinator(t testing.TB, x *db.Tx, name string, place core.ID) authz.Actor {
	t.Helper()
	id := f.account(t, x, name, "outside_coordinator")
	must(t, db.Do(x, xArea, db.Args{"id": id, "place": place}))
	return authz.SignedIn(id, 0, name, authz.OutsideCoordinator, authz.Origin{Address: "127.0.0.1"})
}

func (f *Family) open(t testing.TB, x *db.Tx, place core.ID) (err error) {
	t.Helper()
	f.Dossier, err = dossier.New(x, dossier.Opening{Name: "Familie Wil", Municipality: place, Coordinator: f.Petra.Account(), State: dossier.Running,
		Persons: []dossier.NewPerson{
			{Person: dossier.Person{Name: "Sara", Birth: core.MustDate("2017-03-01"), IsChild: true}},
			{Person: dossier.Person{Name: "Noor", Birth: core.MustDate("2020-05-01"), IsChild: true}},
			{Person: dossier.Person{Name: "Wil", IsCaregiver: true, Relation: "grandmother"}},
			{Person: dossier.Person{Name: "Kim", IsParent: true, Birth: core.MustDate("1992-02-02")}, ParentOf: []int{0, 1}},
		}})
	if err != nil {
		return err
	}
	people, err := dossier.People(x, f.Dossier)
	for _, p := range people {
		switch p.Name {
		case "Sara":
			f.Sara = p.ID
		case "Noor":
			f.Noor = p.ID
		case "Kim":
			f.Mother = p.ID
		}
	}
	return err
}

func (f *Family) volunteer(t testing.TB, x *db.Tx, name string) authz.Actor {
	t.Helper()
	account := f.account(t, x, name, "volunteer")
	id, err := volunteer.New(x, volunteer.Profile{Name: name, Capacity: 2, Municipality: f.place})
	must(t, err)
	must(t, db.Do(x, xLink, db.Args{"id": id, "account": account}))
	must(t, db.Do(x, xCertificate, db.Args{"id": db.NewID[core.ID](x), "for_volunteer": id, "renew": "2026-12-31"}))
	return authz.SignedIn(account, id, name, authz.Volunteer, authz.Origin{Address: "127.0.0.1"})
}

func (f *Family) match(t testing.TB, x *db.Tx, name, kind string, id *core.TrajectoryID) authz.Actor {
	t.Helper()
	v := f.volunteer(t, x, name)
	*id = db.NewID[core.TrajectoryID](x)
	must(t, db.Do(x, xTrajectory, db.Args{"id": *id, "dossier": f.Dossier, "kind": kind, "coordinator": f.Petra.Account()}))
	for _, p := range []core.PersonID{f.Sara, f.Noor} {
		must(t, db.Do(x, xFor, db.Args{"id": *id, "dossier": f.Dossier, "person": p}))
	}
	must(t, db.Do(x, xMatch, db.Args{"id": db.NewID[core.ID](x), "dossier": f.Dossier, "trajectory": *id, "for_volunteer": v.Volunteer()}))
	return v
}
