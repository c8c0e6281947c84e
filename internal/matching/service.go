package matching

import (
	"context"
	"strings"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/matching/seek"
	"maatje/internal/matching/weigh"
	"maatje/internal/task"
	"maatje/internal/trajectory"
	"maatje/internal/volunteer"
	"maatje/internal/web/text"
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
	Sought     seek.Sought
	Candidates []weigh.Candidate
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

// Best is the one who is advised; nobody is, when nobody fits.
func (b Board) Best() (weigh.Candidate, bool) {
	if len(b.Candidates) == 0 || !b.Candidates[0].Fits {
		return weigh.Candidate{}, false
	}
	return b.Candidates[0], true
}

// Board reads what a coordinator matches with.
func (s *Service) Board(ctx context.Context, a authz.Actor, id core.TrajectoryID) (b Board, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		x, err := trajectory.Load(t, id)
		if err != nil {
			return err
		}
		b, err = board(t, x)
		return err
	})
	return b, err
}

func board(t *db.Tx, x trajectory.Trajectory) (b Board, err error) {
	b.Trajectory = x
	if b.Matches, err = ofTrajectory(t, x.Dossier, x.ID); err != nil {
		return b, err
	}
	if _, asked := b.Open(); asked || x.State == trajectory.Ended {
		return b, nil
	}
	if b.Sought, err = seek.One(t, x); err != nil {
		return b, err
	}
	b.Candidates, err = candidates(t, b.Sought.Family)
	return b, err
}

// everybody is more than any programme has; who is left out of a list cannot be matched.
const everybody = 100_000

func candidates(t *db.Tx, f weigh.Family) ([]weigh.Candidate, error) {
	scale, err := seek.Scale(t)
	if err != nil {
		return nil, err
	}
	all, err := volunteer.Find(t, volunteer.Filter{Most: everybody})
	if err != nil {
		return nil, err
	}
	var out []weigh.Candidate
	for _, p := range all {
		if p.Status != volunteer.Left && p.Status != volunteer.Rejected {
			out = append(out, scale.Look(p, f))
		}
	}
	weigh.Order(out)
	return out, nil
}

// fitFor asks whether a volunteer suits a trajectory today, or refuses with the first reason that forbids (VOL-3, VOL-7).
func fitFor(t *db.Tx, f weigh.Family, who core.VolunteerID) (volunteer.Fit, error) {
	p, err := volunteer.Load(t, who, f.Dossier)
	if err != nil {
		return volunteer.Fit{}, err
	}
	fit, why := volunteer.Suits(p, f.Need(who), t.Today())
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
		if strings.HasPrefix(c, "certificate_") {
			return "VOL-3"
		}
	}
	return "VOL-7"
}

// Propose asks a volunteer for a trajectory (TRA-3). A second role in the family asks a decision with reasons (VOL-9).
func (s *Service) Propose(ctx context.Context, a authz.Actor, id core.TrajectoryID, who core.VolunteerID, d DoubleRole) error {
	return s.Choose(ctx, a, id, Choice{Volunteer: who, DoubleRole: d})
}

// Choose asks a volunteer for a trajectory (TRA-3). Another than the one who is advised asks why, and that is kept (VOL-7).
func (s *Service) Choose(ctx context.Context, a authz.Actor, id core.TrajectoryID, c Choice) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, err := Choose(t, id, c)
		return err
	})
}

// Choose asks a volunteer within a transaction, and gives the match.
func Choose(t *db.Tx, id core.TrajectoryID, c Choice) (core.ID, error) {
	x, err := trajectory.Load(t, id)
	if err != nil {
		return 0, err
	}
	b, err := board(t, x)
	if err != nil {
		return 0, err
	}
	if err := CheckProposal(b.Matches, core.ID(c.Volunteer)); err != nil {
		return 0, err
	}
	if x.State == trajectory.Ended {
		return 0, core.Conflict("matching_ended")
	}
	fit, err := fitFor(t, b.Sought.Family, c.Volunteer)
	if err != nil {
		return 0, err
	}
	advised := b.deviates(c)
	if err := CheckDeviation(!advised.IsZero(), text.DeviationCodes(), c.Deviation); err != nil {
		return 0, err
	}
	if advised.IsZero() {
		c.Deviation = Deviation{}
	}
	return propose(t, x, fit, c, advised)
}

// deviates gives who was advised when this choice is a worse one, and nobody when it is not.
func (b Board) deviates(c Choice) core.VolunteerID {
	if c.Planned {
		return c.Advised
	}
	best, ok := b.Best()
	if !ok || best.ID == c.Volunteer {
		return 0
	}
	for _, one := range b.Candidates {
		if one.ID == c.Volunteer && one.Fits && len(one.Reasons) == 0 && !one.Before && one.Score >= best.Score {
			return 0
		}
	}
	return best.ID
}

// propose makes a proposal. Its Fit must be for this kind of support, made today.
func propose(t *db.Tx, x trajectory.Trajectory, fit volunteer.Fit, c Choice, advised core.VolunteerID) (core.ID, error) {
	if fit.Kind() != x.Kind || fit.On() != t.Today() {
		return 0, core.Refuse("VOL-7", "matching_does_not_fit", "", []string{volunteer.ReasonKindNotWanted})
	}
	if err := CheckDoubleRole(fit.Roles(), c.DoubleRole); err != nil {
		return 0, err
	}
	if err := trajectory.WaitAgain(t, x); err != nil {
		return 0, err
	}
	m := Match{ID: db.NewID[core.ID](t), Dossier: x.Dossier, Trajectory: x.ID, Volunteer: fit.Volunteer()}
	if len(fit.Roles()) > 0 {
		m.DoubleRole, m.DoubleRoleWords = "wanted", c.DoubleRole.Words
	}
	m.Deviation = c.Deviation
	return m.ID, insert(t, x, m, advised)
}

func insert(t *db.Tx, x trajectory.Trajectory, m Match, advised core.VolunteerID) error {
	words, err := t.Seal(place("double_role_words", m.ID, m.Dossier), m.DoubleRoleWords)
	if err != nil {
		return err
	}
	why, err := t.Seal(place("deviation_words", m.ID, m.Dossier), trimmed(m.Deviation.Words))
	if err != nil {
		return err
	}
	err = db.Do(t, xPropose, m.args(db.Args{
		"trajectory": m.Trajectory, "person": m.Volunteer, "double": m.DoubleRole, "words": words, "advised": advised, "deviation": m.Deviation.Code, "why": why,
	}))
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
