package plan

import (
	"slices"

	"maatje/internal/core"
)

const (
	standardMonths = 6   // METHOD TOO-5
	mostMonths     = 120 // a trajectory that was imported with an impossible end still has a page
)

// Months applies TOO-5: a plan has six months, and as many more as the trajectory takes longer. A month that is begun counts.
func Months(start, end core.Date) int {
	n := standardMonths
	if start.IsZero() || end.IsZero() {
		return n
	}
	for n < mostMonths && start.AddMonths(n).Before(end) {
		n++
	}
	return n
}

// MonthOn says in which month of the plan a day falls; 0 is before the start, or nobody knows when that is.
func MonthOn(start, day core.Date) int {
	if start.IsZero() || day.Before(start) {
		return 0
	}
	n := 1
	for n < mostMonths && !day.Before(start.AddMonths(n)) {
		n++
	}
	return n
}

// MayWrite applies TOO-5: the plan of a trajectory that ended stays as it was.
func MayWrite(p Plan) error {
	if !p.EndedOn.IsZero() {
		return core.Refuse("TOO-5", "plan_ended")
	}
	return nil
}

// Check applies TOO-5 to one step: it stands in a month of the plan, somebody does it, and it says what.
func Check(s Step, months int, today core.Date) error {
	var fails []*core.Fail
	if s.Month < 1 || s.Month > months {
		fails = append(fails, invalid("month", "plan_month", months))
	}
	if !slices.Contains(Whos, s.Who) {
		fails = append(fails, invalid("who", "plan_who"))
	}
	if s.What == "" {
		fails = append(fails, invalid("what", "plan_no_words"))
	}
	return core.Join(append(fails, checkDone(s.DoneOn, today))...)
}

// Due applies TOO-5 to the report of a visit: it asks about the steps that are not done of this month and the months before. Before
// the plan begins those are the steps of its first month.
func Due(p Plan, today core.Date) (out []Step) {
	now := max(MonthOn(p.Start, today), 1)
	for _, s := range p.Steps {
		if !s.IsDone() && s.Month <= now {
			out = append(out, s)
		}
	}
	return out
}

// MayMove applies TOO-5: a step goes to a month of the plan.
func MayMove(month, months int) error {
	if month < 1 || month > months {
		return invalid("month", "plan_month", months)
	}
	return nil
}

// MayTick applies TOO-5: a step is done on a day that has been. No day takes the tick away.
func MayTick(on, today core.Date) error { return core.Join(checkDone(on, today)) }

func checkDone(on, today core.Date) *core.Fail {
	if on.After(today) {
		return invalid("done_on", "plan_done_in_future")
	}
	return nil
}

func invalid(field, message string, values ...any) *core.Fail {
	f := core.Invalid(field, message, values...)
	f.Rule = "TOO-5"
	return f
}
