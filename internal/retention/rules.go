package retention

import "maatje/internal/core"

// Terms are what the organisation chose.
type Terms struct {
	RejectedDays     int // a rejected volunteer
	LeftMonths       int // a volunteer who left
	NotStartedMonths int // a referral or a file without support
	ClosedMonths     int // a file that was supported
	NoticeDays       int // between announcing and erasing, at least
}

// shortNotice is how long before its end a term of a few weeks is announced.
const shortNotice = 14

// clock is the rule of one kind: how long after the last thing ended, and how long beforehand it is told.
type clock struct {
	kind   Kind
	until  func(Terms, core.Date) core.Date // the last day on which it is kept
	notice func(Terms) int
}

// clocks are PRV-3's terms, one for each kind of data.
var clocks = []clock{
	{RejectedVolunteer, func(t Terms, d core.Date) core.Date { return d.AddDays(t.RejectedDays) }, func(t Terms) int { return min(shortNotice, t.NoticeDays) }},
	{LeftVolunteer, func(t Terms, d core.Date) core.Date { return d.AddMonths(t.LeftMonths) }, Terms.notice},
	{DeclinedReferral, func(t Terms, d core.Date) core.Date { return d.AddMonths(t.NotStartedMonths) }, Terms.notice},
	{NotStarted, func(t Terms, d core.Date) core.Date { return d.AddMonths(t.NotStartedMonths) }, Terms.notice},
	{ClosedDossier, func(t Terms, d core.Date) core.Date { return d.AddMonths(t.ClosedMonths) }, Terms.notice},
}

func (t Terms) notice() int { return t.NoticeDays }

func clockOf(k Kind) clock {
	for _, c := range clocks {
		if c.kind == k {
			return c
		}
	}
	panic("retention: no clock for " + string(k))
}

// Life is what the rules know of somebody's data.
type Life struct {
	Subject
	Kind      Kind
	Ended     core.Date // when the last thing ended; none while something is open
	Runs      bool      // something runs, waits or is open
	Held      bool      // somebody holds it until they lift it
	HeldUntil core.Date // somebody holds it up to and with this day
	Announced core.Date // when it was announced
	For       core.Date // and for which day
	Confirmed bool      // it was asked for, and a second pair of eyes agreed
}

// stands says that on the day nothing may be erased whatever the clock says.
func (l Life) stands(on core.Date) bool {
	return l.Runs || l.Ended.IsZero() || l.Held || !l.HeldUntil.IsZero() && !on.After(l.HeldUntil)
}

// Due is the first day on which it is kept no longer (PRV-3): the day after the last one of its term, or after the last one on
// which somebody holds it. Nothing is due while anything runs, or while a hold has no end.
func Due(l Life, t Terms) (core.Date, bool) {
	if l.Runs || l.Ended.IsZero() || l.Held {
		return core.Date{}, false
	}
	last := clockOf(l.Kind).until(t, l.Ended)
	if l.HeldUntil.After(last) {
		last = l.HeldUntil
	}
	return last.AddDays(1), true
}

// Expected is the day on which it is erased if nothing changes: never before it was announced for long enough.
func Expected(l Life, t Terms, today core.Date) (core.Date, bool) {
	due, ok := Due(l, t)
	if !ok {
		return due, false
	}
	notice := clockOf(l.Kind).notice(t)
	if !l.Announced.IsZero() {
		return latest(due, l.For, l.Announced.AddDays(notice)), true
	}
	return latest(due, today.AddDays(notice)), true
}

func latest(days ...core.Date) (last core.Date) {
	for _, d := range days {
		if d.After(last) {
			last = d
		}
	}
	return last
}

// Step is what the daily job does about it.
type Step int

const (
	Nothing  Step = iota
	Announce      // tell who looks after it, for which day
	Withdraw      // what was announced does not happen now
	Erase
)

// Cleared is proof that something may be erased. Only a rule gives it.
type Cleared struct {
	subject Subject
	kind    Kind
	reason  Reason
}

// Decide is PRV-3 and PRV-4: what is to be done today. Nothing is erased that was not announced for as long as the organisation
// promised, also when a term was shortened meanwhile, and nothing that runs or is held. What was asked for and confirmed needs no
// announcement.
func Decide(l Life, t Terms, today core.Date) (Step, core.Date, Cleared) {
	if l.Confirmed && !l.stands(today) {
		return Erase, today, Cleared{l.Subject, l.Kind, Asked}
	}
	due, ok := Due(l, t)
	switch {
	case !ok || due.AddDays(-clockOf(l.Kind).notice(t)).After(today):
		if l.Announced.IsZero() {
			return Nothing, core.Date{}, Cleared{}
		}
		return Withdraw, core.Date{}, Cleared{}
	case l.Announced.IsZero():
		on, _ := Expected(l, t, today)
		return Announce, on, Cleared{}
	}
	on, _ := Expected(l, t, today)
	switch {
	case !on.After(today):
		return Erase, on, Cleared{l.Subject, l.Kind, TermOver}
	case on != l.For:
		return Announce, on, Cleared{}
	}
	return Nothing, on, Cleared{}
}

// Buried is the proof for what was erased before and came back with an older copy.
func Buried(s Subject, k Kind) Cleared { return Cleared{s, k, TermOver} }

// MayHold is PRV-3: a hold says why, and ends on a day to come if it has an end.
func MayHold(why string, until, today core.Date) error {
	var wrong []*core.Fail
	if why == "" {
		wrong = append(wrong, core.Invalid("why", "retention_why"))
	}
	if !until.IsZero() && until.Before(today) {
		wrong = append(wrong, core.Invalid("until", "retention_until"))
	}
	return core.Join(wrong...)
}

// MayAsk is PRV-4: early erasing is asked for when nothing runs any more and nobody holds it.
func MayAsk(l Life, why string, today core.Date) error {
	switch {
	case l.Runs || l.Ended.IsZero():
		return core.Refuse("PRV-4", "retention_runs")
	case l.stands(today):
		return core.Refuse("PRV-4", "retention_held")
	case why == "":
		return core.Invalid("why", "retention_why")
	}
	return nil
}

// MayConfirm is PRV-4's second pair of eyes: who asked does not also agree.
func MayConfirm(l Life, askedBy, by core.AccountID, today core.Date) error {
	switch {
	case askedBy == by:
		return core.Refuse("PRV-4", "retention_same_eyes")
	case l.Runs || l.Ended.IsZero():
		return core.Refuse("PRV-4", "retention_runs")
	case l.stands(today):
		return core.Refuse("PRV-4", "retention_held")
	}
	return nil
}
