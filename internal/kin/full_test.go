package kin

import (
	"context"
	"strings"
	"testing"
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/text"
)

// A book that somebody fills on purpose has an end with a sentence, and up to there opens while somebody waits (TOO-2).
func TestTOO2_ABookThatIsFullSaysSoAndLosesNothing(t *testing.T) {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	f := familytest.New(t, d)
	kim := Person{ID: 10, Name: "Kim"}
	f.Do(t, func(x *db.Tx) error {
		for n := 1; n < MostChanges; n++ {
			kim.Name = "Kim " + strings.Repeat("i", n%7)
			c := Change{Seq: n, At: x.Now(), Tool: "genogram", Did: "changed", Put: Family{Persons: []Person{kim}}}
			if err := write(x, Book{Dossier: f.Dossier}, c); err != nil {
				return err
			}
		}
		return nil
	})
	tell := func(name string) error {
		return d.Write(context.Background(), f.Ria, func(x *db.Tx) error {
			_, err := Record(x, f.Dossier, "genogram", MostChanges, Change{Did: "changed", Put: Family{Persons: []Person{{ID: 10, Name: name}}}})
			return err
		})
	}
	if err := tell("Kim de Boer"); err != nil {
		t.Fatal(err)
	}
	fail, ok := core.AsFail(tell("Kim Jansen"))
	if !ok || fail.Message != "kin_full" || !strings.Contains(text.NL.Fail(fail), "10.000 keer") {
		t.Errorf("refused by %v", fail)
	}
	if err := d.Write(context.Background(), f.Ria, func(x *db.Tx) error { _, err := Undo(x, f.Dossier, "genogram", MostChanges); return err }); err == nil {
		t.Error("taking back is a change too")
	}
	at := time.Now()
	var b Book
	f.Do(t, func(x *db.Tx) (err error) { b, err = Load(x, f.Dossier); return err })
	if took := time.Since(at); len(b.Changes) != MostChanges || b.Family.Persons[0].Name != "Kim de Boer" || took > 10*time.Second {
		t.Errorf("%d changes, %+v, after %v", len(b.Changes), b.Family.Persons, took)
	}
}
