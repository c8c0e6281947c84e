package owndata

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/plan/goal"
	"maatje/internal/plan/triptych"
)

// tools are the sheets and the goals of the person. A goal of the whole family, and what somebody else said of a goal, are of
// others as well and stay out. Of a child that has a say in it they go along when it agrees; who was not told everything gets the
// own words and no more.
func (f *file) tools(out *Archive) {
	if !f.words {
		return
	}
	for _, m := range read(f.opener, triptych.Of) {
		if m.ID == f.who.ID {
			out.add("triptych", f.sheets(m)...)
		}
	}
	if f.unaware {
		return
	}
	var all []Entry
	for _, g := range read(f.opener, goal.Of) {
		if g.Person == f.who.ID {
			all = append(all, f.goal(g)...)
		}
		all = append(all, f.ratings(g)...)
	}
	out.add("goals", all...)
}

func (f *file) sheets(m triptych.Member) (all []Entry) {
	for _, s := range m.Sheets {
		all = append(all, Entry{moment(f.lang, "on", s.At), words("difficult", s.Problem), words("wish", s.Wish), words("way", s.How)})
	}
	return all
}

// goal is what a goal of their own was, change by change.
func (f *file) goal(g goal.Goal) (all []Entry) {
	for _, c := range g.Changes {
		e := Entry{moment(f.lang, "on", c.At), words("goal", c.Text), words("sentences", strings.Join(c.Lines[:], " / ")), words("why", c.Why)}
		if c.Stopped {
			e = append(e, whether(f.lang, "stopped", true))
		}
		all = append(all, e)
	}
	return all
}

// ratings are what was said of a goal of their own by themselves or by all together, and what they said of a goal of all together.
func (f *file) ratings(g goal.Goal) (all []Entry) {
	for _, r := range g.Ratings {
		mine := r.By == f.who.ID
		switch {
		case g.Person == f.who.ID && mine:
			all = append(all, Entry{day(f.lang, "on", r.On), words("fits", g.Said(r)), words("said", r.Words)})
		case g.Person == f.who.ID && r.By.IsZero():
			all = append(all, Entry{day(f.lang, "on", r.On), words("fits", g.Said(r))})
		case g.Person.IsZero() && mine:
			all = append(all, Entry{day(f.lang, "on", r.On), words("said", r.Words)})
		}
	}
	return all
}

// used are the tools that were used with the family or left; the words in which somebody said why are of several people.
func (f *file) used() (all []Entry) {
	type use struct {
		on              core.Date
		tool, kind, why string
	}
	for _, u := range rows(f.opener, qUses, f.dossierArgs(), func(u *use) []any { return []any{&u.on, &u.tool, &u.kind, &u.why} }) {
		all = append(all, Entry{day(f.lang, "on", u.on), coded("tool", u.tool, f.lang.ToolName), coded("state", u.kind, f.lang.ToolKind), coded("why", u.why, f.lang.SkipWhy)})
	}
	return all
}
