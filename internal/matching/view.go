package matching

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/matching/seek"
	"maatje/internal/matching/weigh"
	"maatje/internal/volunteer"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Of who fits so many are shown with everything about them, and so many of the others by name.
const (
	shownWell = 9
	shownRest = 200
)

// fitting are the volunteers who can be asked; others, with why, are the ones who cannot now.
func (b Board) fitting() []weigh.Candidate { return b.candidates(true) }
func (b Board) others() []weigh.Candidate  { return b.candidates(false) }

func (b Board) candidates(fit bool) (out []weigh.Candidate) {
	for _, c := range b.Candidates {
		if c.Fits == fit {
			out = append(out, c)
		}
	}
	return out
}

func first(all []weigh.Candidate, n int) []weigh.Candidate { return all[:min(n, len(all))] }

func after(all []weigh.Candidate, n int) []weigh.Candidate { return all[min(n, len(all)):] }

// deviates says that asking this one asks why.
func deviates(b Board, c weigh.Candidate) bool {
	return !b.deviates(Choice{Volunteer: c.ID}).IsZero()
}

func hasDoubleRole(c weigh.Candidate) bool {
	return slices.ContainsFunc(c.Reasons, func(r volunteer.Reason) bool { return r.Code == volunteer.ReasonDoubleRole })
}

func fitChip(l text.Lang, b Board, c weigh.Candidate) templ.Component {
	best, _ := b.Best()
	switch {
	case len(c.Reasons) > 0:
		return components.Chip(components.Late, l.MatchingWeigh())
	case c.ID == best.ID:
		return components.Chip(components.Done, l.MatchingAdvised())
	}
	return components.Chip(components.Plain, l.MatchingFits())
}

// formOf is the form under one volunteer: the one that was refused keeps what was typed in it.
func formOf(l text.Lang, c weigh.Candidate, values *form.Form) *form.Form {
	if !values.OK() && values.Value("volunteer") == c.ID.String() {
		return values
	}
	fields := boardFields
	fields.Part = "ask" + c.ID.String()
	return form.New(l, fields)
}

func isRefused(c weigh.Candidate, values *form.Form) bool {
	return !values.OK() && values.Value("volunteer") == c.ID.String()
}

// counted is a reason with how many it holds back.
type counted struct {
	code string
	n    int
}

// whyNot counts the reasons of who does not fit, the most frequent first.
func (b Board) whyNot() (out []counted) {
	n := map[string]int{}
	for _, c := range b.others() {
		for _, r := range c.Reasons {
			if !r.Weigh {
				n[r.Code]++
			}
		}
	}
	for code, many := range n {
		out = append(out, counted{code, many})
	}
	slices.SortFunc(out, func(a, b counted) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.code, b.code)) })
	return out
}

func whyNotWords(l text.Lang, b Board) string {
	var out []string
	for _, c := range b.whyNot() {
		out = append(out, l.MatchingWhyNot(l.FitReason(c.code), l.Number(c.n)))
	}
	return strings.Join(out, " · ")
}

// wantWords say what the family seeks, as far as anything is known.
func wantWords(l text.Lang, s seek.Sought) string {
	var out []string
	if len(s.Languages) > 0 {
		out = append(out, l.And(spoken(l, s.Languages)))
	}
	if len(s.Days) > 0 {
		days := make([]string, len(s.Days))
		for i, d := range s.Days {
			days[i] = l.VolunteerDay(d)
		}
		out = append(out, l.And(days))
	}
	if s.Postcode != "" {
		out = append(out, s.Postcode)
	}
	if s.Total > 1 {
		out = append(out, l.MatchingVolunteers(s.Total))
	}
	if len(out) == 0 {
		return l.MatchingSeekNone()
	}
	return strings.Join(out, " · ")
}

func spoken(l text.Lang, codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = l.Spoken(c)
	}
	return out
}
