package matching

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/trajectory"
	"maatje/internal/volunteer"
)

// WaitingOver says that a family need not be told any more that it still waits (INT-10). The intake hears it.
type WaitingOver func(t *db.Tx, d core.DossierID) error

// Service brings volunteers and families together.
type Service struct {
	db          *db.DB
	waitingOver WaitingOver
}

// NewService brings volunteers and families together.
func NewService(d *db.DB, w WaitingOver) *Service { return &Service{d, w} }

var (
	taskProposal     = task.Leads("proposal", "/proposals/{subject}")
	taskIntroduction = task.Leads("introduction", "/trajectories/{subject}/match")
)

// Board is a trajectory with its matches and, where somebody can still be proposed, every volunteer with why she fits or
// not.
type Board struct {
	Trajectory trajectory.Trajectory
	Matches    []Match
	Candidates []Candidate
}

// Open is the match that waits for an answer or an introduction.
func (b Board) Open() (Match, bool) {
	for _, m := range b.Matches {
		if m.IsOpen() && m.State != Accepted {
			return m, true
		}
	}
	return Match{}, false
}

// Board reads what a coordinator matches with.
func (s *Service) Board(ctx context.Context, a authz.Actor, id core.TrajectoryID) (b Board, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		b = Board{}
		if b.Trajectory, err = trajectory.Load(t, id); err != nil {
			return err
		}
		if b.Matches, err = ofTrajectory(t, b.Trajectory.Dossier, id); err != nil {
			return err
		}
		if _, asked := b.Open(); asked || b.Trajectory.State == trajectory.Ended {
			return nil
		}
		b.Candidates, err = candidates(t, b.Trajectory, b.Matches)
		return err
	})
	return b, err
}

func candidates(t *db.Tx, x trajectory.Trajectory, before []Match) ([]Candidate, error) {
	k, err := trajectory.KindOf(t, x.Kind)
	if err != nil {
		return nil, err
	}
	roles, err := rolesIn(t, x.Dossier, x.ID)
	if err != nil {
		return nil, err
	}
	all, err := volunteer.Find(t, volunteer.Filter{Except: x.Dossier})
	if err != nil {
		return nil, err
	}
	var out []Candidate
	for _, p := range all {
		if p.Status == volunteer.Left || p.Status == volunteer.Rejected {
			continue
		}
		fit, why := volunteer.Suits(p, needOf(x, k, roles[p.ID], t.Today()), t.Today())
		out = append(out, Candidate{Profile: p, Fits: !fit.IsZero(), Reasons: why, Before: wasProposed(before, p.ID)})
	}
	Order(out)
	return out, nil
}

func wasProposed(before []Match, who core.VolunteerID) bool {
	for _, m := range before {
		if m.Volunteer == who && !m.IsOpen() {
			return true
		}
	}
	return false
}

// needOf is what a trajectory asks of a volunteer.
func needOf(x trajectory.Trajectory, k trajectory.Kind, roles []string, today core.Date) volunteer.Need {
	n := volunteer.Need{Kind: x.Kind, Courses: k.Courses, Complex: x.Complex, Until: x.PlannedEnd, Roles: roles}
	if n.Until.IsZero() {
		n.Until = trajectory.PlannedEnd(k, today)
	}
	return n
}

// fitFor asks whether a volunteer suits a trajectory today, or refuses with the first reason that forbids (VOL-3, VOL-7).
func fitFor(t *db.Tx, x trajectory.Trajectory, who core.VolunteerID) (volunteer.Fit, error) {
	k, err := trajectory.KindOf(t, x.Kind)
	if err != nil {
		return volunteer.Fit{}, err
	}
	p, err := volunteer.Load(t, who, x.Dossier)
	if err != nil {
		return volunteer.Fit{}, err
	}
	roles, err := rolesIn(t, x.Dossier, x.ID)
	if err != nil {
		return volunteer.Fit{}, err
	}
	fit, why := volunteer.Suits(p, needOf(x, k, roles[who], t.Today()), t.Today())
	if !fit.IsZero() {
		return fit, nil
	}
	var codes []string
	for _, r := range why {
		if !r.Weigh {
			codes = append(codes, r.Code)
		}
	}
	return fit, core.Refuse(ruleOf(codes), "matching_does_not_fit", p.Name, codes)
}

