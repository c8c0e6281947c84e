package dbtest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/vault"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	for range 2 {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			const owner = 77
			if _, err := d.Vault().Owner(context.Background(), owner); !errors.Is(err, vault.ErrErased) {
				t.Fatalf("the database of another test: %v", err)
			}
			if err := d.Vault().NewOwner(context.Background(), owner); err != nil {
				t.Fatal(err)
			}
		})
	}
}

var (
	makeTown  = db.X("dbtest.make_town", authz.Works, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name)`, db.Probe{"id": 1, "name": "x"})
	townNames = db.Q("dbtest.town_names", authz.Works, `SELECT name FROM municipality ORDER BY name`, db.Probe{})
)

// A transaction on the one connection that writes must not wait for another connection, not even to prepare a query.
func TestAWriteReadsWhatItWrote(t *testing.T) {
	for range 2 {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			var names []string
			err := d.Write(ctx, authz.System("test"), func(tx *db.Tx) error {
				err := db.Do(tx, makeTown, db.Args{"id": 7, "name": "Zutphen"})
				if err == nil {
					names, err = db.All(tx, townNames, nil, func(s *string) []any { return []any{s} })
				}
				return err
			})
			if err != nil || len(names) != 1 || names[0] != "Zutphen" {
				t.Error(names, err)
			}
		})
	}
}

func TestTheClockStandsStillUntilItIsMoved(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		for range 2 {
			err := d.Read(context.Background(), authz.System("test"), func(tx *db.Tx) error {
				if tx.Now() != clock.Now() {
					t.Errorf("%s, and the clock says %s", tx.Now(), clock.Now())
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			clock.Set(clock.Now().Add(time.Hour))
		}
		if want := core.MustInstant("2026-11-23T11:00:00.000Z"); d.Now() != want {
			t.Errorf("%s, want %s", d.Now(), want)
		}
	})
}
