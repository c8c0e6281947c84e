package consent

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
)

var system = authz.System("test")

// family opens a file with a child of nine, a mother who decides about it, and a grandmother.
func family(t *testing.T, d *db.DB) (core.DossierID, []dossier.Person) {
	t.Helper()
	var id core.DossierID
	var people []dossier.Person
	write(t, d, func(x *db.Tx) (err error) {
		id, err = dossier.New(x, dossier.Opening{Persons: []dossier.NewPerson{
			{Person: dossier.Person{Name: "Sara", IsChild: true, Birth: x.Today().AddMonths(-9 * 12)}},
			{Person: dossier.Person{Name: "Anouk", IsParent: true}, ParentOf: []int{0}, DecidesOver: []int{0}},
			{Person: dossier.Person{Name: "Wil", IsCaregiver: true}},
		}})
		if err == nil {
			people, err = dossier.People(x, id)
		}
		return err
	})
	return id, people
}

func write(t *testing.T, d *db.DB, f func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), system, f); err != nil {
		t.Fatal(err)
	}
}

func TestCON1_GivenAndWithdrawn(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		id, people := family(t, d)
		kid, mother, grandmother := people[0].ID, people[1].ID, people[2].ID
		today := clock.Now().Date()
		c := Consent{Giver: mother, Capacity: AsAuthority, About: []core.PersonID{kid}, Purpose: StartSupport, From: today, How: Written, Evidence: "ordner"}
		require := func(on core.Date) (g Grant, refused error) {
			write(t, d, func(x *db.Tx) error {
				given, err := OfDossier(x, id)
				if err != nil {
					return err
				}
				s, err := SubjectOf(x, id, kid, on)
				if err == nil {
					g, refused = Require(given, StartSupport, s, Recipient{}, on)
				}
				return err
			})
			return g, refused
		}
		if _, err := require(today); err == nil {
			t.Error("it opens without any consent")
		}
		var row core.ID
		write(t, d, func(x *db.Tx) (err error) { row, err = Give(x, id, c); return err })
		if g, err := require(today); err != nil || len(g.Consents()) != 1 || g.Consents()[0] != row {
			t.Errorf("got %+v, %v; want a grant by the written consent", g, err)
		}
		err := d.Write(context.Background(), system, func(x *db.Tx) error {
			other := c
			other.Giver = grandmother
			_, err := Give(x, id, other)
			return err
		})
		if f, ok := core.AsFail(err); !ok || f.Message != "consent_no_authority" || f.Rule != "CON-2" {
			t.Errorf("a grandmother without authority: %v", err)
		}
		write(t, d, func(x *db.Tx) error { return Withdraw(x, id, row) })
		if _, err := require(today); err == nil {
			t.Error("it opens on the day on which it is withdrawn")
		}
		if err := d.Write(context.Background(), system, func(x *db.Tx) error { return Withdraw(x, id, row) }); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("withdrawn twice: %v", err)
		}
	})
}

func TestCON1_AGuardianOrganisationGivesUnderItsName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		id, people := family(t, d)
		write(t, d, func(x *db.Tx) error {
			if _, err := dossier.RecordAuthority(x, id, dossier.Authority{Child: people[0].ID, HolderName: "Voogdij Oost", Kind: "guardian"}); err != nil {
				return err
			}
			_, err := Give(x, id, Consent{GiverName: "Voogdij Oost", Capacity: AsAuthority, About: []core.PersonID{people[0].ID}, Purpose: ShareWith,
				To: Recipient{Organisation: "School"}, Parts: []string{"plan", "visits"}, From: x.Today(), How: OnScreen})
			return err
		})
		write(t, d, func(x *db.Tx) error {
			all, err := OfDossier(x, id)
			if len(all) != 1 || all[0].GiverName != "Voogdij Oost" || len(all[0].Parts) != 2 || len(all[0].About) != 1 {
				t.Errorf("kept as %+v", all)
			}
			return err
		})
	})
}

func TestCON1_NobodyOfAnotherFamily(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		id, _ := family(t, d)
		_, others := family(t, d)
		err := d.Write(context.Background(), system, func(x *db.Tx) error {
			_, err := Give(x, id, Consent{Giver: others[1].ID, Capacity: AsAuthority, About: []core.PersonID{others[0].ID}, Purpose: StartSupport, From: x.Today(), How: OnScreen})
			return err
		})
		if !core.IsKind(err, core.KindNotFound) {
			t.Errorf("got %v, want not found", err)
		}
	})
}
