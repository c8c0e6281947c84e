package training

import (
	"context"
	"slices"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// What is told: to a volunteer on her own list, to a coordinator when the volunteer has no account to read it with.
var (
	taskPlace   = task.Leads("training_place", "/training")
	taskChanged = task.Leads("training_changed", "/training")
	taskCall    = task.Leads("training_call", "/sessions/{subject}")
)

// openTo is a session as one volunteer may come to it, and how she stands there.
type openTo struct {
	Session
	State    string
	Attended string
}

// OpenTo reads the sessions from a day on to which a volunteer may come or where she is on the roll.
func sessionsOpenTo(t *db.Tx, v core.VolunteerID, from core.Date) ([]openTo, error) {
	return db.All(t, qOpenTo, db.Args{"id": v, "from": from}, func(o *openTo) []any { return append(o.columns(), &o.State, &o.Attended) })
}

// long ago: before any session.
var ever = core.MustDate("2000-01-01")

func findOpen(t *db.Tx, v core.VolunteerID, id core.ID) (Session, error) {
	all, err := sessionsOpenTo(t, v, ever)
	if err != nil {
		return Session{}, err
	}
	i := slices.IndexFunc(all, func(o openTo) bool { return o.ID == id })
	if i < 0 {
		return Session{}, core.NotFound()
	}
	return all[i].Session, nil
}

// Enrol gives a volunteer a place at a session, or in the row of who waits, and says which (VOL-4).
func (s *Service) Enrol(ctx context.Context, a authz.Actor, id core.ID, v core.VolunteerID) (waits bool, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := findOpen(t, v, id)
		if err != nil {
			return err
		}
		if err := MayEnrol(x, t.Today(), v == a.Volunteer()); err != nil {
			return err
		}
		r, err := roll(t, x)
		if err != nil {
			return err
		}
		if r, err = r.Enrol(v); err != nil {
			return err
		}
		state := Enrolled
		if waits = r.Turn(v) > 0; waits {
			state = Waiting
		}
		return db.Do(t, xEnrol, db.Args{"row": db.NewID[core.ID](t), "session": id, "id": v, "state": state})
	})
	return waits, err
}

// Withdraw takes a volunteer off a session that is still to come; whoever waits longest gets the place and is told (VOL-4).
func (s *Service) Withdraw(ctx context.Context, a authz.Actor, id core.ID, v core.VolunteerID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := findOpen(t, v, id)
		if err != nil {
			return err
		}
		if x.On.Before(t.Today()) {
			return core.Refuse("VOL-4", "training_session_over")
		}
		return withdraw(t, x, v)
	})
}

func withdraw(t *db.Tx, x Session, v core.VolunteerID) error {
	r, err := roll(t, x)
	if err != nil {
		return err
	}
	_, moved, err := r.Withdraw(v)
	if err != nil {
		return err
	}
	if err := db.Do(t, xWithdraw, db.Args{"session": x.ID, "id": v}); err != nil {
		return err
	}
	if err := task.Done(t, toldKey(taskPlace, x.ID, v)); err != nil {
		return err
	}
	return moveUp(t, x, moved)
}

// WithdrawAll takes a volunteer who stops off every session that is still to come, so that nobody waits for an empty chair (VOL-4).
func WithdrawAll(t *db.Tx, v core.VolunteerID) error {
	coming, err := sessionsOpenTo(t, v, t.Today())
	if err != nil {
		return err
	}
	for _, o := range coming {
		if o.State == "" {
			continue
		}
		if err := withdraw(t, o.Session, v); err != nil {
			return err
		}
	}
	return nil
}

// moveUp gives places that came free to who waited, and tells them.
func moveUp(t *db.Tx, x Session, moved []core.VolunteerID) error {
	for _, v := range moved {
		if err := db.Do(t, xMoveUp, db.Args{"session": x.ID, "id": v}); err != nil {
			return err
		}
		if err := tell(t, taskPlace, x, v); err != nil {
			return err
		}
	}
	return nil
}

