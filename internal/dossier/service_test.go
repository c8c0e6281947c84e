package dossier

import (
	"context"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var tTasks = db.CrossQ("testing.tasks", authz.Works, forTests, `SELECT t.kind FROM task t WHERE t.dossier_id = :dossier AND t.done_at IS NULL ORDER BY t.kind`, db.Probe{})

// waits compares the tasks that are open about a family.
func (n town) waits(id core.DossierID, want ...string) {
	n.t.Helper()
	n.as(authz.System("test"), func(x *db.Tx) error {
		got, err := db.All(x, tTasks, db.Args{"dossier": id}, func(k *string) []any { return []any{k} })
		if strings.Join(got, " ") != strings.Join(want, " ") {
			n.t.Errorf("waiting are %v, want %v", got, want)
		}
		return err
	})
}

// heard is a watcher that keeps what it was told.
type heard struct{ old, now []core.Date }

func (h *heard) ReleaseMoved(_ *db.Tx, _ core.DossierID, _ core.ID, _ core.PersonID, old, now core.Date) error {
	h.old, h.now = append(h.old, old), append(h.now, now)
	return nil
}

func TestCaseC20_AnEmptyCellBecomesATask(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		id, people := grownFamily(n)
		s := NewService(d, nil)
		p := n.load(id).Placements[0]
		if err := s.Gone(context.Background(), n.ilse, id, p.ID); err != nil {
			t.Fatal(err)
		}
		f := n.load(id)
		if _, known := f.StaysIn(f.Detentions[0].ID); known || f.Placements[0].Until.IsZero() {
			t.Error("the file still says where she is")
		}
		if _, inside := f.DetainedOn(people[2].ID, f.Placements[0].Until); !inside {
			t.Error("she is somewhere, and still detained")
		}
		n.waits(id, "find_parent")
		if err := s.Gone(context.Background(), n.ilse, id, p.ID); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("gone twice: %v", err)
		}
		n.as(n.petra, func(x *db.Tx) error {
			_, err := AddPlacement(x, id, Placement{Detention: f.Detentions[0].ID, Facility: n.otherPrison, From: x.Today()})
			return err
		})
		n.waits(id)
	})
}

func TestCaseC2_AnEarlyReleaseIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		h := &heard{}
		s := NewService(d, h)
		det := n.load(id).Detentions[0]
		det.ExpectedUntil = day("2027-03-01")
		if err := s.ChangeDetention(context.Background(), n.petra, id, det); err != nil || len(h.now) != 0 {
			t.Fatalf("later: %v, told %v", err, h.now)
		}
		det.Version, det.ReleasedOn = 2, day("2026-11-20")
		if err := s.ChangeDetention(context.Background(), n.petra, id, det); err != nil {
			t.Fatal(err)
		}
		if len(h.now) != 1 || h.old[0] != day("2027-03-01") || h.now[0] != day("2026-11-20") {
			t.Errorf("told %v to %v", h.old, h.now)
		}
		f := n.load(id)
		if f.Placements[0].Until != day("2026-11-20") {
			t.Errorf("her stay ends on %v, want the day of the release", f.Placements[0].Until)
		}
	})
}

func TestJobsAskOnce(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, _ := grownFamily(n) // its mother is expected on 1 December; her place is confirmed today
		s := NewService(d, nil)
		run := func() {
			for range 2 {
				for _, j := range s.Jobs() {
					if err := j.Run(context.Background(), authz.System(j.Name)); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		run()
		n.waits(id, "release_near")
		n.as(n.petra, func(x *db.Tx) error {
			_, err := RecordRestriction(x, id, Restriction{Detention: detentionsOf(t, x, id)[0].ID, From: day("2026-11-20"), ExpectedUntil: day("2026-11-24")})
			return err
		})
		run()
		n.waits(id, "release_near")
		clock.Set(dbtest.Start.Add(15 * 24 * 3600e9))
		run()
		n.waits(id, "confirm_placement", "release_near", "restriction_ends")
		f := n.load(id)
		if err := s.Confirm(context.Background(), n.petra, id, f.Placements[0].ID); err != nil {
			t.Fatal(err)
		}
		r := f.Restrictions[1]
		r.LiftedOn = day("2026-11-25")
		n.as(n.petra, func(x *db.Tx) error { _, err := RecordRestriction(x, id, r); return err })
		run()
		n.waits(id, "release_near")
	})
}

func TestHandingAFamilyOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		f := n.load(id)
		n.refuse("dossier_out_of_reach", n.petra, func(x *db.Tx) error {
			away := f.Dossier
			away.Municipality = 0
			return ChangeCover(x, away)
		})
		n.as(n.petra, func(x *db.Tx) error {
			mine := f.Dossier
			mine.Name, mine.InsideCoordinator = "Familie Wil", n.ilse.Account()
			return ChangeCover(x, mine)
		})
		if got := n.load(id); got.Name != "Familie Wil" || got.InsideName != "Ilse" || got.Version != 2 {
			t.Errorf("kept as %+v", got.Dossier)
		}
		n.refuse("dossier_changed_meanwhile", n.petra, func(x *db.Tx) error { return ChangeCover(x, f.Dossier) })
	})
}

func TestTheTimelineIsTheActorsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		has := func(a authz.Actor) map[string]bool {
			kinds := map[string]bool{}
			n.as(a, func(x *db.Tx) error {
				all, err := Timeline(x, id)
				for i, e := range all {
					kinds[e.Kind] = true
					if i > 0 && all[i-1].On.Before(e.On) {
						t.Errorf("%v stands after %v", e, all[i-1])
					}
				}
				return err
			})
			return kinds
		}
		for _, want := range []string{"opened", "moved", "detained", "placed", "restricted", "lifted", "leave", "told", "noted"} {
			if !has(n.petra)[want] {
				t.Errorf("the timeline misses %s", want)
			}
		}
		if got := has(n.neighbour); len(got) != 0 {
			t.Errorf("the neighbour reads %v", got)
		}
	})
}

func TestStatesAreKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		for _, step := range []struct {
			do   func(*db.Tx, core.DossierID, core.Date) error
			want State
		}{{Await, Waiting}, {Begin, Running}, {Follow, Aftercare}, {Close, Closed}, {Reopen, Intake}} {
			n.as(n.petra, func(x *db.Tx) error { return step.do(x, id, day("2026-11-01")) })
			f := n.load(id)
			if f.State != step.want || f.Since != day("2026-11-01") || f.ClosedOn.IsZero() == (step.want == Closed) {
				t.Errorf("got %s since %v, closed %v; want %s", f.State, f.Since, f.ClosedOn, step.want)
			}
		}
		n.as(n.petra, func(x *db.Tx) error { return Close(x, id, day("2026-11-02")) })
		n.refuse("dossier_state_impossible", n.petra, func(x *db.Tx) error { return Begin(x, id, day("2026-11-03")) })
	})
}
