package leaving

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/setting"
	"maatje/internal/task"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/screening"
)

// Service lets volunteers rest and stop.
type Service struct {
	db    *db.DB
	terms func(*db.Tx) (volunteer.Terms, error)
	ends  []Ends
}

// Ends is what another part of the product does when somebody stops or is not taken on, in the same transaction.
type Ends func(*db.Tx, core.VolunteerID) error

// NewService works under the terms that the organisation has at the moment.
func NewService(d *db.DB, terms func(*db.Tx) (volunteer.Terms, error), ends ...Ends) *Service {
	return &Service{d, terms, ends}
}

// goes is a step out of the programme; what somebody still held elsewhere ends first, while they are in sight.
func (s *Service) goes(t *db.Tx, id core.VolunteerID, m volunteer.Move) (p volunteer.Profile, err error) {
	for _, end := range s.ends {
		if err := end(t, id); err != nil {
			return p, err
		}
	}
	return s.move(t, id, m)
}

func (s *Service) move(t *db.Tx, id core.VolunteerID, m volunteer.Move) (volunteer.Profile, error) {
	terms, err := s.terms(t)
	if err != nil {
		return volunteer.Profile{}, err
	}
	return volunteer.Go(t, id, m, terms)
}

// Rest lets somebody rest up to and with a day; what runs with a family goes on. Around that day it is asked how they go on.
func (s *Service) Rest(ctx context.Context, a authz.Actor, id core.VolunteerID, why string, until core.Date) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := s.move(t, id, volunteer.Move{To: volunteer.Resting, Why: why, Until: until}); err != nil {
			return err
		}
		return task.Open(t, volunteer.RestTask(id, t.Actor().Account(), until))
	})
}

// Leave lets somebody stop, keeps the talk about it, ends the access at once and thanks them.
func (s *Service) Leave(ctx context.Context, a authz.Actor, id core.VolunteerID, f Farewell, k screening.Talk) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := volunteer.Load(t, id, 0)
		if err != nil {
			return err
		}
		asks := AsksTalk(p.Status)
		if err := CheckFarewell(p.Status, f); err != nil {
			return err
		}
		m := volunteer.Move{To: volunteer.Left, Why: f.Why}
		if asks && !f.Talked {
			m.WithoutTalk = f.WithoutTalk
		}
		if _, err := s.goes(t, id, m); err != nil {
			return err
		}
		if asks && f.Talked {
			k.Kind = screening.Exit
			if err := screening.Keep(t, id, k); err != nil {
				return err
			}
		}
		if !asks || p.Email == "" {
			return nil
		}
		return job.Queue(t, job.Mail{Key: "thanks:" + id.String() + ":" + t.Today().String(), Address: p.Email, Template: "volunteer_thanks"})
	})
}

// taskTell leads to where it is noted that somebody was told.
var taskTell = task.Leads("tell_rejected", "/volunteers/{volunteer}/reject")

func tellKey(id core.VolunteerID) string { return taskTell + ":" + id.String() }

// Reject does not take somebody on. Whoever has an address is told by mail, in words that say nothing of why; of the others the
// coordinator is asked to call. It gives the day on which everything is erased, and whether a mail goes.
func (s *Service) Reject(ctx context.Context, a authz.Actor, id core.VolunteerID, why string) (erased core.Date, mailed bool, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		chosen, err := setting.Load(t)
		if err != nil {
			return err
		}
		p, err := s.goes(t, id, volunteer.Move{To: volunteer.Rejected, Why: why})
		if err != nil {
			return err
		}
		erased, mailed = ErasedOn(t.Today(), chosen.KeepRejectedDays), p.Email != ""
		if mailed {
			return job.Queue(t, job.Mail{Key: "rejected:" + id.String(), Address: p.Email, Template: "application_answered", On: erased})
		}
		due := core.At(t.Today().AddWorkdays(2).Time()).Add(workday)
		return task.Open(t, task.Task{Key: tellKey(id), Account: t.Actor().Account(), Kind: taskTell, Urgency: task.Normal, Due: due, Volunteer: id})
	})
	return erased, mailed, err
}

// Told notes that somebody without an address was told.
func (s *Service) Told(ctx context.Context, a authz.Actor, id core.VolunteerID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := volunteer.Load(t, id, 0); err != nil {
			return err
		}
		return task.Done(t, tellKey(id))
	})
}

// Page reads what the pages need: who it is, when they would be erased, and whether somebody still has to tell them.
func (s *Service) Page(ctx context.Context, a authz.Actor, id core.VolunteerID) (v Page, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		chosen, err := setting.Load(t)
		if err != nil {
			return err
		}
		if v.Profile, err = volunteer.Load(t, id, 0); err != nil {
			return err
		}
		v.Erased = ErasedOn(t.Today(), chosen.KeepRejectedDays)
		if v.Status == volunteer.Rejected {
			v.Erased = ErasedOn(v.StatusSince, chosen.KeepRejectedDays)
		}
		v.Tell, err = task.IsOpen(t, tellKey(id))
		return err
	})
	return v, err
}
