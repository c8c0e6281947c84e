package breach

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// view is the register, or one entry of it, on a page.
type view struct {
	Breach
	said []Change
	all  []Breach
	lang text.Lang
	now  core.Instant
}

func (b Breach) path() string { return "/breaches/" + b.ID.String() }

func number(n int) string { return strconv.Itoa(n) }

// clock says in words how much of the 72 hours is left, or that they are over (PRV-6).
func (v view) clock(b Breach) (components.Tone, string) {
	l := v.lang
	left := b.Left(v.now)
	switch b.At(v.now) {
	case Done:
		return components.Plain, l.BreachClockClosed(l.Date(b.ClosedAt.Date()))
	case Decided:
		return components.Done, l.BreachClockDecided()
	case Late:
		return components.Alarm, l.BreachClockLate(l.BreachHours(hours(-left)))
	case Soon:
		return components.Alarm, l.BreachClockLeft(span(l, left))
	case Calm:
	}
	return components.Late, l.BreachClockLeft(span(l, left))
}

// span says whole hours; the last one in minutes.
func span(l text.Lang, left time.Duration) string {
	if left < time.Hour {
		return l.BreachMinutes(int(left.Minutes()))
	}
	return l.BreachHours(hours(left))
}

func hours(d time.Duration) int { return int(d.Hours()) }

// table is the register in short.
func (v view) table() components.Table {
	l := v.lang
	t := components.Table{Caption: l.BreachTitle(), Empty: l.BreachEmpty(), Columns: []components.Column{
		{Label: l.BreachKindLabel()}, {Label: l.BreachFound()}, {Label: l.BreachClock()}, {Label: l.BreachReporter()},
	}}
	for _, b := range v.all {
		tone, says := v.clock(b)
		t.Rows = append(t.Rows, []components.Cell{{Text: l.BreachKind(b.Kind), Href: b.path()}, {Text: l.DateTime(b.Discovered)},
			{Content: components.Chip(tone, says)}, {Text: b.ReporterName}})
	}
	return t
}

// pairs are all that the register says of an entry; what it does not say is named as such.
func (v view) pairs(b Breach) []components.Pair {
	l := v.lang
	people := ""
	if b.People > 0 {
		people = number(b.People)
	}
	all := []components.Pair{
		{Term: l.BreachKindLabel(), Text: l.BreachKind(b.Kind)},
		{Term: l.BreachFound(), Text: l.DateTime(b.Discovered)},
		{Term: l.BreachReporter(), Text: strings.TrimSpace(b.ReporterName + " " + l.DateTime(b.ReportedAt))},
		{Term: l.BreachHappened(), Text: b.Words.Happened},
		{Term: l.BreachWhose(), Text: b.Words.Whose},
		{Term: l.BreachPeople(), Text: people},
		{Term: l.BreachConsequences(), Text: b.Words.Consequences},
		{Term: l.BreachMeasures(), Text: b.Words.Measures},
		{Term: l.BreachAuthority(), Text: v.authority(b)},
		{Term: l.BreachTold(), Text: v.told(b)},
	}
	for i := range all {
		if all[i].Text == "" {
			all[i].Text = l.BreachUnknown()
		}
	}
	return all
}

func (v view) authority(b Breach) string {
	l := v.lang
	switch b.Authority {
	case Yes:
		said := l.BreachAuthoritySaid(l.DateTime(b.AuthorityAt), b.Words.Number)
		if b.WasLate() {
			said += " " + l.BreachAuthorityLate(b.Words.WhyLate)
		}
		return said
	case No:
		return l.BreachNot(b.Words.WhyNoReport)
	case Undecided:
	}
	return ""
}

func (v view) told(b Breach) string {
	l := v.lang
	switch b.Told {
	case Yes:
		return l.BreachToldSaid(l.Date(b.ToldOn))
	case No:
		return l.BreachNot(b.Words.WhyNotTold)
	case Undecided:
	}
	return ""
}

// history says who changed what, the last change first, with what stood there before.
func (v view) history() []components.Event {
	l := v.lang
	var out []components.Event
	for i, c := range slices.Backward(v.said) {
		e := components.Event{Machine: c.At.Date().String(), When: l.DateTime(c.At), Title: l.BreachReportedBy(c.Who)}
		if i > 0 {
			var fields []string
			for _, code := range changed(v.said[i-1].Breach, c.Breach) {
				fields = append(fields, l.BreachField(code))
			}
			e.Title = l.BreachChangedBy(c.Who, l.And(fields))
			e.Detail = v.before(v.said[i-1].Breach, c.Breach)
		}
		out = append(out, e)
	}
	return out
}

// before tells what a change took the place of, so that nothing that was said is lost.
func (v view) before(old, now Breach) string {
	was, is := v.pairs(old), v.pairs(now)
	var out []string
	for i := range was {
		if was[i].Text != is[i].Text && was[i].Text != v.lang.BreachUnknown() {
			out = append(out, v.lang.BreachWas(was[i].Term, was[i].Text))
		}
	}
	return strings.Join(out, " ")
}

// answers are the two decisions as choices.
func answers(l text.Lang) []components.Option {
	return components.Options([]string{"yes", "no"}, l.BreachAnswer)
}
