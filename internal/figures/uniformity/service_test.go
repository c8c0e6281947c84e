package uniformity

import (
	"context"
	"net/http"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/tool"
	"maatje/internal/web/webtest"
)

const made = "a test makes the year that it counts"

var (
	xCheckpoint = db.CrossX("uniformitytest.checkpoint", authz.Works, made, `INSERT INTO checkpoint (id, dossier_id, trajectory_id, kind, due_on, held_on)
		VALUES (:id, :dossier, :trajectory, 'three_months', :due, :held)`, db.Probe{})
	xVisit = db.CrossX("uniformitytest.visit", authz.Works, made, `INSERT INTO visit (id, dossier_id, trajectory_id, volunteer_id, state, planned_at, held_at, tools)
		VALUES (:id, :dossier, :trajectory, :for_volunteer, :state, :at, :held, :tools)`, db.Probe{})
	xReport = db.CrossX("uniformitytest.report", authz.Works, made, `INSERT INTO visit_report (visit_id, dossier_id, volunteer_id, state, saved_at, done_at)
		VALUES (:id, :dossier, :for_volunteer, 'done', :done, :done)`, db.Probe{})
	xSignal = db.CrossX("uniformitytest.signal", authz.Works, made, `INSERT INTO signal (id, dossier_id, trajectory_id, raised_at, urgency, answer_before)
		VALUES (:id, :dossier, :trajectory, :before, 'this_week', :before)`, db.Probe{})
	xAnswer = db.CrossX("uniformitytest.answer", authz.Works, made, `INSERT INTO signal_answer (id, dossier_id, signal_id, at, account_id, outcome)
		VALUES (:id, :dossier, :id, :at, 0, '')`, db.Probe{})
	xEnd = db.CrossX("uniformitytest.end", authz.Works, made, `UPDATE trajectory SET ended_on = :on, abrupt = TRUE, state = 'ended' WHERE id <> :id`, db.Probe{})
)

// year makes a year of Petra's: contacts, reports, worries and an ending.
func year(t *testing.T, f *familytest.Family) {
	t.Helper()
	do := func(q *db.Query, args db.Args) {
		f.Do(t, func(x *db.Tx) error {
			if _, has := args["id"]; !has {
				args["id"] = db.NewID[core.ID](x)
			}
			return db.Do(x, q, args)
		})
	}
	on := func(args db.Args) db.Args {
		args["dossier"], args["trajectory"] = f.Dossier, f.Trajectory
		return args
	}
	for due, held := range map[string]any{"2026-03-01": "2026-03-01", "2026-04-01": "2026-04-02", "2026-05-01": nil, "2026-12-31": nil} {
		do(xCheckpoint, on(db.Args{"due": due, "held": held}))
	}
	for i, v := range []struct {
		at, done, tools string
	}{
		{"2026-06-01T13:00:00.000Z", "2026-06-08T10:00:00.000Z", "diary"}, {"2026-06-15T13:00:00.000Z", "2026-06-23T10:00:00.000Z", ""}, {"2026-07-01T13:00:00.000Z", "", ""},
	} {
		id := core.ID(1000 + i)
		args := on(db.Args{"id": id, "for_volunteer": f.Ria.Volunteer(), "at": v.at, "tools": v.tools, "state": "planned", "held": nil})
		if v.done != "" {
			args["state"], args["held"] = "held", v.at
		}
		do(xVisit, args)
		if v.done != "" {
			do(xReport, db.Args{"id": id, "dossier": f.Dossier, "for_volunteer": f.Ria.Volunteer(), "done": v.done})
		}
	}
	for i, at := range []string{"2026-08-01T10:00:00.000Z", "2026-08-01T10:00:00.001Z", ""} {
		id := core.ID(2000 + i)
		do(xSignal, on(db.Args{"id": id, "before": "2026-08-01T10:00:00.000Z"}))
		if at != "" {
			do(xAnswer, db.Args{"id": id, "dossier": f.Dossier, "at": at})
		}
	}
	do(xEnd, db.Args{"id": f.Trajectory, "on": "2026-09-09"})
}

