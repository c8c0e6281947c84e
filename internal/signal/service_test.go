package signal

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/task"
)

// worried gives a family, its signals, and what Ria passes on at three o'clock on a Saturday.
func worried(t *testing.T, test func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, in Raising)) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		s := NewService(d, func(*db.Tx) (int, error) { return 5, nil }, func(*db.Tx, core.DossierID) (bool, error) { return false, nil })
		test(t, f, s, clock, Raising{ID: core.NewID[core.ID](clock.Now()), Trajectory: f.Trajectory, Urgency: "week", Saw: "Noor had niets gegeten.", Thinks: "Geldzorgen?"})
	})
}

func onWorklist(t *testing.T, f *familytest.Family, a authz.Actor) (rows []task.Row) {
	t.Helper()
	err := f.DB.Read(context.Background(), a, func(x *db.Tx) (err error) {
		rows, err = task.Mine(x, task.Filter{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSIG1_AWorryReachesTheCoordinator(t *testing.T) {
	ctx := context.Background()
	worried(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, in Raising) {
		for range 2 { // a double tap
			if err := s.Raise(ctx, f.Ria, in); err != nil {
				t.Fatal(err)
			}
		}
		rows := onWorklist(t, f, f.Petra)
		if len(rows) != 1 || rows[0].Urgency != task.Safety || rows[0].DossierName != "Familie Wil" || rows[0].Due != AnswerBefore("week", core.MustInstant(familytest.Start), 5) {
			t.Fatalf("on the worklist: %+v", rows)
		}
		sig, err := s.One(ctx, f.Petra, f.Dossier, in.ID)
		if err != nil || sig.Saw != in.Saw || sig.Thinks != in.Thinks || sig.By != "Ria" {
			t.Errorf("the coordinator reads %+v %v", sig, err)
		}
	})
}

func TestSIG5_WhoGaveItIsForTheCoordinatorsAlone(t *testing.T) {
	ctx := context.Background()
	worried(t, func(t *testing.T, f *familytest.Family, s *Service, _ *dbtest.Clock, in Raising) {
		if err := s.Raise(ctx, f.Ria, in); err != nil {
			t.Fatal(err)
		}
		for who, a := range map[string]authz.Actor{"another volunteer of the family": f.Tom, "a volunteer elsewhere": f.Stranger, "a coordinator elsewhere": f.Omar, "the leader": f.Leader} {
			if _, err := s.One(ctx, a, f.Dossier, in.ID); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s reads the signal: %v", who, err)
			}
			if _, err := s.Own(ctx, a, in.ID); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s reads it as own: %v", who, err)
			}
		}
		if err := s.Raise(ctx, f.Stranger, in); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a volunteer of nobody here raises one: %v", err)
		}
	})
}

func TestSIG3_AnswerAndNotEnough(t *testing.T) {
	ctx := context.Background()
	worried(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, in Raising) {
		if err := s.Raise(ctx, f.Ria, in); err != nil {
			t.Fatal(err)
		}
		a := Answering{Dossier: f.Dossier, Signal: in.ID, Outcome: "joint_visit", Needed: "Met oma praten", Words: "Ik kom dinsdag mee.", Version: 1}
		if err := s.Answer(ctx, f.Petra, Answering{Dossier: f.Dossier, Signal: in.ID, Outcome: "joint_visit", Words: "x", Version: 1}); err == nil {
			t.Error("answered without the first question")
		}
		if err := s.Answer(ctx, f.Petra, a); err != nil {
			t.Fatal(err)
		}
		if err := s.Answer(ctx, f.Backup, a); !core.IsKind(err, core.KindConflict) {
			t.Errorf("a colleague answers the same at once: %v", err)
		}
		if rows := onWorklist(t, f, f.Petra); len(rows) != 0 {
			t.Errorf("still on the worklist: %+v", rows)
		}
		own, err := s.Own(ctx, f.Ria, in.ID)
		if err != nil || len(own.Answers) != 1 || own.Answers[0].Words != a.Words || own.IsOpen() {
			t.Fatalf("the volunteer reads %+v %v", own, err)
		}
		clock.Set(clock.Now().Add(48 * 3600e9))
		if err := s.FindTooLittle(ctx, f.Ria, in.ID, "Er kwam niemand."); err != nil {
			t.Fatal(err)
		}
		if rows := onWorklist(t, f, f.Petra); len(rows) != 1 || !rows[0].Due.After(clock.Now()) {
			t.Errorf("it is not on the worklist again: %+v", rows)
		}
		again, err := s.One(ctx, f.Petra, f.Dossier, in.ID)
		if err != nil || !again.IsOpen() || again.Answers[0].NotEnough != "Er kwam niemand." {
			t.Errorf("the coordinator reads %+v %v", again, err)
		}
		wantsFail(t, s.FindTooLittle(ctx, f.Ria, in.ID, "nog eens"), "signal_not_answered_yet")
	})
}

func wantsFail(t *testing.T, err error, message string) {
	t.Helper()
	if f, ok := core.AsFail(err); !ok || f.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}

func TestSIG2_SilenceTravelsToTheBackupAndTheLeader(t *testing.T) {
	ctx := context.Background()
	worried(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, in Raising) {
		in.Urgency = "now"
		if err := s.Raise(ctx, f.Ria, in); err != nil {
			t.Fatal(err)
		}
		step := func(at string, backup, leader int) {
			t.Helper()
			clock.Set(core.MustInstant(at))
			for range 2 { // a job that runs twice does nothing twice
				if err := s.escalateAll(ctx, authz.System("signal.escalate")); err != nil {
					t.Fatal(err)
				}
			}
			if b, l := len(onWorklist(t, f, f.Backup)), len(onWorklist(t, f, f.Leader)); b != backup || l != leader {
				t.Errorf("at %s: backup has %d, leader has %d", at, b, l)
			}
		}
		step("2026-11-14T16:00:00Z", 0, 0)
		step("2026-11-14T16:01:00Z", 1, 0)
		step("2026-11-14T23:00:00Z", 1, 1)
		e, err := s.Escalated(ctx, f.Leader, in.ID)
		if err != nil || e.Coordinator != "Petra" || e.Dossier != f.Dossier {
			t.Errorf("the leader reads %+v %v", e, err)
		}
		if _, err := s.Escalated(ctx, f.Petra, in.ID); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a coordinator reads the escalation: %v", err)
		}
		err = s.Answer(ctx, f.Backup, Answering{Dossier: f.Dossier, Signal: in.ID, Outcome: "discussed", Needed: "Bellen", Words: "Gedaan.", Version: 1})
		if err != nil {
			t.Fatal(err)
		}
		step("2026-11-16T23:00:00Z", 0, 0)
		if rows := onWorklist(t, f, f.Petra); len(rows) != 0 {
			t.Errorf("answered, and still with Petra: %+v", rows)
		}
	})
}
