package expense

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

func money(l text.Lang, cents int) string { return l.ExpenseEuros(l.Decimal(float64(cents)/100, 2)) }

func monthName(l text.Lang, m Month) string {
	return l.ExpenseMonth(l.Month(number(int(m.first.Month()))), number(m.first.Year()))
}

// hours says minutes as people do: 2 uur 30.
func hours(l text.Lang, minutes int) string {
	if minutes == 0 {
		return ""
	}
	if minutes%60 == 0 {
		return l.ExpenseWholeHours(l.Number(minutes / 60))
	}
	return l.ExpenseHours(l.Number(minutes/60), l.Number(minutes%60))
}

func stateTone(s State) components.Tone {
	if s == Paid {
		return components.Done
	}
	return components.Plain
}

// sums are what a month comes to.
func sums(l text.Lang, s Sheet) []components.Pair {
	out := []components.Pair{{Term: l.ExpenseTime(), Text: hours(l, s.Minutes)}, {Term: l.ExpenseKmLabel(), Text: kmWords(l, s)}, {Term: l.ExpenseOwnAmount(), Text: money(l, s.OwnCents)},
		{Term: l.ExpenseTotal(), Text: money(l, s.Cents())}}
	if s.Minutes == 0 {
		return out[1:]
	}
	return out
}

func kmWords(l text.Lang, s Sheet) string {
	rate := l.Decimal(float64(s.KmTenths)/10, 1)
	if s.KmTenths%10 == 0 {
		rate = l.Number(s.KmTenths / 10)
	}
	return l.ExpenseKmSum(l.Number(s.Km), rate, money(l, s.KmCents))
}

// rideWords says what visits bring, and of which month when that is another.
func rideWords(l text.Lang, s Sheet, r Ride) string {
	if r.Of == s.Month {
		return l.ExpenseVisits(hours(l, r.Minutes), l.Number(r.Km))
	}
	return l.ExpenseLate(monthName(l, r.Of), hours(l, r.Minutes), l.Number(r.Km))
}

// what is one line in words.
func what(l text.Lang, e Entry) string {
	var parts []string
	for _, p := range []string{hours(l, e.Minutes), kmOnly(l, e.Km), amountOnly(l, e.Cents)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

func kmOnly(l text.Lang, km int) string {
	if km == 0 {
		return ""
	}
	return l.ExpenseKm(l.Number(km))
}

func amountOnly(l text.Lang, cents int) string {
	if cents == 0 {
		return ""
	}
	return money(l, cents)
}

func entryTitle(l text.Lang, e Entry) string {
	if e.What == "" {
		return l.ExpenseKind(e.Kind)
	}
	return l.ExpenseKind(e.Kind) + ": " + e.What
}

func allTable(l text.Lang, list []Sheet) components.Table {
	t := components.Table{Caption: l.ExpenseTitle(), Empty: l.ExpenseEmpty(), Columns: []components.Column{
		{Label: l.ExpenseWho()}, {Label: l.ExpenseTime()}, {Label: l.ExpenseKmLabel(), Num: true}, {Label: l.ExpenseTotal(), Num: true}, {Label: l.ExpenseStateLabel()}}}
	for _, s := range list {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: s.Name, Href: "/volunteers/" + s.Volunteer.String() + "/expenses"}, {Text: hours(l, s.Minutes)}, {Text: l.Number(s.Km)}, {Text: money(l, s.Cents())},
			{Content: components.Chip(stateTone(s.State), l.ExpenseState(string(s.State)))}})
	}
	return t
}

// under is the form under a line: as it was refused, or fresh.
func (all forms) under(e Entry) *form.Form {
	if all.about == e.ID && all.refused != nil {
		return all.refused
	}
	return form.New(all.note.Lang, declineForm(e.ID))
}

// strays says that what was refused has no form on the page to stand in.
func (all forms) strays(v File) bool {
	if all.refused == nil {
		return false
	}
	for _, s := range v.Months {
		for _, e := range s.Entries {
			if e.ID == all.about && s.State == Noted && e.Counts() {
				return false
			}
		}
	}
	return true
}

func isOver(s Sheet, today core.Date) bool { return MonthOf(today).After(s.Month) }
