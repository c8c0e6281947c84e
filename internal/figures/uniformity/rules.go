package uniformity

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

const reportWithin = 7 // days after a visit within which its report is on time

// CheckPeriod applies FIG-4: a period has a first and a last day, and is at most five years.
func CheckPeriod(from, to core.Date) error {
	switch {
	case from.IsZero() || to.IsZero() || to.Before(from):
		return core.Join(core.Invalid("to", "practice_period"))
	case to.After(from.AddMonths(60)):
		return core.Join(core.Invalid("to", "practice_long"))
	}
	return nil
}

// OnDay applies FIG-4 to what has a last day: done on that day is on time, on the day after it is not. What is not done counts from the
// day after on; until then it is not counted.
func OnDay(c Case, today core.Date) (counts, onTime bool) {
	if c.Done.IsZero() {
		return today.After(c.Due), false
	}
	return true, !c.Done.Date().After(c.Due)
}

// ReportDue applies FIG-4: a report is on time within seven days of the visit.
func ReportDue(visit core.Instant) core.Date { return visit.Date().AddDays(reportWithin) }

// OnHour applies FIG-4 to what has an hour, the answer to a worry: answered at that moment is in time, a moment later is not. What is not
// answered counts once that moment is over.
func OnHour(c Case, now core.Instant) (counts, onTime bool) {
	if c.Done.IsZero() {
		return now.After(c.DueAt), false
	}
	return true, !c.Done.After(c.DueAt)
}

// Always applies FIG-4 to what is no question of time.
func Always(c Case) (counts, is bool) { return true, c.Is }

// Add counts cases into lines, for each coordinator and for the whole. What is of nobody counts in the whole alone.
func (t *Table) Add(figure string, cases []Case, judge func(Case) (counts, yes bool)) {
	for _, c := range cases {
		counts, yes := judge(c)
		if !counts {
			continue
		}
		lines := []*Line{&t.All}
		if !c.Coordinator.IsZero() {
			lines = append(lines, t.line(c))
		}
		for _, l := range lines {
			l.add(figure, yes, c.Tools)
		}
	}
}

func (t *Table) line(c Case) *Line {
	i := slices.IndexFunc(t.Lines, func(l Line) bool { return l.Coordinator == c.Coordinator })
	if i < 0 {
		t.Lines = append(t.Lines, Line{Coordinator: c.Coordinator, Name: c.Name})
		i = len(t.Lines) - 1
	}
	return &t.Lines[i]
}

func (l *Line) add(figure string, yes bool, tools []string) {
	if l.Shares == nil {
		l.Shares, l.Tools = map[string]Share{}, map[string]int{}
	}
	s := l.Shares[figure]
	if s.M++; yes {
		s.N++
	}
	l.Shares[figure] = s
	for _, tool := range tools {
		l.Tools[tool]++
	}
}

// useLines applies FIG-4 to what was done with the tools: each use is one day of one person with one tool. Only, if it is somebody, is
// whose families are counted.
func useLines(rows []row, only core.AccountID) ([]Line, Line) {
	var out Table
	for _, r := range rows {
		if only.IsZero() || r.of == only {
			r.Tools = []string{r.tools}
			out.Add(Tools, []Case{r.Case}, Always)
		}
	}
	out.ByName()
	return out.Lines, out.All
}

// ByName applies FIG-4: the order is that of names, so that nobody stands on top for a number.
func (t *Table) ByName() {
	slices.SortStableFunc(t.Lines, func(a, b Line) int { return strings.Compare(a.Name, b.Name) })
}

// For leaves the line of one coordinator beside the whole.
func (t *Table) For(id core.AccountID) {
	others := func(l Line) bool { return l.Coordinator != id }
	t.Lines, t.Used = slices.DeleteFunc(t.Lines, others), slices.DeleteFunc(t.Used, others)
}
