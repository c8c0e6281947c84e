package trajectory_test

import (
	"slices"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
)

func TestCaseC2_EarlyReleaseMakesTheFamilyBuddyAParentBuddy(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria := s.Volunteer(t, "Ria", "family_buddy")
		f := s.Family(t, trajectorytest.Child("Sara", "2017-03-01"), trajectorytest.Child("Noor", "2020-06-01"), trajectorytest.Caregiver("An", "tante"),
			trajectorytest.Caregiver("Els", "tante"), trajectorytest.Inside("Anna", "2027-06-01"))
		x := s.running(t, f, ria, "family_buddy", "Sara", "Noor", "An", "Els")
		s.released(t, f, "2027-06-01", "2027-06-01")
		if len(s.file(t, x).Choices) != 0 {
			t.Fatal("nothing moved, and a choice is asked")
		}
		s.released(t, f, "2027-06-01", "2026-12-20")
		if got := s.file(t, x); got.State != trajectory.Running || len(got.Choices) != 1 || !slices.Contains(s.tasks(t, s.Petra), "release_choice") {
			t.Fatalf("%+v", got)
		}
		next, err := s.Choose(ctx, s.Petra, x, trajectory.ChoiceHandOver, "de kinderen kennen haar")
		must(t, err)
		was, now := s.file(t, x), s.file(t, next)
		with, found := now.Accepted()
		if was.State != trajectory.Ended || was.Abrupt || was.EndReason != "handed_over" || was.Choices[0].Words != "de kinderen kennen haar" {
			t.Errorf("the first: %+v", was)
		}
		if now.Kind != "parent_buddy" || now.Continues != x || now.State != trajectory.Running || !found || with.Volunteer != ria.Volunteer() || len(now.People) != 5 {
			t.Errorf("the second: %+v", now)
		}
		if now.PlannedEnd != day("2028-02-23") || now.VisitEveryDays != 7 || len(now.Checkpoints) != 3 {
			t.Errorf("fifteen months, every week: %+v", now)
		}
		if slices.Contains(s.tasks(t, s.Petra), "release_choice") {
			t.Error("the choice is still asked")
		}
		if _, err := s.Choose(ctx, s.Joke, x, trajectory.ChoiceContinue, ""); err == nil {
			t.Error("chosen twice")
		}
		must(t, s.DB.Read(ctx, ria, func(tx *db.Tx) error {
			people, err := dossier.People(tx, f.Dossier)
			if len(people) != 5 {
				t.Errorf("the volunteer sees %d people", len(people))
			}
			return err
		}))
	})
}

func TestCaseC4_HomeEarlyInAnAcuteSituation(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria := s.Volunteer(t, "Ria", "family_buddy")
		f := s.Family(t, trajectorytest.Child("Sara", "2017-03-01"), trajectorytest.Caregiver("Wil", "oma"), trajectorytest.Caregiver("Jan", "opa"),
			trajectorytest.Inside("Anna", "2027-06-01"))
		x := s.running(t, f, ria, "family_buddy", "Sara", "Wil", "Jan")
		s.released(t, f, "2027-06-01", "2026-11-24")
		s.Certify(t, ria.Volunteer(), "2023-11-23", "2029-10-02")
		s.to("2029-10-03")
		if _, err := s.Choose(ctx, s.Petra, x, trajectory.ChoiceHandOver, ""); err == nil {
			t.Error("handed over to a volunteer whose certificate expired")
		}
		if got := s.file(t, x); got.State != trajectory.Running || got.Choices[0].Choice != "" {
			t.Errorf("half of it was done: %+v", got)
		}
		s.to("2026-11-24")
		_, err := s.Choose(ctx, s.Petra, x, trajectory.ChoiceHandOver, "")
		must(t, err)
	})
}

