package refused

import (
	"strconv"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var (
	qEntries = db.Q("refused.test_entries", authz.Works, `SELECT actor, action, what, row_id, address, device, outcome FROM log_entry WHERE outcome = 'refused' ORDER BY seq`, db.Probe{})
	qCounts  = db.Q("refused.test_counts", authz.Works, `SELECT kind, about, address, times FROM refusal ORDER BY kind, about, address`, db.Probe{})
)

type entry struct {
	actor, action, what string
	row                 int64
	address, device     string
	outcome             string
}

type counted struct {
	kind    string
	about   int64
	address string
	times   int
}

func look(t *testing.T, d *db.DB) (entries []entry, counts []counted) {
	t.Helper()
	err := d.Read(t.Context(), authz.System("look"), func(tx *db.Tx) (err error) {
		entries, err = db.All(tx, qEntries, nil, func(e *entry) []any {
			return []any{&e.actor, &e.action, &e.what, &e.row, &e.address, &e.device, &e.outcome}
		})
		if err != nil {
			return err
		}
		counts, err = db.All(tx, qCounts, nil, func(c *counted) []any { return []any{&c.kind, &c.about, &c.address, &c.times} })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries, counts
}

func from(address string) authz.Actor {
	return authz.Visitor(authz.Origin{Address: address, Route: "POST /sign-in", Device: "phone, iOS, Safari"})
}

// TestWhoKeepsTryingMakesTheCountGrowAndNotTheLog: 250 tries are three entries, and all of them are counted.
func TestWhoKeepsTryingMakesTheCountGrowAndNotTheLog(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := NewKeeper(d)
		for range 250 {
			if err := k.Note(t.Context(), from("192.0.2.7"), SignIn, 7); err != nil {
				t.Fatal(err)
			}
		}
		entries, counts := look(t, d)
		want := entry{"visitor", "try", "refused.sign_in", 7, "192.0.2.7", "phone, iOS, Safari", "refused"}
		if len(entries) != 3 || entries[0] != want {
			t.Errorf("%d entries, want 3, the first %+v, got %+v", len(entries), want, entries)
		}
		if len(counts) != 1 || counts[0].times != 100 {
			t.Errorf("%+v, want 100 on disk", counts)
		}
		if err := k.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if entries, counts = look(t, d); len(entries) != 3 || counts[0].times != 250 {
			t.Errorf("%d entries and %+v, want 3 and 250", len(entries), counts)
		}
		clock.Set(clock.Now().Add(time.Hour))
		if err := k.Note(t.Context(), from("192.0.2.7"), SignIn, 7); err != nil {
			t.Fatal(err)
		}
		if entries, _ = look(t, d); len(entries) != 4 {
			t.Errorf("%d entries, want one more in the next hour", len(entries))
		}
	})
}

// TestManyAddressesDoNotFillTheLog: 3,000 networks with two nodes are a bounded number of rows and entries, and none is lost
// from the count.
func TestManyAddressesDoNotFillTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		nodes := []*Keeper{NewKeeper(d), NewKeeper(d)}
		const tries = 3000
		for i := range tries {
			address := "2001:db8:" + strconv.FormatInt(int64(i), 16) + "::1"
			if err := nodes[i%2].Note(t.Context(), from(address), SignIn, core.AccountID(i)); err != nil {
				t.Fatal(err)
			}
		}
		for _, k := range nodes {
			if err := k.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		entries, counts := look(t, d)
		total := 0
		for _, c := range counts {
			total += c.times
		}
		if bound := 2*most + 20; len(entries) > bound || len(counts) > bound || total != tries {
			t.Errorf("%d entries, %d rows and %d counted, want at most %d, %d and %d", len(entries), len(counts), total, bound, bound, tries)
		}
	})
}

// TestWhetherAnAddressIsKnownDecidesNothing: the first time that somebody types an address it is written down at once, and the
// next times it is counted, whether the address is somebody's or not. So both answers take the same work.
func TestWhetherAnAddressIsKnownDecidesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := NewKeeper(d)
		written := 0
		for round := range 3 {
			for _, typed := range []struct {
				email string
				about core.AccountID
			}{{"niemand@voorbeeld.nl", 0}, {"ingrid@voorbeeld.nl", 7}, {"iemand@voorbeeld.nl", 0}, {"pat@voorbeeld.nl", 8}} {
				if err := k.NoteAt(t.Context(), from("192.0.2.7"), SignIn, typed.about, typed.email); err != nil {
					t.Fatal(err)
				}
				entries, _ := look(t, d)
				if first := len(entries) > written; first != (round == 0) {
					t.Errorf("round %d, %s: written down at once is %v", round, typed.email, first)
				}
				written = len(entries)
			}
		}
		if err := k.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		total := 0
		_, counts := look(t, d)
		for _, c := range counts {
			total += c.times
		}
		if len(counts) != 3 || total != 12 {
			t.Errorf("%d rows and %d counted: %+v", len(counts), total, counts)
		}
	})
}
