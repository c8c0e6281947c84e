// Package board proposes a volunteer for every family that waits, all at once and as well as it can be: the most families
// first, then the best for all of them together (VOL-7). It decides nothing. A coordinator fixes pairs, forbids some, sees what
// that changes, and asks each volunteer by hand. For whom nobody fits it says which condition is in the way, and whom to recruit.
package board

import (
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/matching/seek"
	"maatje/internal/matching/weigh"
)

// Pair is a volunteer with a trajectory.
type Pair struct {
	Trajectory core.TrajectoryID
	Volunteer  core.VolunteerID
}

// Wish is what a coordinator fixed and forbade on the own board. It lives in the address of the page: two coordinators do not
// fight over it, it survives a reload, and nothing has to be cleared away.
type Wish struct {
	Pins []Pair
	Bans []Pair
	Town core.ID // shows one municipality alone; the proposal is for all of them
}

// mostPairs are as many pins and bans as an address carries.
const mostPairs = 60

// ParsePairs reads pairs as the address has them, "trajectory-volunteer" with commas; what is none is passed over.
func ParsePairs(text string) (out []Pair) {
	for part := range strings.SplitSeq(text, ",") {
		x, v, ok := strings.Cut(part, "-")
		trajectory, err := core.ParseID[core.TrajectoryID](x)
		who, more := core.ParseID[core.VolunteerID](v)
		p := Pair{trajectory, who}
		if ok && err == nil && more == nil && len(out) < mostPairs && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func (p Pair) String() string { return p.Trajectory.String() + "-" + p.Volunteer.String() }

func written(pairs []Pair) string {
	out := make([]string, len(pairs))
	for i, p := range pairs {
		out[i] = p.String()
	}
	return strings.Join(out, ",")
}

// Plan is the proposal for everybody.
type Plan struct {
	Lines   []Line    // families with somebody, those who wait longest first
	Without []Without // families, or second places, for which there is nobody
	Asked   []weigh.Family
	Changes []Change // what pins and bans move, beside the best proposal
	Refused []Refusal
	Loss    int // thousandths of a full match that pins and bans cost, all together
	Places  int // that are sought
	Filled  int
	Best    int // filled without pins and bans
	Seekers []Sought
}

// Line is a family with whom is proposed for it.
type Line struct {
	seek.Sought
	Proposed []Proposed
	Others   []weigh.Candidate // the best of who is not proposed
}

// Proposed is a volunteer for a family.
type Proposed struct {
	weigh.Candidate
	Pinned  bool
	Advised core.VolunteerID // whom the proposal without pins and bans has in this place; nobody if it has this one
	Instead string           // and the name
}

// Change is a family that has somebody else, or nobody, through what was fixed.
type Change struct {
	Family        string
	Before, After []string
}

// Refusal is a pin that cannot be, with why.
type Refusal struct {
	Pair
	Family, Name string
	Reasons      []string // codes of [codes fit_reason]
}

// Without is a family with places for which nobody is left, and what is in the way.
type Without struct {
	weigh.Family
	Open       int // places
	Bottleneck []string
	What       []string // of each, where it is about a language or a course
	Could      int      // volunteers who fitted without it
	Shared     bool     // some fit, and other families need them
}

// Sought is a line of the recruitment list.
type Sought struct {
	Town       string
	Kind       string
	KindName   string
	Bottleneck string
	What       string
	Places     int
}
