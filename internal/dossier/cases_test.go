package dossier

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// The cases are those of the evaluation: the file must hold each of them without a workaround.

func TestCaseC2_SiblingsSplitOverTwoAunts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		m := mother("Anouk", 0, 1)
		m.DecidesOver = nil
		m.Detentions = []Stay{{Detention: Detention{From: day("2025-06-01"), ExpectedUntil: day("2026-12-01")}, Facility: n.prison}}
		id, people := n.open(Opening{
			Persons: []NewPerson{child("Sara", "2016-02-01"), child("Noor", "2018-03-01"), m, caregiver("Tante Els", "foster aunt"), caregiver("Tante Ria", "foster aunt")},
			Households: []NewHousehold{
				{Household: Household{Name: "tante Els"}, Members: []int{0, 3}, From: day("2025-06-02")},
				{Household: Household{Name: "tante Ria"}, Members: []int{1, 4}, From: day("2025-06-02")},
			},
		})
		n.as(n.petra, func(x *db.Tx) error {
			for _, c := range people[:2] {
				if _, err := RecordAuthority(x, id, Authority{Child: c.ID, HolderName: "Voogdij Oost", Kind: "guardian", From: day("2025-06-10")}); err != nil {
					return err
				}
			}
			if _, err := RecordProfessional(x, id, Professional{Organisation: "Pleegzorg Oost", Kind: "foster_care", Note: "wants to be there at first"}); err != nil {
				return err
			}
			_, err := RecordLeave(x, id, Leave{Detention: detentionsOf(t, x, id)[0].ID, From: day("2026-01-03"), Until: day("2026-01-06")})
			return err
		})
		f := n.load(id)
		sara, noor := f.LivesIn(people[0].ID, day("2026-01-05")), f.LivesIn(people[1].ID, day("2026-01-05"))
		if len(sara) != 1 || len(noor) != 1 || sara[0].Household == noor[0].Household {
			t.Errorf("the sisters live at %v and %v; want two homes", sara, noor)
		}
		if got := Deciding(f.Authorities, people[0].ID, day("2026-01-05")); len(got) != 1 || got[0].HolderName != "Voogdij Oost" {
			t.Errorf("about Sara decides %v; want the guardian organisation", got)
		}
		if _, onLeave := f.OnLeave(f.Detentions[0].ID, day("2026-01-06")); !onLeave {
			t.Error("on the last day of her leave the mother is outside")
		}
		if f.Professionals[0].Note != "wants to be there at first" {
			t.Errorf("the note reads %q", f.Professionals[0].Note)
		}
	})
}

func detentionsOf(t *testing.T, x *db.Tx, id core.DossierID) []Detention {
	t.Helper()
	all, err := Detentions(x, id)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCaseC3_HouseholdAndDetentionChangeOnTheWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		m, f := mother("Anouk", 0), mother("Bart", 0)
		m.Detentions = []Stay{{Detention: Detention{From: day("2025-03-01")}, Facility: n.prison}}
		f.Sex, f.Detentions = "m", []Stay{{Detention: Detention{From: day("2025-03-01"), ReleasedOn: day("2025-09-01")}, Facility: n.otherPrison}}
		id, people := n.open(Opening{
			Persons: []NewPerson{child("Lot", "2013-05-05"), m, f, caregiver("Oma Wil", "grandmother")},
			Households: []NewHousehold{{Household: Household{Name: "oma Wil"}, Members: []int{0, 3}, From: day("2025-03-02")},
				{Household: Household{Name: "vader"}, Members: []int{2}, From: day("2025-09-01")}},
		})
		lot := people[0].ID
		before := n.load(id)
		n.as(n.petra, func(x *db.Tx) error {
			old := before.LivesIn(lot, day("2025-10-01"))[0]
			old.Until = day("2025-10-31")
			if _, err := RecordMember(x, id, old); err != nil {
				return err
			}
			_, err := RecordMember(x, id, Member{Household: before.Households[1].ID, Person: lot, From: day("2025-11-01")})
			return err
		})
		file := n.load(id)
		for _, tt := range []struct{ on, home string }{{"2025-10-31", "oma Wil"}, {"2025-11-01", "vader"}} {
			if got := file.LivesIn(lot, day(tt.on)); len(got) != 1 || got[0].HouseholdName != tt.home {
				t.Errorf("on %s Lot lives at %v, want %s", tt.on, got, tt.home)
			}
		}
		if _, inside := file.DetainedOn(people[2].ID, day("2025-08-31")); !inside {
			t.Error("the father was inside the day before his release")
		}
		if _, inside := file.DetainedOn(people[2].ID, day("2025-09-01")); inside {
			t.Error("the father is out on the day of his release")
		}
	})
}

