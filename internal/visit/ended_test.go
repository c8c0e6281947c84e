package visit

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
	"maatje/internal/web/webtest"
)

// A match ended; the visit of the day before can be told for a fortnight, and nothing else of the family opens again.
func TestTRA6_ALastReportAfterTheEnd(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, r Report) {
		r.Words = "Afscheid genomen met taart."
		if _, err := s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, HeldAt: r.HeldAt, Words: "Afscheid"}, "tab.1", false); err != nil {
			t.Fatal(err)
		}
		f.EndMatch(t, f.Ria, "2026-11-14")
		clock.Set(core.MustInstant("2026-11-28T20:00:00Z"))

		after := r
		after.Version, after.HeldAt = 1, core.MustInstant("2026-11-15T12:00:00Z")
		_, err := s.Save(ctx, f.Ria, after, "after.done", true)
		wants(t, err, "visit_after_match")
		if _, err := s.Save(ctx, f.Stranger, r, "stranger.done", true); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody else: %v", err)
		}
		if err := s.Plan(ctx, f.Ria, f.Trajectory, core.MustInstant("2026-11-30T12:00:00Z"), ""); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a visit planned after the end: %v", err)
		}
		seesNothingOf(t, f, f.Ria)

		clock.Set(core.MustInstant("2026-11-29T08:00:00Z"))
		_, err = s.Save(ctx, f.Ria, Report{Visit: r.Visit, Trajectory: r.Trajectory, Version: 1}, "late.1", false)
		wants(t, err, "visit_too_late")

		clock.Set(core.MustInstant("2026-11-28T20:00:00Z"))
		r.Version = 1
		if _, err := s.Save(ctx, f.Ria, r, "tab.done", true); err != nil {
			t.Fatal(err)
		}
		kept, err := s.One(ctx, f.Petra, f.Dossier, r.Visit)
		if err != nil || kept.Words != r.Words || len(kept.Present) != 2 {
			t.Errorf("the coordinator reads %+v %v", kept, err)
		}
	})
}

// seesNothingOf asks that an ended match opens none of the family's file: own visits alone.
func seesNothingOf(t *testing.T, f *familytest.Family, who authz.Actor) {
	t.Helper()
	for s := authz.Identity; s <= authz.Works; s++ {
		through := authz.Cell(authz.EndedMatch, s) != authz.None || authz.Cell(authz.JustEnded, s) != authz.None
		if own := s == authz.OwnVisits || s == authz.OwnSignals; through != own {
			t.Errorf("an ended match opens %s: %v", s, through)
		}
	}
	err := f.DB.Read(context.Background(), who, func(x *db.Tx) error {
		people, err := dossier.People(x, f.Dossier)
		knows, also := dossier.Knowledge(x, f.Dossier)
		if len(people) > 0 || len(knows) > 0 {
			t.Errorf("after the end she sees %v and %v", people, knows)
		}
		return onlyMissing(err, also)
	})
	if err != nil {
		t.Error(err)
	}
}

func onlyMissing(errs ...error) error {
	for _, err := range errs {
		if err != nil && !core.IsKind(err, core.KindNotFound) {
			return err
		}
	}
	return nil
}

// INT-6 holds for a last report as well, though the family's detentions are closed to its writer.
func TestINT6_NoContactIsRegisteredAfterTheEndEither(t *testing.T) {
	ctx := context.Background()
	inCarPark(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, r Report) {
		f.Do(t, func(x *db.Tx) error {
			stay, err := dossier.AddDetention(x, f.Dossier, dossier.Stay{Detention: dossier.Detention{Parent: f.Mother, From: core.MustDate("2026-11-01")}})
			if err != nil {
				return err
			}
			_, err = dossier.RecordRestriction(x, f.Dossier, dossier.Restriction{Detention: stay, Parent: f.Mother, From: core.MustDate("2026-11-01")})
			return err
		})
		f.EndMatch(t, f.Ria, "2026-11-14")
		clock.Set(core.MustInstant("2026-11-20T08:00:00Z"))
		r.Activities = []string{"parent_contact"}
		_, err := s.Save(ctx, f.Ria, r, "tab.done", true)
		wants(t, err, "visit_restrictions_run")
	})
}

func TestTRA6_ALastReportOnScreen(t *testing.T) {
	onPhone(t, func(t *testing.T, f *familytest.Family, site *webtest.Site) {
		f.EndMatch(t, f.Ria, "2026-11-10")
		path := "/my-families/" + f.Trajectory.String()
		page := site.Get(path+"/report").Is(200, "10 november 2026", "tot en met 24 november 2026", "Sara", "Noor").
			Without("Wat weten de kinderen", "Kim", "volgende bezoek", "maak me zorgen")
		action := "/reports/" + reportID(t, page.Body)
		values := with(page.Form(action), "present", f.Sara.String(), "minutes", "60", "held_on", "2026-11-10", "held_time", "13:00", "activities", "talking", "mood", "good")
		site.Post(action, with(values, "held_on", "2026-11-11")).Is(422, "na je laatste dag als maatje op 10 november 2026")
		site.Post(action, with(values, "held_on", "2026-11-10")).Is(303)
		site.Get(action).Is(200, "Klaar op", "Sara").Without("Volgend bezoek plannen", "maak me zorgen")
		site.Get(path+"/reports").Is(200, "1 bezoek")
		site.Get(path + "/visit").Is(404)
	})
}
