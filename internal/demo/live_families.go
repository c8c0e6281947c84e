package demo

import (
	"context"
	"errors"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/intake"
	"maatje/internal/matching"
	"maatje/internal/setting"
	"maatje/internal/trajectory"
)

// The families that are not decided yet, in their order, and what today brings them. Those between stay as they are.
const (
	halfway     = 42 // everything is there but the caregiver's yes
	unmatched   = 44 // decided to start, nobody asked yet
	proposed    = 46 // a volunteer was asked
	introducing = 48 // a volunteer said yes
)

var xConfirmed = dress("confirmed", `UPDATE placement SET confirmed_on = :on WHERE dossier_id = :dossier AND until_date IS NULL`,
	db.Probe{"on": "2026-01-01", "dossier": db.Theirs("dossier")})

// talks is a family in the middle of its intake: one thing is missing before it can start (INT-4).
func (c scene) talks(ctx context.Context) error {
	f, err := c.file(ctx, halfway)
	if err != nil {
		return err
	}
	if err := c.ask(ctx, halfway, f); err != nil {
		return err
	}
	return c.agree(ctx, c.whose(halfway), f, false, 6)
}

// ask records what the family wants help with and what was asked in the talks (INT-2, INT-5).
func (c scene) ask(ctx context.Context, family int, f dossier.File) error {
	a := c.whose(family)
	for _, k := range []intake.Question{
		{Group: intake.Caregiver, Need: "caregiver_relief", Words: "Eén middag in de week even niets hoeven."},
		{Group: intake.Child, Need: "child_talk", Words: "Iemand die niet meteen boos of verdrietig wordt als ik over thuis praat."},
	} {
		if err := c.Intakes.AddQuestion(ctx, a, f.ID, k); err != nil {
			return err
		}
	}
	asked := map[string]bool{}
	for _, kind := range setting.Contraindications() {
		asked[kind] = false
	}
	return c.Intakes.Check(ctx, a, f.ID, asked)
}

// agree writes down who agreed with what: about each child whoever decides, the parent with telling the children and, when
// the home says yes, whoever receives the volunteer (INT-4).
func (c scene) agree(ctx context.Context, a authz.Actor, f dossier.File, home bool, ago int) error {
	return c.db.Write(ctx, a, func(t *db.Tx) error {
		subjects, err := consent.Subjects(t, f.ID, t.Today())
		if err != nil {
			return err
		}
		for i, s := range subjects {
			if err := agreeOn(t, f.ID, f.People[i], s, home, t.Today().AddDays(-ago)); err != nil {
				return err
			}
		}
		return nil
	})
}

func agreeOn(t *db.Tx, id core.DossierID, p dossier.Person, s consent.Subject, home bool, on core.Date) error {
	given := func(by core.PersonID, as consent.Capacity, purpose consent.Purpose) error {
		_, err := consent.Give(t, id, consent.Consent{Giver: by, Capacity: as, About: []core.PersonID{p.ID}, Purpose: purpose,
			From: on, Until: on.AddMonths(12), How: consent.Written, Evidence: "Getekend formulier, map bij de coördinator"})
		return err
	}
	var errs []error
	if p.IsChild {
		for _, who := range consent.WhoMustAgree(s, on) {
			errs = append(errs, given(who.Person, who.Capacity, consent.StartSupport))
		}
	}
	if p.IsParent {
		errs = append(errs, given(p.ID, consent.AsSelf, consent.TellChildren))
	}
	if home && (p.IsCaregiver || p.IsChild && p.Birth.AgeOn(on) >= 12) {
		errs = append(errs, given(p.ID, consent.AsSelf, consent.HouseholdReceives))
	}
	return errors.Join(errs...)
}

// agreed writes down for every family that is being supported what was agreed before it began (INT-4).
func (c scene) agreed(ctx context.Context) error {
	for family := range supported {
		f, err := c.file(ctx, family)
		if err == nil {
			err = c.agree(ctx, c.whose(family), f, true, 45+family*9)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// starts are the families that begin: one waits for a volunteer, one was proposed to somebody, one is to be introduced.
func (c scene) starts(ctx context.Context) error {
	if _, err := c.start(ctx, unmatched); err != nil {
		return err
	}
	at, err := c.start(ctx, proposed)
	if err == nil {
		err = c.Matching.Choose(ctx, c.whose(proposed), at, matching.Choice{
			Volunteer: c.as("Wil Verhoef").Volunteer(),
			Deviation: matching.Deviation{Code: "impression", Words: "Wil is rustig, en dat is wat deze kinderen nodig hebben."},
		})
	}
	if err != nil {
		return err
	}
	return c.introduce(ctx)
}

func (c scene) introduce(ctx context.Context) error {
	her := c.as("Tineke Bos")
	at, err := c.start(ctx, introducing)
	if err == nil {
		err = c.Matching.Choose(ctx, c.whose(introducing), at, matching.Choice{Volunteer: her.Volunteer(), Deviation: matching.Deviation{Code: "family_wish"}})
	}
	if err != nil {
		return err
	}
	board, err := c.Matching.Board(ctx, c.whose(introducing), at)
	if err != nil {
		return err
	}
	m, _ := board.Open()
	if err := c.Matching.Answer(ctx, her, m.ID, true, ""); err != nil {
		return err
	}
	return c.Matching.PlanIntroduction(ctx, c.whose(introducing), m.ID, c.day(5).Date())
}

// start brings a family from its talks to a buddy that it waits for.
func (c scene) start(ctx context.Context, family int) (core.TrajectoryID, error) {
	return c.starting(ctx, family, trajectory.Start{Kind: "family_buddy"})
}

// starting brings a family from its talks to a trajectory that waits for a volunteer.
func (c scene) starting(ctx context.Context, family int, start trajectory.Start) (id core.TrajectoryID, err error) {
	a := c.whose(family)
	f, err := c.file(ctx, family)
	if err != nil {
		return id, err
	}
	if err := c.ask(ctx, family, f); err != nil {
		return id, err
	}
	if err := c.agree(ctx, a, f, true, 6); err != nil {
		return id, err
	}
	if err := c.Intakes.Decide(ctx, a, f.ID, 1, intake.Decision{Outcome: intake.Begin, Words: "Ze willen allemaal graag beginnen."}); err != nil {
		return id, err
	}
	for _, p := range f.People {
		if p.IsChild || p.IsCaregiver {
			start.People = append(start.People, p.ID)
		}
	}
	return c.Trajectories.Begin(ctx, a, f.ID, start)
}

// inside is what an inside coordinator looks after: restrictions that run or end today, and placements that nobody confirmed
// for long (INT-6).
func (c scene) inside(ctx context.Context) error {
	for family, until := range map[int]int{41: 0, 43: 6} {
		f, err := c.file(ctx, family)
		if err != nil {
			return err
		}
		r := dossier.Restriction{Detention: f.Detentions[0].ID, Parent: f.Detentions[0].Parent, From: c.day(-25).Date(), ExpectedUntil: c.day(until).Date()}
		err = c.db.Write(ctx, system, func(t *db.Tx) error {
			_, err := dossier.RecordRestriction(t, f.ID, r)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, family := range []int{2, 4, 6, 9, 11, 15} {
		f, err := c.file(ctx, family)
		if err != nil {
			return err
		}
		err = c.db.Write(ctx, system, func(t *db.Tx) error { return db.Do(t, xConfirmed, db.Args{"on": c.day(-130).Date(), "dossier": f.ID}) })
		if err != nil {
			return err
		}
	}
	return nil
}
