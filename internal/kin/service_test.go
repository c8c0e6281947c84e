package kin

import (
	"context"
	"errors"
	"slices"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/vault"
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

// Who does not run a match of this family finds nothing and writes nothing; a leader only through broken glass, and an
// administrator never.
func TestTOO2_TheFamilysToolsAreTheirs(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		_, err := record(f, f.Ria, 0, Change{Did: "person", Put: Family{Persons: []Person{riet}}})
		must(t, err)
		f.EndMatch(t, f.Ria, "2026-11-14")
		admin := authz.SignedIn(f.Leader.Account(), 0, "Arno", authz.Administrator, authz.Origin{})
		for name, who := range map[string]authz.Actor{"a neighbour's volunteer": f.Stranger, "an ended match": f.Ria, "elsewhere": f.Omar, "the leader": f.Leader, "an administrator": admin} {
			_, err := load(f, who)
			wants(t, err, "not_found")
			_, err = record(f, who, 9, Change{Did: "person", Put: Family{Persons: []Person{{ID: 77, Name: name}}}})
			wants(t, err, "not_found")
			_, err = undo(f, who, 1)
			wants(t, err, "not_found")
		}
		for _, who := range []authz.Actor{f.Tom, f.Petra, f.Backup} {
			if b, err := load(f, who); err != nil || len(b.Family.Persons) != 1 || b.Changes[0].By != "Ria" {
				t.Errorf("%s: %+v %v", who.Name(), b, err)
			}
		}
		f.Do(t, func(x *db.Tx) error {
			return db.Do(x, tGlass, db.Args{"id": db.NewID[core.ID](x), "account": f.Leader.Account(), "dossier": f.Dossier, "from": x.Now(), "until": x.Now().Add(1e9)})
		})
		if b, err := load(f, f.Leader); err != nil || b.Seq != 1 {
			t.Errorf("through broken glass: %+v %v", b, err)
		}
		_, err = record(f, f.Leader, 1, Change{Did: "person", Put: Family{Persons: []Person{{ID: 77}}}})
		wants(t, err, "not_found")
	})
}

var (
	tGlass = db.CrossX("kintest.glass", authz.Works, "a test breaks the glass", `INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at)
		VALUES (:id, :account, :dossier, 'x', :from, :until)`, db.Probe{})
	tMove = db.CrossX("kintest.move", authz.Works, "a test moves sealed words", `UPDATE kin_change SET words = (SELECT k.words FROM kin_change k WHERE k.dossier_id = :dossier AND k.seq = 1)
		WHERE dossier_id = :dossier AND seq = 2`, db.Probe{})
)

func TestTOO2_AVolunteerComesByTheOwnTrajectory(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		of := func(who authz.Actor) (d core.DossierID, err error) {
			err = f.DB.Read(context.Background(), who, func(x *db.Tx) error { d, err = OfTrajectory(x, f.Trajectory); return err })
			return d, err
		}
		if d, err := of(f.Ria); err != nil || d != f.Dossier {
			t.Errorf("her own: %v %v", d, err)
		}
		for _, who := range []authz.Actor{f.Tom, f.Stranger, f.Petra, f.Omar, f.Leader} {
			_, err := of(who)
			wants(t, err, "not_found")
		}
		f.EndMatch(t, f.Ria, "2026-11-14")
		_, err := of(f.Ria)
		wants(t, err, "not_found")
	})
}

// What was sealed for one change opens in no other.
func TestTOO2_WordsOpenInTheirPlaceAlone(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		for i := range core.ID(2) {
			_, err := record(f, f.Ria, int(i), Change{Did: "person", Put: Family{Persons: []Person{{ID: 11 + i}}}})
			must(t, err)
		}
		f.Do(t, func(x *db.Tx) error { return db.Do(x, tMove, db.Args{"dossier": f.Dossier}) })
		if _, err := load(f, f.Ria); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("words of another change: %v", err)
		}
	})
}

func TestTOO2_TheLastDrawingIsKept(t *testing.T) {
	told(t, func(t *testing.T, f *familytest.Family, _ *dbtest.Clock) {
		arrange := Arrange(func(g Family, last []byte) []byte { return append(slices.Clone(last), byte('0'+len(g.Persons))) })
		for i, want := range []string{"1", "12", "121"} {
			var b Book
			must(t, f.DB.Write(context.Background(), f.Ria, func(x *db.Tx) (err error) {
				if i == 2 {
					b, err = arrange.Undo(x, f.Dossier, "genogram", 2)
				} else {
					b, err = arrange.Record(x, f.Dossier, "genogram", i, Change{Did: "person", Put: Family{Persons: []Person{{ID: core.ID(11 + i)}}}})
				}
				return err
			}))
			if kept, err := load(f, f.Petra); err != nil || string(kept.Drawing) != want || string(b.Drawing) != want {
				t.Errorf("after change %d: %q and %q, %v", i+1, b.Drawing, kept.Drawing, err)
			}
		}
		_, err := record(f, f.Ria, 3, Change{Did: "person", Put: Family{Persons: []Person{{ID: 15}}}})
		must(t, err)
		if kept, err := load(f, f.Petra); err != nil || string(kept.Drawing) != "121" {
			t.Errorf("told in a tool without this picture: %q %v", kept.Drawing, err)
		}
	})
}

// A family of whom much was told opens at once.
func BenchmarkLoad500(b *testing.B) {
	d := dbtest.Open(b, db.SQLite, &dbtest.Clock{})
	id := core.DossierID(77)
	err := d.Write(context.Background(), authz.System("test"), func(x *db.Tx) error {
		if err := x.NewOwner(id.Int64()); err != nil {
			return err
		}
		if err := db.Do(x, tDossier, db.Args{"id": id}); err != nil {
			return err
		}
		for _, c := range story(500) {
			c.At = x.Now()
			if err := write(x, Book{Dossier: id}, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		err := d.Read(context.Background(), authz.System("test"), func(x *db.Tx) error {
			book, err := Load(x, id)
			if err == nil && book.Seq != 500 {
				b.Errorf("%d changes", book.Seq)
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

var tDossier = db.CrossX("kintest.dossier", authz.Works, "a test needs a family", `INSERT INTO dossier (id, name, name_fold, state, state_since, opened_at) VALUES (:id, 'x', 'x', 'running', :today, :now)`, db.Probe{})
