package board

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"maatje/internal/core"
	"maatje/internal/matching/assign"
	"maatje/internal/matching/seek"
	"maatje/internal/matching/weigh"
	"maatje/internal/volunteer"
)

// shown are as many others as a family's line shows.
const shown = 5

// world is everybody on the board: who waits, who could come, and what each pair would cost.
type world struct {
	scale    weigh.Scale
	pool     *weigh.Pool
	families []seek.Sought // with places
	asked    []weigh.Family
	pairs    [][]option // by family, the best first
	blocked  []blocked
	fit      []int
	at       map[core.TrajectoryID]int
}

// option is a volunteer who fits a family.
type option struct {
	who   int32
	score int32
}

// survey weighs everybody for every family that waits. It stops when the context ends.
func survey(ctx context.Context, s weigh.Scale, all []*seek.Sought, people []volunteer.Profile) (*world, error) {
	w := &world{scale: s, pool: s.Pool(people), at: map[core.TrajectoryID]int{}}
	var row weigh.Row
	for _, f := range all {
		switch {
		case f.Asked:
			w.asked = append(w.asked, f.Family)
		case f.Places > 0 && f.State != "closing":
			w.families = append(w.families, *f)
		}
	}
	places := w.places()
	for i, f := range w.families {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		w.at[f.Trajectory] = i
		w.pool.Weigh(f.Family, &row)
		options, not, fit := best(row, assign.Enough(places)+mostPairs+len(f.Before))                          // some of them are forbidden, or were asked before
		options = slices.DeleteFunc(options, func(o option) bool { return f.Before[w.pool.People[o.who].ID] }) // asked before: by hand, or not at all
		w.pairs, w.blocked, w.fit = append(w.pairs, options), append(w.blocked, not), append(w.fit, fit)
	}
	return w, nil
}

func (w *world) places() (all int) {
	for _, f := range w.families {
		all += f.Places
	}
	return all
}

// best are the pairs that can be, the best first and no more than asked, and what keeps the others away.
func best(row weigh.Row, kept int) (options []option, not blocked, fit int) {
	not = blocked{}
	var points [weigh.Full + 1]int
	for i, m := range row.Masks {
		if m != 0 {
			not[uint32(m)]++
			continue
		}
		points[row.Scores[i]]++
		fit++
	}
	least, n := weigh.Full, points[weigh.Full]
	for ; least > 0 && n < kept; n += points[least] {
		least--
	}
	options = make([]option, 0, min(fit, kept))
	for i, m := range row.Masks {
		if m == 0 && int(row.Scores[i]) > least {
			options = append(options, option{int32(i), row.Scores[i]})
		}
	}
	for i, m := range row.Masks {
		if m == 0 && int(row.Scores[i]) == least && len(options) < kept {
			options = append(options, option{int32(i), row.Scores[i]})
		}
	}
	slices.SortStableFunc(options, func(a, b option) int { return cmp.Compare(b.score, a.score) })
	return options, not, fit
}

// found is an assignment: by family who comes, and how good it is all together.
type found struct {
	who    [][]int32
	filled int
	score  int
}

// pinned is far below every other cost, so that what is fixed is taken whatever else it takes.
const pinned = -1_000_000

// solve finds the best assignment with these pairs fixed and those forbidden.
func (w *world) solve(ctx context.Context, pins []Pair, bans []Pair) (found, error) {
	p := assign.Problem{FamiliesFirst: true}
	for _, one := range w.pool.People {
		p.Capacity = append(p.Capacity, max(one.Capacity-one.Families, 0))
	}
	seat := map[Pair]bool{}
	var who []int32 // whose are the places beyond the people: fixed pairs, and second roles that take no place
	for i := range w.pool.People {
		who = append(who, int32(i))
	}
	extra := func(i int32, room int) int {
		who = append(who, i)
		p.Capacity = append(p.Capacity, room)
		return len(p.Capacity) - 1
	}
	for _, f := range w.families {
		p.Need = append(p.Need, f.Places)
	}
	for _, pin := range pins {
		f, i := w.at[pin.Trajectory], w.member(pin.Volunteer)
		seat[pin] = true
		if !w.inside(f, i) {
			p.Capacity[i] = max(p.Capacity[i]-1, 0)
		}
		p.Pairs = append(p.Pairs, assign.Pair{Volunteer: extra(i, 1), Family: f, Cost: pinned})
	}
	for f, options := range w.pairs {
		weeks := w.families[f].Weeks(w.scale.Today)
		for _, o := range options {
			pair := Pair{w.families[f].Trajectory, w.pool.People[o.who].ID}
			if seat[pair] || slices.Contains(bans, pair) {
				continue
			}
			from := int(o.who)
			if w.inside(f, o.who) {
				from = extra(o.who, 1)
			}
			p.Pairs = append(p.Pairs, assign.Pair{Volunteer: from, Family: f, Cost: weigh.Cost(int(o.score), weeks, w.scale.Weights.Waiting)})
		}
	}
	answer, err := assign.Solve(ctx, p, nil)
	if err != nil {
		return found{}, err
	}
	out := found{who: make([][]int32, len(w.families)), filled: answer.Places}
	for _, e := range answer.Pairs {
		i := who[e.Volunteer]
		out.who[e.Family] = append(out.who[e.Family], i)
		out.score += w.score(e.Family, i)
	}
	return out, nil
}

