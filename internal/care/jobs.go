package care

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

var (
	taskContact = task.Leads("volunteer_contact", "/volunteers/{volunteer}/contacts")
	taskThanks  = task.Leads("volunteer_thanks", "/volunteers/{volunteer}/contacts")
)

func contactKey(id core.VolunteerID) string { return taskContact + ":" + id.String() }

func thanksKey(id core.VolunteerID) string { return taskThanks + ":" + id.String() }

// Jobs look every day whom nobody spoke to for too long, and who is to be thanked.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "care.look", Every: job.Daily, Run: s.Look}}
}

// Look puts the contacts that are late, and the thank-you moments that come near, on the lists of the coordinators (VOL-8).
func (s *Service) Look(ctx context.Context, a authz.Actor) error {
	all := job.Walk[row]{Query: qToday, Row: (*row).columns, ID: func(r row) core.ID { return core.ID(r.Volunteer) }, Do: ask}
	return all.Run(ctx, s.db, a)
}

// look is the same for one volunteer, at once.
func look(t *db.Tx, id core.VolunteerID) error {
	r, err := db.One(t, qOne, db.Args{"id": id}, (*row).columns)
	if err != nil {
		return err
	}
	return ask(t, r)
}

func ask(t *db.Tx, r row) error {
	s, err := weighed(t, r)
	if err != nil {
		return err
	}
	late := task.Task{Key: contactKey(s.Volunteer), Account: s.Account, Kind: taskContact, Urgency: task.Normal, Due: afternoon(s.Due), Volunteer: s.Volunteer}
	if err := onList(t, late, s.IsLate(t.Today())); err != nil {
		return err
	}
	m, near := ToThank(s.Active, t.Today())
	thanks := task.Task{Key: thanksKey(s.Volunteer), Account: s.Account, Kind: taskThanks, Urgency: task.CanWait, Due: afternoon(m.On), Volunteer: s.Volunteer}
	return onList(t, thanks, near && r.thanked < m.Years)
}

// onList opens or closes a task; where nobody works in the area there is no list.
func onList(t *db.Tx, k task.Task, open bool) error {
	if !open || k.Account.IsZero() {
		return task.Done(t, k.Key)
	}
	return task.Open(t, k)
}

func afternoon(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 16, 0, 0, 0, core.Amsterdam))
}
