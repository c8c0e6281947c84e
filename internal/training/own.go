package training

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// Mine is what one volunteer did, still needs and can come to.
type Mine struct {
	Volunteer core.VolunteerID
	Name      string
	Needs     []Step    // courses that her kinds need, or that are due again
	Others    []Step    // the other courses there are
	Done      []Had     // completed, with when it is done again
	Coming    []Meeting // where she has a place or waits
}

// Step is a course with how far somebody is.
type Step struct {
	Course
	Parts []StepPart
	Again core.Date // when it was to be done again, if it was completed before
}

// StepPart is a part with how far somebody is: done on a day, halfway on a page, or with sessions to choose from.
type StepPart struct {
	Part
	On       core.Date
	Page     int // of a module that was begun; 0 if it was not
	Sessions []Meeting
}

// Has says that she has a place or waits at one of the sessions.
func (p StepPart) Has() bool {
	return slices.ContainsFunc(p.Sessions, func(m Meeting) bool { return m.State != "" })
}

// Had is a course that was completed.
type Had struct {
	Code  string
	Name  string
	On    core.Date
	Again core.Date
}

// Meeting is a session as one volunteer sees it.
type Meeting struct {
	Session
	State string
	Turn  int // in the row of who waits
	Free  int
	Told  bool // something about it waits to be seen
}

// Of reads it for one volunteer: herself, or one in the actor's area.
func (s *Service) Of(ctx context.Context, a authz.Actor, v core.VolunteerID) (m Mine, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err = mine(t, v)
		return err
	})
	return m, err
}

func mine(t *db.Tx, v core.VolunteerID) (m Mine, err error) {
	m.Volunteer = v
	if m.Name, err = db.One(t, qName, db.Args{"id": v}, func(n *string) []any { return []any{n} }); err != nil {
		return m, err
	}
	all, err := Courses(t)
	if err != nil {
		return m, err
	}
	wants, err := wanted(t, v)
	if err != nil {
		return m, err
	}
	had, order, err := completed(t, v)
	if err != nil {
		return m, err
	}
	w, err := readWay(t, v)
	if err != nil {
		return m, err
	}
	m.Coming = w.coming
	for _, code := range order {
		h := Had{Code: code, On: had[code]}
		for _, c := range all {
			if c.Code == code {
				h.Name, h.Again = c.Name, DueOn(h.On, c.Months)
			}
		}
		m.Done = append(m.Done, h)
	}
	for _, c := range all {
		again := DueOn(had[c.Code], c.Months)
		if !c.Published || !had[c.Code].IsZero() && !AsksAgain(again, t.Today()) {
			continue
		}
		step := Step{Course: c, Again: again, Parts: w.steps(c, had[c.Code])}
		if slices.Contains(wants, c.Code) || !again.IsZero() {
			m.Needs = append(m.Needs, step)
		} else {
			m.Others = append(m.Others, step)
		}
	}
	return m, nil
}

// wanted are the courses that the kinds she wants need.
func wanted(t *db.Tx, v core.VolunteerID) ([]string, error) {
	type row struct{ kind, courses string }
	rows, err := db.All(t, qWanted, db.Args{"id": v}, func(r *row) []any { return []any{&r.kind, &r.courses} })
	out := []string{"general"} // comes first, whatever somebody wants (VOL-4)
	for _, r := range rows {
		out = append(out, list(r.courses)...)
	}
	return out, err
}

// way is how far somebody is.
type way struct {
	done    map[core.ID]core.Date
	halfway map[core.ID]int
	coming  []Meeting
	open    []Meeting
}

func readWay(t *db.Tx, v core.VolunteerID) (w way, err error) {
	if w.done, err = partsDone(t, v); err != nil {
		return w, err
	}
	type row struct {
		module core.ID
		page   int
	}
	rows, err := db.All(t, qHalfway, db.Args{"id": v}, func(r *row) []any { return []any{&r.module, &r.page} })
	if err != nil {
		return w, err
	}
	w.halfway = map[core.ID]int{}
	for _, r := range rows {
		w.halfway[r.module] = r.page
	}
	return w, w.meetings(t, v)
}

func (w *way) meetings(t *db.Tx, v core.VolunteerID) error {
	today := t.Today()
	all, err := sessionsOpenTo(t, v, today)
	if err != nil {
		return err
	}
	found, err := rolls(t, today, today.AddMonths(24))
	if err != nil {
		return err
	}
	for _, o := range all {
		r := Roll{Places: o.Places}
		if f := found[o.ID]; f != nil {
			r.Enrolled, r.Waiting = f.Enrolled, f.Waiting
		}
		m := Meeting{Session: o.Session, State: o.State, Turn: r.Turn(v), Free: r.Free()}
		if v == t.Actor().Volunteer() {
			if m.Told, err = told(t, o.ID, v); err != nil {
				return err
			}
		}
		if o.State != "" && (!o.IsOff() || m.Told) {
			w.coming = append(w.coming, m)
		}
		if !o.IsOff() && o.Course.Published {
			w.open = append(w.open, m)
		}
	}
	return nil
}

func told(t *db.Tx, session core.ID, v core.VolunteerID) (bool, error) {
	for _, kind := range []string{taskPlace, taskChanged} {
		if open, err := task.IsOpen(t, toldKey(kind, session, v)); err != nil || open {
			return open, err
		}
	}
	return false, nil
}

// steps are the parts of a course; what was done for an earlier completion is to be done again.
func (w way) steps(c Course, earlier core.Date) []StepPart {
	out := make([]StepPart, 0, len(c.Parts))
	for _, p := range c.Parts {
		one := StepPart{Part: p, Page: w.halfway[p.Module]}
		if on := w.done[p.ID]; !on.IsZero() && (earlier.IsZero() || on.After(earlier)) {
			one.On = on
		}
		for _, m := range w.open {
			if m.Part.ID == p.ID {
				one.Sessions = append(one.Sessions, m)
			}
		}
		out = append(out, one)
	}
	return out
}
