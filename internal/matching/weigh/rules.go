package weigh

import (
	"cmp"
	"slices"
)

// Full is a condition that is met entirely.
const Full = 1000

const (
	half        = 500
	usualTravel = 60 // minutes that count as far, for who names no most
)

// way says how good the travel time is (VOL-7): the nearer the better, nothing from the volunteer's own most on. Where a postcode
// is not known the municipality has to do.
func way(minutes int, known bool, most int, sameTown bool) Part {
	p := Part{Condition: Travel, N: minutes, Most: most}
	limit := cmp.Or(most, usualTravel)
	switch {
	case known && minutes > limit && most > 0:
		p.Code = "too_far"
	case known:
		p.Code, p.Score = "minutes", max(0, Full*(limit-minutes)/limit)
	case sameTown:
		p.Code, p.Score = "same_town", 700
	default:
		p.Code, p.Score = "way_unknown", 400
	}
	return p
}

// tongue says whether they share a language beside Dutch. It counts where the family named one.
func tongue(wanted, spoken []string) Part {
	p := Part{Condition: Language}
	if len(wanted) == 0 {
		return p
	}
	p.Code, p.What = "speaks_not", wanted
	if both := shared(wanted, spoken); len(both) > 0 {
		p.Code, p.Score, p.What = "speaks", Full, both
	}
	return p
}

// overlap says on how many days both can: one does, three are as good as it gets.
func overlap(wanted, able []string) Part {
	p := Part{Condition: Days}
	if len(wanted) == 0 {
		return p
	}
	both := shared(wanted, able)
	switch {
	case len(able) == 0:
		p.Code, p.Score = "days_unknown", half
	case len(both) == 0:
		p.Code, p.What = "other_days", able
	default:
		p.Code, p.Score, p.What = "days", daysScore(len(both)), both
	}
	return p
}

func daysScore(days int) int { return []int{0, 800, 900, Full}[min(days, 3)] }

// heavy keeps who can and wants complex situations for families that need that: for another family such a volunteer is as good,
// and better kept.
func heavy(needed, able bool) Part {
	p := Part{Condition: Complex, Code: "plain", Score: Full}
	switch {
	case needed && able:
		p.Code = "complex"
	case needed:
		p.Code, p.Score = "complex_not", 0
	case able:
		p.Code, p.Score = "complex_kept", 600
	}
	return p
}

// young says for how many of the children the age is a wished one.
func young(ages []int, youngest, oldest int) Part {
	p := Part{Condition: Ages}
	if len(ages) == 0 {
		return p
	}
	if youngest == 0 && oldest == 0 {
		p.Code, p.Score = "any_age", 800
		return p
	}
	n := 0
	for _, a := range ages {
		if a >= youngest && (oldest == 0 || a <= oldest) {
			n++
		}
	}
	p.Score = Full * n / len(ages)
	switch n {
	case len(ages):
		p.Code = "age"
	case 0:
		p.Code = "age_other"
	default:
		p.Code = "age_some"
	}
	return p
}

// before says whether they know each other (VOL-7). It counts where the family knows anybody.
func before(past Past, any bool) Part {
	p := Part{Condition: Continuity}
	switch {
	case !any:
	case past == Well:
		p.Code, p.Score = "known_well", Full
	case past == Badly:
		p.Code = "known_badly"
	default:
		p.Code, p.Score = "known_not", 400
	}
	return p
}

// load spreads the work: who has no family yet comes before who has some.
func load(families, capacity int) Part {
	p := Part{Condition: Spread, Code: "load", N: families, Most: capacity}
	if capacity > 0 {
		p.Score = max(0, Full*(capacity-families)/capacity)
	}
	return p
}

// total is the mean of the parts by their weights. Where all weights are nothing everybody is as good as another.
func total(parts []Part) int {
	sum, weight := 0, 0
	for _, p := range parts {
		sum += p.Score * p.Weight
		weight += p.Weight
	}
	if weight == 0 {
		return Full
	}
	return sum / weight
}

// mostWeeks of waiting count: who waits a year comes before others as far as waiting goes.
const mostWeeks = 52

// Cost is what a pair costs the assignment: nothing for a match that could not be better, and less for a family that waits
// longer. All places count before costs do, so that waiting decides who is helped when not everybody can be, and never how many.
func Cost(score, weeks, perWeek int) int64 {
	return int64(Full - score - perWeek*min(weeks, mostWeeks))
}

func shared(wanted, has []string) (both []string) {
	for _, w := range wanted {
		if slices.Contains(has, w) {
			both = append(both, w)
		}
	}
	return both
}

// Order puts who fits first, the best before others; then who does not, with the fewest reasons first (VOL-7).
func Order(all []Candidate) {
	slices.SortStableFunc(all, func(a, b Candidate) int {
		switch {
		case a.Fits != b.Fits && a.Fits:
			return -1
		case a.Fits != b.Fits:
			return 1
		case !a.Fits:
			return cmp.Or(cmp.Compare(len(a.Reasons), len(b.Reasons)), cmp.Compare(b.Score, a.Score))
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Score, a.Score))
	})
}

// rank puts who was asked before, or would have a second role, behind who needs no thought.
func rank(c Candidate) int {
	if c.Before || len(c.Reasons) > 0 {
		return 1
	}
	return 0
}
