package matching_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/matching"
	"maatje/internal/task"
	"maatje/internal/trajectory"
	"maatje/internal/trajectory/trajectorytest"
	"maatje/internal/volunteer"
)

// town is a world with a family that waits for a family buddy, and its services.
type town struct {
	*trajectorytest.World
	matching     *matching.Service
	trajectories *trajectory.Service
	family       trajectorytest.Family
	x            core.TrajectoryID
}

var ctx = context.Background()

func build(t *testing.T, d *db.DB) *town {
	t.Helper()
	w := trajectorytest.New(t, d)
	s := &town{World: w, matching: matching.NewService(d, trajectorytest.Holds), trajectories: trajectory.NewService(d, trajectorytest.Holds)}
	s.family = w.Family(t, trajectorytest.Child("Sara", "2017-03-01"), trajectorytest.Child("Noor", "2020-06-01"), trajectorytest.Caregiver("Wil", "oma"),
		trajectorytest.Inside("Anna", "2027-06-01"))
	s.x = s.begin(t, "family_buddy", "Sara", "Noor", "Wil")
	return s
}

func (s *town) begin(t *testing.T, kind string, names ...string) core.TrajectoryID {
	t.Helper()
	id, err := s.trajectories.Begin(ctx, s.Petra, s.family.Dossier, trajectory.Start{Kind: kind, People: s.family.People(names...)})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// proposed is the open match of a trajectory.
func (s *town) proposed(t *testing.T, x core.TrajectoryID) matching.Match {
	t.Helper()
	b, err := s.matching.Board(ctx, s.Petra, x)
	must(t, err)
	m, ok := b.Open()
	if !ok {
		t.Fatalf("no open match: %+v", b.Matches)
	}
	return m
}

// bring goes from a proposal to an accepted match.
func (s *town) bring(t *testing.T, x core.TrajectoryID, who authz.Actor, d matching.DoubleRole) {
	t.Helper()
	must(t, s.matching.Propose(ctx, s.Petra, x, who.Volunteer(), d))
	m := s.proposed(t, x)
	must(t, s.matching.Answer(ctx, who, m.ID, true, ""))
	must(t, s.matching.PlanIntroduction(ctx, s.Petra, m.ID, dbtest.Start.Date()))
	must(t, s.matching.Introduce(ctx, s.Petra, m.ID, dbtest.Start.Date()))
	must(t, s.matching.Accept(ctx, s.Petra, m.ID))
}

func (s *town) tasks(t *testing.T, a authz.Actor) []string {
	t.Helper()
	var kinds []string
	must(t, s.DB.Read(ctx, a, func(tx *db.Tx) error {
		rows, err := task.Mine(tx, task.Filter{})
		for _, r := range rows {
			kinds = append(kinds, r.Kind)
		}
		return err
	}))
	return kinds
}

func (s *town) seesPeople(t *testing.T, a authz.Actor) bool {
	t.Helper()
	seen := 0
	must(t, s.DB.Read(ctx, a, func(tx *db.Tx) error {
		people, err := dossier.People(tx, s.family.Dossier)
		seen = len(people)
		if core.IsKind(err, core.KindNotFound) {
			err = nil
		}
		return err
	}))
	return seen > 0
}

func TestTRA3_FromProposalToAccepted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria := s.Volunteer(t, "Ria", "family_buddy")
		must(t, s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{}))
		if got := s.tasks(t, ria); !slices.Equal(got, []string{"proposal"}) {
			t.Errorf("the volunteer's tasks: %v", got)
		}
		m := s.proposed(t, s.x)
		p, err := s.matching.Proposal(ctx, ria, m.ID)
		must(t, err)
		if p.Kind != "family_buddy" || p.Town != "Zwolle" || len(p.Children) != 2 || p.Children[0].Age != 9 || p.Children[1].Age != 6 || p.Adults != 1 {
			t.Errorf("the proposal: %+v", p)
		}
		if s.seesPeople(t, ria) {
			t.Error("a proposal shows names")
		}
		must(t, s.matching.Answer(ctx, ria, m.ID, true, ""))
		if got := s.tasks(t, s.Petra); !slices.Contains(got, "introduction") {
			t.Errorf("the coordinator's tasks: %v", got)
		}
		must(t, s.matching.PlanIntroduction(ctx, s.Petra, m.ID, core.MustDate("2026-11-23")))
		if s.seesPeople(t, ria) {
			t.Error("names before they met")
		}
		must(t, s.matching.Introduce(ctx, s.Petra, m.ID, core.MustDate("2026-11-23")))
		if !s.seesPeople(t, ria) {
			t.Error("no names after they met")
		}
		must(t, s.matching.Accept(ctx, s.Petra, m.ID))
		f, err := s.trajectories.File(ctx, s.Petra, s.x)
		must(t, err)
		with, _ := f.Accepted()
		if f.State != trajectory.Running || f.StartOn != core.MustDate("2026-11-23") || f.PlannedEnd != core.MustDate("2027-05-23") || with.Name != "Ria" || len(f.Checkpoints) != 3 {
			t.Errorf("%+v", f)
		}
		if err := s.matching.Accept(ctx, s.Petra, m.ID); !core.IsKind(err, core.KindConflict) {
			t.Errorf("accepted twice: %v", err)
		}
	})
}

func TestTRA3_ANoHasNoReasonForTheOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria := s.Volunteer(t, "Ria", "family_buddy")
		must(t, s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{}))
		m := s.proposed(t, s.x)
		must(t, s.matching.Answer(ctx, ria, m.ID, false, "te ver weg"))
		if _, err := s.matching.Proposal(ctx, ria, m.ID); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("after her no she still reads the proposal: %v", err)
		}
		b, err := s.matching.Board(ctx, s.Joke, s.x)
		must(t, err)
		if len(b.Matches) != 1 || b.Matches[0].DeclinedBy != matching.ByVolunteer || b.Matches[0].Reason != "te ver weg" {
			t.Errorf("the coordinators read %+v", b.Matches)
		}
		if len(b.Candidates) != 1 || !b.Candidates[0].Before {
			t.Errorf("candidates %+v", b.Candidates)
		}
		if got := s.tasks(t, s.Petra); !slices.Contains(got, "match") {
			t.Errorf("nobody looks for another: %v", got)
		}
		if err := s.matching.Answer(ctx, ria, m.ID, true, ""); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a yes after the no: %v", err)
		}
	})
}

func TestTRA3_FamilyAndCoordinatorCanSayNo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria := s.Volunteer(t, "Ria", "family_buddy")
		must(t, s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{}))
		m := s.proposed(t, s.x)
		must(t, s.matching.Answer(ctx, ria, m.ID, true, ""))
		must(t, s.matching.PlanIntroduction(ctx, s.Petra, m.ID, core.MustDate("2026-11-23")))
		must(t, s.matching.Introduce(ctx, s.Petra, m.ID, core.MustDate("2026-11-23")))
		must(t, s.matching.Decline(ctx, s.Petra, m.ID, matching.ByFamily, "geen klik"))
		if s.seesPeople(t, ria) {
			t.Error("she still sees the family")
		}
		f, err := s.trajectories.File(ctx, s.Petra, s.x)
		must(t, err)
		if f.State != trajectory.Waiting {
			t.Errorf("state %s", f.State)
		}
		must(t, s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{}))
		must(t, s.matching.Decline(ctx, s.Petra, s.proposed(t, s.x).ID, matching.ByCoordinator, ""))
	})
}

