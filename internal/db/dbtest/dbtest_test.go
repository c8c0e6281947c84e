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
