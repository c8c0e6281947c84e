package assign

import (
	"bufio"
	"fmt"
	"io"
	"math"
)

// exact is the largest whole number that other solvers, which count in doubles, keep apart from its neighbours with a wide margin.
const exact = 1 << 48

// WriteLP writes a problem as a linear programme in the LP format that CBC, GLPK, HiGHS, SCIP and others read, so that anyone can
// hold our answer against theirs. The variable x_v_f is 1 when volunteer v supports family f, s_f when the family has somebody.
// Places come before cost by their weight in one sum, which Weights tells. Corners of such a programme are whole numbers
// (Schrijver 2003, chapter 21), so none is declared to be. It refuses what doubles could not tell apart.
func WriteLP(to io.Writer, p Problem) error {
	if err := p.check(); err != nil {
		return err
	}
	place, first := p.weights()
	if first > exact || float64(place)*float64(p.places())+float64(first)*float64(len(p.Need)) > exact {
		return fmt.Errorf("costs and places together are too large for a solver that counts in doubles")
	}
	l := lines{w: bufio.NewWriterSize(to, 1<<16)}
	l.objective(p, place, first)
	l.put("Subject To\n")
	l.rows("v", p.Capacity, p.by(func(e Pair) int { return e.Volunteer }, len(p.Capacity)), p.Pairs)
	families := p.by(func(e Pair) int { return e.Family }, len(p.Need))
	l.rows("f", p.Need, families, p.Pairs)
	if p.FamiliesFirst {
		l.served(families, p.Pairs)
	}
	l.put("Bounds\n")
	for _, e := range p.Pairs {
		l.put(" 0 <= %s <= 1\n", variable(e))
	}
	if p.FamiliesFirst {
		for f := range p.Need {
			l.put(" 0 <= s_%d <= 1\n", f)
		}
	}
	l.put("End\n")
	if l.err != nil {
		return l.err
	}
	return l.w.Flush()
}

// weights are what a filled place, and a family with somebody, count for in the one sum that is minimised: more than all that
// costs could differ by, and more than all places.
func (p Problem) weights() (place, first int64) {
	most := int64(0)
	for _, e := range p.Pairs {
		most = max(most, e.Cost, -e.Cost)
	}
	n := p.places()
	if most > math.MaxInt32 || n > math.MaxInt32 {
		return math.MaxInt64, math.MaxInt64
	}
	place = 2*most*n + 1
	if p.FamiliesFirst {
		first = place * (n + 1)
	}
	return place, first
}

// places is how many can be filled at most.
func (p Problem) places() int64 {
	var room, need int64
	for _, n := range p.Capacity {
		room += int64(n)
	}
	for _, n := range p.Need {
		need += int64(n)
	}
	return min(room, need, int64(len(p.Pairs)))
}

// by gathers the pairs of each volunteer or family.
func (p Problem) by(of func(Pair) int, n int) [][]int32 {
	out := make([][]int32, n)
	for i, e := range p.Pairs {
		out[of(e)] = append(out[of(e)], int32(i))
	}
	return out
}

func variable(e Pair) string { return fmt.Sprintf("x_%d_%d", e.Volunteer, e.Family) }

// lines keeps the first error.
type lines struct {
	w   *bufio.Writer
	err error
}

func (l *lines) put(format string, values ...any) {
	if l.err == nil {
		_, l.err = fmt.Fprintf(l.w, format, values...)
	}
}

func (l *lines) objective(p Problem, place, first int64) {
	l.put("Minimize\n total:\n")
	for _, e := range p.Pairs {
		l.put(" %+d %s\n", e.Cost-place, variable(e))
	}
	if p.FamiliesFirst {
		for f := range p.Need {
			l.put(" %+d s_%d\n", -first, f)
		}
	}
}

// rows say that nobody has more than there is room for.
func (l *lines) rows(name string, most []int, of [][]int32, pairs []Pair) {
	for i, all := range of {
		if len(all) == 0 {
			continue
		}
		l.put(" %s_%d:\n", name, i)
		for _, e := range all {
			l.put(" + %s\n", variable(pairs[e]))
		}
		l.put(" <= %d\n", most[i])
	}
}

// served say that a family has somebody only with a volunteer.
func (l *lines) served(of [][]int32, pairs []Pair) {
	for f, all := range of {
		l.put(" h_%d:\n + s_%d\n", f, f)
		for _, e := range all {
			l.put(" - %s\n", variable(pairs[e]))
		}
		l.put(" <= 0\n")
	}
}
