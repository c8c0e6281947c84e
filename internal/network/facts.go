package network

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/network/rings"
)

// Facts are what can be said of a network (TOO-4): how many and where, never how good.
type Facts struct {
	Size     int
	Waiting  int            // named, not placed yet
	Rings    []int          // people in each ring, from the nearest
	Quarters map[string]int // people in each quarter
	Pairs    int            // pairs of people that could know each other
	Known    int            // pairs that do
	Alone    []core.ID      // who knows nobody else in it
	Groups   int            // groups of people who know each other, directly or by way of others; who is alone is none
	Most     []core.ID      // who knows most of the others, when somebody knows two or more
	Lacking  []string       // kinds of support nobody gives
	Could    map[string][]core.ID
	Open     []string // tasks of the volunteer that nobody takes over yet
	Taken    []string
}

// Facts counts.
func (n Network) Facts(count int) Facts {
	f := Facts{Size: len(n.Alters), Rings: make([]int, count), Quarters: map[string]int{}, Could: map[string][]core.ID{}}
	for _, a := range n.Alters {
		f.Quarters[Quarter(a.Person)]++
		if a.IsPlaced() {
			f.Rings[min(a.Place.Ring, count)-1]++
		} else {
			f.Waiting++
		}
	}
	f.Pairs = f.Size * (f.Size - 1) / 2
	n.know(&f)
	n.support(&f)
	for _, t := range n.Own.Tasks {
		if len(n.Takes(t)) == 0 {
			f.Open = append(f.Open, t)
		} else {
			f.Taken = append(f.Taken, t)
		}
	}
	return f
}

// know counts who knows whom.
func (n Network) know(f *Facts) {
	best := 1
	knows := n.knows()
	for _, a := range n.Alters {
		degree := len(knows[a.ID])
		f.Known += degree
		switch {
		case degree == 0:
			f.Alone = append(f.Alone, a.ID)
		case degree > best:
			best, f.Most = degree, []core.ID{a.ID}
		case degree == best && best > 1:
			f.Most = append(f.Most, a.ID)
		}
	}
	f.Known /= 2
	seen := map[core.ID]bool{}
	for _, a := range n.Alters {
		if !seen[a.ID] && len(knows[a.ID]) > 0 {
			f.Groups++
			reach(a.ID, knows, seen)
		}
	}
}

// knows lists, for everybody, whom of the network they know.
func (n Network) knows() map[core.ID][]core.ID {
	out := map[core.ID][]core.ID{}
	for _, t := range n.Ties {
		if !slices.Contains(out[t.A], t.B) {
			out[t.A], out[t.B] = append(out[t.A], t.B), append(out[t.B], t.A)
		}
	}
	return out
}

// reach marks everybody who can be reached from somebody.
func reach(from core.ID, knows map[core.ID][]core.ID, seen map[core.ID]bool) {
	next := []core.ID{from}
	for len(next) > 0 {
		id := next[0]
		next = next[1:]
		if !seen[id] {
			seen[id] = true
			next = append(next, knows[id]...)
		}
	}
}

// support finds what nobody gives, and who could.
func (n Network) support(f *Facts) {
	for _, kind := range kin.Supports {
		if f.Size > 0 && !slices.ContainsFunc(n.Alters, func(a Alter) bool { return slices.Contains(a.Place.Gives, kind) }) {
			f.Lacking = append(f.Lacking, kind)
		}
		for _, a := range n.Alters {
			if slices.Contains(a.Place.Could, kind) && !slices.Contains(a.Place.Gives, kind) {
				f.Could[kind] = append(f.Could[kind], a.ID)
			}
		}
	}
}

// Takes lists who takes over a task of the volunteer.
func (n Network) Takes(task string) (out []Alter) {
	for _, a := range n.Alters {
		if slices.Contains(a.Place.Tasks, task) {
			out = append(out, a)
		}
	}
	return out
}

// Density is how much people know each other, in the steps in which it is said.
func (f Facts) Density() string {
	switch {
	case f.Pairs == 0:
		return ""
	case f.Known == 0:
		return "nobody"
	case f.Known == f.Pairs:
		return "everybody"
	case 3*f.Known < f.Pairs:
		return "few"
	case 3*f.Known <= 2*f.Pairs:
		return "some"
	}
	return "most"
}

