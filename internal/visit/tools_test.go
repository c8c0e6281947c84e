package visit

import (
	"context"
	"testing"

	"maatje/internal/core"
	"maatje/internal/familytest"
	"maatje/internal/plan"
	"maatje/internal/tool"
	"maatje/internal/web/webtest"
)

// TRA-6 with TOO-5: the report ticks what is done of the plan; what was used here is ticked already, and what the family left is
// not asked.
func TestTRA6_TOO5_TheReportKnowsThePlanAndTheTools(t *testing.T) {
	onPhone(t, planToReport)
}

func planToReport(t *testing.T, f *familytest.Family, w *webtest.Site) {
	ctx, own := context.Background(), "/my-families/"+f.Trajectory.String()
	plans, tools := plan.NewService(f.DB), tool.NewService(f.DB, nil)
	step := plan.Step{ID: core.NewID[core.ID](core.MustInstant("2026-11-14T14:00:00.000Z")), Month: 3, Who: "network", What: "Tante Mo haalt Noor. שלום"}
	if err := plans.Add(ctx, f.Ria, plan.ForVolunteer, f.Trajectory, step); err != nil {
		t.Fatal(err)
	}
	later := plan.Step{ID: step.ID + 1, Month: 5, Who: "family", What: "Naar de dierentuin"}
	if err := plans.Add(ctx, f.Ria, plan.ForVolunteer, f.Trajectory, later); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{tool.Genogram, tool.Sociogram} {
		if err := tools.Skip(ctx, f.Ria, f.Dossier, tool.Skip{ID: step.ID + core.ID(10+len(name)), Tool: name, Why: "family_no"}); err != nil {
			t.Fatal(err)
		}
	}
	page := w.As(f.Ria).Get(own+"/report").Is(200, "Wat uit het stappenplan is klaar?", "Tante Mo haalt Noor. שלום", "Dit past hier niet, dus dat vragen we niet: genogram (het gezin wil het niet) en sociogram").
		Without("Naar de dierentuin", "Is het genogram al gemaakt?")
	action := "/reports/" + reportID(t, page.Body)
	values := page.Form(action)
	if got := values["tools"]; len(got) != 1 || got[0] != tool.StepPlan || values.Get("step_plan") != "1" {
		t.Errorf("ticked already: %v, %q", got, values.Get("step_plan"))
	}
	values["present"], values["activities"] = []string{f.Sara.String()}, []string{"talking"}
	values.Set("steps", step.ID.String())
	values.Set("mood", "good")
	w.Post(action, values).Is(422, "Tante Mo haalt Noor.")
	values.Set("minutes", "60")
	values.Set("held_time", "10:00")
	for range 2 { // a double tap
		w.Post(action, values).Is(303)
	}
	_, kept, past, err := plans.One(ctx, f.Petra, plan.ForCoordinator, f.Trajectory, step.ID)
	if err != nil || !kept.IsDone() || len(past) != 1 || past[0].Deed != plan.Ticked {
		t.Errorf("after the report: %+v %+v %v", kept, past, err)
	}
}
