package db_test

import (
	"slices"
	"testing"
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/journal"
)

// TestTheClockJumpsAndTheLogGoesOn: the order of the log is the order in which it was written. Entries of a clock that went back
// follow, say what the clock said, and are as whole as any.
func TestTheClockJumpsAndTheLogGoesOn(t *testing.T) {
	const day = 24 * time.Hour
	for name, begin := range map[string]core.Instant{
		"an ordinary day": dbtest.Start, "the end of summer time": core.MustInstant("2026-10-25T00:30:00.000Z"),
		"its beginning": core.MustInstant("2027-03-28T00:30:00.000Z"), "a leap day": core.MustInstant("2028-02-28T23:30:00.000Z"),
	} {
		dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
			clock.Set(begin)
			home(t, d)
			var want []string
			for _, jump := range []time.Duration{0, time.Hour, -time.Hour, day, -day, -2 * day, 366 * day, -366 * day, 0} {
				clock.Set(clock.Now().Add(jump))
				for _, do := range []func(*db.DB) error{read(all(qFile, db.Args{"dossier": family})), write(do(xDrive, db.Args{"id": visit, "km": 3}))} {
					if err := do(d); err != nil {
						t.Fatalf("%s, after a jump of %s: %v", name, jump, err)
					}
					want = append(want, clock.Now().String())
				}
			}
			got := entries(t, d)
			last := got[len(got)-len(want):]
			if at := times(last); !slices.Equal(at, want) {
				t.Errorf("%s: written at %v, want %v", name, at, want)
			}
			for i, e := range got {
				if e.Seq != int64(i+1) {
					t.Errorf("%s: entry %d stands at %d", name, e.Seq, i+1)
				}
			}
			if head := whole(t, d); head.Seq != int64(len(got)) {
				t.Errorf("%s: it ends at %d, of %d", name, head.Seq, len(got))
			}
		})
	}
}

func times(all []journal.Entry) (at []string) {
	for _, e := range all {
		at = append(at, e.At)
	}
	return at
}