func TestTRA8_NothingEndsByItself(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria := s.Volunteer(t, "Ria", "family_buddy")
		f := s.Family(t, twoChildren("2027-06-01")...)
		x := s.running(t, f, ria, "family_buddy", "Sara")
		waits := s.begin(t, f, "transport", "Noor")
		s.released(t, f, "2027-06-01", "2026-12-20")
		if len(s.file(t, waits).Choices) != 0 {
			t.Error("a choice about what does not run")
		}
		_, err := s.Choose(ctx, s.Petra, x, trajectory.ChoiceContinue, "er is nog genoeg te doen")
		must(t, err)
		s.released(t, f, "2026-12-20", "2026-12-01")
		if c, open := s.file(t, x).OpenChoice(); !open || c.Choice != "" {
			t.Error("a second move asks nothing")
		}
		next, err := s.Choose(ctx, s.Petra, x, trajectory.ChoiceEnd, "")
		must(t, err)
		if got := s.file(t, next); next != x || got.State != trajectory.Running || !slices.Equal(got.Missing, []string{trajectory.MissingPlan}) {
			t.Errorf("it ended by itself: %+v", got)
		}
	})
}

func TestCaseC6_ASpecialVisitIsForTheOtherParentToo(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria := s.Volunteer(t, "Ria", "tailored")
		mother := trajectorytest.Caregiver("Fatma", "moeder")
		mother.IsParent = true
		f := s.Family(t, trajectorytest.Child("Sara", "2017-03-01"), mother, trajectorytest.Inside("Adem", "2027-06-01"))
		x := s.running(t, f, ria, "tailored", "Sara", "Fatma", "Adem")
		if got := s.file(t, x); len(got.People) != 3 || len(got.Children()) != 1 {
			t.Errorf("%+v", got.People)
		}
	})
}

func TestCaseC8_ASecondTrajectoryForTheParent(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria, ine := s.Volunteer(t, "Ria", "family_buddy"), s.Volunteer(t, "Ine", "parent_buddy")
		f := s.Family(t, twoChildren("2027-06-01")...)
		first := s.running(t, f, ria, "family_buddy", "Sara", "Noor", "Wil")
		second := s.running(t, f, ine, "parent_buddy", "Anna")
		s.farewell(t, first)
		must(t, s.End(ctx, s.Petra, first, "network_takes_over", ""))
		if got := s.file(t, second); got.State != trajectory.Running {
			t.Errorf("the mother's ended with it: %+v", got)
		}
		must(t, s.Follow(ctx, s.Petra, first, trajectory.Aftercare{TakenBy: "wijkteam"}))
		s.As(t, s.Petra, func(tx *db.Tx) error {
			c, err := dossier.Cover(tx, f.Dossier)
			if c.State != dossier.Running {
				t.Errorf("state %s while a trajectory runs", c.State)
			}
			return err
		})
	})
}

func TestCaseC10_TheYoungPersonIsTheOnlyOne(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria := s.Volunteer(t, "Ria", "tailored")
		f := s.Family(t, trajectorytest.Child("Mo", "2009-05-01"))
		x := s.running(t, f, ria, "tailored", "Mo")
		if got := s.file(t, x); len(got.People) != 1 || got.People[0].Birth.AgeOn(day("2026-11-23")) != 17 {
			t.Errorf("%+v", got.People)
		}
		s.farewell(t, x)
		must(t, s.End(ctx, s.Petra, x, "question_answered", ""))
	})
}

func TestCaseC15_TheChildIsSupportedWithoutTheCaregiver(t *testing.T) {
	each(t, func(t *testing.T, s *town) {
		ria := s.Volunteer(t, "Ria", "accompanied_visits")
		f := s.Family(t, trajectorytest.Child("Tim", "2014-05-01"), trajectorytest.Caregiver("Ilse", "moeder"), trajectorytest.Inside("Rob", "2027-06-01"))
		x := s.running(t, f, ria, "accompanied_visits", "Tim")
		got := s.file(t, x)
		if got.MaxVisits != 6 || len(got.People) != 1 || got.People[0].Name != "Tim" {
			t.Errorf("%+v", got)
		}
		if _, err := s.Begin(ctx, s.Petra, f.Dossier, trajectory.Start{Kind: "accompanied_visits"}); !core.IsKind(err, core.KindInvalid) {
			t.Errorf("for nobody: %v", err)
		}
	})
}