func (w *world) member(id core.VolunteerID) int32 {
	i, _ := w.pool.At(id)
	return int32(i)
}

// inside says that somebody is with the family already: a second role takes no second place (VOL-9).
func (w *world) inside(f int, i int32) bool {
	return len(w.families[f].Roles[w.pool.People[i].ID]) > 0
}

func (w *world) score(f int, i int32) int {
	for _, o := range w.pairs[f] {
		if o.who == i {
			return int(o.score)
		}
	}
	return w.scale.Look(w.pool.People[i], w.families[f].Family).Score
}

// allowed are the pins that can be, and the others with why not. One for a family or a volunteer that is not on the board any more
// is passed over: somebody was asked meanwhile.
func (w *world) allowed(pins []Pair) (out []Pair, refused []Refusal) {
	places, room := map[int]int{}, map[core.VolunteerID]int{}
	for _, pin := range pins {
		f, ok := w.at[pin.Trajectory]
		i, known := w.pool.At(pin.Volunteer)
		if !ok || !known {
			continue
		}
		one := w.pool.People[i]
		c := w.scale.Look(one, w.families[f].Family)
		left := one.Capacity - one.Families - room[one.ID]
		if w.inside(f, int32(i)) {
			left = 1
		}
		why := CheckPin(weigh.MaskOf(c.Reasons).Codes(), w.families[f].Places-places[f], left)
		if why != nil {
			refused = append(refused, Refusal{pin, w.families[f].Name, one.Name, why})
			continue
		}
		places[f]++
		if !w.inside(f, int32(i)) {
			room[one.ID]++
		}
		out = append(out, pin)
	}
	return out, refused
}

// plan makes the proposal, and compares it with the best there is when something was fixed or forbidden.
func (w *world) plan(ctx context.Context, wish Wish) (Plan, error) {
	free, err := w.solve(ctx, nil, nil)
	if err != nil {
		return Plan{}, err
	}
	out := Plan{Asked: w.asked, Best: free.filled}
	pins, refused := w.allowed(wish.Pins)
	got := free
	if len(pins)+len(wish.Bans) > 0 {
		if got, err = w.solve(ctx, pins, wish.Bans); err != nil {
			return Plan{}, err
		}
		out.Loss = free.score - got.score
	}
	out.Refused, out.Filled = refused, got.filled
	for f := range w.families {
		out.Places += w.families[f].Places
		w.tell(&out, f, free.who[f], got.who[f], pins)
	}
	out.Seekers = recruit(out.Without)
	return out, nil
}

// tell adds a family to the proposal.
func (w *world) tell(out *Plan, f int, free, got []int32, pins []Pair) {
	line := Line{Sought: w.families[f]}
	for _, i := range got {
		p := Proposed{Candidate: w.scale.Look(w.pool.People[i], line.Family)}
		p.Pinned = slices.Contains(pins, Pair{line.Trajectory, p.ID})
		if at := slices.IndexFunc(free, func(j int32) bool { return !slices.Contains(got, j) }); at >= 0 && !slices.Contains(free, i) {
			p.Advised, p.Instead = w.pool.People[free[at]].ID, w.pool.People[free[at]].Name
		}
		line.Proposed = append(line.Proposed, p)
	}
	for _, o := range w.pairs[f] {
		if len(line.Others) < shown && !slices.Contains(got, o.who) {
			line.Others = append(line.Others, w.scale.Look(w.pool.People[o.who], line.Family))
		}
	}
	if changed(w.ids(free), w.ids(got)) {
		out.Changes = append(out.Changes, Change{line.Name, w.names(free), w.names(got)})
	}
	if len(got) > 0 {
		out.Lines = append(out.Lines, line)
	}
	if missing := line.Places - len(got); missing > 0 {
		out.Without = append(out.Without, w.without(f, missing, len(got)))
	}
}

func (w *world) without(f, missing, got int) Without {
	out := Without{Family: w.families[f].Family, Open: missing, Shared: w.fit[f] > got}
	set, could := w.blocked[f].bottleneck(func(m uint32) int { return bits.OnesCount32(m) })
	out.Bottleneck, out.Could = weigh.Mask(set).Codes(), could
	for _, code := range out.Bottleneck {
		out.What = append(out.What, w.what(f, weigh.Mask(set), code))
	}
	return out
}

// what is the language or the course that the bottleneck is about.
func (w *world) what(f int, set weigh.Mask, code string) string {
	family := w.families[f].Family
	switch code {
	case volunteer.ReasonLanguage:
		return family.Languages[0]
	case volunteer.ReasonCourseMissing:
		return w.course(family, set)
	}
	return ""
}

func (w *world) course(f weigh.Family, set weigh.Mask) string {
	var row weigh.Row
	w.pool.Weigh(f, &row)
	for i, m := range row.Masks {
		if m != set {
			continue
		}
		for _, r := range w.scale.Look(w.pool.People[i], f).Reasons {
			if r.Code == volunteer.ReasonCourseMissing {
				return r.What
			}
		}
	}
	return ""
}

func (w *world) ids(who []int32) (out []core.VolunteerID) {
	for _, i := range who {
		out = append(out, w.pool.People[i].ID)
	}
	return out
}

func (w *world) names(who []int32) (out []string) {
	for _, i := range who {
		out = append(out, w.pool.People[i].Name)
	}
	slices.Sort(out)
	return out
}
