package kin

import (
	"maatje/internal/core"
	"maatje/internal/web/text"
)

// IsAhead says that it begins after today: nothing that has yet to come stands in a family.
func (g Gap) IsAhead(today core.Date) bool { return g.From.After(today) }

// Words say what the dossier has, in a sentence.
func (g Gap) Words(l text.Lang) string {
	switch g.Kind {
	case newPerson:
		if g.From.IsZero() {
			return l.KinGapPerson(g.Name)
		}
		return l.KinGapPersonBorn(g.Name, l.Date(g.From))
	case otherPerson:
		if what := g.what(l); what != "" {
			return l.KinGapPersonDiffers(g.Name, what)
		}
		return l.KinGapPersonSame(g.Name, g.With)
	case gonePerson:
		return l.KinGapPersonGone(g.Name)
	case newParents:
		return l.KinGapParents(g.Name, g.With)
	case newStay:
		return l.KinGapStay(g.Name, g.With, g.period(l))
	case otherStay:
		return l.KinGapStayDiffers(g.Name, g.With, g.period(l))
	case newDetention:
		return l.KinGapDetention(g.Name, g.period(l))
	case oldDetention:
		return l.KinGapDetentionDiffers(g.Name, g.period(l))
	case goneMark:
		return l.KinGapDetentionGone(g.Name)
	}
	return l.KinGapCare(g.Name, g.With)
}

// what are the things that the dossier has otherwise of somebody.
func (g Gap) what(l text.Lang) string {
	var out []string
	is := g.put.Persons[0]
	if is.Name != g.was.Name {
		out = append(out, is.Name)
	}
	if is.Sex != g.was.Sex {
		out = append(out, l.Sex(is.Sex))
	}
	if is.Born != g.was.Born {
		out = append(out, l.KinBorn(l.Date(is.Born.First())))
	}
	if is.Died != g.was.Died {
		out = append(out, l.KinDied(l.Date(is.Died.First())))
	}
	return l.And(out)
}

// period is since when and until when, as far as the dossier knows, with a comma before it.
func (g Gap) period(l text.Lang) string {
	switch from, until := g.From, g.Until; {
	case from.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return l.KinSince(l.Date(from))
	case from.IsZero():
		return l.KinTill(l.Date(until))
	}
	return l.KinFromTill(l.Date(g.From), l.Date(g.Until))
}
