package weigh

import (
	"strconv"
	"strings"

	"maatje/internal/volunteer"
	"maatje/internal/web/text"
)

// Words say a soft condition of a pair, as a reason for or against it.
func Words(l text.Lang, p Part) string {
	n, most := l.Number(p.N), l.Number(p.Most)
	switch p.Code {
	case "minutes":
		return l.WeighMinutes(n)
	case "too_far":
		return l.WeighTooFar(n, most)
	case "speaks":
		return l.WeighSpeaks(listed(l, p.What, l.Spoken))
	case "speaks_not":
		return l.WeighSpeaksNot(listed(l, p.What, l.Spoken))
	case "days":
		return l.WeighDays(listed(l, p.What, l.VolunteerDay))
	case "other_days":
		return l.WeighOtherDays(listed(l, p.What, l.VolunteerDay))
	case "load":
		return l.WeighLoad(n, most)
	}
	return plain(l, p.Code)
}

// plain are the words without a number or a name in them.
func plain(l text.Lang, code string) string {
	return map[string]func() string{
		"same_town": l.WeighSameTown, "way_unknown": l.WeighWayUnknown, "days_unknown": l.WeighDaysUnknown, "complex": l.WeighComplex,
		"complex_not": l.WeighComplexNot, "complex_kept": l.WeighComplexKept, "plain": l.WeighPlain, "age": l.WeighAge, "age_some": l.WeighAgeSome,
		"age_other": l.WeighAgeOther, "any_age": l.WeighAnyAge, "known_well": l.WeighKnownWell, "known_badly": l.WeighKnownBadly, "known_not": l.WeighKnownNot,
	}[code]()
}

func listed(l text.Lang, codes []string, word func(string) string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = word(c)
	}
	return l.And(out)
}

// Strongest are the reasons that speak most for a pair: the conditions that count most and are met best.
func Strongest(c Candidate, most int) []Part {
	var out []Part
	for _, p := range c.Parts {
		if p.Score >= half && p.Weight > 0 && p.Code != "plain" && p.Code != "any_age" && p.Code != "days_unknown" {
			out = append(out, p)
		}
	}
	for i := range out { // few: the simplest sort keeps the order of equals
		for j := i; j > 0 && out[j].Score*out[j].Weight > out[j-1].Score*out[j-1].Weight; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out[:min(most, len(out))]
}

// Sentence says the strongest reasons for a pair.
func Sentence(l text.Lang, c Candidate) string {
	var out []string
	for _, p := range Strongest(c, 3) {
		out = append(out, Words(l, p))
	}
	return strings.Join(out, " · ")
}

// Percent is a score as people read it, from 0 to 100.
func Percent(score int) int { return (score + 5) / 10 }

func barWidth(score int) string { return strconv.Itoa(Percent(score)) }

// Against says what forbids a pair, or asks for thought.
func Against(l text.Lang, why []volunteer.Reason) string {
	out := make([]string, len(why))
	for i, r := range why {
		out[i] = reason(l, r)
	}
	return strings.Join(out, ", ")
}

func reason(l text.Lang, r volunteer.Reason) string {
	said := l.FitReason(r.Code)
	switch {
	case r.Code == volunteer.ReasonCourseMissing:
		return said + " (" + l.Course(r.What) + ")"
	case r.Code == volunteer.ReasonDoubleRole:
		return said + " (" + l.TrajectoryKind(r.What) + ")"
	case r.Code == volunteer.ReasonLanguage:
		return said + " (" + l.Spoken(r.What) + ")"
	case !r.On.IsZero():
		return said + " (" + l.DateShort(r.On) + ")"
	}
	return said
}
