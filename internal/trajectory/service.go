package trajectory

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/setting"
	"maatje/internal/task"
	"maatje/internal/volunteer"
)

// Holds asks whether what a start rests on still holds today: a consent that was withdrawn meanwhile refuses it (INT-4).
// The intake answers.
type Holds func(t *db.Tx, d core.DossierID) error

// Service keeps trajectories.
type Service struct {
	db    *db.DB
	holds Holds
}

// NewService keeps trajectories.
func NewService(d *db.DB, h Holds) *Service { return &Service{d, h} }

// followUpDays is how long after an abrupt end somebody asks how the child is (TRA-9).
const followUpDays = 14

// Settled is what the organisation chose.
func Settled(t *db.Tx) (Policy, error) {
	v, err := setting.Load(t)
	return Policy{StrictNorm: v.Checkpoints == setting.InternationalNorm, GraceDays: v.VisitGraceDays}, err
}

// Begin makes a trajectory for a family whose intake was decided with a start.
func (s *Service) Begin(ctx context.Context, a authz.Actor, d core.DossierID, start Start) (id core.TrajectoryID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		decision, err := DecidedToStart(t, d)
		if err != nil {
			return err
		}
		if err := s.holds(t, d); err != nil {
			return err
		}
		id, err = Begin(t, decision, start)
		return err
	})
	return id, err
}

// File is a trajectory with everything its coordinator sees.
type File struct {
	Trajectory
	DossierName string
	Support     Kind
	Companions  []Companion
	Checkpoints []Checkpoint
	Norm        []core.Date // what the stricter norm would ask (TRA-4)
	Extensions  []Extension
	Rhythms     []RhythmChange
	Knows       []dossier.Knows
	Choices     []ReleaseChoice
	Farewell    Farewell
	Missing     []string // what an ending still lacks (TRA-9)
	Aftercare   []Aftercare
	Visits      int
	Minutes     int
	LastVisit   core.Date
	Late        Lateness
	NextBefore  core.Date
}

// OpenChoice is the release that still asks for a choice.
func (f File) OpenChoice() (ReleaseChoice, bool) {
	for _, c := range f.Choices {
		if c.Choice == "" {
			return c, true
		}
	}
	return ReleaseChoice{}, false
}

// Accepted is the volunteer whom the family accepted.
func (f File) Accepted() (Companion, bool) { return accepted(f.Companions) }

func accepted(all []Companion) (Companion, bool) {
	for _, c := range all {
		if c.State == "accepted" {
			return c, true
		}
	}
	return Companion{}, false
}

// File reads a trajectory with everything its coordinator sees.
func (s *Service) File(ctx context.Context, a authz.Actor, id core.TrajectoryID) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f, err = readFile(t, id)
		return err
	})
	return f, err
}

func readFile(t *db.Tx, id core.TrajectoryID) (f File, err error) {
	if f.Trajectory, err = Load(t, id); err != nil {
		return f, err
	}
	x := f.Trajectory
	cover, err := dossier.Cover(t, x.Dossier)
	if err != nil {
		return f, err
	}
	f.DossierName = cover.Name
	for _, read := range []func() error{
		func() (err error) { f.Support, err = KindOf(t, x.Kind); return },
		func() (err error) { f.Companions, err = Companions(t, x); return },
		func() (err error) { f.Checkpoints, err = readCheckpoints(t, x); return },
		func() (err error) { f.Extensions, err = readExtensions(t, x); return },
		func() (err error) { f.Rhythms, err = readRhythms(t, x); return },
		func() (err error) { f.Knows, err = dossier.Knowledge(t, x.Dossier); return },
		func() (err error) { f.Choices, err = readChoices(t, x); return },
		func() (err error) { f.Farewell, err = readFarewell(t, x); return },
		func() (err error) { f.Aftercare, err = readAftercare(t, x); return },
		func() (err error) { f.EndWords, err = readEndWords(t, x); return },
		func() error { return readVisits(t, &f) },
	} {
		if err := read(); err != nil {
			return f, err
		}
	}
	f.Missing = Missing(x, f.Support, f.Farewell, f.Checkpoints)
	if x.State.Runs() {
		f.Norm = Norm(x.StartOn, x.PlannedEnd)
		f.NextBefore = NextVisitBefore(x.StartOn, f.LastVisit, x.VisitEveryDays)
		policy, err := Settled(t)
		if err != nil {
			return f, err
		}
		f.Late = Late(x.StartOn, f.LastVisit, x.VisitEveryDays, policy.GraceDays, t.Today())
	}
	return f, nil
}

// OfDossier reads the trajectories of a family with its name.
func (s *Service) OfDossier(ctx context.Context, a authz.Actor, id core.DossierID) (head dossier.Head, all []Trajectory, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if head, err = dossier.LoadHead(t, id, "trajectories"); err != nil {
			return err
		}
		all, err = OfDossier(t, id)
		return err
	})
	return head, all, err
}

