package weigh

import (
	"math/bits"
	"slices"

	"maatje/internal/core"
	"maatje/internal/place"
	"maatje/internal/volunteer"
)

// Pool is everybody who could be asked, laid out so that many families can be weighed at once. It says of every pair what Look
// says, without the words.
type Pool struct {
	People []volunteer.Profile

	scale   Scale
	at      map[core.VolunteerID]int
	groups  map[group][]Mask
	places  []somewhere // where they live, each once
	lives   []int32
	days    []uint8
	speaks  []uint64
	able    []bool
	spread  []int32
	towns   []core.ID
	minutes []way3
	spoken  map[string]uint64
}

// group is what speaks against somebody whichever family it is.
type group struct {
	kind    string
	complex bool
	until   core.Date
}

type somewhere struct {
	at    place.Point
	known bool
}

type way3 struct {
	minutes int
	known   bool
}

// Mask is the set of reasons that forbid a pair; none is a pair that can be.
type Mask uint32

// codes are the reasons in the order of the bits of a Mask.
var codes = []string{
	volunteer.ReasonStatus, volunteer.ReasonCertificateMissing, volunteer.ReasonCertificateExpired, volunteer.ReasonCertificateExpires,
	volunteer.ReasonCourseMissing, volunteer.ReasonKindNotWanted, volunteer.ReasonFull, volunteer.ReasonComplexNotWanted,
	volunteer.ReasonComplexNotConfirmed, volunteer.ReasonLanguage, volunteer.ReasonExcluded, volunteer.ReasonHere, volunteer.ReasonRestrictions,
}

func bit(code string) Mask { return 1 << slices.Index(codes, code) }

var full, unspoken, waits = bit(volunteer.ReasonFull), bit(volunteer.ReasonLanguage), bit(volunteer.ReasonRestrictions)

// Codes are the reasons of the set.
func (m Mask) Codes() (out []string) {
	for i, code := range codes {
		if m&(1<<i) != 0 {
			out = append(out, code)
		}
	}
	return out
}

// Size is how many reasons there are.
func (m Mask) Size() int { return bits.OnesCount32(uint32(m)) }

// MaskOf is the set of the reasons that forbid.
func MaskOf(why []volunteer.Reason) (m Mask) {
	for _, r := range why {
		if !r.Weigh {
			m |= bit(r.Code)
		}
	}
	return m
}

// Pool lays out everybody who is or may become a volunteer.
func (s Scale) Pool(people []volunteer.Profile) *Pool {
	p := &Pool{scale: s, at: map[core.VolunteerID]int{}, groups: map[group][]Mask{}, spoken: map[string]uint64{}}
	for _, one := range people {
		if one.Status != volunteer.Left && one.Status != volunteer.Rejected {
			p.at[one.ID] = len(p.People)
			p.People = append(p.People, one)
		}
	}
	homes := map[somewhere]int32{} // many postcodes are one town
	for _, one := range p.People {
		at, known := place.At(home(one))
		there := somewhere{at, known}
		if _, ok := homes[there]; !ok {
			homes[there] = int32(len(p.places))
			p.places = append(p.places, there)
		}
		p.lives = append(p.lives, homes[there])
		p.days = append(p.days, daysOf(one.Wishes.Days))
		p.speaks = append(p.speaks, p.tongues(one.Wishes.Speaks))
		p.able = append(p.able, one.Wishes.Complex && one.ComplexConfirmed)
		p.spread = append(p.spread, int32(load(one.Families, one.Capacity).Score))
		p.towns = append(p.towns, one.Municipality)
	}
	p.minutes = make([]way3, len(p.places))
	return p
}

// At finds somebody's place in the pool.
func (p *Pool) At(id core.VolunteerID) (int, bool) {
	i, ok := p.at[id]
	return i, ok
}

func daysOf(days []string) (out uint8) {
	for i, d := range volunteer.Days() {
		if slices.Contains(days, d) {
			out |= 1 << i
		}
	}
	return out
}

// tongues gives each language its bit as it comes; there are fewer than 64 of them.
func (p *Pool) tongues(codes []string) (out uint64) {
	for _, c := range codes {
		if _, ok := p.spoken[c]; !ok {
			p.spoken[c] = 1 << min(len(p.spoken), 63)
		}
		out |= p.spoken[c]
	}
	return out
}

