package kin

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
)

// told gives a family, its dossier and a way to tell something about it.
func told(t *testing.T, test func(t *testing.T, f *familytest.Family, clock *dbtest.Clock)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		test(t, familytest.New(t, d), clock)
	})
}

func record(f *familytest.Family, who authz.Actor, seen int, c Change) (b Book, err error) {
	err = f.DB.Write(context.Background(), who, func(x *db.Tx) error {
		b, err = Record(x, f.Dossier, "genogram", seen, c)
		return err
	})
	return b, err
}

func undo(f *familytest.Family, who authz.Actor, seq int) (b Book, err error) {
	err = f.DB.Write(context.Background(), who, func(x *db.Tx) error {
		b, err = Undo(x, f.Dossier, "genogram", seq)
		return err
	})
	return b, err
}

func load(f *familytest.Family, who authz.Actor) (b Book, err error) {
	err = f.DB.Read(context.Background(), who, func(x *db.Tx) error {
		b, err = Load(x, f.Dossier)
		return err
	})
	return b, err
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err error, message string) {
	t.Helper()
	if f, ok := core.AsFail(err); !ok || f.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}

var riet = Person{ID: 11, Name: "Oma Riet שלום 🙂", Sex: "f", Born: When{Year: 1951}}

func TestTOO2_WhatIsToldTwiceIsToldOnce(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		for range 2 { // a double tap: the screen had seen nothing yet, both times
			b, err := record(f, f.Ria, 0, Change{Did: "person_added", About: riet.ID, Put: Family{Index: []core.ID{riet.ID}, Persons: []Person{riet}}})
			if err != nil || b.Seq != 1 {
				t.Fatalf("%d changes: %v", b.Seq, err)
			}
		}
		b, err := load(f, f.Petra)
		must(t, err)
		if len(b.Family.Persons) != 1 || b.Family.Persons[0] != riet || b.Changes[0].By != "Ria" || b.Changes[0].Tool != "genogram" || b.Changes[0].About != riet.ID {
			t.Errorf("kept: %+v", b)
		}
	})
}

func TestTOO2_ANewerChangeIsNotOverwritten(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, clock *dbtest.Clock) {
		add := Change{Did: "person_added", Put: Family{Persons: []Person{riet}}}
		_, err := record(f, f.Ria, 0, add)
		must(t, err)
		before := clock.Now()
		clock.Set(core.MustInstant("2026-11-15T09:00:00.000Z"))
		hers, his := riet, riet
		hers.Name, his.Name = "Oma Riet", "Oma Ria"
		_, err = record(f, f.Ria, 1, Change{Did: "person_changed", Put: Family{Persons: []Person{hers}}})
		must(t, err)
		_, err = record(f, f.Petra, 1, Change{Did: "person_changed", Put: Family{Persons: []Person{his}}})
		wants(t, err, "kin_changed")
		_, err = record(f, f.Petra, 1, Change{Did: "person_removed", Drop: []core.ID{riet.ID}})
		wants(t, err, "kin_changed")
		b, err := record(f, f.Petra, 0, Change{Did: "person_added", Put: Family{Persons: []Person{{ID: 12, Name: "Opa"}}}})
		if err != nil || len(b.Family.Persons) != 2 || b.Version(riet.ID) != 2 || b.Version(12) != 3 {
			t.Errorf("somebody new meets nobody: %+v %v", b, err)
		}
		if then := b.At(before); len(then.Persons) != 1 || then.Persons[0].Name != riet.Name {
			t.Errorf("as it was written then: %+v", then)
		}
	})
}

func TestTOO2_UndoIsAChangeAndCanBeUndone(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		_, err := record(f, f.Ria, 0, Change{Did: "person_added", Put: Family{Index: []core.ID{riet.ID}, Persons: []Person{riet}}})
		must(t, err)
		for range 2 { // a double tap
			b, err := undo(f, f.Ria, 1)
			if err != nil || b.Seq != 2 || len(b.Family.Persons) != 0 || len(b.Family.Index) != 0 || b.Changes[1].Undoes != 1 {
				t.Fatalf("taken back: %+v %v", b, err)
			}
		}
		b, err := undo(f, f.Ria, 2)
		if err != nil || len(b.Family.Persons) != 1 || b.Family.Persons[0] != riet || b.Family.Index[0] != riet.ID {
			t.Fatalf("and back again: %+v %v", b, err)
		}
		_, err = record(f, f.Ria, 3, Change{Did: "tie_added", Put: Family{Persons: []Person{{ID: 12}}, Ties: []Tie{{ID: 13, A: 11, B: 12, Kind: "close"}}}})
		must(t, err)
		_, err = undo(f, f.Ria, 3)
		wants(t, err, "kin_not_there") // the tie needs her
		hers := riet
		hers.Name = "Riet"
		_, err = record(f, f.Ria, 4, Change{Did: "person_changed", Put: Family{Persons: []Person{hers}}})
		must(t, err)
		_, err = undo(f, f.Ria, 3)
		wants(t, err, "kin_changed_after")
		_, err = undo(f, f.Ria, 99)
		wants(t, err, "not_found")
	})
}
