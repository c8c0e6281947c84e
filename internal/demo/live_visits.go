package demo

import (
	"context"
	"errors"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/signal"
	"maatje/internal/visit"
)

var (
	qTheirs = db.CrossQ("demo.trajectories_of", authz.Works, whyDress, `SELECT t.id FROM volunteer_match m JOIN trajectory t ON t.id = m.trajectory_id
		WHERE m.volunteer_id = :person AND m.state = 'accepted' AND t.ended_on IS NULL ORDER BY t.id`, db.Probe{"person": db.Theirs("volunteer")})
	xWasPlanned = dress("was_planned", `UPDATE visit SET planned_at = :at WHERE trajectory_id = :trajectory AND state = 'planned'`,
		db.Probe{"at": "2026-01-01T00:00:00.000Z", "trajectory": db.Theirs("trajectory")})

	worries = []struct{ urgency, saw, thinks string }{
		{"week", "De jongste had twee keer dezelfde kleren aan en zei dat er geen ontbijt was. Oma lag nog op de bank.", "Ik denk dat oma het niet meer redt in haar eentje."},
		{"now", "Er stond een man aan de deur die geld wilde. De kinderen waren bang en zijn naar boven gegaan.", ""},
		{"discuss", "Ze vroegen of ik mee wil naar het gesprek op school. Ik weet niet of dat bij mij hoort.", "Misschien is dat iets voor de familie zelf."},
	}
)

// volunteers lets each of them plan a visit; the first began a report, the second forgot one, and three of them worry.
func (c scene) volunteers(ctx context.Context) error {
	n := 0
	for _, p := range c.people {
		if p.Volunteer.IsZero() {
			continue
		}
		if err := c.volunteer(ctx, p, n); err != nil {
			return err
		}
		n++
	}
	return nil
}

func (c scene) volunteer(ctx context.Context, p Person, n int) error {
	theirs, err := c.theirs(ctx, p)
	if err != nil {
		return err
	}
	switch n {
	case 0:
		err = c.begin(ctx, p.actor(), theirs[len(theirs)-1])
	case 1:
		err = c.forget(ctx, p.actor(), theirs[len(theirs)-1])
	}
	if err != nil {
		return err
	}
	if err := c.Visits.Plan(ctx, p.actor(), theirs[0], c.day(1+n), "thuis"); err != nil || n >= len(worries) {
		return err
	}
	w := worries[n]
	return c.Signals.Raise(ctx, p.actor(), signal.Raising{ID: core.NewID[core.ID](c.db.Now()), Trajectory: theirs[0], Urgency: w.urgency, Saw: w.saw, Thinks: w.thinks})
}

func (c scene) theirs(ctx context.Context, p Person) (all []core.TrajectoryID, err error) {
	err = c.db.Read(ctx, system, func(t *db.Tx) error {
		all, err = db.All(t, qTheirs, db.Args{"person": p.Volunteer}, func(id *core.TrajectoryID) []any { return []any{id} })
		return err
	})
	if err == nil && len(all) < 2 {
		err = errors.New("a volunteer of the demo has not two families")
	}
	return all, err
}

// begin types half a report of yesterday's visit.
func (c scene) begin(ctx context.Context, a authz.Actor, at core.TrajectoryID) error {
	_, err := c.Visits.Save(ctx, a, visit.Report{Visit: core.NewID[core.ID](c.db.Now()), Trajectory: at, HeldAt: c.day(-1), Minutes: 90, Km: 14, Place: "thuis",
		Activities: []string{"relaxing", "talking"}, Mood: "good", Words: "We hebben een vogelhuisje getimmerd. Hij wilde het per se blauw verven, want"}, "demo-begun", false)
	return err
}

// forget plans a visit that was three days ago, and writes nothing about it.
func (c scene) forget(ctx context.Context, a authz.Actor, at core.TrajectoryID) error {
	if err := c.Visits.Plan(ctx, a, at, c.day(1), "thuis"); err != nil {
		return err
	}
	return c.db.Write(ctx, system, func(t *db.Tx) error { return db.Do(t, xWasPlanned, db.Args{"at": c.day(-3), "trajectory": at}) })
}
