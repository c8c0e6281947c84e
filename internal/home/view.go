package home

import (
	"cmp"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/task"
	"maatje/internal/visit"
	"maatje/internal/volunteer"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// worklist turns tasks into lines: when, what, and the one obvious action. What waits for somebody else's hands says whose.
func worklist(l text.Lang, tasks []task.Row, now core.Instant) []components.Task {
	out := make([]components.Task, 0, len(tasks))
	for _, k := range tasks {
		when := l.Day(k.Due.Date(), now.Date())
		if k.IsLate(now) {
			when = l.HomeLate()
		}
		title, detail := about(l, k)
		safety := k.Urgency == task.Safety
		out = append(out, components.Task{When: when, Kind: l.Task(k.Kind), Title: title, Detail: detail, Href: k.Href(), Action: l.TaskAction(k.Kind), Main: safety, Alarm: safety})
	}
	return out
}

// about says what a line is about: the family, the volunteer, or how and from where a referral came. A referral is never
// called by a name: a worklist lies open on a desk (INT-8, PRV-5). Its code is for the telephone.
func about(l text.Lang, k task.Row) (title, detail string) {
	title = k.Name()
	if a := k.Asked; title == "" && a.Code != "" {
		title = l.HomeAsked(l.Channel(a.Channel))
		if a.Municipality != "" {
			title = l.HomeAskedIn(l.Channel(a.Channel), a.Municipality)
		}
		detail = l.HomeAskedOn(l.Date(a.At.Date()), a.Code)
	}
	if k.For != "" {
		detail = strings.TrimSpace(detail + " " + l.HomeFor(k.For))
	}
	return title, detail
}

func bars(shares []Share, order []string, word func(string) string) []components.Bar {
	out := make([]components.Bar, 0, len(order))
	for _, code := range order {
		b := components.Bar{Label: word(code)}
		for _, s := range shares {
			if s.Code == code {
				b.Value = s.N
			}
		}
		out = append(out, b)
	}
	return out
}

func isOffice(roles authz.Role) bool {
	return roles.Has(authz.InsideCoordinator | authz.OutsideCoordinator | authz.ProjectLeader)
}

// lead is the weight of a button: a screen has one main one.
func lead(is bool) components.Weight {
	if is {
		return components.Main
	}
	return components.Quiet
}

// accepted are the families that said yes to the volunteer.
func accepted(all []Family) []Family {
	return slices.DeleteFunc(slices.Clone(all), func(f Family) bool { return f.Waits })
}

// lastReport is the last day on which a visit before the end can be told.
func lastReport(e Ended) core.Date { return visit.Running{EndedOn: e.On}.ReportUntil() }

// unnamed are the children whose name the family's does not say already.
func unnamed(f Family) []string {
	return slices.DeleteFunc(slices.Clone(f.Children), func(n string) bool { return strings.Contains(f.Name, n) })
}

// meetingWhen says when the introduction is and who plans it, once that is known (TRA-3).
func meetingWhen(l text.Lang, p Proposal, today core.Date) string {
	who := cmp.Or(p.Coordinator, l.HomeMeetingCoordinator())
	switch {
	case p.Introduction.IsZero():
		return l.HomeMeetingUnplanned(who)
	case p.Introduction.Before(today):
		return l.HomeMeetingWas(l.Date(p.Introduction), who)
	}
	return l.HomeMeetingOn(l.Weekday(p.Introduction)+" "+l.Date(p.Introduction), who)
}

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

// unfinished are the visits whose hour has come, and reports that were begun.
func unfinished(visits []Visit, now core.Instant) []Visit { return when(visits, now, true) }

// toCome are the visits that still have to be held.
func toCome(visits []Visit, now core.Instant) []Visit { return when(visits, now, false) }

func when(visits []Visit, now core.Instant, past bool) []Visit {
	var out []Visit
	for _, v := range visits {
		if (v.HasReport || !v.At.After(now)) == past {
			out = append(out, v)
		}
	}
	return out
}

func insideTable(l text.Lang, stays []Stay, today core.Date) components.Table {
	t := components.Table{Caption: l.HomeInsideTitle(), Empty: l.HomeInsideEmpty(), Columns: []components.Column{
		{Label: l.HomeInsideParent()}, {Label: l.HomeInsideWing()}, {Label: l.HomeInsideRelease()}, {Label: l.HomeInsideConfirmed()}}}
	for _, s := range stays {
		name := s.Parent
		if s.Restricted {
			name += " (" + l.HomeInsideRestricted() + ")"
		}
		t.Rows = append(t.Rows, []components.Cell{
			{Text: name, Href: "/dossiers/" + s.Dossier.String()}, {Text: strings.TrimSpace(s.Facility + " " + s.Wing)},
			{Text: l.DateShort(s.ExpectedUntil)}, {Text: dayOrNothing(l, s.ConfirmedOn, today)},
		})
	}
	return t
}

func dayOrNothing(l text.Lang, d, today core.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.Day(d, today)
}

// under is the line below the greeting: how much there is to do.
func under(l text.Lang, h Home, roles authz.Role, now core.Instant) string {
	if isOffice(roles) {
		if h.Open == 0 {
			return ""
		}
		if h.Today == 0 {
			return l.HomeAsks(h.Open)
		}
		return l.HomeAsks(h.Open) + " " + l.HomeAsksToday(h.Today)
	}
	if !roles.Has(authz.Volunteer) {
		return ""
	}
	if n := len(toCome(h.Visits, now)); n > 0 {
		return l.HomeVolunteerToday(n)
	}
	return l.HomeVolunteerFree()
}

func statuses(all []volunteer.Status) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// openStates are the columns of the caseload, in the order in which a trajectory goes through them.
var openStates = []string{"waiting", "introducing", "running", "closing"}
