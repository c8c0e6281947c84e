package retention

import (
	"context"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
)

// look is one run of the daily job: the day that the clock says, counted from the first on which nothing is kept, and whether the
// family is there afterwards.
type look struct {
	day   int
	there bool
}

// TestPRV3_TheClockJumps lets a family's term end while the clock is wrong for one run of the job, and right again. Who was never
// announced is never erased, and no announcement counts from a day that has not come. One that was announced is erased when
// the clock says that its day has come: there is no other clock to ask.
func TestPRV3_TheClockJumps(t *testing.T) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		t.Run(kind.String(), func(t *testing.T) {
			w := newWorld(t, kind, 1, 0)
			for i, c := range []struct {
				name, ended string
				looks       []look
			}{
				{"a day forwards, before the announcement", "2024-11-22", []look{{-30, true}, {-30, true}, {-1, true}, {0, false}}},
				{"a day forwards, between, at the end of summer time", "2024-10-24", []look{{-30, true}, {-1, true}, {-2, true}, {-1, true}, {0, false}}},
				{"the same at its beginning", "2025-03-27", []look{{-30, true}, {-1, true}, {-2, true}, {-1, true}, {0, false}}},
				{"the same on a leap day", "2026-02-28", []look{{-30, true}, {-1, true}, {-2, true}, {-1, true}, {0, false}}},
				{"forwards over the term, long before", "2024-02-29", []look{{5, true}, {-400, true}, {-31, true}, {-30, true}, {-1, true}, {0, false}}},
				{"forwards over the term, a day before", "2024-11-22", []look{{40, true}, {-30, true}, {0, true}, {69, true}, {70, false}}},
				{"forwards by years, twice", "2024-11-22", []look{{1000, true}, {-100, true}, {1000, true}, {-30, true}, {-1, true}, {1029, true}, {1030, false}}},
				{"back and right again", "2024-11-22", []look{{-30, true}, {-400, true}, {-29, true}, {0, true}, {1, false}}},
				{"back by a day on the day itself", "2024-11-22", []look{{-30, true}, {-1, true}, {-2, true}, {0, false}}},
				{"announced, and forwards by more", "2024-11-22", []look{{-30, true}, {-20, true}, {20, false}}},
			} {
				family := core.ID(1000 + 10*i)
				due := w.ends(family, core.MustDate(c.ended))
				for n, l := range c.looks {
					w.set(due + l.day)
					w.must(w.s.Run(context.Background(), byJob))
					if is := w.isThere(family); is != l.there {
						t.Fatalf("%s: look %d, on day %d: there %v, want %v", c.name, n+1, l.day, is, l.there)
					}
				}
			}
		})
	}
}

// ends gives the world a family whose support ended on the day, and says which is the first day on which nothing is kept of it.
func (w *world) ends(family core.ID, ended core.Date) (due int) {
	w.t.Helper()
	n := epoch.DaysUntil(ended)
	w.set(n)
	w.write(func(x *db.Tx) error {
		w.must(x.NewOwners([]int64{family.Int64(), family.Int64() + 3}))
		w.born(x, family, ClosedDossier)
		for _, q := range changes["end_closed_dossier"] {
			w.must(doFit(x, q, db.Args{"id": family, "day": ended}))
		}
		return nil
	})
	return lastKept(n, 24) + 1
}

func (w *world) isThere(id core.ID) (is bool) {
	w.t.Helper()
	w.must(w.d.Read(context.Background(), byJob, func(x *db.Tx) error {
		all, err := db.All(x, livesThere[roots[0]], nil, func(o *there) []any { return []any{&o.id, &o.told, &o.on} })
		for _, o := range all {
			is = is || o.id == id
		}
		return err
	}))
	return is
}
