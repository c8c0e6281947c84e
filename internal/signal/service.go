package signal

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// Workdays says within how many working days a signal that is not at once is answered (SIG-2).
type Workdays func(t *db.Tx) (int, error)

// HelpAgreed says whether somebody of the family agreed in writing, today, that help is called in (SIG-3, CON-1).
type HelpAgreed func(t *db.Tx, d core.DossierID) (bool, error)

// Service carries signals and their answers.
type Service struct {
	db         *db.DB
	workdays   Workdays
	helpAgreed HelpAgreed
}

// NewService makes the service.
func NewService(d *db.DB, w Workdays, h HelpAgreed) *Service { return &Service{d, w, h} }

var (
	taskAnswer    = task.Leads("answer_signal", "/dossiers/{dossier}/signals/{subject}")
	taskEscalated = task.Leads("signal_escalated", "/escalations/{subject}")
)

// Raising is what a volunteer passes on. The identifier comes from the screen, so that a double tap is one signal.
type Raising struct {
	ID         core.ID
	Trajectory core.TrajectoryID
	Urgency    string
	Saw        string
	Thinks     string
}

// Raise passes a worry on to the coordinator (SIG-1), with its deadline on the worklist (SIG-2).
func (s *Service) Raise(ctx context.Context, a authz.Actor, in Raising) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := db.One(t, qRunning, db.Args{"trajectory": in.Trajectory}, (*running).columns)
		if err != nil {
			return err
		}
		if err := MayRaise(in.Urgency, in.Saw); err != nil {
			return err
		}
		workdays, err := s.workdays(t)
		if err != nil {
			return err
		}
		sig := Signal{ID: in.ID, Dossier: m.Dossier, Trajectory: in.Trajectory, Urgency: in.Urgency, RaisedAt: t.Now(),
			AnswerBefore: AnswerBefore(in.Urgency, t.Now(), workdays)}
		if err := insert(t, sig, in); err != nil {
			return err
		}
		return s.toCoordinator(t, sig)
	})
}

func insert(t *db.Tx, sig Signal, in Raising) error {
	saw, err := t.Seal(sig.place("saw"), in.Saw)
	if err != nil {
		return err
	}
	thinks, err := t.Seal(sig.place("thinks"), in.Thinks)
	if err != nil {
		return err
	}
	return db.Do(t, xRaise, db.Args{"id": sig.ID, "dossier": sig.Dossier, "trajectory": sig.Trajectory, "urgency": sig.Urgency,
		"saw": saw, "thinks": thinks, "answer_before": sig.AnswerBefore})
}

// toCoordinator puts the signal on the worklist of the trajectory's or the family's coordinator. Where nobody is, the
// project leaders get it: a signal does not wait for an address.
func (s *Service) toCoordinator(t *db.Tx, sig Signal) error {
	to, err := db.One(t, qAddressee, db.Args{"dossier": sig.Dossier, "trajectory": sig.Trajectory}, func(a *core.AccountID) []any { return []any{a} })
	if err != nil {
		return err
	}
	if !to.IsZero() {
		return open(t, sig, to)
	}
	return toLeaders(t, sig)
}

// leaders are read on the door: a volunteer's signal may need them, and they are no family.
func leaders(t *db.Tx) ([]core.AccountID, error) {
	return db.All(t, qLeaders, db.Args{}, func(a *core.AccountID) []any { return []any{a} })
}

// toLeaders tells the project leaders that a signal waits. They do not see the family: the task leads to a page that says
// when, how urgent and whose, and where the glass can be broken (METHOD ch. 9).
func toLeaders(t *db.Tx, sig Signal) error {
	all, err := leaders(t)
	if err != nil {
		return err
	}
	for _, to := range all {
		err := task.Open(t, task.Task{Key: "signal_escalated:" + sig.ID.String() + ":" + to.String(), Account: to, Kind: taskEscalated,
			Urgency: task.Safety, Due: sig.AnswerBefore, Subject: sig.ID})
		if err != nil {
			return err
		}
	}
	return nil
}

func taskKey(id core.ID, to core.AccountID) string {
	return "answer_signal:" + id.String() + ":" + to.String()
}

func open(t *db.Tx, sig Signal, to core.AccountID) error {
	return task.Open(t, task.Task{Key: taskKey(sig.ID, to), Account: to, Kind: taskAnswer, Urgency: task.Safety, Due: sig.AnswerBefore,
		Dossier: sig.Dossier, Subject: sig.ID})
}

// Answering is what the coordinator did.
type Answering struct {
	Dossier core.DossierID
	Signal  core.ID
	Outcome string
	Needed  string
	Words   string
	Version int
}

// Answer applies SIG-3, and takes the signal off every worklist it reached.
func (s *Service) Answer(ctx context.Context, a authz.Actor, in Answering) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		sig, err := db.One(t, qOne, db.Args{"dossier": in.Dossier, "id": in.Signal}, (*Signal).columns)
		if err != nil {
			return err
		}
		if sig.Version != in.Version {
			return core.Conflict("signal_answered_meanwhile")
		}
		agreed, err := s.helpAgreed(t, in.Dossier)
		if err != nil {
			return err
		}
		if err := MayAnswer(in.Outcome, in.Needed, in.Words, agreed); err != nil {
			return err
		}
		if err := writeAnswer(t, in); err != nil {
			return err
		}
		if err := task.DoneAbout(t, taskAnswer, in.Signal); err != nil {
			return err
		}
		return task.DoneAbout(t, taskEscalated, in.Signal)
	})
}