// ruleOf names the rule behind a refusal: the certificate before the wishes.
func ruleOf(codes []string) string {
	for _, c := range codes {
		if c == volunteer.ReasonCertificateMissing || c == volunteer.ReasonCertificateExpired {
			return "VOL-3"
		}
	}
	return "VOL-7"
}

// Propose asks a volunteer for a trajectory (TRA-3). A second role in the family asks a decision with reasons (VOL-9).
func (s *Service) Propose(ctx context.Context, a authz.Actor, id core.TrajectoryID, who core.VolunteerID, d DoubleRole) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := trajectory.Load(t, id)
		if err != nil {
			return err
		}
		fit, err := fitFor(t, x, who)
		if err != nil {
			return err
		}
		_, err = Propose(t, x, fit, d)
		return err
	})
}

// Propose makes a proposal. Its Fit must be for this kind of support, made today.
func Propose(t *db.Tx, x trajectory.Trajectory, fit volunteer.Fit, d DoubleRole) (core.ID, error) {
	if fit.Kind() != x.Kind || fit.On() != t.Today() {
		return 0, core.Refuse("VOL-7", "matching_does_not_fit", "", []string{volunteer.ReasonKindNotWanted})
	}
	if x.State == trajectory.Ended {
		return 0, core.Conflict("matching_ended")
	}
	if err := CheckDoubleRole(fit.Roles(), d); err != nil {
		return 0, err
	}
	all, err := ofTrajectory(t, x.Dossier, x.ID)
	if err != nil {
		return 0, err
	}
	if err := CheckProposal(all, core.ID(fit.Volunteer())); err != nil {
		return 0, err
	}
	if err := trajectory.WaitAgain(t, x); err != nil {
		return 0, err
	}
	m := Match{ID: db.NewID[core.ID](t), Dossier: x.Dossier, Trajectory: x.ID, Volunteer: fit.Volunteer()}
	if len(fit.Roles()) > 0 {
		m.DoubleRole, m.DoubleRoleWords = "wanted", d.Words
	}
	return m.ID, insert(t, x, m)
}

func insert(t *db.Tx, x trajectory.Trajectory, m Match) error {
	words, err := t.Seal(place("double_role_words", m.ID, m.Dossier), m.DoubleRoleWords)
	if err != nil {
		return err
	}
	err = db.Do(t, xPropose, m.args(db.Args{"trajectory": m.Trajectory, "person": m.Volunteer, "double": m.DoubleRole, "words": words}))
	if db.IsDuplicate(err) {
		return core.Conflict("matching_somebody_asked", "")
	}
	if err != nil {
		return err
	}
	if err := task.Done(t, "match:"+x.ID.String()); err != nil {
		return err
	}
	p, err := volunteer.Load(t, m.Volunteer, 0)
	if err != nil || p.Account.IsZero() {
		return err
	}
	// The task carries no dossier: the volunteer may not know yet which family it is.
	return task.Open(t, task.Task{
		Key: taskProposal + ":" + m.ID.String(), Account: p.Account, Kind: taskProposal, Urgency: task.Normal, Due: answerBefore(t.Now()), Subject: m.ID,
	})
}

// answerBefore gives a volunteer a week.
func answerBefore(now core.Instant) core.Instant { return now.Add(7 * 24 * time.Hour) }

// deed loads a match with its trajectory and does something with both.
func (s *Service) deed(ctx context.Context, a authz.Actor, id core.ID, do func(*db.Tx, Match, trajectory.Trajectory) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := load(t, id)
		if err != nil {
			return err
		}
		x, err := trajectory.Load(t, m.Trajectory)
		if err != nil {
			return err
		}
		return do(t, m, x)
	})
}

