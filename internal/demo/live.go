package demo

import (
	"context"
	"errors"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/signal"
	"maatje/internal/visit"
)

// Services are those through which the programme lives on: what waits for somebody today comes about as it would.
type Services struct {
	Visits  *visit.Service
	Signals *signal.Service
}

// actor is the person as they would be signed in.
func (p Person) actor() authz.Actor {
	return authz.SignedIn(p.Account, p.Volunteer, p.Name, p.Roles, authz.Origin{Route: "demo"})
}

var (
	qTheirs = db.CrossQ("demo.trajectories_of", authz.Works, whyDress, `SELECT t.id FROM volunteer_match m JOIN trajectory t ON t.id = m.trajectory_id
		WHERE m.volunteer_id = :person AND m.state = 'accepted' AND t.ended_on IS NULL ORDER BY t.id`, db.Probe{"person": db.Theirs("volunteer")})
	worries = []struct{ urgency, saw, thinks string }{
		{"week", "De jongste had twee keer dezelfde kleren aan en zei dat er geen ontbijt was. Oma lag nog op de bank.", "Ik denk dat oma het niet meer redt in haar eentje."},
		{"now", "Er stond een man aan de deur die geld wilde. De kinderen waren bang en zijn naar boven gegaan.", ""},
		{"discuss", "Ze vroegen of ik mee wil naar het gesprek op school. Ik weet niet of dat bij mij hoort.", "Misschien is dat iets voor de familie zelf."},
	}
)

// Live makes today: worries that ask for an answer, visits to come and a report that was begun.
func Live(ctx context.Context, d *db.DB, people []Person, s Services) error {
	n := 0
	for _, p := range people {
		if p.Volunteer.IsZero() {
			continue
		}
		var theirs []core.TrajectoryID
		err := d.Read(ctx, system, func(t *db.Tx) (err error) {
			theirs, err = db.All(t, qTheirs, db.Args{"person": p.Volunteer}, func(id *core.TrajectoryID) []any { return []any{id} })
			return err
		})
		if err != nil {
			return err
		}
		if len(theirs) == 0 {
			return errors.New("a volunteer of the demo has no family")
		}
		if err := s.today(ctx, d.Now(), p.actor(), theirs[0], n); err != nil {
			return err
		}
		n++
	}
	return nil
}

// today plans the next visit of a volunteer and lets some of them worry.
func (s Services) today(ctx context.Context, now core.Instant, a authz.Actor, at core.TrajectoryID, n int) error {
	day := now.Date().AddDays(1 + n)
	next := core.At(time.Date(day.Year(), day.Month(), day.Day(), 14, 30, 0, 0, core.Amsterdam))
	if err := s.Visits.Plan(ctx, a, at, next, "thuis"); err != nil {
		return err
	}
	if n >= len(worries) {
		return nil
	}
	w := worries[n]
	return s.Signals.Raise(ctx, a, signal.Raising{ID: core.NewID[core.ID](now), Trajectory: at, Urgency: w.urgency, Saw: w.saw, Thinks: w.thinks})
}
