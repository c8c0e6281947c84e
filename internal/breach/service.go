package breach

import (
	"cmp"
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
	"maatje/internal/web/text"
)

// Service keeps the register.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

const shown = 200 // entries on a page; the register of a programme stays far below

// Report puts what somebody says went wrong into the register and on the lists of who keeps it. The same form sent twice is
// one report.
func (s *Service) Report(ctx context.Context, a authz.Actor, b Breach, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, sent, err := db.Maybe(t, qSent, db.Args{"token": token}, func(id *core.ID) []any { return []any{id} })
		if err != nil || sent {
			return err
		}
		if err := checkReport(b, text.BreachKindCodes(), t.Now()); err != nil {
			return err
		}
		b.ID = db.NewID[core.ID](t)
		token = cmp.Or(token, b.ID.String())
		words, err := seal(t, wordsPlace(b.ID), b.Words)
		if err != nil {
			return err
		}
		if err := db.Do(t, xReport, db.Args{"id": b.ID, "kind": b.Kind, "found": b.Discovered, "words": words, "token": token}); err != nil {
			return err
		}
		if err := note(t, xFirst, b); err != nil {
			return err
		}
		return makeKnown(t, b)
	})
}

// Mine are the actor's own reports, the last one first.
func (s *Service) Mine(ctx context.Context, a authz.Actor) (all []Breach, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qMine, db.Args{"limit": shown}, (*Breach).columns)
		all, err = opened(t, all, err)
		return err
	})
	return all, err
}

// All is the register: what is open first.
func (s *Service) All(ctx context.Context, a authz.Actor) (all []Breach, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qAll, db.Args{"limit": shown}, (*Breach).columns)
		all, err = opened(t, all, err)
		return err
	})
	return all, err
}

// One is one entry with all that it said before.
func (s *Service) One(ctx context.Context, a authz.Actor, id core.ID) (b Breach, said []Change, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if b, err = one(t, id); err != nil {
			return err
		}
		said, err = changes(t, id)
		return err
	})
	return b, said, err
}

// Record writes what is known and decided now (PRV-6).
func (s *Service) Record(ctx context.Context, a authz.Actor, b Breach) error {
	return s.change(ctx, a, b.ID, b.Version, func(old *Breach, now core.Instant) error {
		if err := checkRecord(b, text.BreachKindCodes(), now); err != nil {
			return err
		}
		b.Reporter, b.ReportedAt, b.ClosedAt = old.Reporter, old.ReportedAt, old.ClosedAt
		*old = b
		return nil
	})
}

// Close ends it, once everything is decided (PRV-6).
func (s *Service) Close(ctx context.Context, a authz.Actor, id core.ID, version int) error {
	return s.change(ctx, a, id, version, func(b *Breach, now core.Instant) error {
		b.ClosedAt = now
		return checkClose(*b)
	})
}

// Reopen takes it up again: something came to light.
func (s *Service) Reopen(ctx context.Context, a authz.Actor, id core.ID, version int) error {
	return s.change(ctx, a, id, version, func(b *Breach, _ core.Instant) error {
		b.ClosedAt = core.Instant{}
		return nil
	})
}

func (s *Service) change(ctx context.Context, a authz.Actor, id core.ID, version int, to func(*Breach, core.Instant) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		b, err := one(t, id)
		if err != nil {
			return err
		}
		if b.Version != version {
			return core.Conflict("breach_changed")
		}
		old := b
		if err := to(&b, t.Now()); err != nil {
			return err
		}
		if len(changed(old, b)) == 0 {
			return nil
		}
		if err := keep(t, b); err != nil {
			return err
		}
		return makeKnown(t, b)
	})
}

// The stages of the clock as tasks: each is said in words of its own.
var kinds = map[Stage]string{
	Calm:    task.Leads("breach", "/breaches/{subject}"),
	Soon:    task.Leads("breach_soon", "/breaches/{subject}"),
	Late:    task.Leads("breach_late", "/breaches/{subject}"),
	Decided: task.Leads("breach_finish", "/breaches/{subject}"),
}

const finishWithin = 14 // days after the decision in which the rest is written down

// makeKnown puts it on the list of everybody who keeps the register, in the words of its stage, and mails them while the clock
// runs: that there is haste, and nothing else (PRV-5). Once it is closed it is on nobody's list.
func makeKnown(t *db.Tx, b Breach) error {
	stage := b.At(t.Now())
	if stage == Done {
		for _, kind := range kinds {
			if err := task.DoneAbout(t, kind, b.ID); err != nil {
				return err
			}
		}
		return known(t, b, stage)
	}
	keepers, err := db.All(t, qKeepers, nil, func(id *core.AccountID) []any { return []any{id} })
	if err != nil {
		return err
	}
	for _, k := range keepers {
		if err := tell(t, b, stage, k); err != nil {
			return err
		}
	}
	return known(t, b, stage)
}

// known notes which stage was made known last.
func known(t *db.Tx, b Breach, stage Stage) error {
	_, err := db.Exec(t, xStage, db.Args{"id": b.ID, "stage": string(stage)})
	return err
}

func tell(t *db.Tx, b Breach, stage Stage, to core.AccountID) error {
	k := task.Task{Key: "breach:" + b.ID.String() + ":" + to.String(), Account: to, Kind: kinds[stage], Urgency: task.Safety, Due: b.Deadline(), Subject: b.ID}
	if stage == Decided {
		k.Urgency, k.Due = task.Normal, t.Now().Add(finishWithin*24*time.Hour)
	}
	if err := task.Open(t, k); err != nil || stage == Decided {
		return err
	}
	return job.Queue(t, job.Mail{Key: "breach:" + b.ID.String() + ":" + string(stage) + ":" + to.String(), Account: to, Template: "breach", Link: "/breaches/" + b.ID.String()})
}