// Choices reads what a new trajectory can be of: the kinds there are, and the people of the family.
func (s *Service) Choices(ctx context.Context, a authz.Actor, id core.DossierID) (kinds []Kind, family []Person, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if _, err := DecidedToStart(t, id); err != nil {
			return err
		}
		if kinds, err = Kinds(t); err != nil {
			return err
		}
		family, err = Family(t, id)
		return err
	})
	return kinds, family, err
}

// IsDecided says whether support of this family was decided on, so that it may begin.
func (s *Service) IsDecided(ctx context.Context, a authz.Actor, id core.DossierID) (decided bool, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		_, err := DecidedToStart(t, id)
		decided = err == nil
		if _, isFail := core.AsFail(err); isFail {
			return nil
		}
		return err
	})
	return decided, err
}

// change runs a deed on a loaded trajectory in one transaction.
func (s *Service) change(ctx context.Context, a authz.Actor, id core.TrajectoryID, deed func(*db.Tx, Trajectory) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := Load(t, id)
		if err != nil {
			return err
		}
		return deed(t, x)
	})
}

// heldAlready says why a checkpoint could not be held: it is not this trajectory's, or somebody wrote it down meanwhile.
func heldAlready(t *db.Tx, x Trajectory, id core.ID) error {
	all, err := readCheckpoints(t, x)
	if err == nil && !slices.ContainsFunc(all, func(c Checkpoint) bool { return c.ID == id }) {
		err = core.NotFound()
	}
	if err == nil {
		err = core.Conflict("trajectory_changed")
	}
	return err
}

// HoldCheckpoint notes that the coordinator had a checkpoint with the family (TRA-4).
func (s *Service) HoldCheckpoint(ctx context.Context, a authz.Actor, id core.TrajectoryID, c Checkpoint) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		if err := CheckHeld(c, t.Today()); err != nil {
			return err
		}
		words, err := t.Seal(place("checkpoint", "words", c.ID.Int64(), x.Dossier), c.Words)
		if err != nil {
			return err
		}
		n, err := db.Exec(t, xHold, x.args(db.Args{"checkpoint": c.ID, "held": c.HeldOn, "words": words}))
		if err == nil && n == 0 {
			err = heldAlready(t, x, c.ID)
		}
		if err != nil {
			return err
		}
		return task.Done(t, taskOf(x, taskCheckpoint, ":"+c.ID.String(), core.Instant{}).Key)
	})
}

// Extend moves the planned end, with why (TRA-7). The final checkpoint moves along.
func (s *Service) Extend(ctx context.Context, a authz.Actor, id core.TrajectoryID, version int, e Extension) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		if err := CheckExtension(x, e, t.Today()); err != nil {
			return err
		}
		n, err := db.Exec(t, xExtend, x.args(db.Args{"end": e.NewEnd, "version": version}))
		if err == nil && n == 0 {
			err = core.Conflict("trajectory_changed")
		}
		if err != nil {
			return err
		}
		line := db.NewID[core.ID](t)
		words, err := t.Seal(place("extension", "words", line.Int64(), x.Dossier), e.Words)
		if err != nil {
			return err
		}
		err = db.Do(t, xExtension, x.args(db.Args{"extension": line, "old": x.PlannedEnd, "end": e.NewEnd, "reason": e.Reason, "words": words}))
		if err != nil {
			return err
		}
		return moveFinal(t, x, e.NewEnd)
	})
}

// moveFinal moves the final checkpoint that was not held yet along with the planned end.
func moveFinal(t *db.Tx, x Trajectory, due core.Date) error {
	checks, err := readCheckpoints(t, x)
	if err != nil {
		return err
	}
	for _, c := range checks {
		if c.Kind != CheckFinal || !c.HeldOn.IsZero() {
			continue
		}
		c.DueOn = due
		if err := db.Do(t, xFinalDue, x.args(db.Args{"checkpoint": c.ID, "due": due})); err != nil {
			return err
		}
		if err := askCheckpoint(t, x, c); err != nil {
			return err
		}
	}
	return task.Done(t, taskOf(x, taskEnding, "", core.Instant{}).Key)
}

// Choose decides what becomes of a trajectory now that a parent comes home earlier (TRA-8): it goes on, aftercare with the
// same volunteer follows, or a farewell is to be planned. It gives the trajectory to look at next.
func (s *Service) Choose(ctx context.Context, a authz.Actor, id core.TrajectoryID, choice, words string) (next core.TrajectoryID, err error) {
	err = s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		next = x.ID
		c, err := openChoice(t, x, choice)
		if err != nil {
			return err
		}
		sealed, err := t.Seal(place("release_choice", "words", c.ID.Int64(), x.Dossier), words)
		if err != nil {
			return err
		}
		if err := db.Do(t, xChoose, x.args(db.Args{"choice": c.ID, "what": choice, "words": sealed})); err != nil {
			return err
		}
		if err := task.Done(t, taskOf(x, taskRelease, ":"+c.Detention.String(), core.Instant{}).Key); err != nil {
			return err
		}
		if choice == ChoiceHandOver {
			next, err = keepVolunteer(t, x)
		}
		return err
	})
	return next, err
}