func toldKey(kind string, session core.ID, v core.VolunteerID) string {
	return kind + ":" + session.String() + ":" + v.String()
}

// tell puts it on the volunteer's own list, with a mail that says only that there is something (PRV-5). Who has no account is
// called by a coordinator.
func tell(t *db.Tx, kind string, x Session, v core.VolunteerID) error {
	type who struct{ own, coordinator core.AccountID }
	w, err := db.One(t, qToTell, db.Args{"id": v}, func(w *who) []any { return []any{&w.own, &w.coordinator} })
	if err != nil {
		return err
	}
	k := task.Task{Key: toldKey(kind, x.ID, v), Account: w.own, Kind: kind, Urgency: task.Normal, Due: startOf(x), Volunteer: v, Subject: x.ID}
	if w.own.IsZero() {
		k.Account, k.Kind = w.coordinator, taskCall
	}
	if k.Account.IsZero() {
		return nil
	}
	if err := task.Open(t, k); err != nil {
		return err
	}
	mail := k.Key + ":" + db.NewID[core.ID](t).String() // the same session may change twice
	return job.Queue(t, job.Mail{Key: mail, Account: k.Account, Template: "worklist", Link: k.Href()})
}

// startOf is the moment at which a session begins, or the morning of its day.
func startOf(x Session) core.Instant {
	hour, minute := 9, 0
	if clock.MatchString(x.Starts) {
		hour, minute = int(x.Starts[0]-'0')*10+int(x.Starts[1]-'0'), int(x.Starts[3]-'0')*10+int(x.Starts[4]-'0')
	}
	return core.At(time.Date(x.On.Year(), x.On.Month(), x.On.Day(), hour, minute, 0, 0, core.Amsterdam))
}

// Seen takes what was told about a session off the volunteer's list.
func (s *Service) Seen(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := findOpen(t, a.Volunteer(), id); err != nil {
			return err
		}
		for _, kind := range []string{taskPlace, taskChanged} {
			if err := task.Done(t, toldKey(kind, id, a.Volunteer())); err != nil {
				return err
			}
		}
		return nil
	})
}

// Count writes down who of those with a place was there; who was, completes the course when it asks nothing more (VOL-4).
// Only those whom the actor sees can be counted, and only those who stood on the screen: nobody is absent unseen.
func (s *Service) Count(ctx context.Context, a authz.Actor, id core.ID, shown, present []core.VolunteerID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := session(t, id)
		if err != nil {
			return err
		}
		if err := MayCount(x, t.Today()); err != nil {
			return err
		}
		all, err := seats(t, id)
		if err != nil {
			return err
		}
		for _, seat := range all {
			if seat.State != Enrolled || !slices.Contains(shown, seat.Volunteer) {
				continue
			}
			if err := count(t, x, seat, slices.Contains(present, seat.Volunteer)); err != nil {
				return err
			}
		}
		return task.DoneAbout(t, taskCall, id)
	})
}

func count(t *db.Tx, x Session, seat Seat, present bool) error {
	was := Absent
	if present {
		was = Present
	}
	if err := db.Do(t, xAttended, db.Args{"session": x.ID, "id": seat.Volunteer, "attended": was}); err != nil {
		return err
	}
	for _, kind := range []string{taskPlace, taskChanged} {
		if err := task.Done(t, toldKey(kind, x.ID, seat.Volunteer)); err != nil {
			return err
		}
	}
	if !present {
		return nil
	}
	return complete(t, seat.Volunteer, func(p Part) bool { return p.ID == x.Part.ID })
}

func seats(t *db.Tx, id core.ID) ([]Seat, error) {
	return db.All(t, qSeats, db.Args{"session": id}, func(x *Seat) []any { return []any{&x.Volunteer, &x.Name, &x.State, &x.Attended} })
}
