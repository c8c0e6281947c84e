package volunteer_test

import (
	"context"
	"errors"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/confidentiality"
	"maatje/internal/volunteer/screening"
)

var (
	xTown = db.X("volunteertest.municipality", authz.Directory, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name)`,
		db.Probe{"id": 1, "name": "n"})
	xAccount = db.X("volunteertest.account", authz.Accounts, `INSERT INTO account (id, email, email_fold, name, created_at)
		VALUES (:id, :email, :email, :name, :now)`, db.Probe{"id": 1, "email": "e", "name": "n"})
	xRole = db.X("volunteertest.role", authz.Accounts, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`,
		db.Probe{"id": 1, "role": "volunteer"})
	xArea = db.X("volunteertest.area", authz.Accounts, `INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, :town)`,
		db.Probe{"id": 1, "town": 1})
)

const (
	zwolle, hattem     = core.ID(1), core.ID(2)
	petra, joke, maria = core.AccountID(11), core.AccountID(12), core.AccountID(13)
)

// world has two towns, a coordinator in each, and an account for a volunteer.
func world(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Write(context.Background(), authz.System("test"), func(t *db.Tx) error {
		for _, s := range []struct {
			q    *db.Query
			args db.Args
		}{
			{xTown, db.Args{"id": zwolle, "name": "Zwolle"}}, {xTown, db.Args{"id": hattem, "name": "Hattem"}},
			{xAccount, db.Args{"id": petra, "email": "petra@example.org", "name": "Petra"}}, {xArea, db.Args{"id": petra, "town": zwolle}},
			{xAccount, db.Args{"id": joke, "email": "joke@example.org", "name": "Joke"}}, {xArea, db.Args{"id": joke, "town": hattem}},
			{xAccount, db.Args{"id": maria, "email": "maria@example.org", "name": "Maria"}}, {xRole, db.Args{"id": maria, "role": "volunteer"}},
		} {
			if err := db.Do(t, s.q, s.args); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func coordinator(id core.AccountID) authz.Actor {
	return authz.SignedIn(id, 0, "coordinator", authz.OutsideCoordinator, authz.Origin{})
}

func newcomer() volunteer.Profile {
	return volunteer.Profile{
		Name: "Maria", Email: "maria@example.org", Municipality: zwolle, Capacity: 1,
		Wishes: volunteer.Wishes{Kinds: []string{"family_buddy", "transport"}, Days: []string{"mon", "wed"}, Languages: "Nederlands, Turks", Car: true, Words: "liefst kleintjes"},
	}
}

// asked are everything that is asked before somebody starts, in the order of the steps; each deed makes its own step possible.
func asked(d *db.DB, a authz.Actor, id core.VolunteerID) []func() error {
	ctx := context.Background()
	s, talks, promises := volunteer.NewService(d, volunteer.Unchanged), screening.NewService(d, volunteer.Unchanged), confidentiality.NewService(d)
	on := core.MustDate("2026-11-20")
	refer := func(name string) error {
		if err := talks.NameReference(ctx, a, id, screening.Reference{Name: name, Relation: "buur", Phone: "06 1234 00" + name[:1], AskedOn: on}); err != nil {
			return err
		}
		v, err := talks.Sheet(ctx, a, id)
		if err != nil {
			return err
		}
		return talks.Give(ctx, a, id, v.References[len(v.References)-1].ID, "Een rustig mens.", on)
	}
	return []func() error{
		func() error {
			return talks.AddTalk(ctx, a, id, screening.Talk{Kind: screening.First, HeldOn: on, Words: "Wil graag iets doen."})
		},
		func() error {
			return talks.AddTalk(ctx, a, id, screening.Talk{Kind: screening.HomeVisit, HeldOn: on, Words: "Warm huis.", Household: "Met man en hond.", HomeAgrees: true})
		},
		func() error { return errors.Join(refer("1 Jan"), refer("2 Els")) },
		func() error {
			return s.SeeCertificate(ctx, a, id, volunteer.Certificate{Profile: "wonen", Number: "88", IssuedOn: core.MustDate("2026-11-01")})
		},
		func() error {
			return promises.Sign(ctx, a, id, confidentiality.Typed{Name: "maria", Agreed: true, Number: 1})
		},
		func() error { return s.CompleteCourse(ctx, a, id, volunteer.Course{Code: "general", On: on}) },
		func() error { return s.LinkByEmail(ctx, a, id) },
	}
}

var way = []volunteer.Status{
	volunteer.Talked, volunteer.HomeVisited, volunteer.References, volunteer.Certified, volunteer.Confidentiality, volunteer.Trained, volunteer.Active,
}

func TestVOL1_FromApplicationToActive(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s, a := context.Background(), volunteer.NewService(d, volunteer.Unchanged), coordinator(petra)
		id, err := s.Add(ctx, a, newcomer())
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(err)
		for i, do := range asked(d, a, id) {
			if err := s.Move(ctx, a, id, way[i]); !core.IsKind(err, core.KindRefused) {
				t.Fatalf("%s before it was done: %v", way[i], err)
			}
			must(do())
			must(s.Move(ctx, a, id, way[i]))
		}
		f, err := s.File(ctx, a, id)
		must(err)
		if f.Status != volunteer.Active || len(f.History) != 8 || f.History[0].By != "Petra" || f.History[7].Status != volunteer.Applied {
			t.Errorf("status %s, history %+v", f.Status, f.History)
		}
		if f.Certificate.RenewBefore != core.MustDate("2029-11-01") || f.Certificate.SeenBy != "Petra" || len(f.Certificates) != 1 {
			t.Errorf("certificate %+v", f.Certificate)
		}
		if len(f.Wishes.Kinds) != 2 || len(f.Wishes.Days) != 2 || !f.Completed("general", core.MustDate("2026-11-20")) || f.MunicipalityName != "Zwolle" {
			t.Errorf("profile %+v", f.Profile)
		}
	})
}

func TestVOL1_OfTwoWhoActivateAtOnceOneHearsThatItIsDone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s, a := context.Background(), volunteer.NewService(d, volunteer.Unchanged), coordinator(petra)
		id, err := s.Add(ctx, a, newcomer())
		if err != nil {
			t.Fatal(err)
		}
		for i, do := range asked(d, a, id) {
			if err := do(); err != nil {
				t.Fatal(err)
			}
			if way[i] != volunteer.Active {
				if err := s.Move(ctx, a, id, way[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		told := make(chan error, 2)
		for range 2 {
			go func() { told <- s.Move(ctx, a, id, volunteer.Active) }()
		}
		var done, late int
		for range 2 {
			switch err := <-told; {
			case err == nil:
				done++
			case core.IsKind(err, core.KindConflict):
				late++
			default:
				t.Error(err)
			}
		}
		if f, _ := s.File(ctx, a, id); done != 1 || late != 1 || len(f.History) != 8 {
			t.Errorf("%d activated, %d heard it was done, %d lines of history", done, late, len(f.History))
		}
	})
}

func TestAVolunteerIsSeenInTheOwnAreaOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s := context.Background(), volunteer.NewService(d, volunteer.Unchanged)
		id, err := s.Add(ctx, coordinator(petra), newcomer())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.File(ctx, coordinator(joke), id); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("another area's coordinator reads the file: %v", err)
		}
		if err := s.Move(ctx, coordinator(joke), id, volunteer.Talked); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("another area's coordinator moves: %v", err)
		}
		if _, err := s.Add(ctx, coordinator(joke), newcomer()); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("added in another area: %v", err)
		}
		for name, want := range map[string]int{"": 1, "MÁR": 1, "petra": 0} {
			found, err := s.List(ctx, coordinator(petra), volunteer.Filter{Name: name})
			if err != nil || len(found) != want {
				t.Errorf("%q: %d, %v", name, len(found), err)
			}
		}
		if found, _ := s.List(ctx, coordinator(petra), volunteer.Filter{Kind: "parent_buddy"}); len(found) != 0 {
			t.Error("the filter on kinds lets somebody through")
		}
	})
}

