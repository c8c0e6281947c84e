package db_test

import (
	"errors"
	"testing"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/vault"
)

// A new master key opens everything the old one did, and the old one nothing more; a program that runs keeps its key.
func TestPRV2_RotatingTheMasterKey(t *testing.T) {
	place := vault.Place{Table: "note", Column: "words", Row: 1, Owner: 4711}
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			c, next := dbtest.Empty(t, kind, &dbtest.Clock{}), vault.NewMaster()
			d := mustOpen(t, c)
			sealed := sealedIn(t, d, place)
			never := func() error { t.Error("it went on"); return nil }
			if err := db.Rotate(t.Context(), c, next, never); !errors.Is(err, db.ErrInUse) {
				t.Errorf("beside a running program: %v", err)
			}
			mustClose(t, d)
			stopped := errors.New("no room for the new key")
			if err := db.Rotate(t.Context(), c, next, func() error { return stopped }); !errors.Is(err, stopped) {
				t.Errorf("stopped before anything changed: %v", err)
			}
			mustClose(t, mustOpen(t, c))
			if err := db.Rotate(t.Context(), c, next, func() error { return nil }); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Open(t.Context(), c); !errors.Is(err, db.ErrKey) {
				t.Errorf("under the old key: %v", err)
			}
			c.Master = next
			d = mustOpen(t, c)
			defer mustClose(t, d)
			o, err := d.Vault().Owner(t.Context(), place.Owner)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := o.Open(place, sealed); err != nil || text != "words" {
				t.Error(text, err)
			}
		})
	}
}

func mustOpen(t *testing.T, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustClose(t *testing.T, d *db.DB) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func sealedIn(t *testing.T, d *db.DB, p vault.Place) []byte {
	t.Helper()
	if err := d.Vault().NewOwner(t.Context(), p.Owner); err != nil {
		t.Fatal(err)
	}
	o, err := d.Vault().Owner(t.Context(), p.Owner)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := o.Seal(p, "words")
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}
