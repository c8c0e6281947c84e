// Package training keeps what volunteers learn: courses, the evenings and modules of which they are made, who comes and who
// waits for a place, and what was completed (VOL-4). Who completed a course stands in the volunteer's own file, because a
// match rests on it; this package is how it gets there.
package training

import (
	"maatje/internal/core"
	"maatje/internal/web/text"
)

// Course is something to learn. The name of a shipped one is empty and stands in the catalogue under its code.
type Course struct {
	ID        core.ID
	Code      string
	Name      string
	Purpose   string // what it is for
	Months    int    // after how long it is done again; 0 is never
	Published bool   // one that is not is for its makers alone
	Version   int
	Parts     []Part
}

// Title is what people call the course.
func (c Course) Title(l text.Lang) string { return title(l, c.Code, c.Name) }

func title(l text.Lang, code, name string) string {
	if name != "" {
		return name
	}
	return l.Course(code)
}

// Part is one piece of a course: a module to read alone, or an evening together when Module is none.
type Part struct {
	ID       core.ID
	Course   core.ID
	Module   core.ID
	Code     string // of a shipped evening, whose name stands in the catalogue
	Name     string // of the evening, or of the module in Dutch
	NameEN   string
	Readable bool // a module that was published
}

// IsLive says that people come together for it.
func (p Part) IsLive() bool { return p.Module.IsZero() }

// Title is what people call the part.
func (p Part) Title(l text.Lang) string {
	switch {
	case p.Name == "":
		return l.CoursePart(p.Code)
	case l == text.EN && p.NameEN != "":
		return p.NameEN
	}
	return p.Name
}

// Area is where something is held for: a municipality, a facility, or everybody when it is neither.
type Area struct {
	Municipality, Facility core.ID
	Name                   string // of the place; empty for everybody
}

// IsEverybody says that no place limits it.
func (a Area) IsEverybody() bool { return a.Municipality.IsZero() && a.Facility.IsZero() }

// Session is a part of a course on a day.
type Session struct {
	ID        core.ID
	Part      Part
	Course    Course // without its parts
	On        core.Date
	Starts    string // 19:30
	Ends      string
	Place     string
	Places    int
	Trainer   string
	Area      Area
	CalledOff core.Instant // when it was called off
	Version   int
}

// IsOff says that it was called off.
func (s Session) IsOff() bool { return !s.CalledOff.IsZero() }

// The state of somebody at a session, as the database has it.
const (
	Enrolled = "enrolled"
	Waiting  = "waiting"
)

// Whether somebody was there. Nothing is written down before the session.
const (
	Present = "present"
	Absent  = "absent"
)

// Seat is a volunteer at a session, by name.
type Seat struct {
	Volunteer core.VolunteerID
	Name      string
	State     string
	Attended  string
}
