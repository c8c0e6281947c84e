package privacy

import (
	"path/filepath"
	"testing"
	"time"

	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// TestTheClockJumpsAndTheLogIsWhole: checkpoints signed by a clock that went back follow those before, and verifying finds nothing.
func TestTheClockJumpsAndTheLogIsWhole(t *testing.T) {
	const day = 24 * time.Hour
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := NewKeeper(d, filepath.Join(t.TempDir(), "checkpoints"))
		jumps := []time.Duration{0, time.Hour, -time.Hour, day, -day, 366 * day, -366 * day, -366 * day}
		for i, jump := range jumps {
			clock.Set(clock.Now().Add(jump))
			grow(t, d, 1+i*10, 2)
			if err := k.Sign(t.Context()); err != nil {
				t.Fatal(err)
			}
			r := mustVerify(t, k)
			if all := r.Books[0].All; !r.OK() || len(all) != i+1 || r.Head.Seq != int64(2*(i+1)) || all[i].At != clock.Now().String() {
				t.Fatalf("after a jump of %s: %+v", jump, r)
			}
		}
	})
}
