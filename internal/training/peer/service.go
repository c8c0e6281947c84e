package peer

import (
	"context"
	"slices"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
	"maatje/internal/training"
)

var (
	taskDay = task.Leads("peer_day", "/my-peer-days")
	taskOff = task.Leads("peer_day_off", "/my-peer-days")
)

const listed = 60

// List reads the days in the actor's places, the latest first, and who missed three in a row (VOL-5).
func (s *Service) List(ctx context.Context, a authz.Actor) (days []Day, missing []Missing, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if days, err = db.All(t, qDays, db.Args{"from": t.Today().AddMonths(-24), "all": training.Everywhere(t), "limit": listed}, (*Day).columns); err != nil {
			return err
		}
		all, err := guests(t, qAttendance, db.Args{})
		missing = missed(all)
		return err
	})
	return days, missing, err
}

// missed finds who missed three in a row among lines that stand by volunteer, each with the latest first.
func missed(all []Guest) (out []Missing) {
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(g Guest) bool { return g.Volunteer != all[0].Volunteer })
		if n < 0 {
			n = len(all)
		}
		var attended []string
		for _, g := range all[:n] {
			attended = append(attended, g.Attended)
		}
		if times := MissedInARow(attended); IsShown(times) {
			out = append(out, Missing{all[0].Volunteer, all[0].Name, times})
		}
		all = all[n:]
	}
	return out
}

// Open reads one day with those whom the actor may see.
func (s *Service) Open(ctx context.Context, a authz.Actor, id core.ID) (d Day, invited []Guest, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if d, err = load(t, id); err != nil {
			return err
		}
		invited, err = guests(t, qGuests, db.Args{"day": id})
		return err
	})
	return d, invited, err
}

// Plan plans a day and invites every active volunteer of its place whom the actor sees (VOL-5). Who plans one in a place that is
// not theirs finds nothing afterwards, and so plans none.
func (s *Service) Plan(ctx context.Context, a authz.Actor, d Day) (id core.ID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := CheckDay(d, t.Today()); err != nil {
			return err
		}
		d.ID = db.NewID[core.ID](t)
		id = d.ID
		err := db.Do(t, xPlan, db.Args{"id": d.ID, "on": d.On, "starts": d.Starts, "place": d.Place, "about": d.About,
			"municipality": d.Area.Municipality, "facility": d.Area.Facility})
		if err == nil {
			_, err = load(t, d.ID)
		}
		if core.IsKind(err, core.KindNotFound) {
			err = core.Invalid("municipality", "training_area_not_yours")
		}
		if err != nil {
			return err
		}
		return invite(t, d)
	})
	return id, err
}

// Invite invites those who became active since.
func (s *Service) Invite(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		d, err := load(t, id)
		switch {
		case err != nil:
			return err
		case d.IsOff():
			return core.Refuse("VOL-5", "peer_off")
		case d.On.Before(t.Today()):
			return core.Refuse("VOL-5", "peer_past")
		}
		return invite(t, d)
	})
}

type addressee struct {
	volunteer core.VolunteerID
	account   core.AccountID
}

func addressees(t *db.Tx, q *db.Query, id core.ID) ([]addressee, error) {
	return db.All(t, q, db.Args{"day": id}, func(a *addressee) []any { return []any{&a.volunteer, &a.account} })
}

func invite(t *db.Tx, d Day) error {
	all, err := addressees(t, qToInvite, d.ID)
	for _, one := range all {
		if err == nil {
			err = db.Do(t, xInvite, db.Args{"row": db.NewID[core.ID](t), "day": d.ID, "id": one.volunteer})
		}
		if err == nil {
			err = tell(t, taskDay, d, one)
		}
	}
	return err
}

func key(kind string, day core.ID, v core.VolunteerID) string {
	return kind + ":" + day.String() + ":" + v.String()
}

// tell puts it on the volunteer's list, with a mail that says nothing else (PRV-5). Who has no account is told by the coordinator.
func tell(t *db.Tx, kind string, d Day, to addressee) error {
	if to.account.IsZero() {
		return nil
	}
	k := task.Task{Key: key(kind, d.ID, to.volunteer), Account: to.account, Kind: kind, Urgency: task.CanWait, Due: core.At(d.On.Time()).Add(16 * time.Hour),
		Volunteer: to.volunteer, Subject: d.ID}
	if err := task.Open(t, k); err != nil {
		return err
	}
	return job.Queue(t, job.Mail{Key: k.Key, Account: to.account, Template: "worklist", Link: "/my-peer-days"})
}

// CallOff calls a day off and tells who was invited.
func (s *Service) CallOff(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		d, err := load(t, id)
		if err != nil {
			return err
		}
		if d.On.Before(t.Today()) {
			return core.Refuse("VOL-5", "peer_past")
		}
		n, err := db.Exec(t, xCallOff, db.Args{"id": id})
		if err == nil && n == 0 {
			err = core.Conflict("peer_off")
		}
		if err != nil {
			return err
		}
		if err := task.DoneAbout(t, taskDay, id); err != nil {
			return err
		}
		all, err := addressees(t, qAccounts, id)
		for _, one := range all {
			if err == nil {
				err = tell(t, taskOff, d, one)
			}
		}
		return err
	})
}

// Count writes down who came, of those who stood on the screen (VOL-5).
func (s *Service) Count(ctx context.Context, a authz.Actor, id core.ID, shown, came []core.VolunteerID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		d, err := load(t, id)
		if err != nil {
			return err
		}
		if err := MayCount(d, t.Today()); err != nil {
			return err
		}
		all, err := guests(t, qGuests, db.Args{"day": id})
		if err != nil {
			return err
		}
		for _, g := range all {
			if !slices.Contains(shown, g.Volunteer) {
				continue
			}
			was := absent
			if slices.Contains(came, g.Volunteer) {
				was = present
			}
			if err := db.Do(t, xAttended, db.Args{"day": id, "id": g.Volunteer, "attended": was}); err != nil {
				return err
			}
			if err := task.Done(t, key(taskDay, id, g.Volunteer)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Cases writes down what was discussed, without names (VOL-5).
func (s *Service) Cases(ctx context.Context, a authz.Actor, id core.ID, version int, words string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		d, err := load(t, id)
		if err != nil {
			return err
		}
		if err := MayCount(d, t.Today()); err != nil {
			return err
		}
		n, err := db.Exec(t, xCases, db.Args{"id": id, "version": version, "cases": words})
		if err == nil && n == 0 {
			err = core.Conflict("training_changed")
		}
		return err
	})
}

// Own are the days to which a volunteer was invited, the latest first, and whether each was seen.
func (s *Service) Own(ctx context.Context, a authz.Actor) (all []Invitation, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if all, err = db.All(t, qOwn, db.Args{"limit": listed}, func(i *Invitation) []any { return append(i.columns(), &i.Attended) }); err != nil {
			return err
		}
		for n := range all {
			for _, kind := range []string{taskDay, taskOff} {
				open, err := task.IsOpen(t, key(kind, all[n].ID, a.Volunteer()))
				if err != nil {
					return err
				}
				all[n].Told = all[n].Told || open
			}
		}
		return nil
	})
	return all, err
}

// Invitation is a day as one volunteer sees it.
type Invitation struct {
	Day
	Attended string
	Told     bool
}

// Seen takes the invitation off the volunteer's list.
func (s *Service) Seen(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		for _, kind := range []string{taskDay, taskOff} {
			if err := task.Done(t, key(kind, id, a.Volunteer())); err != nil {
				return err
			}
		}
		return nil
	})
}
