package matching

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// Proposals reads what is proposed to the volunteer: kinds and no names.
func (s *Service) Proposals(ctx context.Context, a authz.Actor) (all []Proposal, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = Proposals(t)
		return err
	})
	return all, err
}

// Proposals reads what is proposed to the volunteer who asks.
func Proposals(t *db.Tx) ([]Proposal, error) {
	return db.All(t, qProposals, db.Args{}, func(p *Proposal) []any { return []any{&p.ID, &p.State, &p.IntroductionOn, &p.Kind, &p.KindName} })
}

// Proposal reads one proposal as its volunteer may see it: the kind, the town and ages, no names (TRA-3). Once an
// introduction is planned, what each child knows stands there too (INT-8).
func (s *Service) Proposal(ctx context.Context, a authz.Actor, id core.ID) (p Proposal, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err = proposal(t, id)
		return err
	})
	return p, err
}

func proposal(t *db.Tx, id core.ID) (Proposal, error) {
	p, err := db.One(t, qProposal, db.Args{"id": id}, func(p *Proposal) []any {
		return []any{
			&p.ID, &p.State, &p.IntroductionOn, &p.own.dossier, &p.own.trajectory, &p.own.coordinator, &p.Coordinator, &p.Kind, &p.KindName, &p.Town,
			&p.Every, &p.Months, &p.Complex,
		}
	})
	if err != nil {
		return Proposal{}, err
	}
	type row struct {
		birth core.Date
		child bool
		knows string
	}
	people, err := db.All(t, qAges, db.Args{"dossier": p.own.dossier, "id": id}, func(r *row) []any { return []any{&r.birth, &r.child, &r.knows} })
	for _, r := range people {
		switch {
		case !r.child:
			p.Adults++
		default:
			p.Children = append(p.Children, childOf(r.birth, r.knows, t.Today(), p.IntroductionOn))
		}
	}
	return p, err
}

// childOf is a child as a volunteer hears of it before they meet.
func childOf(birth core.Date, knows string, today, introduction core.Date) Child {
	c := Child{Age: -1}
	if !birth.IsZero() {
		c.Age = birth.AgeOn(today)
	}
	if !introduction.IsZero() {
		c.Knows = knows
	}
	return c
}

// Answer is the volunteer's yes or no to a proposal (TRA-3). A reason is not asked; if one is given, only coordinators
// read it.
func (s *Service) Answer(ctx context.Context, a authz.Actor, id core.ID, yes bool, reason string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := proposal(t, id)
		if err != nil {
			return err
		}
		m := Match{ID: id, Dossier: p.own.dossier, State: p.State}
		if yes {
			return agree(t, m, p)
		}
		return refuse(t, m, p, reason)
	})
}

func agree(t *db.Tx, m Match, p Proposal) error {
	if err := MayMove(m, Agreed); err != nil {
		return err
	}
	if err := once(db.Exec(t, xAgree, m.args(nil))); err != nil {
		return err
	}
	if err := task.Done(t, taskProposal+":"+m.ID.String()); err != nil {
		return err
	}
	return tellCoordinator(t, m, p, taskIntroduction)
}

func refuse(t *db.Tx, m Match, p Proposal, reason string) error {
	if err := CheckDecline(m, ByVolunteer); err != nil {
		return err
	}
	words, err := t.Seal(place("reason", m.ID, m.Dossier), trimmed(reason))
	if err != nil {
		return err
	}
	if _, err := db.Exec(t, xSeekAgain, m.args(nil)); err != nil {
		return err
	}
	if err := once(db.Exec(t, xRefuse, m.args(db.Args{"reason": words}))); err != nil {
		return err
	}
	if err := closeTasks(t, m.ID); err != nil {
		return err
	}
	return tellCoordinator(t, m, p, "match")
}

// tellCoordinator puts the next step on the coordinator's list: an introduction, or another volunteer.
func tellCoordinator(t *db.Tx, m Match, p Proposal, kind string) error {
	if p.own.coordinator.IsZero() {
		return nil
	}
	key := kind + ":" + m.ID.String()
	if kind == "match" {
		key = kind + ":" + p.own.trajectory.String()
	}
	return task.Open(t, task.Task{
		Key: key, Account: p.own.coordinator, Kind: kind, Urgency: task.Normal, Due: answerBefore(t.Now()), Dossier: m.Dossier,
		Subject: core.ID(p.own.trajectory),
	})
}
