package retention

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/figures"
	"maatje/internal/importer"
)

var byJob = authz.System("retention.erase")

// TestPRV3_EveryColumnThatPointsToSomebodyIsCovered fails when a table is added whose rows would stay, or hold up the others.
func TestPRV3_EveryColumnThatPointsToSomebodyIsCovered(t *testing.T) {
	erased := map[string]authz.Root{}
	for _, x := range db.Schema() {
		if slices.Contains(roots, x.Root) {
			erased[x.Name] = x.Root
		}
	}
	if len(erased) < 60 {
		t.Fatalf("%d tables with a root; the schema is not read", len(erased))
	}
	made := map[string]bool{}
	for _, x := range db.Schema() {
		made[x.Name] = true
		for column, to := range x.Points {
			if !made[to] {
				t.Errorf("%s.%s points to %s, which is made later: rows cannot be taken away in that order", x.Name, column, to)
			}
		}
		for _, column := range x.Columns {
			to := x.Points[column]
			if whose, ok := strings.CutSuffix(column, "_id"); ok && to == "" && erased[whose] != authz.NoRoot {
				to = whose
			}
			if erased[to] == authz.NoRoot || stays[x.Name] != "" {
				continue
			}
			name := x.Name + "." + column
			switch own := x.Root == erased[to]; {
			case own, ownEnd[name], forgets[name] != "", keepsShell[name], slices.Contains(gone[x.Name], column):
			default:
				t.Errorf("%s points to %s: say in erase.go what becomes of it when that is erased", name, to)
			}
		}
		if slices.Contains(roots, x.Root) && !x.Has(x.RootColumn()) {
			t.Errorf("%s has no %s: nothing says whose its rows are", x.Name, x.RootColumn())
		}
	}
}

func bring(t *testing.T, d *db.DB) {
	t.Helper()
	for _, y := range []int{2012, 2013, 2014} {
		text, err := os.ReadFile(filepath.Join("..", "figures", "testdata", "years", fmt.Sprintf("%d.jsonl", y)))
		if err != nil {
			t.Fatal(err)
		}
		if _, failed, err := importer.Text(context.Background(), d, string(text)); err != nil || len(failed) > 0 {
			t.Fatal(failed, err)
		}
	}
}

// figuresOf are the figures of many periods, of a day, of odd lengths and of all time.
func figuresOf(t *testing.T, d *db.DB) map[string][]figures.Cell {
	t.Helper()
	out := map[string][]figures.Cell{}
	of := func(from, to core.Date) {
		cells, err := figures.NewService(d).Of(context.Background(), authz.System("figures"), figures.Period{From: from, To: to})
		if err != nil {
			t.Fatal(err)
		}
		out[from.String()+" "+to.String()] = cells
	}
	for y := 2011; y <= 2016; y++ {
		of(core.NewDate(y, 1, 1), core.NewDate(y, 12, 31))
	}
	of(core.NewDate(2000, 1, 1), core.NewDate(2030, 1, 1))
	for day := core.NewDate(2012, 1, 1); day.Before(core.NewDate(2015, 3, 1)); day = day.AddDays(71) {
		of(day, day)
		of(day, day.AddDays(13))
		of(day, day.AddDays(92))
	}
	return out
}

func same(t *testing.T, when string, before, after map[string][]figures.Cell) {
	t.Helper()
	for period, cells := range before {
		if !reflect.DeepEqual(cells, after[period]) {
			for i := range max(len(cells), len(after[period])) {
				if i >= len(cells) || i >= len(after[period]) || !reflect.DeepEqual(cells[i], after[period][i]) {
					t.Errorf("%s, %s: %d and %d cells; %+v\nis now %+v", when, period, len(cells), len(after[period]), at(cells, i), at(after[period], i))
					break
				}
			}
		}
	}
}

func at(cells []figures.Cell, i int) any {
	if i < len(cells) {
		return cells[i]
	}
	return "nothing"
}

// TestPRV3_FiguresSurviveAsCounts erases three years of families one after the other, with their referrals and then the volunteers;
// no figure of any period changes, on either engine, and nothing else is left.
func TestPRV3_FiguresSurviveAsCounts(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		bring(t, d)
		before := figuresOf(t, d)
		s := NewService(d)
		families, referrals := 0, 0
		for round := range 3 { // announced, erased, nothing left to do
			if err := s.Run(context.Background(), byJob); err != nil {
				t.Fatal(err)
			}
			families, referrals = rows(t, d, "dossier"), rows(t, d, "referral")
			same(t, fmt.Sprint("round ", round), before, figuresOf(t, d))
			clock.Set(clock.Now().Add(40 * 24 * 3600e9))
		}
		if families != 0 || referrals != 0 {
			t.Errorf("%d families and %d referrals are left", families, referrals)
		}
		for _, x := range db.Schema() {
			if n := rows(t, d, x.Name); n != 0 && (x.Root == authz.DossierRoot || x.Root == authz.ReferralRoot) {
				t.Errorf("%d rows of %s are left", n, x.Name)
			}
		}
	})
}

var counters = func() map[string]*db.Query {
	out := map[string]*db.Query{}
	for _, x := range db.Schema() {
		out[x.Name] = db.CrossQ("test.rows_"+x.Name, authz.Works, "a test counts", `SELECT COUNT(*) FROM `+x.Name, db.Probe{})
	}
	return out
}()

func rows(t *testing.T, d *db.DB, table string) (n int) {
	t.Helper()
	err := d.Read(context.Background(), byJob, func(x *db.Tx) (err error) {
		n, err = db.Count(x, counters[table], nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
