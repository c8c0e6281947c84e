package care

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

const (
	noticeDays = 14 // ahead, so that a card can be written (VOL-8)
	thankUntil = 60 // days after which it is too late to begin about it
	longAgo    = 12 // months back in which a contact can still be noted; before that it is a mistyped year
)

// Rhythm applies VOL-8: what was chosen for this volunteer, or else what the weight of the case says. Who is not active and has no
// family that runs has none.
func Rhythm(s Standing, by Rhythms) Every {
	switch {
	case s.Status != "active" && !s.Running:
		return Never
	case s.Chosen != "":
		return s.Chosen
	case s.Complex:
		return by.Complex
	case s.Running:
		return by.Running
	}
	return by.Quiet
}

// Due applies VOL-8: the last day on which the next contact is on time.
func Due(every Every, last core.Date) core.Date {
	switch {
	case last.IsZero():
		return core.Date{}
	case every == Weekly:
		return last.AddDays(7)
	case every == TwoWeekly:
		return last.AddDays(14)
	case every == Monthly:
		return last.AddMonths(1)
	}
	return core.Date{}
}

// Weighed fills in the rhythm that counts, and by when the next contact is due.
func Weighed(s Standing, by Rhythms) Standing {
	from := s.Last
	if from.IsZero() {
		from = s.Since
	}
	s.Every = Rhythm(s, by)
	s.Due = Due(s.Every, from)
	return s
}

// IsLate applies VOL-8: on the last day it is on time, on the day after it is not.
func (s Standing) IsLate(today core.Date) bool { return !s.Due.IsZero() && today.After(s.Due) }

// Late are those nobody spoke to for too long, the longest first.
func Late(all []Standing, today core.Date) []Standing {
	late := slices.DeleteFunc(slices.Clone(all), func(s Standing) bool { return !s.IsLate(today) })
	slices.SortStableFunc(late, func(a, b Standing) int { return a.Due.Compare(b.Due) })
	return late
}

// Check applies VOL-8 to a contact: it was, and how; a year that was mistyped is said.
func Check(c Contact, today core.Date) error {
	var f []*core.Fail
	switch {
	case c.On.IsZero():
		f = append(f, core.Invalid("held_on", "care_when_missing"))
	case c.On.After(today):
		f = append(f, core.Invalid("held_on", "care_in_future"))
	case c.On.Before(today.AddMonths(-longAgo)):
		f = append(f, core.Invalid("held_on", "care_long_ago"))
	}
	if !slices.Contains(Hows, c.How) {
		f = append(f, core.Invalid("how", "care_how_missing"))
	}
	if strings.TrimSpace(c.Words) == "" {
		f = append(f, core.Invalid("words", "care_words_missing"))
	}
	return core.Join(f...)
}

// CheckRhythm applies VOL-8: a rhythm is one of those there are, or none is chosen.
func CheckRhythm(every Every) error {
	if every != "" && !slices.Contains(Everies(), every) {
		return core.Join(core.Invalid("every", "care_every_missing"))
	}
	return nil
}

// ToThank applies VOL-8: who is active for 1, 5 or 10 years is thanked; the coordinator hears of it two weeks ahead. Who rested
// meanwhile still counts from the first day. Who began on 29 February has her day on the 28th in other years.
func ToThank(active, today core.Date) (Moment, bool) {
	if active.IsZero() {
		return Moment{}, false
	}
	for _, years := range Thanked {
		on := active.AddMonths(12 * years)
		if !today.Before(on.AddDays(-noticeDays)) && !today.After(on.AddDays(thankUntil)) {
			return Moment{years, on}, true
		}
	}
	return Moment{}, false
}
