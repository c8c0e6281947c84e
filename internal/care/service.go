package care

import (
	"cmp"
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/setting"
	"maatje/internal/task"
)

// Service looks after volunteers.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

const (
	listed = 2000 // more than any coordinator has in an area
	noted  = 200  // contacts on a page
)

// All are the volunteers in the actor's area, by name.
func (s *Service) All(ctx context.Context, a authz.Actor) (out []Standing, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out = nil
		rows, err := db.All(t, qAll, db.Args{"limit": listed}, (*row).columns)
		if err != nil {
			return err
		}
		w, err := weights(t, qWeights, nil)
		if err != nil {
			return err
		}
		by, err := rhythms(t)
		for _, r := range rows {
			out = append(out, Weighed(r.whole(w), by))
		}
		return err
	})
	return out, err
}

// File is the contact with one volunteer.
type File struct {
	Standing
	Log    []Contact // the last one first
	Thanks Moment    // the moment that is near and was not celebrated yet; zero is none
}

// Of reads the contact with a volunteer, for her coordinator.
func (s *Service) Of(ctx context.Context, a authz.Actor, id core.VolunteerID) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f, err = file(t, qOne, db.Args{"id": id})
		return err
	})
	return f, err
}

// Own reads what is noted about the contact with the volunteer who asks: it is written so that she may.
func (s *Service) Own(ctx context.Context, a authz.Actor) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f, err = file(t, qOwn, db.Args{})
		return err
	})
	return f, err
}

func file(t *db.Tx, q *db.Query, args db.Args) (f File, err error) {
	r, err := db.One(t, q, args, (*row).columns)
	if err != nil {
		return f, err
	}
	if f.Standing, err = weighed(t, r); err != nil {
		return f, err
	}
	if m, due := ToThank(f.Active, t.Today()); due && r.thanked < m.Years {
		f.Thanks = m
	}
	f.Log, err = db.All(t, qLog, db.Args{"id": f.Volunteer, "limit": noted}, func(c *Contact) []any { return []any{&c.ID, &c.On, &c.How, &c.Words, &c.By} })
	return f, err
}

func weighed(t *db.Tx, r row) (Standing, error) {
	w, err := weights(t, qWeight, db.Args{"id": r.Volunteer})
	if err != nil {
		return Standing{}, err
	}
	by, err := rhythms(t)
	return Weighed(r.whole(w), by), err
}

func rhythms(t *db.Tx) (Rhythms, error) {
	v, err := setting.Load(t)
	return Rhythms{Every(v.ContactComplex), Every(v.ContactRunning), Every(v.ContactQuiet)}, err
}

// Note writes down that somebody spoke with a volunteer (VOL-8). The same form sent twice is one contact.
func (s *Service) Note(ctx context.Context, a authz.Actor, id core.VolunteerID, c Contact, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, sent, err := db.Maybe(t, qSent, db.Args{"id": id, "token": token}, func(id *core.ID) []any { return []any{id} })
		if err != nil || sent {
			return err
		}
		if err := Check(c, t.Today()); err != nil {
			return err
		}
		c.ID = db.NewID[core.ID](t)
		err = db.Do(t, xNote, db.Args{"contact": c.ID, "id": id, "on": c.On, "how": c.How, "words": c.Words, "token": cmp.Or(token, c.ID.String())})
		if err != nil {
			return err
		}
		return look(t, id)
	})
}

// Choose sets another rhythm than the weight of the case says; none goes back to it. The version is that of the screen.
func (s *Service) Choose(ctx context.Context, a authz.Actor, id core.VolunteerID, every Every, version int) error {
	if err := CheckRhythm(every); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := db.One(t, qOne, db.Args{"id": id}, (*row).columns)
		if err != nil {
			return err
		}
		n := int64(0)
		if r.Version == version {
			n, err = db.Exec(t, xChoose, db.Args{"id": id, "every": string(every), "version": version})
		}
		if err == nil && n == 0 {
			err = core.Conflict("care_changed")
		}
		if err != nil {
			return err
		}
		return look(t, id)
	})
}

// Thank notes that a volunteer was thanked for her years.
func (s *Service) Thank(ctx context.Context, a authz.Actor, id core.VolunteerID, years int) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		f, err := file(t, qOne, db.Args{"id": id})
		if err != nil {
			return err
		}
		if f.Thanks.Years != years || years == 0 {
			return core.Conflict("care_thanked_already")
		}
		if err := db.Do(t, xThank, db.Args{"id": id, "years": years}); err != nil {
			return err
		}
		return task.Done(t, thanksKey(id))
	})
}