// A no, whoever says it and however far they were, brings the family back to where a volunteer is sought: with a task for
// the coordinator, and without anything left for the volunteer.
func TestTRA3_ANoBringsTheFamilyBackToTheSearch(t *testing.T) {
	stages := []string{"proposed", "agreed", "planned", "introduced"}
	for _, by := range []matching.Side{matching.ByVolunteer, matching.ByFamily, matching.ByCoordinator} {
		for far, stage := range stages {
			t.Run(string(by)+" "+stage, func(t *testing.T) {
				dbtest.Each(t, func(t *testing.T, d *db.DB) {
					s := build(t, d)
					ria := s.Volunteer(t, "Ria", "family_buddy")
					m := s.comes(t, ria, far)
					if by == matching.ByVolunteer {
						must(t, s.matching.Answer(ctx, ria, m, false, "te druk"))
					} else {
						must(t, s.matching.Decline(ctx, s.Petra, m, by, "te druk"))
					}
					f, err := s.trajectories.File(ctx, s.Petra, s.x)
					must(t, err)
					if f.State != trajectory.Waiting {
						t.Errorf("the trajectory is %s", f.State)
					}
					if got := s.tasks(t, s.Petra); !slices.Equal(got, []string{"match"}) {
						t.Errorf("the coordinator's tasks: %v", got)
					}
					left, err := s.matching.Proposals(ctx, ria)
					must(t, err)
					if len(left) != 0 || len(s.tasks(t, ria)) != 0 || s.seesPeople(t, ria) {
						t.Errorf("the volunteer still has %+v, tasks %v", left, s.tasks(t, ria))
					}
				})
			})
		}
	}
}

// comes brings a match so far: proposed, agreed, planned, introduced.
func (s *town) comes(t *testing.T, who authz.Actor, far int) core.ID {
	t.Helper()
	must(t, s.matching.Propose(ctx, s.Petra, s.x, who.Volunteer(), matching.DoubleRole{}))
	m := s.proposed(t, s.x).ID
	for i, step := range []func() error{
		func() error { return s.matching.Answer(ctx, who, m, true, "") },
		func() error { return s.matching.PlanIntroduction(ctx, s.Petra, m, dbtest.Start.Date()) },
		func() error { return s.matching.Introduce(ctx, s.Petra, m, dbtest.Start.Date()) },
	} {
		if i < far {
			must(t, step())
		}
	}
	return m
}

// TestTRA3_NobodyTakesBackARunningMatch: once the family said yes, stopping is an end and not a no.
func TestTRA3_NobodyTakesBackARunningMatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria, ine := s.Volunteer(t, "Ria", "family_buddy"), s.Volunteer(t, "Ine", "family_buddy")
		m := s.comes(t, ria, 3)
		if err := s.matching.Answer(ctx, ine, m, false, ""); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("another volunteer's no: %v", err)
		}
		must(t, s.matching.Accept(ctx, s.Petra, m))
		if err := s.matching.Answer(ctx, ria, m, false, ""); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a no after everybody's yes: %v", err)
		}
	})
}

func TestVOL3_NoMatchWithoutACertificate(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		s := build(t, d)
		ria := s.Volunteer(t, "Ria", "family_buddy")
		clock.Set(core.MustInstant("2029-10-02T09:00:00.000Z"))
		err := s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{})
		if f, ok := core.AsFail(err); !ok || f.Rule != "VOL-3" || !strings.Contains(f.Error(), volunteer.ReasonCertificateExpired) {
			t.Errorf("the day after its last: %v", err)
		}
		b, err := s.matching.Board(ctx, s.Petra, s.x)
		must(t, err)
		if len(b.Candidates) != 1 || b.Candidates[0].Fits || b.Candidates[0].Reasons[0].Code != volunteer.ReasonCertificateExpired {
			t.Errorf("the list says %+v", b.Candidates)
		}
		clock.Set(core.MustInstant("2029-04-02T09:00:00.000Z"))
		err = s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{})
		if f, ok := core.AsFail(err); !ok || f.Rule != "VOL-3" || !strings.Contains(f.Error(), volunteer.ReasonCertificateExpires) {
			t.Errorf("it ends a day before the support does: %v", err)
		}
		clock.Set(core.MustInstant("2029-04-01T09:00:00.000Z"))
		must(t, s.matching.Propose(ctx, s.Petra, s.x, ria.Volunteer(), matching.DoubleRole{}))
		m := s.proposed(t, s.x)
		must(t, s.matching.Answer(ctx, ria, m.ID, true, ""))
		clock.Set(core.MustInstant("2029-10-02T09:00:00.000Z"))
		if err := s.matching.Introduce(ctx, s.Petra, m.ID, core.MustDate("2029-10-02")); !core.IsKind(err, core.KindRefused) {
			t.Errorf("introduced without: %v", err)
		}
	})
}