func TestVOL7_OwnWishesAreOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s := context.Background(), volunteer.NewService(d, volunteer.Unchanged)
		id, err := s.Add(ctx, coordinator(petra), newcomer())
		if err != nil {
			t.Fatal(err)
		}
		if f, _ := s.File(ctx, coordinator(petra), id); !f.CanLink {
			t.Error("the account with the same address is not offered")
		}
		if err := s.LinkByEmail(ctx, coordinator(petra), id); err != nil {
			t.Fatal(err)
		}
		if err := s.LinkByEmail(ctx, coordinator(petra), id); !core.IsKind(err, core.KindRefused) {
			t.Errorf("linked twice: %v", err)
		}
		own := authz.SignedIn(maria, id, "Maria", authz.Volunteer, authz.Origin{})
		if err := s.Wish(ctx, own, 2, volunteer.Wishes{Kinds: []string{"parent_buddy"}, Complex: true, Days: []string{"sun"}}); err != nil {
			t.Fatal(err)
		}
		p, err := s.Own(ctx, own)
		if err != nil || !p.Wishes.Complex || p.ComplexConfirmed || len(p.Wishes.Kinds) != 1 || p.Wishes.Kinds[0] != "parent_buddy" || p.Status != volunteer.Applied {
			t.Errorf("%+v, %v", p, err)
		}
		if err := s.Move(ctx, own, id, volunteer.Talked); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a volunteer moves herself on: %v", err)
		}
		if err := s.SeeCertificate(ctx, own, id, volunteer.Certificate{Number: "1", IssuedOn: core.MustDate("2026-11-01")}); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a volunteer sees her own certificate: %v", err)
		}
	})
}

func TestAStaleScreenOverwritesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		world(t, d)
		ctx, s, a := context.Background(), volunteer.NewService(d, volunteer.Unchanged), coordinator(petra)
		id, err := s.Add(ctx, a, newcomer())
		if err != nil {
			t.Fatal(err)
		}
		f, _ := s.File(ctx, a, id)
		first, second := f.Profile, f.Profile
		first.Capacity, second.Capacity = 2, 3
		if err := s.Change(ctx, a, first); err != nil {
			t.Fatal(err)
		}
		if err := s.Change(ctx, a, second); !core.IsKind(err, core.KindConflict) {
			t.Errorf("the second screen: %v", err)
		}
		if f, _ = s.File(ctx, a, id); f.Capacity != 2 {
			t.Errorf("capacity %d", f.Capacity)
		}
	})
}
