package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"maatje/internal/authz"
	"maatje/internal/breach"
	"maatje/internal/care"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/expense"
	"maatje/internal/intake"
	"maatje/internal/matching"
	"maatje/internal/matching/seek"
	"maatje/internal/material"
	asked "maatje/internal/privacy/request"
	"maatje/internal/referral"
	"maatje/internal/retention"
	"maatje/internal/signal"
	"maatje/internal/trajectory"
	"maatje/internal/visit"
	"maatje/internal/volunteer/applicant"
)

// Services are those through which the programme lives on: what waits for somebody today comes about as it would.
type Services struct {
	Visits       *visit.Service
	Signals      *signal.Service
	Referrals    *referral.Service
	Intakes      *intake.Service
	Matching     *matching.Service
	Seek         *seek.Service
	Trajectories *trajectory.Service
	Dossiers     *dossier.Service
	Breaches     *breach.Service
	Requests     *asked.Service
	Retention    *retention.Service
	Materials    *material.Service
	Care         *care.Service
	Expenses     *expense.Service
	Applicants   *applicant.Service
	Learning     Learning
	Tools        Tools
}

// actor is the person as they would be signed in.
func (p Person) actor() authz.Actor {
	return authz.SignedIn(p.Account, p.Volunteer, p.Name, p.Roles, authz.Origin{Route: "demo"})
}

var (
	qFamily  = db.CrossQ("demo.family", authz.Works, whyDress, `SELECT id FROM dossier WHERE import_key = :key`, db.Probe{"key": "probe"})
	qSupport = db.CrossQ("demo.support", authz.Works, whyDress, `SELECT t.id FROM trajectory t WHERE t.dossier_id = :dossier AND t.ended_on IS NULL ORDER BY t.id`,
		db.Probe{"dossier": db.Theirs("dossier")})
)

// scene is the programme while its today is made.
type scene struct {
	Services
	db     *db.DB
	people []Person
}

// Live makes today: whatever waits for each of them, from a referral that just came in to a farewell.
func Live(ctx context.Context, d *db.DB, people []Person, s Services) error {
	c := scene{s, d, people}
	for _, step := range []func(context.Context) error{c.agreed, c.volunteers, c.tools, c.referrals, c.talks, c.starts, c.board, c.inside, c.release, c.farewell, c.breaches, c.dataAsked, c.cared, c.keeping, c.pipeline, c.learning, c.pictures} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("today in the invented programme: %w", err)
		}
	}
	return nil
}

// as is somebody of the cast.
func (c scene) as(name string) authz.Actor {
	for _, p := range c.people {
		if p.Name == name {
			return p.actor()
		}
	}
	panic("nobody in the cast is " + name)
}

// whose is the coordinator of a family.
func (c scene) whose(family int) authz.Actor { return c.as(coordinator(family)) }

// day is a moment in the afternoon, so many days from today.
func (c scene) day(days int) core.Instant {
	d := c.db.Now().Date().AddDays(days)
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 14, 30, 0, 0, core.Amsterdam))
}

// file reads the file of a family, as its coordinator does.
func (c scene) file(ctx context.Context, family int) (f dossier.File, err error) {
	var id core.DossierID
	err = c.db.Read(ctx, system, func(t *db.Tx) error {
		id, err = db.One(t, qFamily, db.Args{"key": familyKey(family)}, func(id *core.DossierID) []any { return []any{id} })
		return err
	})
	if err != nil {
		return f, err
	}
	return c.Dossiers.File(ctx, c.whose(family), id)
}

// support is the trajectory of a family that is not ended.
func (c scene) support(ctx context.Context, family int) (f dossier.File, id core.TrajectoryID, err error) {
	if f, err = c.file(ctx, family); err != nil {
		return f, id, err
	}
	err = c.db.Read(ctx, system, func(t *db.Tx) error {
		id, err = db.One(t, qSupport, db.Args{"dossier": f.ID}, func(id *core.TrajectoryID) []any { return []any{id} })
		return err
	})
	return f, id, err
}

// release: a parent comes home months before anybody thought, while support runs (TRA-8).
func (c scene) release(ctx context.Context) error {
	const family = 1
	f, _, err := c.support(ctx, family)
	if err != nil {
		return err
	}
	if len(f.Detentions) == 0 {
		return errors.New("nobody of the family is detained")
	}
	d := f.Detentions[0]
	d.ExpectedUntil = c.db.Now().Date().AddDays(33)
	return c.Dossiers.ChangeDetention(ctx, c.whose(family), f.ID, d)
}

// farewell: a trajectory is closing, and half of its farewell is planned (TRA-9).
func (c scene) farewell(ctx context.Context) error {
	const family = 14
	f, at, err := c.support(ctx, family)
	if err != nil {
		return err
	}
	plan := trajectory.Farewell{PlannedOn: c.db.Now().Date().AddDays(8), LastVisits: 2, Tasks: []trajectory.Handed{
		{Task: "Op woensdag ophalen van school", TakenBy: "de buurvrouw"}, {Task: "Samen de post doen"}}}
	for _, p := range f.People {
		if p.IsChild {
			plan.Children = append(plan.Children, trajectory.Told{Child: p.ID, Words: "We hebben samen de weken op de kalender geteld.", On: c.db.Now().Date().AddDays(-4)})
			break
		}
	}
	return c.Trajectories.PlanFarewell(ctx, c.whose(family), at, plan)
}