func openChoice(t *db.Tx, x Trajectory, choice string) (ReleaseChoice, error) {
	all, err := readChoices(t, x)
	if err != nil {
		return ReleaseChoice{}, err
	}
	if len(all) == 0 {
		return ReleaseChoice{}, core.NotFound()
	}
	c := all[0]
	for _, o := range all {
		if o.Choice == "" {
			c = o
		}
	}
	return c, CheckChoice(c, x, choice)
}

func keepVolunteer(t *db.Tx, x Trajectory) (core.TrajectoryID, error) {
	k, err := KindOf(t, x.Kind)
	if err != nil {
		return 0, err
	}
	all, err := Companions(t, x)
	if err != nil {
		return 0, err
	}
	with, found := accepted(all)
	if !found {
		return 0, core.Refuse("TRA-8", "trajectory_no_volunteer_to_keep")
	}
	fit, err := volunteer.FitToVisit(t, with.Volunteer, t.Today())
	if err != nil {
		return 0, err
	}
	policy, err := Settled(t)
	if err != nil {
		return 0, err
	}
	return handOver(t, x, k, with, fit, policy)
}

// PlanFarewell keeps the farewell plan as it stands now, and what became of it (TRA-9). A trajectory with a plan is closing.
func (s *Service) PlanFarewell(ctx context.Context, a authz.Actor, id core.TrajectoryID, f Farewell) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		if err := CheckFarewell(x, f, t.Today()); err != nil {
			return err
		}
		if err := writeFarewell(t, x, f); err != nil {
			return err
		}
		if x.State != Running {
			return nil
		}
		return db.Do(t, xState, x.args(db.Args{"was": string(Running), "to": string(Closing)}))
	})
}

// End ends a trajectory as it should, or refuses and names what is missing (TRA-9).
func (s *Service) End(ctx context.Context, a authz.Actor, id core.TrajectoryID, reason, words string) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		f, err := readFile(t, x.ID)
		if err != nil {
			return err
		}
		closure, err := Close(x, f.Support, f.Farewell, f.Checkpoints, reason, words)
		if err != nil {
			return err
		}
		if err := end(t, x, closure); err != nil {
			return err
		}
		return askTakeover(t, x, len(f.Aftercare) > 0)
	})
}

// BreakOff ends a trajectory abruptly, and asks somebody to see how the children are (TRA-9).
func (s *Service) BreakOff(ctx context.Context, a authz.Actor, id core.TrajectoryID, reason, words string) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		closure, err := BreakOff(x, reason, words)
		if err != nil {
			return err
		}
		if err := end(t, x, closure); err != nil {
			return err
		}
		return openFor(t, taskOf(x, taskAfter, "", endOf(t.Today().AddDays(followUpDays))))
	})
}

// askTakeover asks who takes over, when nobody is named yet (TRA-10).
func askTakeover(t *db.Tx, x Trajectory, named bool) error {
	if named {
		return nil
	}
	return openFor(t, taskOf(x, taskTakeover, "", endOf(t.Today().AddDays(14))))
}

// Follow notes who takes over after the trajectory, until when (TRA-10). Once nothing runs any more the family is in
// aftercare; it can come back.
func (s *Service) Follow(ctx context.Context, a authz.Actor, id core.TrajectoryID, c Aftercare) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		if c.From.IsZero() {
			c.From = t.Today()
		}
		if err := CheckAftercare(c); err != nil {
			return err
		}
		err := db.Do(t, xAftercare, x.args(db.Args{
			"aftercare": db.NewID[core.ID](t), "by": c.TakenBy, "contact": c.Contact, "from": c.From, "until": c.Until,
		}))
		if err != nil {
			return err
		}
		if err := task.Done(t, taskOf(x, taskTakeover, "", core.Instant{}).Key); err != nil {
			return err
		}
		return followIfNothingRuns(t, x.Dossier)
	})
}

func followIfNothingRuns(t *db.Tx, id core.DossierID) error {
	all, err := OfDossier(t, id)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.State.IsOpen() {
			return nil
		}
	}
	return dossier.Follow(t, id, t.Today())
}

// Answered closes the question how the children are after an abrupt end (TRA-9).
func (s *Service) Answered(ctx context.Context, a authz.Actor, id core.TrajectoryID) error {
	return s.change(ctx, a, id, func(t *db.Tx, x Trajectory) error {
		return task.Done(t, taskOf(x, taskAfter, "", core.Instant{}).Key)
	})
}
