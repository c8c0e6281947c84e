package board_test

import (
	"context"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/matching"
	"maatje/internal/matching/board"
	"maatje/internal/matching/seek"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
)

var ctx = context.Background()

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// town has two families that wait, and two volunteers; one of them speaks Tigrinya, which the second family needs.
type town struct {
	*trajectorytest.World
	board    *board.Service
	matching *matching.Service
	seek     *seek.Service
	plain    core.TrajectoryID
	tigrinya core.TrajectoryID
	ria, sem authz.Actor
}

func build(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := trajectorytest.New(t, d)
	s := &town{World: w, board: board.NewService(d), matching: matching.NewService(d, trajectorytest.Holds), seek: seek.NewService(d)}
	s.plain, s.tigrinya = s.waits(t, "Sara"), s.waits(t, "Noor")
	s.ria, s.sem = w.Volunteer(t, "Ria", "family_buddy"), w.Volunteer(t, "Sem", "family_buddy")
	w.Write(t, func(tx *db.Tx) error {
		return db.Do(tx, xSpeaks, db.Args{"id": s.sem.Volunteer(), "speaks": "ti", "capacity": 1})
	})
	must(t, s.seek.Keep(ctx, w.Petra, seek.Want{Trajectory: s.tigrinya, Languages: []string{"ti"}, Needed: true, Postcode: "8011 ab", Days: []string{"wed"}, Volunteers: 1}))
	return s
}

var xSpeaks = db.CrossX("boardtest.speaks", authz.Works, "a test", `UPDATE volunteer SET speaks = :speaks, capacity = :capacity WHERE id = :id`, db.Probe{})

func (s *town) waits(t *testing.T, child string) core.TrajectoryID {
	t.Helper()
	f := s.Family(t, trajectorytest.Child(child, "2017-03-01"), trajectorytest.Caregiver("Oma "+child, "oma"))
	id, err := trajectory.NewService(s.DB, trajectorytest.Holds).Begin(ctx, s.Petra, f.Dossier, trajectory.Start{Kind: "family_buddy", People: f.People(child)})
	must(t, err)
	return id
}

func (s *town) plan(t *testing.T, a authz.Actor, w board.Wish) board.Plan {
	t.Helper()
	p, err := s.board.Plan(ctx, a, w)
	must(t, err)
	return p
}

func proposals(p board.Plan) map[core.TrajectoryID]string {
	out := map[core.TrajectoryID]string{}
	for _, l := range p.Lines {
		for _, one := range l.Proposed {
			out[l.Trajectory] += one.Name
		}
	}
	return out
}

func TestVOL7_TheBoardProposesAndTheCoordinatorAsks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		got := proposals(s.plan(t, s.Petra, board.Wish{}))
		if got[s.plain] != "Ria" || got[s.tigrinya] != "Sem" {
			t.Fatalf("%v", got)
		}
		if p := s.plan(t, s.Kees, board.Wish{}); p.Places != 0 || len(p.Lines) != 0 {
			t.Errorf("a coordinator of another area sees %+v", p)
		}
		must(t, s.board.Ask(ctx, s.Petra, board.Wish{}, board.Pair{Trajectory: s.plain, Volunteer: s.ria.Volunteer()}, matching.Deviation{}))
		p := s.plan(t, s.Petra, board.Wish{})
		if len(p.Asked) != 1 || p.Places != 1 {
			t.Errorf("after asking: %+v", p)
		}
		// Joke looks at a board that is not there any more.
		err := s.board.Ask(ctx, s.Joke, board.Wish{}, board.Pair{Trajectory: s.plain, Volunteer: s.ria.Volunteer()}, matching.Deviation{})
		if !core.IsKind(err, core.KindConflict) {
			t.Errorf("a stale board: %v", err)
		}
	})
}

func TestVOL7_AFixedPairAsksWhyAndKeepsIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		pin := board.Pair{Trajectory: s.plain, Volunteer: s.sem.Volunteer()}
		wish := board.Wish{Pins: []board.Pair{pin}}
		p := s.plan(t, s.Petra, wish)
		if p.Best != 2 || p.Filled != 1 || len(p.Without) != 1 || p.Without[0].Bottleneck[0] != "language" {
			t.Fatalf("%+v", p)
		}
		err := s.board.Ask(ctx, s.Petra, wish, pin, matching.Deviation{})
		if f, ok := core.AsFail(err); !ok || f.Message != "matching_deviation" {
			t.Fatalf("without a reason: %v", err)
		}
		must(t, s.board.Ask(ctx, s.Petra, wish, pin, matching.Deviation{Code: "other", Words: "Ze zingen samen in het koor."}))
		b, err := s.matching.Board(ctx, s.Joke, s.plain)
		must(t, err)
		if m := b.Matches[0]; m.Deviation.Code != "other" || m.Deviation.Words != "Ze zingen samen in het koor." || m.Advised != "Ria" {
			t.Errorf("kept: %+v", m)
		}
	})
}

func TestVOL9_WhoIsKeptApartIsNotProposed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		apart := seek.Exclusion{Volunteer: s.ria.Volunteer(), Side: seek.ByFamily, Words: "Zij is een nicht van de vader."}
		must(t, s.seek.Exclude(ctx, s.Petra, s.plain, apart))
		if err := s.seek.Exclude(ctx, s.Joke, s.plain, apart); !core.IsKind(err, core.KindConflict) {
			t.Errorf("twice: %v", err)
		}
		if got := proposals(s.plan(t, s.Petra, board.Wish{})); got[s.plain] == "Ria" {
			t.Errorf("%v", got)
		}
		err := s.matching.Propose(ctx, s.Petra, s.plain, s.ria.Volunteer(), matching.DoubleRole{})
		if err == nil || !strings.Contains(err.Error(), "excluded") {
			t.Errorf("asked all the same: %v", err)
		}
		file, err := s.seek.File(ctx, s.Petra, s.plain)
		must(t, err)
		if len(file.Exclusions) != 1 || file.Exclusions[0].Words != apart.Words || file.Exclusions[0].Name != "Ria" {
			t.Fatalf("%+v", file.Exclusions)
		}
		if err := s.seek.Lift(ctx, s.Kees, s.plain, file.Exclusions[0].ID); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("lifted from another area: %v", err)
		}
		must(t, s.seek.Lift(ctx, s.Petra, s.plain, file.Exclusions[0].ID))
		if got := proposals(s.plan(t, s.Petra, board.Wish{})); got[s.plain] != "Ria" {
			t.Errorf("after lifting: %v", got)
		}
	})
}

func TestVOL7_WhatAFamilySeeksIsKeptOnceAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		file, err := s.seek.File(ctx, s.Petra, s.tigrinya)
		must(t, err)
		w := file.Want
		if w.Postcode != "8011" || w.Version != 1 || !w.Needed || len(w.Days) != 1 {
			t.Errorf("kept %+v", w)
		}
		w.Volunteers = 2
		must(t, s.seek.Keep(ctx, s.Petra, w))
		if err := s.seek.Keep(ctx, s.Joke, w); !core.IsKind(err, core.KindConflict) {
			t.Errorf("over what somebody else kept: %v", err)
		}
		if p := s.plan(t, s.Petra, board.Wish{}); p.Places != 3 || p.Filled != 2 {
			t.Errorf("%d of %d", p.Filled, p.Places)
		}
		w.Trajectory, w.Postcode = s.plain, "Zwolle"
		if f, ok := core.AsFail(s.seek.Keep(ctx, s.Petra, w)); !ok || f.Field != "postcode" {
			t.Errorf("a postcode of words: %v", f)
		}
	})
}
