package signal

import (
	"slices"
	"time"

	"maatje/internal/core"
)

// clockDrift is how far two clocks may differ that are both right.
const clockDrift = 5 * time.Minute

// MayRaise applies SIG-1: two taps are an urgency and what was seen. Nobody is asked to assess.
func MayRaise(urgency, saw string) error {
	var fails []*core.Fail
	if !slices.Contains(Urgencies, urgency) {
		fails = append(fails, invalid("urgency", "signal_no_urgency"))
	}
	if saw == "" {
		fails = append(fails, invalid("saw", "signal_no_words"))
	}
	return core.Join(fails...)
}

func invalid(field, message string) *core.Fail {
	f := core.Invalid(field, message)
	f.Rule = "SIG-1"
	return f
}

// AnswerBefore applies SIG-2: an at-once signal is answered the same day, others within the given number of working days.
func AnswerBefore(urgency string, raised core.Instant, workdays int) core.Instant {
	day := raised.Date()
	if urgency != "now" {
		day = day.AddWorkdays(workdays)
	}
	return endOf(day)
}

// endOf is the last minute of the day in the Netherlands; the clock going back or forward does not move it.
func endOf(day core.Date) core.Instant {
	return core.At(time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, core.Amsterdam))
}

// Step is how far an unanswered signal has to travel.
type Step int

const (
	Stay     Step = iota // its coordinator has time
	ToBackup             // the deadline passed: the backup coordinator gets it too
	ToLeader             // still nothing: the project leader gets it
)

// Escalate applies SIG-2. An at-once signal goes to the backup two hours after it was raised, because the same day may be
// too late to hear that somebody is ill; to the project leader when the day is over. Others go to the backup when their
// deadline passes and to the project leader a working day later. One from the future goes to the project leader at once: the
// clock was put back since, and a deadline that a wrong clock gave may be a year away.
func Escalate(s Signal, now core.Instant) Step {
	toBackup, toLeader := s.AnswerBefore, endOf(s.AnswerBefore.Date().AddWorkdays(1))
	if s.Urgency == "now" {
		toBackup, toLeader = s.RaisedAt.Add(2*time.Hour), s.AnswerBefore
		if toLeader.Before(toBackup) { // raised just before midnight: first the backup, then the leader
			toLeader = toBackup.Add(2 * time.Hour)
		}
	}
	switch {
	case !s.IsOpen():
		return Stay
	case s.RaisedAt.After(now.Add(clockDrift)):
		return ToLeader
	case !now.After(toBackup):
		return Stay
	case !now.After(toLeader):
		return ToBackup
	}
	return ToLeader
}

// MayAnswer applies SIG-3: the first question is always what is needed to discuss it with parent or caregiver; "nothing
// more needed" says why; calling in help needs a consent that stands today.
func MayAnswer(outcome, needed, words string, helpAgreed bool) error {
	var fails []*core.Fail
	if needed == "" {
		fails = append(fails, refuse("needed", "signal_first_question"))
	}
	switch {
	case !slices.Contains(Outcomes, outcome):
		fails = append(fails, refuse("outcome", "signal_no_outcome"))
	case words == "" && outcome == "nothing_needed":
		fails = append(fails, refuse("words", "signal_why_nothing"))
	case words == "":
		fails = append(fails, refuse("words", "signal_no_answer"))
	case outcome == "help_called" && !helpAgreed:
		fails = append(fails, refuse("outcome", "signal_help_without_consent"))
	}
	return core.Join(fails...)
}

func refuse(field, message string) *core.Fail {
	f := core.Refuse("SIG-3", message)
	f.Field = field
	return f
}

// MayFindTooLittle applies SIG-3: who gave the signal can say of the last answer that it is not enough, once, and says why.
func MayFindTooLittle(s Signal, words string) error {
	switch {
	case s.IsOpen():
		return core.Refuse("SIG-3", "signal_not_answered_yet")
	case words == "":
		return refuse("not_enough", "signal_say_what_is_missing")
	}
	return nil
}