// Share is how much of the network is professionals, in the steps in which it is said.
func (f Facts) Share() string {
	switch n := f.Quarters["professionals"]; {
	case n == 0:
		return "none"
	case n == f.Size:
		return "all"
	case 2*n > f.Size:
		return "over_half"
	case 2*n == f.Size:
		return "half"
	case 4*n >= f.Size:
		return "quarter"
	}
	return "few"
}

// Difference is what changed from one picture of a network to a later one.
type Difference struct {
	Came, Left      []Alter
	Closer, Further []Alter
	Moved           []Alter // to another quarter
	Met             []Pair  // who know each other since
	Parted          []Pair
	Given, Ended    []Giving // kinds of support
	Taken, Back     []Task
}

// Pair are two people of a network.
type Pair struct{ A, B Alter }

// Giving is a kind of support that somebody gives.
type Giving struct {
	Alter
	Kind string
}

// Task is a task of the volunteer that somebody takes over.
type Task struct {
	Alter
	Name string
}

// IsNone says that nothing changed.
func (d Difference) IsNone() bool {
	return len(d.Came)+len(d.Left)+len(d.Closer)+len(d.Further)+len(d.Moved)+len(d.Met)+len(d.Parted)+
		len(d.Given)+len(d.Ended)+len(d.Taken)+len(d.Back) == 0
}

// Since compares a network with how it was before.
func (n Network) Since(before Network) (d Difference) {
	for _, a := range n.Alters {
		was, there := before.Alter(a.ID)
		if !there {
			d.Came = append(d.Came, a)
			continue
		}
		d.stands(was, a)
		d.gives(was, a)
	}
	for _, was := range before.Alters {
		if _, there := n.Alter(was.ID); !there {
			d.Left = append(d.Left, was)
		}
	}
	d.Met, d.Parted = n.met(before), before.met(n)
	return d
}

// stands compares where somebody stands.
func (d *Difference) stands(was, is Alter) {
	switch {
	case was.IsPlaced() && is.IsPlaced() && is.Place.Ring < was.Place.Ring:
		d.Closer = append(d.Closer, is)
	case was.IsPlaced() && is.IsPlaced() && is.Place.Ring > was.Place.Ring:
		d.Further = append(d.Further, is)
	}
	if Quarter(was.Person) != Quarter(is.Person) {
		d.Moved = append(d.Moved, is)
	}
}

// gives compares what somebody gives and takes over.
func (d *Difference) gives(was, is Alter) {
	for _, kind := range kin.Supports {
		before, now := slices.Contains(was.Place.Gives, kind), slices.Contains(is.Place.Gives, kind)
		if now && !before {
			d.Given = append(d.Given, Giving{is, kind})
		}
		if before && !now {
			d.Ended = append(d.Ended, Giving{is, kind})
		}
	}
	for _, t := range is.Place.Tasks {
		if !slices.Contains(was.Place.Tasks, t) {
			d.Taken = append(d.Taken, Task{is, t})
		}
	}
	for _, t := range was.Place.Tasks {
		if !slices.Contains(is.Place.Tasks, t) {
			d.Back = append(d.Back, Task{is, t})
		}
	}
}

// met lists who know each other here, stood in the other picture too, and did not know each other there.
func (n Network) met(other Network) (out []Pair) {
	for i, t := range n.Ties {
		a, ok := n.Alter(t.A)
		b, there := n.Alter(t.B)
		_, hadA := other.Alter(t.A)
		_, hadB := other.Alter(t.B)
		first := !slices.ContainsFunc(n.Ties[:i], func(o kin.Tie) bool { return o.A == t.A && o.B == t.B || o.A == t.B && o.B == t.A })
		if ok && there && hadA && hadB && first && len(other.Between(t.A, t.B)) == 0 {
			out = append(out, Pair{a, b})
		}
	}
	return out
}

// Count is how many rings are drawn: as the organisation chose, three or four.
func Count(chosen int) int { return min(max(chosen, 3), 4) }

// Further is the ring after a step outwards, Closer after one inwards.
func Further(ring, count int) int { return min(ring+1, count) }

// Closer is the ring after a step inwards; who was not placed yet begins in the outermost one.
func Closer(ring, count int) int {
	if ring == 0 {
		return count
	}
	return max(min(ring, count)-1, 1)
}

// IsQuarter says that there is such a quarter.
func IsQuarter(s string) bool { return slices.Contains(rings.Quarters, s) }