func TestFIG4_AYearOfACoordinator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := familytest.New(t, d)
		year(t, f)
		s, ctx := NewService(d), context.Background()
		from, to := core.MustDate("2026-01-01"), core.MustDate("2026-12-31")
		all, err := s.Of(ctx, f.Leader, from, to)
		if err != nil || len(all.Lines) != 1 || all.Lines[0].Name != "Petra" {
			t.Fatalf("the leader sees %+v: %v", all, err)
		}
		for figure, want := range map[string]Share{Checkpoints: {1, 3}, Reports: {1, 3}, Tools: {1, 2}, Signals: {1, 3}, Abrupt: {1, 1}} {
			if got := all.Lines[0].Shares[figure]; got != want {
				t.Errorf("%s is %d of %d, not %d of %d", figure, got.N, got.M, want.N, want.M)
			}
		}
		if all.Lines[0].Tools["diary"] != 1 {
			t.Errorf("the tools are %v", all.Lines[0].Tools)
		}
		own, err := s.Of(ctx, f.Petra, from, to)
		if err != nil || len(own.Lines) != 1 || own.All.Shares[Reports].M != 3 {
			t.Errorf("she sees %+v: %v", own, err)
		}
		if other, err := s.Of(ctx, f.Omar, from, to); err != nil || len(other.Lines) != 0 || other.All.Shares[Reports].M != 3 {
			t.Errorf("a colleague sees %+v: %v", other, err)
		}
		if _, err := s.Of(ctx, f.Ria, from, to); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a volunteer sees it: %v", err)
		}
		if earlier, err := s.Of(ctx, f.Leader, core.MustDate("2026-06-09"), core.MustDate("2026-06-22")); err != nil || earlier.All.Shares[Reports] != (Share{0, 1}) {
			t.Errorf("of the report that was due on 22 June %+v: %v", earlier.All, err)
		}
	})
}

func TestPageOfCoordinators(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := familytest.New(t, d)
		year(t, f)
		w := webtest.New(t, d.Now)
		NewService(d).Routes(w.Router)
		w.As(f.Leader).Get("/figures/coordinators").Is(http.StatusOK, "Petra", "33,3", "(1 van 3)", "geen ranglijst", "dagboek")
		w.As(f.Omar).Get("/figures/coordinators?from=2026-01-01&to=2026-12-31").Is(http.StatusOK, "eigen regel", "Het hele programma").Without("Petra")
		w.Get("/figures/coordinators?from=2026-12-31&to=2026-01-01").Is(http.StatusUnprocessableEntity, "niet eerder is", `value="2026-12-31"`)
		w.Get("/figures/coordinators?from=gisteren&to=2026-01-01").Is(http.StatusUnprocessableEntity, `value="gisteren"`)
		w.As(f.Ria).Get("/figures/coordinators").Is(http.StatusNotFound)
	})
}

// FIG-4: what was done with the tools themselves stands beside what reports say; a coordinator sees the volunteers of the own
// families.
func TestFIG4_TheToolsThemselvesAreCounted(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f, s, ctx := familytest.New(t, d), NewService(d), context.Background()
		for _, name := range []string{tool.Genogram, tool.Genogram, tool.StepPlan} { // twice on one day is once
			if err := tool.NewService(d, nil).Used(ctx, f.Ria, f.Dossier, name); err != nil {
				t.Fatal(err)
			}
		}
		for who, lines := range map[*authz.Actor]int{&f.Leader: 1, &f.Petra: 1, &f.Omar: 0} {
			got, err := s.Of(ctx, *who, core.MustDate("2026-11-14"), core.MustDate("2026-11-14"))
			if err != nil || len(got.Used) != lines || len(got.ByVolunteer) != lines || got.AllUsed.Tools[tool.Genogram] != 1 || got.AllUsed.Tools[tool.StepPlan] != 1 {
				t.Errorf("%s sees %+v %+v %v", who.Name(), got.Used, got.ByVolunteer, err)
			}
		}
		got, err := s.Of(ctx, f.Leader, core.MustDate("2026-11-15"), core.MustDate("2026-11-15"))
		if err != nil || len(got.Used) != 0 {
			t.Errorf("the day after: %+v %v", got.Used, err)
		}
	})
}
