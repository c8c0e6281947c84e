package peer

import (
	"regexp"
	"strings"

	"maatje/internal/core"
)

// shownFrom is how many days somebody missed in a row before her coordinator sees it (VOL-5).
const shownFrom = 3

// absent and present are what was written down of one invitation; nothing is written as long as nobody counted.
const (
	absent  = "absent"
	present = "present"
)

// MissedInARow counts the days that somebody missed since she last came; the latest invitation comes first. A day that nobody
// counted says nothing (VOL-5).
func MissedInARow(attended []string) (n int) {
	for _, a := range attended {
		switch a {
		case present:
			return n
		case absent:
			n++
		}
	}
	return n
}

// IsShown says whether the coordinator is shown that she misses so many (VOL-5).
func IsShown(missed int) bool { return missed >= shownFrom }

var clock = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// CheckDay says what is wrong with a day as somebody typed it (VOL-5).
func CheckDay(d Day, today core.Date) error {
	var fails []*core.Fail
	add := func(is bool, field, message string) {
		if is {
			fails = append(fails, core.Invalid(field, message))
		}
	}
	add(d.On.IsZero(), "on", "training_session_day")
	add(!d.On.IsZero() && d.On.Before(today), "on", "peer_past")
	add(d.On.After(today.AddMonths(24)), "on", "training_session_far")
	add(!clock.MatchString(d.Starts), "starts", "training_session_time")
	add(strings.TrimSpace(d.Place) == "", "place", "training_session_place")
	add(!d.Area.Municipality.IsZero() && !d.Area.Facility.IsZero(), "facility", "training_session_area")
	return core.Join(fails...)
}

// MayCount says whether who came may be written down: on the day and later, if it was held (VOL-5).
func MayCount(d Day, on core.Date) error {
	switch {
	case d.IsOff():
		return core.Refuse("VOL-5", "peer_off")
	case d.On.After(on):
		return core.Refuse("VOL-5", "peer_ahead")
	}
	return nil
}