// PlanIntroduction sets the day on which the coordinator brings the volunteer to the family (TRA-3).
func (s *Service) PlanIntroduction(ctx context.Context, a authz.Actor, id core.ID, on core.Date) error {
	return s.deed(ctx, a, id, func(t *db.Tx, m Match, x trajectory.Trajectory) error {
		if err := CheckIntroduction(m, on, t.Today()); err != nil {
			return err
		}
		if err := once(db.Exec(t, xPlan, m.args(db.Args{"on": on, "was": string(Agreed)}))); err != nil {
			return err
		}
		return trajectory.Introduce(t, x)
	})
}

// Introduce notes that they met, with the coordinator, who then leaves (TRA-3). From now on the volunteer sees the family.
func (s *Service) Introduce(ctx context.Context, a authz.Actor, id core.ID, on core.Date) error {
	return s.deed(ctx, a, id, func(t *db.Tx, m Match, x trajectory.Trajectory) error {
		if err := CheckIntroduced(m, on, t.Today()); err != nil {
			return err
		}
		if _, err := volunteer.FitToVisit(t, m.Volunteer, on); err != nil {
			return err
		}
		if err := once(db.Exec(t, xIntroduce, m.args(db.Args{"on": on, "was": string(Agreed)}))); err != nil {
			return err
		}
		return trajectory.Introduce(t, x)
	})
}

// Accept notes that the family said yes: the trajectory runs (TRA-3). It asks once more whether the volunteer suits it.
func (s *Service) Accept(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.deed(ctx, a, id, func(t *db.Tx, m Match, x trajectory.Trajectory) error {
		if err := MayMove(m, Accepted); err != nil {
			return err
		}
		if _, err := volunteer.FitToVisit(t, m.Volunteer, t.Today()); err != nil {
			return err
		}
		if err := once(db.Exec(t, xAccept, m.args(db.Args{"was": string(Introduced)}))); err != nil {
			return err
		}
		if err := task.Done(t, taskIntroduction+":"+m.ID.String()); err != nil {
			return err
		}
		if err := s.waitingOver(t, m.Dossier); err != nil {
			return err
		}
		return trajectory.Run(t, x)
	})
}

// Decline notes that the family or the coordinator says no. The reason, if one is given, is read by coordinators alone.
func (s *Service) Decline(ctx context.Context, a authz.Actor, id core.ID, by Side, reason string) error {
	return s.deed(ctx, a, id, func(t *db.Tx, m Match, x trajectory.Trajectory) error {
		if err := CheckDecline(m, by); err != nil {
			return err
		}
		words, err := t.Seal(place("reason", m.ID, m.Dossier), trimmed(reason))
		if err != nil {
			return err
		}
		args := m.args(db.Args{"by": string(by), "reason": words, "was": string(m.State)})
		if err := once(db.Exec(t, xDecline, args)); err != nil {
			return err
		}
		if err := closeTasks(t, m.ID); err != nil {
			return err
		}
		return trajectory.WaitAgain(t, x)
	})
}

// End ends a match while the trajectory goes on without this volunteer; her rights end at once, and another is asked for.
func (s *Service) End(ctx context.Context, a authz.Actor, id core.ID, reason string) error {
	return s.deed(ctx, a, id, func(t *db.Tx, m Match, x trajectory.Trajectory) error {
		if err := MayMove(m, Ended); err != nil {
			return err
		}
		words, err := t.Seal(place("reason", m.ID, m.Dossier), trimmed(reason))
		if err != nil {
			return err
		}
		if err := once(db.Exec(t, xEnd, m.args(db.Args{"reason": words}))); err != nil {
			return err
		}
		return trajectory.AskForVolunteer(t, x)
	})
}

func closeTasks(t *db.Tx, id core.ID) error {
	if err := task.Done(t, taskProposal+":"+id.String()); err != nil {
		return err
	}
	return task.Done(t, taskIntroduction+":"+id.String())
}
