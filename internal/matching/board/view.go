package board

import (
	"cmp"
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/matching/weigh"
	"maatje/internal/trajectory"
	"maatje/internal/volunteer"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// mostLines are as many families as one page shows; a municipality at a time shows the others.
const mostLines = 100

func (p Plan) inTown(w Wish) (out []Line) {
	for _, l := range p.Lines {
		if w.Town.IsZero() || l.Municipality == w.Town {
			out = append(out, l)
		}
	}
	return out
}

func (p Plan) withoutInTown(w Wish) (out []Without) {
	for _, f := range p.Without {
		if w.Town.IsZero() || f.Municipality == w.Town {
			out = append(out, f)
		}
	}
	return out
}

// towns are the municipalities on the board, where there are several.
func (p Plan) towns() (out []components.Option) {
	seen := map[core.ID]string{}
	for _, l := range p.Lines {
		seen[l.Municipality] = l.Town
	}
	for _, f := range p.Without {
		seen[f.Municipality] = f.Town
	}
	for id, name := range seen {
		out = append(out, components.Option{Value: id.String(), Label: name})
	}
	slices.SortFunc(out, func(a, b components.Option) int { return cmp.Compare(a.Label, b.Label) })
	return out
}

func first[T any](all []T, n int) []T { return all[:min(n, len(all))] }

// waits say for what and how long a family waits, and where.
func waits(l text.Lang, f weigh.Family, today core.Date) string {
	out := []string{trajectory.KindWord(l, f.Kind, f.KindName)}
	if f.Town != "" {
		out = append(out, f.Town)
	}
	since := l.BoardWaitsNew()
	if weeks := f.Weeks(today); weeks > 0 {
		since = l.BoardWaits(weeks)
	}
	return strings.Join(append(out, since), " · ")
}

// under says in a sentence how the board stands.
func under(l text.Lang, p Plan) string {
	if p.Places == 0 {
		return l.BoardNobodyWaits()
	}
	return l.BoardUnder(p.Places, l.Number(p.Filled))
}

// inTheWay says which conditions keep everybody from a family.
func inTheWay(l text.Lang, f Without) string {
	if f.Shared {
		return l.BoardShared()
	}
	if len(f.Bottleneck) == 0 {
		return l.BoardNobody()
	}
	out := make([]string, len(f.Bottleneck))
	for i, code := range f.Bottleneck {
		out[i] = l.FitReason(code)
		switch {
		case f.What[i] == "":
		case code == volunteer.ReasonLanguage:
			out[i] += " (" + l.Spoken(f.What[i]) + ")"
		case code == volunteer.ReasonCourseMissing:
			out[i] += " (" + l.Course(f.What[i]) + ")"
		}
	}
	return l.BoardInTheWay(l.And(out)) + " " + l.BoardCould(f.Could)
}

// recruiting says whom to look for.
func recruiting(l text.Lang, s Sought) string {
	switch {
	case s.Bottleneck == volunteer.ReasonLanguage:
		return l.BoardRecruitLanguage(s.Places, l.Spoken(s.What))
	case s.Bottleneck == volunteer.ReasonCourseMissing:
		return l.BoardRecruitCourse(s.Places, l.Course(s.What))
	case strings.HasPrefix(s.Bottleneck, "complex_"):
		return l.BoardRecruitComplex(s.Places)
	case strings.HasPrefix(s.Bottleneck, "certificate_"):
		return l.BoardRecruitCertificate(s.Places)
	}
	return l.BoardRecruitMore(s.Places)
}

// byTown gathers the recruitment list by municipality; it is in their order.
func (p Plan) byTown() (out [][]Sought) {
	for i, s := range p.Seekers {
		if i == 0 || p.Seekers[i-1].Town != s.Town {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

func refusal(l text.Lang, r Refusal) string {
	out := make([]string, len(r.Reasons))
	for i, code := range r.Reasons {
		if code == "enough" {
			out[i] = l.BoardEnough()
		} else {
			out[i] = l.FitReason(code)
		}
	}
	return l.BoardRefused(r.Name, r.Family, l.And(out))
}

func change(l text.Lang, c Change) string {
	before, after := l.BoardNoOne(), l.BoardNoOne()
	if len(c.Before) > 0 {
		before = l.And(c.Before)
	}
	if len(c.After) > 0 {
		after = l.And(c.After)
	}
	return l.BoardChange(c.Family, after, before)
}

// lost says what pins and bans cost, all together.
func lost(l text.Lang, p Plan) string {
	switch n := p.Best - p.Filled; {
	case n > 0:
		return l.BoardLostFamilies(n)
	case p.Loss >= 10:
		return l.BoardLostPoints(weigh.Percent(p.Loss))
	}
	return l.BoardLostNothing()
}

func whyWord(l text.Lang, line Line) string {
	if len(line.Others) == 0 {
		return l.BoardWhyAlone()
	}
	return l.BoardWhy(len(line.Others))
}

func proposalWord(l text.Lang, p Plan, w Wish) string {
	if len(w.Pins)+len(w.Bans) > len(p.Refused) {
		return l.BoardProposalFixed()
	}
	return l.BoardProposal()
}

func hasSecondRole(c weigh.Candidate) bool {
	return slices.ContainsFunc(c.Reasons, func(r volunteer.Reason) bool { return r.Code == volunteer.ReasonDoubleRole })
}
