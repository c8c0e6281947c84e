package screening

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/volunteer"
)

// Service keeps talks and references.
type Service struct {
	db    *db.DB
	terms func(*db.Tx) (volunteer.Terms, error)
}

// NewService keeps them under the terms that the organisation has at the moment.
func NewService(d *db.DB, terms func(*db.Tx) (volunteer.Terms, error)) *Service {
	return &Service{d, terms}
}

// Sheet reads everything about one volunteer on the way.
func (s *Service) Sheet(ctx context.Context, a authz.Actor, id core.VolunteerID) (v Sheet, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		v = Sheet{}
		if v.Profile, err = volunteer.Load(t, id, 0); err != nil {
			return err
		}
		shown, err := volunteer.ShownOf(t, id)
		if err != nil {
			return err
		}
		terms, err := s.terms(t)
		if err != nil {
			return err
		}
		if v.Next = volunteer.Next(v.Status); v.Next != "" {
			v.Missing = volunteer.MissingFor(v.Profile, shown, volunteer.Active, t.Today(), terms)
			v.ForNext = volunteer.MissingFor(v.Profile, shown, v.Next, t.Today(), terms)
		}
		if v.Applications, err = applicationsOf(t, id); err != nil {
			return err
		}
		if v.Waits, err = task.IsOpen(t, volunteer.ApplicationKey(id)); err != nil {
			return err
		}
		v.Waits = v.Waits && v.Status != volunteer.Applied
		if v.Talks, err = talksOf(t, id); err != nil {
			return err
		}
		v.References, err = referencesOf(t, id)
		return err
	})
	return v, err
}

// Answered notes that somebody who is known already, and applied again, was answered.
func (s *Service) Answered(ctx context.Context, a authz.Actor, id core.VolunteerID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := volunteer.Load(t, id, 0); err != nil {
			return err
		}
		return task.Done(t, volunteer.ApplicationKey(id))
	})
}

// AddTalk keeps a talk.
func (s *Service) AddTalk(ctx context.Context, a authz.Actor, id core.VolunteerID, k Talk) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return Keep(t, id, k) })
}

// Keep keeps a talk within a transaction.
func Keep(t *db.Tx, id core.VolunteerID, k Talk) error {
	if err := CheckTalk(k, t.Today()); err != nil {
		return err
	}
	if _, err := volunteer.Load(t, id, 0); err != nil {
		return err
	}
	if err := t.NewOwner(id.Int64()); err != nil {
		return err
	}
	k.ID = db.NewID[core.ID](t)
	args := db.Args{"id": k.ID, "whose": id, "kind": k.Kind, "on": k.HeldOn, "agrees": k.HomeAgrees, "comes": k.ComesBack}
	for column, words := range k.texts() {
		sealed, err := t.Seal(place("screening_talk", column, k.ID, id), *words)
		if err != nil {
			return err
		}
		args[column] = sealed
	}
	return db.Do(t, xTalk, args)
}

// NameReference writes down who may be asked about somebody, and when they were asked if that was done already.
func (s *Service) NameReference(ctx context.Context, a authz.Actor, id core.VolunteerID, r Reference) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := volunteer.Load(t, id, 0)
		if err != nil {
			return err
		}
		known, err := referencesOf(t, id)
		if err != nil {
			return err
		}
		var others []Person
		for _, o := range known {
			if o.Dropped.IsZero() {
				others = append(others, personOf(o))
			}
		}
		own := Person{Phone: p.Wishes.Phone, Email: p.Email}
		if err := CheckReference(r, personOf(r), own, others, t.Today()); err != nil {
			return err
		}
		by := t.Actor().Account()
		if r.AskedOn.IsZero() {
			by = 0
		}
		return db.Do(t, xReference, db.Args{
			"id": db.NewID[core.ID](t), "whose": id, "name": r.Name, "relation": r.Relation, "phone": r.Phone, "email": r.Email, "asked": r.AskedOn, "by": by,
		})
	})
}

func personOf(r Reference) Person { return Person{db.Fold(r.Name), r.Phone, r.Email} }

// Ask notes that a reference was asked.
func (s *Service) Ask(ctx context.Context, a authz.Actor, id core.VolunteerID, reference core.ID, on core.Date) error {
	return s.on(ctx, a, id, reference, func(t *db.Tx, r Reference) error {
		if err := MayAsk(r, on, t.Today()); err != nil {
			return err
		}
		return db.Do(t, xAsked, db.Args{"id": reference, "whose": id, "on": on})
	})
}

// Give notes what a reference said.
func (s *Service) Give(ctx context.Context, a authz.Actor, id core.VolunteerID, reference core.ID, said string, on core.Date) error {
	return s.on(ctx, a, id, reference, func(t *db.Tx, r Reference) error {
		if err := MayGive(r, said, on, t.Today()); err != nil {
			return err
		}
		if err := t.NewOwner(id.Int64()); err != nil {
			return err
		}
		sealed, err := t.Seal(place("volunteer_reference", "said", reference, id), said)
		if err != nil {
			return err
		}
		return db.Do(t, xGiven, db.Args{"id": reference, "whose": id, "on": on, "said": sealed})
	})
}

// Drop takes a reference out: it counts no more. What was said stays with it.
func (s *Service) Drop(ctx context.Context, a authz.Actor, id core.VolunteerID, reference core.ID) error {
	return s.on(ctx, a, id, reference, func(t *db.Tx, r Reference) error {
		if !r.Dropped.IsZero() {
			return core.Conflict("screening_dropped_already")
		}
		return db.Do(t, xDropped, db.Args{"id": reference, "whose": id})
	})
}

func (s *Service) on(ctx context.Context, a authz.Actor, id core.VolunteerID, reference core.ID, do func(*db.Tx, Reference) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		all, err := referencesOf(t, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(r Reference) bool { return r.ID == reference })
		if i < 0 {
			return core.NotFound()
		}
		return do(t, all[i])
	})
}