// against are the reasons of everybody that hold in any family with this need.
func (p *Pool) against(f Family) []Mask {
	g := group{f.Kind, f.Complex, f.Until}
	if out, ok := p.groups[g]; ok {
		return out
	}
	out := make([]Mask, len(p.People))
	need := volunteer.Need{Kind: f.Kind, Courses: f.Courses, Complex: f.Complex, Until: f.Until}
	for i, one := range p.People {
		out[i] = MaskOf(volunteer.SuitsKind(one, need, p.scale.Today))
		if one.Families >= one.Capacity {
			out[i] |= full
		}
	}
	p.groups[g] = out
	return out
}

// Row is one family beside everybody: what forbids each, and how good each would be.
type Row struct {
	Masks  []Mask
	Scores []int32
}

// Weigh fills a row; an old one is used again.
func (p *Pool) Weigh(f Family, r *Row) {
	r.Masks, r.Scores = append(r.Masks[:0], p.against(f)...), slices.Grow(r.Scores[:0], len(p.People))[:len(p.People)]
	if f.Waits {
		for i := range r.Masks {
			r.Masks[i] |= waits
		}
	}
	wanted := p.tongues(f.Languages)
	if f.Needed && len(f.Languages) > 0 {
		for i, spoken := range p.speaks {
			if spoken&wanted == 0 {
				r.Masks[i] |= unspoken
			}
		}
	}
	p.scores(f, wanted, r)
	for _, id := range f.met() {
		if i, ok := p.at[id]; ok {
			c := p.scale.Look(p.People[i], f)
			r.Masks[i], r.Scores[i] = MaskOf(c.Reasons), int32(c.Score)
		}
	}
}

// met are those of whom this family has something to say; everybody else is weighed alike.
func (f Family) met() (out []core.VolunteerID) {
	for id := range f.Roles {
		out = append(out, id)
	}
	for _, some := range []map[core.VolunteerID]bool{f.Here, f.Before} {
		for id := range some {
			out = append(out, id)
		}
	}
	for id := range f.Excluded {
		out = append(out, id)
	}
	for id := range f.Known {
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// scores weighs everybody as total(parts) would.
func (p *Pool) scores(f Family, wanted uint64, r *Row) {
	w := p.scale.counts(f)
	days, able, not := daysOf(f.Days), w.complex*heavy(f.Complex, true).Score, w.complex*heavy(f.Complex, false).Score
	p.ways(f)
	for i := range p.People {
		if r.Masks[i] != 0 || w.sum == 0 {
			r.Scores[i] = Full
			continue
		}
		sum := w.always + w.spread*int(p.spread[i]) + w.travel*p.wayScore(i, f)
		if p.able[i] {
			sum += able
		} else {
			sum += not
		}
		if p.speaks[i]&wanted != 0 {
			sum += w.language * Full
		}
		if w.days > 0 {
			sum += w.days * dayScore(days, p.days[i])
		}
		if w.ages > 0 {
			wish := &p.People[i].Wishes
			sum += w.ages * young(f.Ages, wish.Youngest, wish.Oldest).Score
		}
		r.Scores[i] = int32(sum / w.sum)
	}
}

// counting are the weights that count in one family: what it does not ask has none.
type counting struct{ travel, language, days, complex, ages, spread, sum, always int }

func (s Scale) counts(f Family) counting {
	of := s.Weights.Of
	w := counting{travel: of[Travel], complex: of[Complex], spread: of[Spread]}
	if len(f.Languages) > 0 {
		w.language = of[Language]
	}
	if len(f.Days) > 0 {
		w.days = of[Days]
	}
	if len(f.Ages) > 0 {
		w.ages = of[Ages]
	}
	w.sum = w.travel + w.language + w.days + w.complex + w.ages + w.spread
	if len(f.Known) > 0 { // whom the family knows is weighed apart; nobody else is known
		w.sum += of[Continuity]
		w.always = of[Continuity] * before(Unknown, true).Score
	}
	return w
}

func dayScore(wanted, able uint8) int {
	if able == 0 {
		return half
	}
	return daysScore(bits.OnesCount8(wanted & able))
}

// ways is how long the way to the family is from everywhere that anybody lives.
func (p *Pool) ways(f Family) {
	to, known := place.At(f.where())
	for i, from := range p.places {
		p.minutes[i] = way3{known: known && from.known}
		if p.minutes[i].known {
			p.minutes[i].minutes = place.Minutes(place.Apart(from.at, to))
		}
	}
}

func (p *Pool) wayScore(i int, f Family) int {
	one, w := &p.People[i], p.minutes[p.lives[i]]
	here := near(p.towns[i], f.Municipality)
	if here && (one.Wishes.Postcode == "" || f.Postcode == "") {
		w = way3{}
	}
	return way(w.minutes, w.known, one.Wishes.Travel, here).Score
}