func TestTRA3_TwoCoordinatorsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria, ine := s.Volunteer(t, "Ria", "family_buddy"), s.Volunteer(t, "Ine", "family_buddy")
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i, who := range []authz.Actor{ria, ine} {
			both.Go(func() {
				by := []authz.Actor{s.Petra, s.Joke}[i]
				errs[i] = s.matching.Propose(ctx, by, s.x, who.Volunteer(), matching.DoubleRole{})
			})
		}
		both.Wait()
		won, lost := 0, 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if core.IsKind(err, core.KindConflict) {
				lost++
			}
		}
		if won != 1 || lost != 1 {
			t.Errorf("%v", errs)
		}
		if _, err := s.matching.Board(ctx, s.Kees, s.x); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("another area's coordinator: %v", err)
		}
	})
}

func TestCaseC1_TheSameVolunteerForGrandmotherAndMother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria := s.Volunteer(t, "Ria", "family_buddy", "visiting_buddy")
		s.bring(t, s.x, ria, matching.DoubleRole{})
		inside := s.begin(t, "visiting_buddy", "Anna")
		b, err := s.matching.Board(ctx, s.Petra, inside)
		must(t, err)
		if len(b.Candidates) != 1 || !b.Candidates[0].Fits || b.Candidates[0].Reasons[0].Code != volunteer.ReasonDoubleRole || b.Candidates[0].Reasons[0].What != "family_buddy" {
			t.Fatalf("the double role is not seen: %+v", b.Candidates)
		}
		if err := s.matching.Propose(ctx, s.Petra, inside, ria.Volunteer(), matching.DoubleRole{}); !core.IsKind(err, core.KindInvalid) {
			t.Errorf("a double role without a decision: %v", err)
		}
		s.bring(t, inside, ria, matching.DoubleRole{Wanted: true, Words: "oma en mama vragen het allebei"})
		b, err = s.matching.Board(ctx, s.Joke, inside)
		must(t, err)
		if m := b.Matches[0]; m.State != matching.Accepted || m.DoubleRole != "wanted" || m.DoubleRoleWords != "oma en mama vragen het allebei" {
			t.Errorf("%+v", m)
		}
		_, all, err := s.trajectories.OfDossier(ctx, s.Petra, s.family.Dossier)
		must(t, err)
		if len(all) != 2 || all[0].State != trajectory.Running || all[1].State != trajectory.Running {
			t.Errorf("%+v", all)
		}
	})
}

func TestCaseC9_OnlyDriving(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := build(t, d)
		ria, henk := s.Volunteer(t, "Ria", "family_buddy"), s.Volunteer(t, "Henk", "transport")
		s.bring(t, s.x, ria, matching.DoubleRole{})
		drive := s.begin(t, "transport", "Sara", "Noor")
		s.bring(t, drive, henk, matching.DoubleRole{})
		f, err := s.trajectories.File(ctx, s.Petra, drive)
		must(t, err)
		if f.Support.Reports || f.VisitEveryDays != 31 || len(f.People) != 2 {
			t.Errorf("%+v", f)
		}
		m := func() core.ID { c, _ := f.Accepted(); return c.Match }()
		must(t, s.matching.End(ctx, s.Petra, m, "auto kapot"))
		if s.seesPeople(t, henk) || !s.seesPeople(t, ria) {
			t.Error("the rights of the one who stopped, and of the other")
		}
	})
}
