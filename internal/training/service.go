package training

import (
	"context"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service keeps courses and sessions.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Listed is a session on the list, with how many come and wait.
type Listed struct {
	Session
	Roll      Roll
	Uncounted bool // it was held, and nobody wrote down who was there
}

const (
	listed   = 300
	pastDays = 120 // how far the list looks back
)

// List reads the sessions in the actor's places: those to come, and those of the last months, the last one first.
func (s *Service) List(ctx context.Context, a authz.Actor) (coming, past []Listed, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		coming, past = nil, nil
		from, until := t.Today().AddDays(-pastDays), t.Today().AddMonths(24)
		all, err := db.All(t, qSessions, db.Args{"from": from, "until": until, "all": Everywhere(t), "limit": listed}, (*Session).columns)
		if err != nil {
			return err
		}
		found, err := rolls(t, from, until)
		if err != nil {
			return err
		}
		for _, x := range all {
			l := Listed{Session: x}
			if r := found[x.ID]; r != nil {
				l.Roll = *r
			}
			l.Roll.Places = x.Places
			if x.On.Before(t.Today()) {
				past = append(past, l)
			} else {
				coming = append(coming, l)
			}
		}
		slices.Reverse(past)
		return nil
	})
	return coming, past, err
}

// Opened is a session with everybody whom the actor may see there.
type Opened struct {
	Session
	Roll   Roll
	Seats  []Seat
	Others []Seat // who could still come
}

// Elsewhere is how many have a place and belong to somebody else's area.
func (o Opened) Elsewhere() int {
	n := 0
	for _, x := range o.Seats {
		if x.State == Enrolled {
			n++
		}
	}
	return len(o.Roll.Enrolled) - n
}

// Open reads one session.
func (s *Service) Open(ctx context.Context, a authz.Actor, id core.ID) (o Opened, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if o.Session, err = session(t, id); err != nil {
			return err
		}
		if o.Roll, err = roll(t, o.Session); err != nil {
			return err
		}
		if o.Seats, err = seats(t, id); err != nil {
			return err
		}
		o.Others, err = db.All(t, qOthers, db.Args{"session": id, "limit": 2000}, func(x *Seat) []any { return []any{&x.Volunteer, &x.Name} })
		return err
	})
	return o, err
}

// livePart finds the evening that is planned; only of a published course.
func livePart(t *db.Tx, id core.ID) (Part, error) {
	all, err := Courses(t)
	for _, c := range all {
		for _, p := range c.Parts {
			if p.ID == id && p.IsLive() && c.Published {
				return p, err
			}
		}
	}
	if err == nil {
		err = core.Invalid("part", "training_session_part")
	}
	return Part{}, err
}

// Plan plans a session (VOL-4). Who plans one in a place that is not theirs finds nothing afterwards, and so plans none.
func (s *Service) Plan(ctx context.Context, a authz.Actor, x Session) (id core.ID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		_, wrongPart := livePart(t, x.Part.ID)
		if err := both(wrongPart, CheckSession(x, core.Date{}, t.Today())); err != nil {
			return err
		}
		x.ID = db.NewID[core.ID](t)
		id = x.ID
		args := x.args()
		args["part"] = x.Part.ID
		if err := db.Do(t, xPlan, args); err != nil {
			return err
		}
		return inArea(t, id)
	})
	return id, err
}

// both names the mistakes of two looks at once; what is no mistake comes first.
func both(one, other error) error {
	a, isA := core.AsFail(one)
	b, isB := core.AsFail(other)
	switch {
	case one == nil || other == nil || !isA || !isB:
		if one != nil {
			return one
		}
		return other
	}
	return core.Join(append(a.All(), b.All()...)...)
}

func inArea(t *db.Tx, id core.ID) error {
	_, err := session(t, id)
	if core.IsKind(err, core.KindNotFound) {
		return core.Invalid("municipality", "training_area_not_yours")
	}
	return err
}

// Change changes a session. More places let in who waits; fewer than there are people is refused. Who has a place hears that
// the day, the time or the place is another (VOL-4).
func (s *Service) Change(ctx context.Context, a authz.Actor, x Session) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		was, err := session(t, x.ID)
		if err != nil {
			return err
		}
		r, err := roll(t, was)
		if err != nil {
			return err
		}
		after, moved, tooFew := r.Resize(x.Places)
		if err := both(CheckSession(x, was.On, t.Today()), tooFew); err != nil {
			return err
		}
		args := x.args()
		args["version"] = x.Version
		n, err := db.Exec(t, xChange, args)
		if err == nil && n == 0 {
			err = core.Conflict("training_changed")
		}
		if err == nil {
			err = inArea(t, x.ID)
		}
		if err != nil {
			return err
		}
		if was.On != x.On || was.Starts != x.Starts || was.Place != x.Place {
			if err := tellAll(t, x, append(slices.Clone(r.Enrolled), after.Waiting...)); err != nil {
				return err
			}
		}
		return moveUp(t, x, moved)
	})
}

func tellAll(t *db.Tx, x Session, all []core.VolunteerID) error {
	for _, v := range all {
		if err := tell(t, taskChanged, x, v); err != nil {
			return err
		}
	}
	return nil
}

// CallOff calls a session off, and tells everybody who would come or waits.
func (s *Service) CallOff(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		x, err := session(t, id)
		if err != nil {
			return err
		}
		if x.On.Before(t.Today()) {
			return core.Refuse("VOL-4", "training_session_over")
		}
		n, err := db.Exec(t, xCallOff, db.Args{"id": id})
		if err == nil && n == 0 {
			err = core.Conflict("training_session_off")
		}
		if err != nil {
			return err
		}
		r, err := roll(t, x)
		if err != nil {
			return err
		}
		return tellAll(t, x, append(slices.Clone(r.Enrolled), r.Waiting...))
	})
}

// Kind is a kind of trajectory and the courses it needs.
type Kind struct {
	Code, Name string
	Courses    []string
}

func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}
