package visit

import (
	"slices"
	"strconv"
	"strings"

	"maatje/internal/core"
	"maatje/internal/dossier"
	"maatje/internal/tool"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// personOptions are the people who can have been there, children first: the visit is about them.
func personOptions(people []dossier.Person) []components.Option {
	var children, others []components.Option
	for _, p := range people {
		o := components.Option{Value: p.ID.String(), Label: p.Name}
		switch {
		case !p.DiedOn.IsZero():
		case p.IsChild:
			children = append(children, o)
		default:
			others = append(others, o)
		}
	}
	return append(children, others...)
}

// offer ticks what is known already: the tools that were used here since the last visit.
func (f family) offer(fm *form.Form) {
	fm.Set("tools", f.Used...)
	if slices.Contains(f.Used, tool.StepPlan) {
		fm.Set("step_plan", "1")
	}
}

// toolOptions are the tools that a report asks about; what the family left is not asked again, unless it is ticked already.
func (f family) toolOptions(l text.Lang, fm *form.Form) (out []components.Option) {
	for _, code := range Tools {
		if !tool.Find(f.Tools, code).IsSkipped() || fm.Has("tools", code) {
			out = append(out, components.Option{Value: code, Label: l.VisitTool(code)})
		}
	}
	return out
}

// left says which tools the family left, and why; "" if none.
func (f family) left(l text.Lang) string {
	var out []string
	for _, s := range f.Tools {
		if s.IsSkipped() {
			out = append(out, l.VisitTool(s.Tool)+" ("+l.SkipWhy(s.Why)+")")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return l.VisitToolsLeft(l.And(out))
}

// asksGenogram says whether it is not known yet if there is a genogram.
func (f family) asksGenogram() bool {
	s := tool.Find(f.Tools, tool.Genogram)
	return !s.IsUsed() && !s.IsSkipped()
}

func (f family) stepOptions(l text.Lang) (out []components.Option) {
	for _, s := range f.Steps {
		out = append(out, components.Option{Value: s.ID.String(), Label: s.What, Hint: l.StepWho(s.Who)})
	}
	return out
}

func names(people []dossier.Person, ids []core.PersonID) []string {
	var out []string
	for _, id := range ids {
		for _, p := range people {
			if p.ID == id {
				out = append(out, p.Name)
			}
		}
	}
	return out
}

func words(codes []string, word func(string) string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = word(c)
	}
	return strings.Join(out, ", ")
}

// reportPairs are what a finished report says; what was left open is left out.
func reportPairs(l text.Lang, r Report, people []dossier.Person) []components.Pair {
	return nonEmpty([]components.Pair{
		{Term: l.VisitDayLabel(), Text: l.DateTime(r.HeldAt)},
		{Term: l.VisitPresentLabel(), Text: l.And(names(people, r.Present))},
		{Term: l.VisitMinutesLabel(), Text: l.VisitMinutes(r.Minutes)},
		{Term: l.VisitKmLabel(), Text: kilometres(r.Km)},
		{Term: l.VisitActivitiesLabel(), Text: words(r.Activities, l.VisitActivity)},
		{Term: l.VisitMoodLabel(), Text: l.VisitMood(r.Mood)},
		{Term: l.VisitWordsLabel(), Text: r.Words},
		{Term: l.VisitAgreedLabel(), Text: r.Agreed},
		{Term: l.VisitToolsLabel(), Text: words(r.Tools, l.VisitTool)},
		{Term: l.VisitGenogramLabel(), Text: l.VisitGenogram(r.Genogram)},
		{Term: l.VisitBoundaryLabel(), Text: r.Boundary},
	})
}

func storedPairs(l text.Lang, r Report) []components.Pair {
	return nonEmpty([]components.Pair{{Term: l.VisitWordsLabel(), Text: r.Words}, {Term: l.VisitAgreedLabel(), Text: r.Agreed}, {Term: l.VisitBoundaryLabel(), Text: r.Boundary}})
}

// sentences puts what there is behind each other.
func sentences(first, then string) string {
	if first == "" || then == "" {
		return first + then
	}
	return first + ". " + then
}

func nonEmpty(pairs []components.Pair) []components.Pair {
	var out []components.Pair
	for _, p := range pairs {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

func kilometres(km int) string {
	if km == 0 {
		return ""
	}
	return strconv.Itoa(km) + " km"
}

func listTable(l text.Lang, d core.DossierID, all []Report) components.Table {
	t := components.Table{Caption: l.VisitListTitle(), Empty: l.VisitListEmpty(), Columns: []components.Column{
		{Label: l.VisitDayLabel()}, {Label: l.VisitMinutesLabel(), Num: true}, {Label: l.VisitMoodLabel()}, {Label: l.VisitActivitiesLabel()}}}
	for _, r := range all {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: l.DateTime(r.HeldAt), Href: "/dossiers/" + d.String() + "/visits/" + r.Visit.String()},
			{Text: l.Number(r.Minutes) + " " + l.VisitMinutesUnit()}, {Text: l.VisitMood(r.Mood)}, {Text: words(r.Activities, l.VisitActivity)},
		})
	}
	return t
}

// ownEvents are the volunteer's own visits on a timeline; one without a finished report asks for it.
func ownEvents(l text.Lang, own []Report, today core.Date) []components.Event {
	out := make([]components.Event, 0, len(own))
	for _, r := range own {
		day := r.HeldAt.Date()
		e := components.Event{Machine: day.String(), When: l.Day(day, today), Title: l.VisitOn(l.Weekday(day) + " " + l.Date(day)),
			Detail: sentences(l.VisitMood(r.Mood), r.Words), Href: "/reports/" + r.Visit.String(), Tone: components.Plain}
		if r.State != "done" {
			e.Detail, e.Tone = sentences(l.VisitUnfinished(), r.Words), components.Late
		}
		out = append(out, e)
	}
	return out
}
