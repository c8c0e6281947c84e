package request

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

const (
	answerWithin = 1 // months in which a request is answered (AVG art. 12)
	longer       = 2 // more months, once, when it is difficult or much
	longAgo      = 12
)

// Due applies PRV-4: an answer within one month of receiving it, or three when it was prolonged.
func (r Request) Due() core.Date {
	if r.ExtendedOn.IsZero() {
		return r.Received.AddMonths(answerWithin)
	}
	return r.Received.AddMonths(answerWithin + longer)
}

// IsLate says that it should have been answered before.
func (r Request) IsLate(today core.Date) bool { return r.Outcome == Open && today.After(r.Due()) }

// codes are the words that a form may choose from.
type codes struct{ kinds, hows, checks []string }

// checkNew applies PRV-4 to a request that is written down.
func checkNew(r Request, c codes, today core.Date) error {
	var f []*core.Fail
	when := func(wrong bool, field, message string) {
		if wrong {
			f = append(f, core.Invalid(field, message))
		}
	}
	when(!slices.Contains(c.kinds, string(r.Kind)), "kind", "request_kind_missing")
	when(r.About.IsZero(), "about", "request_about_missing")
	when(r.Asker.IsZero() && empty(r.AskerName), "asker", "request_asker_missing")
	when(r.Received.IsZero(), "received", "request_received_missing")
	when(r.Received.After(today), "received", "request_received_in_future")
	when(!r.Received.IsZero() && r.Received.Before(today.AddMonths(-longAgo)), "received", "request_received_long_ago")
	when(!slices.Contains(c.hows, r.How), "how", "request_how_missing")
	when(r.Checked != "" && !slices.Contains(c.checks, r.Checked), "checked", "request_checked_odd")
	when(r.Kind == Correction && empty(r.Asked), "words", "request_which_missing")
	when(r.Kind == Correction && empty(r.Should), "should", "request_should_missing")
	return core.Join(f...)
}

// checkExtend applies PRV-4: once, with a reason, and within the first month, in which whoever asked must hear of it.
func checkExtend(r Request, why string, today core.Date) error {
	switch {
	case r.Outcome != Open:
		return core.Refuse("PRV-4", "request_is_ended")
	case !r.ExtendedOn.IsZero():
		return core.Refuse("PRV-4", "request_is_extended", r.Due())
	case today.After(r.Due()):
		return core.Refuse("PRV-4", "request_extend_late", r.Due())
	case empty(why):
		return core.Invalid("why_longer", "request_why_longer")
	}
	return nil
}

// checkEnd applies PRV-4 to an answer: a refusal says why, data are handed over before it is done, and whoever had the old data
// is told (AVG art. 19).
func checkEnd(r Request, shared bool, today core.Date) error {
	var f []*core.Fail
	when := func(wrong bool, field, message string, values ...any) {
		if wrong {
			f = append(f, core.Invalid(field, message, values...))
		}
	}
	when(r.Outcome != Done && r.Outcome != Refused, "outcome", "request_outcome_missing")
	when(r.EndedOn.IsZero(), "ended_on", "request_ended_missing")
	when(r.EndedOn.After(today), "ended_on", "request_ended_in_future")
	when(!r.EndedOn.IsZero() && r.EndedOn.Before(r.Received), "ended_on", "request_ended_before", r.Received)
	when(r.Outcome == Refused && empty(r.Answer), "answer", "request_why_refused")
	when(r.Outcome == Done && r.Kind == Access && empty(r.Answer), "answer", "request_handed_how")
	when(r.Outcome == Done && (r.Kind == Correction || r.Kind == Erasure) && shared && empty(r.Recipients), "recipients", "request_recipients")
	if r.Outcome == Done && r.Kind == Access && r.MadeAt.IsZero() {
		f = append(f, core.Refuse("PRV-4", "request_not_made"))
	}
	return core.Join(f...)
}

func empty(s string) bool { return strings.TrimSpace(s) == "" }
