package demo

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/training"
	"maatje/internal/training/dilemma"
	"maatje/internal/training/module"
	"maatje/internal/training/peer"
)

// Learning are the services of training.
type Learning struct {
	Trainings *training.Service
	Modules   *module.Service
	Dilemmas  *dilemma.Service
	Peers     *peer.Service
}

var (
	xSessionWas = dress("session_was", `UPDATE training_session SET held_on = :on WHERE id = :id`, db.Probe{"on": "2026-01-01", "id": db.Theirs("training_session")})
	xPeerDayWas = dress("peer_day_was", `UPDATE peer_day SET held_on = :on WHERE id = :id`, db.Probe{"on": "2026-01-01", "id": db.Theirs("peer_day")})
)

// The shipped parts and courses that the programme uses.
const (
	partNetwork, partHands = core.ID(2), core.ID(3)
	ownBoundaries          = core.ID(1)
	accompanying           = core.ID(3)
)

// learning: an evening that was, one with places left, one that is full with somebody waiting, a module halfway, a course that is
// due again, peer days of which somebody missed three, and what a group thought.
func (c scene) learning(ctx context.Context) error {
	for _, step := range []func(context.Context) error{c.evenings, c.halfway, c.peerDays} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	marleen, ingrid := c.as("Marleen Hoekstra"), c.as("Ingrid Meijer")
	if err := c.Learning.Trainings.ChangeCourse(ctx, ingrid, training.Course{ID: accompanying, Months: 24, Version: 1}); err != nil {
		return err
	}
	return c.Learning.Dilemmas.Discussed(ctx, marleen, dilemma.Talk{Dilemma: 1, On: c.today().AddDays(-30), Occasion: "peer_day",
		Words: "De helft zou de telefoon geven, de andere helft niet. Samen kwamen we uit op: eerst vragen wie er nog meer een telefoon heeft, en het altijd aan de coördinator vertellen."})
}

func (c scene) today() core.Date { return c.db.Now().Date() }

func (c scene) evenings(ctx context.Context) error {
	marleen, s := c.as("Marleen Hoekstra"), c.Learning.Trainings
	plan := func(part core.ID, days, places int, who ...string) (id core.ID, err error) {
		x := training.Session{Part: training.Part{ID: part}, On: c.today().AddDays(days), Starts: "19:30", Ends: "21:30", Place: "Buurthuis De Brug", Places: places, Trainer: "Marleen"}
		if id, err = s.Plan(ctx, marleen, x); err != nil {
			return id, err
		}
		for _, name := range who {
			a := c.as(name)
			if _, err := s.Enrol(ctx, a, id, a.Volunteer()); err != nil {
				return id, err
			}
		}
		return id, nil
	}
	if _, err := plan(partNetwork, 5, 12, "Tineke Bos"); err != nil {
		return err
	}
	if _, err := plan(partHands, 12, 2, "Tineke Bos", "Wil Verhoef", "Rachid el Amrani"); err != nil {
		return err
	}
	was, err := plan(partNetwork, 0, 8, "Wil Verhoef", "Rachid el Amrani")
	if err != nil {
		return err
	}
	wil := []core.VolunteerID{c.as("Wil Verhoef").Volunteer()}
	if err := s.Count(ctx, marleen, was, wil, wil); err != nil {
		return err
	}
	return c.moved(ctx, xSessionWas, was, -20)
}

func (c scene) moved(ctx context.Context, q *db.Query, id core.ID, days int) error {
	return c.db.Write(ctx, system, func(t *db.Tx) error { return db.Do(t, q, db.Args{"id": id, "on": c.today().AddDays(days)}) })
}

// halfway: Tineke stopped at the question on the fourth page.
func (c scene) halfway(ctx context.Context) error {
	tineke, s := c.as("Tineke Bos"), c.Learning.Modules
	if err := s.Begin(ctx, tineke, ownBoundaries); err != nil {
		return err
	}
	for page := 1; page <= 3; page++ {
		if _, _, err := s.GoOn(ctx, tineke, ownBoundaries, page); err != nil {
			return err
		}
	}
	return nil
}

func (c scene) peerDays(ctx context.Context) error {
	marleen, s := c.as("Marleen Hoekstra"), c.Learning.Peers
	tineke, wil := c.as("Tineke Bos").Volunteer(), c.as("Wil Verhoef").Volunteer()
	for _, ago := range []int{90, 60, 30} {
		id, err := c.peerDay(ctx, marleen, 0)
		if err != nil {
			return err
		}
		if err := s.Count(ctx, marleen, id, []core.VolunteerID{tineke, wil}, []core.VolunteerID{tineke}); err != nil {
			return err
		}
		if err := s.Cases(ctx, marleen, id, 1, "Een maatje merkte dat ze steeds meer ging regelen. We spraken over op je handen zitten: erbij zijn, en het de ander zelf laten doen."); err != nil {
			return err
		}
		if err := c.moved(ctx, xPeerDayWas, id, -ago); err != nil {
			return err
		}
	}
	_, err := c.peerDay(ctx, marleen, 14)
	return err
}

func (c scene) peerDay(ctx context.Context, a authz.Actor, days int) (core.ID, error) {
	return c.Learning.Peers.Plan(ctx, a, peer.Day{On: c.today().AddDays(days), Starts: "19:30", Place: "Buurthuis De Brug", About: "Wat neem je mee naar huis?"})
}
