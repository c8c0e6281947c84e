package visit

import (
	"slices"
	"time"

	"maatje/internal/core"
)

const (
	maxMinutes = 24 * 60
	maxKm      = 1500
	// planAhead is how far ahead a visit can be planned: further is a mistyped year.
	planAhead = 366
	// lastReportDays is how long after the end of a match a visit before it can still be reported.
	lastReportDays = 14
)

// MayReport applies TRA-6: a finished report is about a visit that was held in a running match, with somebody of the family
// there. Everything that is wrong is said at once. A draft is never refused: it is kept as it is typed. Whether the
// volunteer might visit at all (VOL-3) is volunteer.Fit, without which nothing is finished.
func MayReport(r Report, m Running, now core.Instant) error {
	return core.Join(append(how(r, m), heldWhen(r, m, now), howLong(r), who(r))...)
}

func heldWhen(r Report, m Running, now core.Instant) *core.Fail {
	switch day := r.HeldAt.Date(); {
	case r.HeldAt.IsZero():
		return invalid("held_on", "visit_no_date")
	case r.HeldAt.After(now):
		return invalid("held_on", "visit_in_future")
	case m.IntroducedOn.IsZero() || day.Before(m.IntroducedOn):
		return invalid("held_on", "visit_before_match", m.IntroducedOn)
	case !m.EndedOn.IsZero() && day.After(m.EndedOn):
		return invalid("held_on", "visit_after_match", m.EndedOn)
	}
	return nil
}

// MayStillReport applies TRA-6 after a match ended: what was held before the end can be told for a fortnight, and is then
// what it is.
func MayStillReport(m Running, today core.Date) error {
	if m.EndedOn.IsZero() || !today.After(m.ReportUntil()) {
		return nil
	}
	return core.Refuse("TRA-6", "visit_too_late", m.ReportUntil())
}

func howLong(r Report) *core.Fail {
	switch {
	case r.Minutes <= 0:
		return invalid("minutes", "visit_no_minutes")
	case r.Minutes > maxMinutes:
		return invalid("minutes", "visit_too_long")
	case r.Km < 0 || r.Km > maxKm:
		return invalid("km", "visit_odd_km", maxKm)
	}
	return nil
}

func who(r Report) *core.Fail {
	if len(r.Present) == 0 {
		return invalid("present", "visit_nobody_there")
	}
	return nil
}

// how looks at how it was; a kind without reports, such as driving, is not asked (C9).
func how(r Report, m Running) []*core.Fail {
	if !m.Reports {
		return nil
	}
	return []*core.Fail{activities(r.Activities), mood(r.Mood), tools(r.Tools)}
}

func activities(chosen []string) *core.Fail {
	switch {
	case len(chosen) == 0:
		return invalid("activities", "visit_no_activity")
	case !all(chosen, Activities):
		return invalid("activities", "visit_unknown_choice")
	}
	return nil
}

func mood(chosen string) *core.Fail {
	if !slices.Contains(Moods, chosen) {
		return invalid("mood", "visit_no_mood")
	}
	return nil
}

func tools(chosen []string) *core.Fail {
	if !all(chosen, Tools) {
		return invalid("tools", "visit_unknown_choice")
	}
	return nil
}

func all(chosen, known []string) bool {
	return !slices.ContainsFunc(chosen, func(c string) bool { return !slices.Contains(known, c) })
}

func invalid(field, message string, values ...any) *core.Fail {
	f := core.Invalid(field, message, values...)
	f.Rule = "TRA-6"
	return f
}

// NotDuringRestrictions applies INT-6: while restrictions run, contact with the parent is not registered.
func NotDuringRestrictions(r Report, restricted bool) error {
	if restricted && slices.Contains(r.Activities, "parent_contact") {
		return &core.Fail{Kind: core.KindRefused, Rule: "INT-6", Field: "activities", Message: "visit_restrictions_run"}
	}
	return nil
}

// NotTwice applies TRA-6: the same hour is reported once. Others are the starts of the volunteer's other finished visits in
// this trajectory.
func NotTwice(r Report, others []core.Instant) error {
	for _, o := range others {
		if o.Sub(r.HeldAt).Abs() < 5*time.Minute {
			return invalid("held_on", "visit_reported_already", r.HeldAt.Date())
		}
	}
	return nil
}

// MayPlan applies TRA-5 to a visit to come.
func MayPlan(at core.Instant, now core.Instant) error {
	switch {
	case at.IsZero():
		return core.Invalid("plan_on", "visit_no_date")
	case at.Before(now.Add(-time.Hour)):
		return core.Invalid("plan_on", "visit_plan_in_past")
	case now.Date().DaysUntil(at.Date()) > planAhead:
		return core.Invalid("plan_on", "visit_plan_too_far")
	}
	return nil
}
