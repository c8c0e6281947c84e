package privacy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/journal"
)

var xTown = db.X("privacytest.town", authz.Directory, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :name)`, db.Probe{"id": 1, "name": ""})

// grow lets the log gain n entries.
func grow(t *testing.T, d *db.DB, from, n int) {
	t.Helper()
	for i := range n {
		err := d.Write(t.Context(), authz.System("test"), func(tx *db.Tx) error {
			return db.Do(tx, xTown, db.Args{"id": core.ID(from + i), "name": fmt.Sprint("Town ", from+i)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func mustVerify(t *testing.T, k *Keeper) Report {
	t.Helper()
	r, err := k.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCheckpointsGoToBothPlaces(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		one, other := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "other")
		k := NewKeeper(d, one, other)
		for i := range 3 {
			grow(t, d, 1+10*i, 4)
			if err := k.Job().Run(t.Context(), authz.System("log.checkpoint")); err != nil {
				t.Fatal(err)
			}
		}
		r := mustVerify(t, k)
		if !r.OK() || r.Head.Seq != 12 || len(r.Books) != 2 {
			t.Fatalf("%+v", r)
		}
		for _, b := range r.Books {
			if len(b.All) != 3 || b.All[2].Seq != 12 || b.All[2].At != dbtest.Start.String() {
				t.Errorf("%s: %+v", b.Path, b.All)
			}
		}
	})
}

// A second place that is away for a day goes on from where it was; the first is not kept waiting.
func TestAPlaceThatIsAwayHoldsUpNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		folder := filepath.Join(t.TempDir(), "stick")
		k := NewKeeper(d, filepath.Join(folder, "b"), filepath.Join(t.TempDir(), "a"))
		grow(t, d, 1, 2)
		if err := k.Sign(t.Context()); err == nil || !strings.Contains(err.Error(), folder) {
			t.Errorf("nobody hears that a place is away: %v", err)
		}
		if r := mustVerify(t, k); len(r.Books[1].All) != 1 {
			t.Errorf("%+v", r.Books)
		}
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		grow(t, d, 10, 1)
		if err := k.Sign(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r := mustVerify(t, k); !r.OK() || len(r.Books[0].All) != 1 || len(r.Books[1].All) != 2 {
			t.Errorf("%+v", r)
		}
	})
}

func TestABadFileOfCheckpointsIsNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := NewKeeper(d, filepath.Join(t.TempDir(), "a"))
		for i := range 3 {
			grow(t, d, 1+i, 1)
			if err := k.Sign(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(k.books[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(k.books[0], []byte(strings.Replace(string(text), `"seq":2`, `"seq":1`, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := mustVerify(t, k); r.OK() || len(r.Faults) != 1 || r.Faults[0].Line != 2 {
			t.Errorf("%+v", r)
		}
		if err := k.TakeUp(t.Context(), "why", dbtest.Start); !errors.Is(err, ErrNothingToTakeUp) {
			t.Error(err)
		}
	})
}

// An older copy of the database file is put back: the checkpoints say so, no new one is signed over it, and only somebody
// with the key can take the log up from there, with a reason that stays.
func TestAnOlderCopyOfTheDatabaseIsFound(t *testing.T) {
	c := dbtest.Config(t, db.SQLite, &dbtest.Clock{})
	book := filepath.Join(t.TempDir(), "checkpoints")
	var older []byte
	round := func(from int, put []byte) (r Report, sign error) {
		if put != nil {
			if err := os.WriteFile(c.Addr, put, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		d, err := db.Open(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		k := NewKeeper(d, book)
		grow(t, d, from, 3)
		sign = k.Sign(t.Context())
		r = mustVerify(t, k)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		return r, sign
	}
	if r, sign := round(1, nil); sign != nil || !r.OK() {
		t.Fatal(sign, r)
	}
	older, _ = os.ReadFile(c.Addr)
	if r, sign := round(10, nil); sign != nil || !r.OK() {
		t.Fatal(sign, r)
	}
	r, sign := round(20, older)
	if _, ok := errors.AsType[*journal.Fault](sign); !ok || r.Log == nil || r.Log.Kind != journal.Replaced || r.Log.Seq != 6 {
		t.Fatalf("%v, %+v", sign, r.Log)
	}
	if r, sign = round(30, nil); sign == nil || r.OK() {
		t.Fatal("it grew over the checkpoint and was signed")
	}
	d, err := db.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	k := NewKeeper(d, book)
	if err := k.TakeUp(t.Context(), "the disk broke", dbtest.Start); err != nil {
		t.Fatal(err)
	}
	if r := mustVerify(t, k); !r.OK() || r.Books[0].All[2].Note != "the disk broke" || r.Books[0].All[2].Since != 5 {
		t.Errorf("%+v", r)
	}
	grow(t, d, 40, 1)
	if err := k.Sign(t.Context()); err != nil {
		t.Error(err)
	}
	if err := k.TakeUp(t.Context(), "again", dbtest.Start); !errors.Is(err, ErrNothingToTakeUp) {
		t.Error(err)
	}
}