func TestCaseC11_DetainedAbroadAndAStoryAboutAHoliday(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		father := NewPerson{Person: Person{Name: "Karim", Sex: "m", IsParent: true}, ParentOf: []int{0, 1},
			Detentions: []Stay{{Detention: Detention{From: day("2025-07-01"), Country: "ES"}, Place: "Alicante"}}}
		home := mother("Samira", 0, 1)
		home.IsCaregiver = true
		id, people := n.open(Opening{Persons: []NewPerson{child("Ilyas", "2015-01-01"), child("Hana", "2019-01-01"), father, home}})
		n.as(n.petra, func(x *db.Tx) error {
			return Tell(x, id, Knows{Child: people[0].ID, Level: Story, Story: "papa is op vakantie", ToldBy: "mama"})
		})
		f := n.load(id)
		if p, ok := f.StaysIn(f.Detentions[0].ID); !ok || !p.Facility.IsZero() || p.Place != "Alicante" {
			t.Errorf("he stays in %+v; want Alicante and no facility", p)
		}
		if f.Knowledge[0].Story != "papa is op vakantie" || f.Knowledge[1].Level != NotAsked || !Neutral(f.Knowledge) {
			t.Errorf("the children know %+v", f.Knowledge)
		}
		n.refuse("dossier_placement_abroad", n.petra, func(x *db.Tx) error {
			_, err := AddPlacement(x, id, Placement{Detention: f.Detentions[0].ID, Facility: n.prison, From: day("2025-09-01")})
			return err
		})
	})
}

func TestCaseC14_FourDetentionsInOneFamily(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		inside := func(p NewPerson, where core.ID) NewPerson {
			p.Detentions = []Stay{{Detention: Detention{From: day("2025-12-01")}, Facility: where}}
			return p
		}
		uncle := func(name string) NewPerson { return NewPerson{Person: Person{Name: name, Relation: "uncle"}} }
		opa := caregiver("Opa Jan", "grandfather")
		id, _ := n.open(Opening{Persons: []NewPerson{child("Kim", "2014-01-01"), inside(mother("Anouk", 0), n.prison), inside(mother("Bart", 0), n.otherPrison),
			inside(uncle("Cor"), n.prison), inside(uncle("Dirk"), n.prison), opa, caregiver("Oma An", "grandmother")}})
		f := n.load(id)
		if len(f.Detentions) != 4 || len(f.Placements) != 4 {
			t.Fatalf("%d detentions and %d placements, want four each", len(f.Detentions), len(f.Placements))
		}
		n.refuse("dossier_two_open_detentions", n.petra, func(x *db.Tx) error {
			_, err := AddDetention(x, id, Stay{Detention: Detention{Parent: f.Detentions[0].Parent, From: day("2026-01-02")}})
			return err
		})
	})
}

func TestCaseC19_RestrictionsBlockContactWithHome(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		m := mother("Anouk", 0)
		m.Detentions = []Stay{{Detention: Detention{From: day("2025-12-20")}, Facility: n.prison}}
		var id core.DossierID
		n.as(n.ilse, func(x *db.Tx) (err error) { // the inside coordinator opens it: the mother stays in her facility
			if id, err = New(x, Opening{Municipality: n.place, Persons: []NewPerson{child("Kim", "2014-01-01"), m}}); err != nil {
				return err
			}
			_, err = RecordRestriction(x, id, Restriction{Detention: detentionsOf(t, x, id)[0].ID, From: day("2025-12-20"), ExpectedUntil: day("2026-01-24")})
			return err
		})
		n.refuse("dossier_contact_restricted", n.ilse, func(x *db.Tx) error {
			running, err := RestrictionsRunning(x, id, day("2026-01-10"))
			if err != nil {
				return err
			}
			return ContactHome(running, day("2026-01-10"))
		})
	})
}

func TestCaseC10_AYoungPersonAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		father := NewPerson{Person: Person{Name: "Rob", IsParent: true}, ParentOf: []int{0}}
		dead := NewPerson{Person: Person{Name: "Ina", IsParent: true, DiedOn: day("2020-01-01")}, ParentOf: []int{0}}
		young := child("Milan", "2009-01-01")
		id, people := n.open(Opening{Persons: []NewPerson{young, father, dead}, Households: []NewHousehold{{Household: Household{Name: "eigen flat"}, Members: []int{0}}}})
		f := n.load(id)
		if len(f.People) != 3 || len(f.LivesIn(people[0].ID, day("2026-01-01"))) != 1 {
			t.Errorf("the file reads %+v", f)
		}
		if f.Name != "Milan" {
			t.Errorf("the file is called %q", f.Name)
		}
	})
}