func writeAnswer(t *db.Tx, in Answering) error {
	id := db.NewID[core.ID](t)
	needed, err := t.Seal(answerPlace(in.Dossier, id, "needed"), in.Needed)
	if err != nil {
		return err
	}
	words, err := t.Seal(answerPlace(in.Dossier, id, "words"), in.Words)
	if err != nil {
		return err
	}
	err = db.Do(t, xAnswer, db.Args{"id": id, "dossier": in.Dossier, "signal": in.Signal, "outcome": in.Outcome, "needed": needed, "words": words})
	if err != nil {
		return err
	}
	return db.Do(t, xAnswered, db.Args{"id": in.Signal, "dossier": in.Dossier, "outcome": in.Outcome, "version": in.Version})
}

// FindTooLittle says that the last answer is not enough: the signal is open again, with a new deadline (SIG-3).
func (s *Service) FindTooLittle(ctx context.Context, a authz.Actor, id core.ID, words string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		sig, err := db.One(t, qOwnOne, db.Args{"id": id}, (*Signal).columns)
		if err != nil {
			return err
		}
		if err := sig.withAnswers(t, qOwnAnswers); err != nil {
			return err
		}
		if err := MayFindTooLittle(sig, words); err != nil {
			return err
		}
		workdays, err := s.workdays(t)
		if err != nil {
			return err
		}
		sig.AnswerBefore = AnswerBefore(sig.Urgency, t.Now(), workdays)
		if err := reopen(t, sig, words); err != nil {
			return err
		}
		return s.toCoordinator(t, sig)
	})
}

func reopen(t *db.Tx, sig Signal, words string) error {
	last := sig.Answers[len(sig.Answers)-1]
	sealed, err := t.Seal(answerPlace(sig.Dossier, last.ID, "not_enough"), words)
	if err != nil {
		return err
	}
	if err := db.Do(t, xNotEnough, db.Args{"id": last.ID, "dossier": sig.Dossier, "words": sealed}); err != nil {
		return err
	}
	return db.Do(t, xReopen, db.Args{"id": sig.ID, "dossier": sig.Dossier, "answer_before": sig.AnswerBefore})
}

// Own reads the actor's own signal with its answers, and notes that they were read.
func (s *Service) Own(ctx context.Context, a authz.Actor, id core.ID) (sig Signal, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if sig, err = db.One(t, qOwnOne, db.Args{"id": id}, (*Signal).columns); err != nil {
			return err
		}
		return sig.withAnswers(t, qOwnAnswers)
	})
	if err != nil || !slices.ContainsFunc(sig.Answers, Answer.isUnread) || !a.May(authz.OwnSignals, authz.Write) {
		return sig, err
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		_, err := db.Exec(t, xRead, db.Args{"dossier": sig.Dossier, "signal": sig.ID})
		return err
	})
	return sig, err
}

// OwnAll lists the actor's own signals, the latest first, without their words.
func OwnAll(t *db.Tx, limit int) ([]Signal, error) {
	return db.All(t, qOwn, db.Args{"limit": limit}, (*Signal).columns)
}

// OfDossier lists the signals of a family with their words and answers, for its coordinators.
func (s *Service) OfDossier(ctx context.Context, a authz.Actor, d core.DossierID) (all []Signal, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if _, err = db.One(t, qDossier, db.Args{"dossier": d}, func(id *core.DossierID) []any { return []any{id} }); err != nil {
			return err // an empty list would say that there is such a family
		}
		if all, err = db.All(t, qOfDossier, db.Args{"dossier": d}, (*Signal).columns); err != nil {
			return err
		}
		for i := range all {
			if err := all[i].unseal(t); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// One reads a signal of a family with its answers and who gave it (SIG-5: for its coordinators alone).
func (s *Service) One(ctx context.Context, a authz.Actor, d core.DossierID, id core.ID) (sig Signal, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if sig, err = db.One(t, qOne, db.Args{"dossier": d, "id": id}, (*Signal).columns); err != nil {
			return err
		}
		if sig.By, _, err = db.Maybe(t, qBy, db.Args{"dossier": d, "id": id}, func(name *string) []any { return []any{name} }); err != nil {
			return err
		}
		return sig.withAnswers(t, qAnswers)
	})
	return sig, err
}

// Escalated is what a project leader reads of a signal that waits too long: nothing of the family.
type Escalated struct {
	Signal      core.ID
	Dossier     core.DossierID
	RaisedAt    core.Instant
	Urgency     string
	Before      core.Instant
	AnsweredAt  core.Instant
	Coordinator string
}

// Escalated reads a signal that reached the project leader.
func (s *Service) Escalated(ctx context.Context, a authz.Actor, id core.ID) (e Escalated, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		e, err = db.One(t, qEscalated, db.Args{"id": id}, func(e *Escalated) []any {
			return []any{&e.Signal, &e.Dossier, &e.RaisedAt, &e.Urgency, &e.Before, &e.AnsweredAt, &e.Coordinator}
		})
		return err
	})
	return e, err
}

// raisesIn names the family about which the actor may raise something there; otherwise there is no such page.
func (s *Service) raisesIn(ctx context.Context, a authz.Actor, id core.TrajectoryID) (family string, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err := db.One(t, qRunning, db.Args{"trajectory": id}, (*running).columns)
		family = m.Family
		return err
	})
	return family, err
}
