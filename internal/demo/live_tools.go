package demo

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan"
	"maatje/internal/plan/goal"
	"maatje/internal/plan/triptych"
	"maatje/internal/tool"
)

// Tools are the services of the family's own tools.
type Tools struct {
	Tool     *tool.Service
	Triptych *triptych.Service
	Goal     *goal.Service
	Plan     *plan.Service
}

var (
	xWritten = dress("written", `UPDATE triptych SET at = :at WHERE id = :id`, db.Probe{"at": "2026-01-01T00:00:00.000Z", "id": db.Theirs("triptych")})

	wishes = []struct{ problem, wish, how, later string }{
		{"Thuis is het altijd druk. Ik heb geen plek voor mezelf.", "Een eigen plek waar ik huiswerk kan maken.", "Met opa de zolder opruimen.", "De zolder is leeg. Nu nog een bureau en een lamp."},
		{"Iedereen eet wanneer het uitkomt.", "Eén keer in de week samen eten.", "Op zondag koken we om de beurt.", "Op zondag eten we samen. Nu ook op woensdag."},
		{"Ik durf niet alleen naar voetbal.", "Weer gaan voetballen.", "Eerst samen op de fiets, daarna met een vriend.", "Ik ga met Daan op de fiets."},
	}
	sentences = [5]string{"Het gaat minder goed dan eerst.", "Het is nog zoals het was.", "Het lukt zoals we hoopten.", "Het lukt ook als het druk is.", "We denken er niet meer over na."}
)

// tools shows what families made of their tools: a triptych of spring beside that of now, a goal that was rated four times and changed
// once, and a step plan in which something moved. One family left the sociogram, and said why.
func (c scene) tools(ctx context.Context) error {
	n := 0
	for _, p := range c.people {
		if p.Volunteer.IsZero() || n >= len(wishes) {
			continue
		}
		theirs, err := c.theirs(ctx, p)
		if err != nil {
			return err
		}
		if err := c.toolsOf(ctx, p.actor(), theirs[0], n); err != nil {
			return err
		}
		n++
	}
	return nil
}

func (c scene) newID() core.ID { return core.NewID[core.ID](c.db.Now()) }

func (c scene) toolsOf(ctx context.Context, a authz.Actor, at core.TrajectoryID, n int) error {
	p, err := c.Tools.Plan.Read(ctx, a, plan.ForVolunteer, at)
	if err != nil {
		return err
	}
	made, err := c.wish(ctx, a, p.Dossier, n)
	if err != nil {
		return err
	}
	if err := c.rate(ctx, a, p.Dossier, made); err != nil {
		return err
	}
	if err := c.steps(ctx, a, at, made); err != nil || n != 1 {
		return err
	}
	return c.Tools.Tool.Skip(ctx, a, p.Dossier, tool.Skip{ID: c.newID(), Tool: tool.Sociogram, Why: "family_no", Words: "Oma zegt: wie er komt, weten we zelf wel."})
}

// wish writes two sheets of the first of the family, and makes a goal of the wish.
func (c scene) wish(ctx context.Context, a authz.Actor, d core.DossierID, n int) (core.ID, error) {
	members, err := c.Tools.Triptych.Of(ctx, a, d)
	if err != nil {
		return 0, err
	}
	w := wishes[n]
	first := triptych.Sheet{ID: c.newID(), Person: members[0].ID, Problem: w.problem, Wish: w.wish, How: w.how}
	if err := c.Tools.Triptych.Keep(ctx, a, d, first, 0); err != nil {
		return 0, err
	}
	err = c.db.Write(ctx, system, func(t *db.Tx) error { return db.Do(t, xWritten, db.Args{"id": first.ID, "at": c.day(-150)}) })
	if err != nil {
		return 0, err
	}
	now := first
	now.ID, now.How = c.newID(), w.later
	if err := c.Tools.Triptych.Keep(ctx, a, d, now, 1); err != nil {
		return 0, err
	}
	return c.Tools.Triptych.Wish(ctx, a, d, first.Person, now.ID, sentences)
}

func (c scene) rate(ctx context.Context, a authz.Actor, d core.DossierID, made core.ID) error {
	today := c.db.Now().Date()
	for i, score := range []int{-1, -2, 0, 1} {
		r := goal.Rating{ID: c.newID(), Goal: made, On: today.AddDays(-120 + 38*i), Score: score}
		if err := c.Tools.Goal.Rate(ctx, a, d, r); err != nil {
			return err
		}
	}
	all, err := c.Tools.Goal.Of(ctx, a, d)
	if err != nil {
		return err
	}
	for _, g := range all {
		if g.ID == made {
			next := g.Content
			next.Lines[4], next.Why = "Het gaat vanzelf, ook zonder hulp.", "Zo zeggen we het zelf."
			return c.Tools.Goal.Change(ctx, a, d, made, c.newID(), g.Version, next)
		}
	}
	return nil
}

func (c scene) steps(ctx context.Context, a authz.Actor, at core.TrajectoryID, made core.ID) error {
	all := []plan.Step{
		{Month: 1, Who: "family", What: "Samen kijken wat er nodig is", Way: "met een lijstje op de koelkast", Goal: made},
		{Month: 2, Who: "network", What: "Opa helpt op zaterdag", Way: "twee uur, daarna pannenkoeken", Goal: made},
		{Month: 2, Who: "volunteer", What: "Meegaan naar de bibliotheek", Way: "de eerste keer samen, daarna met een vriend"},
		{Month: 4, Who: "coordinator", What: "Vragen of er geld is voor een bureau", Way: "bij het fonds van de gemeente", Goal: made},
	}
	for i := range all {
		all[i].ID = c.newID()
		if err := c.Tools.Plan.Add(ctx, a, plan.ForVolunteer, at, all[i]); err != nil {
			return err
		}
	}
	const justAdded = 1 // the version of a step that nobody changed
	if err := c.Tools.Plan.Tick(ctx, a, plan.ForVolunteer, at, all[0].ID, justAdded, c.db.Now().Date().AddDays(-20)); err != nil {
		return err
	}
	return c.Tools.Plan.Move(ctx, a, plan.ForVolunteer, at, all[2].ID, justAdded, 3)
}
