// Package weigh says how well a volunteer suits a family: first whether it can be at all (the hard conditions, by the rules
// of package volunteer), then how good it would be (the soft ones, each from 0 to 1000 with a weight), and what one pair costs
// the assignment of everybody (VOL-7). Every number comes with a reason that can be said in words.
package weigh

import (
	"cmp"

	"maatje/internal/core"
	"maatje/internal/place"
	"maatje/internal/volunteer"
)

// Condition is something that makes a match better without being needed.
type Condition string

// The soft conditions, in the order in which they are shown.
const (
	Travel     Condition = "travel"
	Language   Condition = "language"
	Days       Condition = "days"
	Complex    Condition = "complex"
	Ages       Condition = "ages"
	Continuity Condition = "continuity"
	Spread     Condition = "spread"
)

// Weights are how much each condition counts, from 0 to 100, and how much each week of waiting does. Of the seven one at least
// is more than nothing; were all nothing, everybody who fits would be as good as another.
type Weights struct {
	Of      map[Condition]int
	Waiting int // thousandths of a full match for each week
}

// Past is how it went between a volunteer and a family before.
type Past uint8

// Nobody whom the family knows is Unknown to it.
const (
	Unknown Past = iota
	Well         // a match that ran until its end, or still runs beside this one
	Badly        // a match that somebody said no to after they met, or that ended abruptly
)

// Family is a trajectory for which somebody is sought, as the weighing needs it.
type Family struct {
	Trajectory   core.TrajectoryID
	Dossier      core.DossierID
	Name         string
	Municipality core.ID
	Town         string
	Kind         string
	KindName     string
	Courses      []string
	Complex      bool
	Until        core.Date // when the support would end if it began today
	Since        core.Date // when the waiting began
	Places       int       // volunteers still to find
	Asked        bool      // somebody was asked and did not answer yet: no other is (TRA-3)

	Ages      []int // of the children it is for
	Languages []string
	Needed    bool // without one of the languages it cannot be
	Days      []string
	Postcode  string
	Waits     bool // restrictions run, and the support needs contact with the parent inside (INT-6)

	Roles    map[core.VolunteerID][]string // other support of this family in which the volunteer is now (VOL-9)
	Here     map[core.VolunteerID]bool     // in this very trajectory
	Before   map[core.VolunteerID]bool     // was asked for this trajectory, and it came to nothing
	Excluded map[core.VolunteerID]string   // from which side
	Known    map[core.VolunteerID]Past
}

// Need is what the family asks of this volunteer.
func (f Family) Need(who core.VolunteerID) volunteer.Need {
	n := volunteer.Need{
		Kind: f.Kind, Courses: f.Courses, Complex: f.Complex, Until: f.Until, Roles: f.Roles[who], Excluded: f.Excluded[who], Here: f.Here[who], Waits: f.Waits,
	}
	if f.Needed {
		n.Languages = f.Languages
	}
	return n
}

// Weeks is how long the family waits.
func (f Family) Weeks(today core.Date) int {
	if f.Since.IsZero() {
		return 0
	}
	return max(f.Since.DaysUntil(today), 0) / 7
}

// Scale is by what pairs are weighed.
type Scale struct {
	Weights Weights
	Today   core.Date
}

// Part is one soft condition of one pair. Code says which words go with it; Of and Most fill them.
type Part struct {
	Condition Condition
	Code      string
	Score     int // 0 to 1000
	Weight    int
	What      []string // languages or days
	N, Most   int      // minutes, families
}

// Candidate is a volunteer beside a family.
type Candidate struct {
	volunteer.Profile
	Fits    bool
	Fit     volunteer.Fit
	Reasons []volunteer.Reason // what forbids, or asks for thought
	Parts   []Part
	Score   int  // 0 to 1000
	Before  bool // was asked before, and it came to nothing
}

// Look weighs one volunteer for one family. The volunteer's families are all of them; a family in which she is takes no second
// place.
func (s Scale) Look(p volunteer.Profile, f Family) Candidate {
	if len(f.Roles[p.ID]) > 0 || f.Here[p.ID] {
		p.Families--
	}
	fit, why := volunteer.Suits(p, f.Need(p.ID), s.Today)
	c := Candidate{Profile: p, Fits: !fit.IsZero(), Fit: fit, Reasons: why, Before: f.Before[p.ID]}
	c.Parts = s.parts(p, f)
	c.Score = total(c.Parts)
	return c
}

func (s Scale) parts(p volunteer.Profile, f Family) []Part {
	minutes, known := 0, false
	here := near(p.Municipality, f.Municipality)
	if !here || p.Wishes.Postcode != "" && f.Postcode != "" {
		var km float64
		km, known = place.Between(home(p), f.where())
		minutes = place.Minutes(km)
	}
	all := []Part{
		way(minutes, known, p.Wishes.Travel, here),
		tongue(f.Languages, p.Wishes.Speaks),
		overlap(f.Days, p.Wishes.Days),
		heavy(f.Complex, p.Wishes.Complex && p.ComplexConfirmed),
		young(f.Ages, p.Wishes.Youngest, p.Wishes.Oldest),
		before(f.Known[p.ID], len(f.Known) > 0),
		load(p.Families, p.Capacity),
	}
	out := all[:0]
	for _, one := range all {
		if one.Code != "" {
			one.Weight = s.Weights.Of[one.Condition]
			out = append(out, one)
		}
	}
	return out
}

// home is where the way begins, and where is where it ends, as well as they are known.
func home(p volunteer.Profile) string { return cmp.Or(p.Wishes.Postcode, p.MunicipalityName) }
func (f Family) where() string        { return cmp.Or(f.Postcode, f.Town) }

func near(a, b core.ID) bool { return !a.IsZero() && a == b }
