package training

import (
	"regexp"
	"slices"
	"strings"

	"maatje/internal/core"
)

// Roll is who comes to a session and who waits, each in the order of asking. Nobody waits while a place is free, and there
// are never more people than places (VOL-4).
type Roll struct {
	Places            int
	Enrolled, Waiting []core.VolunteerID
}

// Has says whether somebody is on the roll.
func (r Roll) Has(v core.VolunteerID) bool {
	return slices.Contains(r.Enrolled, v) || slices.Contains(r.Waiting, v)
}

// Free is how many places are left.
func (r Roll) Free() int { return max(0, r.Places-len(r.Enrolled)) }

// Turn is which place somebody has in the row of who waits, from 1; 0 for who does not wait.
func (r Roll) Turn(v core.VolunteerID) int { return slices.Index(r.Waiting, v) + 1 }

// Enrol gives somebody a place, or the last one in the row of who waits (VOL-4).
func (r Roll) Enrol(v core.VolunteerID) (Roll, error) {
	if r.Has(v) {
		return r, core.Conflict("training_enrolled_already")
	}
	if r.Free() > 0 && len(r.Waiting) == 0 {
		r.Enrolled = append(slices.Clone(r.Enrolled), v)
	} else {
		r.Waiting = append(slices.Clone(r.Waiting), v)
	}
	return r, nil
}

// Withdraw takes somebody off; whoever waits longest takes the place, and is to be told (VOL-4).
func (r Roll) Withdraw(v core.VolunteerID) (after Roll, moved []core.VolunteerID, err error) {
	if !r.Has(v) {
		return r, nil, core.Conflict("training_not_enrolled")
	}
	without := func(all []core.VolunteerID) []core.VolunteerID {
		return slices.DeleteFunc(slices.Clone(all), func(x core.VolunteerID) bool { return x == v })
	}
	r.Enrolled, r.Waiting = without(r.Enrolled), without(r.Waiting)
	after, moved = r.fill()
	return after, moved, nil
}

// Resize changes how many places there are. Fewer than the people who have one is refused: nobody loses a place (VOL-4).
func (r Roll) Resize(places int) (after Roll, moved []core.VolunteerID, err error) {
	if places < len(r.Enrolled) {
		return r, nil, core.Invalid("places", "training_places_taken", len(r.Enrolled))
	}
	r.Places = places
	after, moved = r.fill()
	return after, moved, nil
}

func (r Roll) fill() (Roll, []core.VolunteerID) {
	n := min(r.Free(), len(r.Waiting))
	moved := slices.Clone(r.Waiting[:n])
	r.Enrolled, r.Waiting = append(slices.Clone(r.Enrolled), moved...), slices.Clone(r.Waiting[n:])
	return r, moved
}

// CompletedOn is the day on which somebody had done every part of a course: the last of those days. What was done for an
// earlier completion does not count for a new one, so that doing it again means all of it. A course without parts is
// completed by nobody (VOL-4).
func CompletedOn(parts []Part, done map[core.ID]core.Date, earlier core.Date) (last core.Date, all bool) {
	for _, p := range parts {
		on := done[p.ID]
		if on.IsZero() || !earlier.IsZero() && !on.After(earlier) {
			return core.Date{}, false
		}
		if on.After(last) {
			last = on
		}
	}
	return last, len(parts) > 0
}

// askAhead is how many days before a course is due somebody hears that it is.
const askAhead = 30

// DueOn is when a course that was completed is done again; none if it never is (VOL-4).
func DueOn(completed core.Date, months int) core.Date {
	if months <= 0 || completed.IsZero() {
		return core.Date{}
	}
	return completed.AddMonths(months)
}

// AsksAgain says whether it is time to hear that a course is due.
func AsksAgain(due, on core.Date) bool { return !due.IsZero() && on.AddDays(askAhead).After(due) }

// CheckCourse says what is wrong with a course as somebody typed it.
func CheckCourse(c Course) error {
	var fails []*core.Fail
	if c.Code == "" && strings.TrimSpace(c.Name) == "" {
		fails = append(fails, core.Invalid("name", "training_course_name"))
	}
	if strings.Contains(c.Name, ",") {
		fails = append(fails, core.Invalid("name", "training_course_comma"))
	}
	if c.Months < 0 || c.Months > 120 {
		fails = append(fails, core.Invalid("months", "training_course_months"))
	}
	return core.Join(fails...)
}

// MayPublish says whether a course may be asked of people: it is made of something, and every module in it can be read (VOL-4).
func MayPublish(c Course) error {
	if len(c.Parts) == 0 {
		return core.Refuse("VOL-4", "training_course_empty")
	}
	for _, p := range c.Parts {
		if !p.IsLive() && !p.Readable {
			return core.Refuse("VOL-4", "training_module_unpublished", p.Name)
		}
	}
	return nil
}

var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

const mostPlaces = 500

// CheckSession says what is wrong with a session as somebody typed it. One that stands where it stood may lie in the past.
func CheckSession(s Session, was core.Date, today core.Date) error {
	var fails []*core.Fail
	add := func(is bool, field, message string) {
		if is {
			fails = append(fails, core.Invalid(field, message))
		}
	}
	add(s.On.IsZero(), "on", "training_session_day")
	add(!s.On.IsZero() && s.On.Before(today) && s.On != was, "on", "training_session_past")
	add(s.On.After(today.AddMonths(24)), "on", "training_session_far")
	add(!clock.MatchString(s.Starts), "starts", "training_session_time")
	add(s.Ends != "" && !clock.MatchString(s.Ends), "ends", "training_session_time")
	add(clock.MatchString(s.Starts) && clock.MatchString(s.Ends) && s.Ends <= s.Starts, "ends", "training_session_ends")
	add(strings.TrimSpace(s.Place) == "", "place", "training_session_place")
	add(s.Places < 1 || s.Places > mostPlaces, "places", "training_session_places")
	add(!s.Area.Municipality.IsZero() && !s.Area.Facility.IsZero(), "facility", "training_session_area")
	return core.Join(fails...)
}

// MayEnrol says whether somebody may still come: it is not called off, and for who asks it themselves it is not over.
func MayEnrol(s Session, on core.Date, own bool) error {
	switch {
	case s.IsOff():
		return core.Refuse("VOL-4", "training_session_off")
	case own && s.On.Before(on):
		return core.Refuse("VOL-4", "training_session_over")
	case !s.Course.Published:
		return core.Refuse("VOL-4", "training_course_hidden")
	}
	return nil
}

// MayCount says whether who was there may be written down: on the day itself and later (VOL-4).
func MayCount(s Session, on core.Date) error {
	switch {
	case s.IsOff():
		return core.Refuse("VOL-4", "training_session_off")
	case s.On.After(on):
		return core.Refuse("VOL-4", "training_session_ahead", s.On)
	}
	return nil
}
