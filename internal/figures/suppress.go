package figures

import (
	"cmp"
	"maps"
	"math"
	"math/big"
	"slices"
)

// smallest is the smallest count that outsiders see: below it somebody could know who is meant.
const smallest = 5

// Suppress hides, for outsiders, every count under five and as many others as it takes that no hidden one can be
// calculated from what is left (FIG-7). What was taken of few is hidden with it: medians, hours and kilometres.
func Suppress(cells []Cell) []Cell {
	out := slices.Clone(cells)
	h := hiding{cells: out, at: map[string]int{}}
	for i, c := range out {
		h.at[c.name()] = i
		if counts(c) && c.Value < smallest {
			h.hide(i)
		}
	}
	sums := h.sums()
	for leaking := true; leaking; {
		leaking = h.step(sums)
	}
	h.follow()
	for i := range out {
		h.strip(&out[i])
	}
	return out
}

// counts says whether the cell counts persons or what belongs to them, so that a small one points at somebody.
func counts(c Cell) bool { return c.Unit != unitHour && c.Unit != unitKm && c.Unit != unitDay }

type hiding struct {
	cells []Cell
	at    map[string]int
}

func (h hiding) hide(i int) { h.cells[i].Hidden = true }

// equation says that the first cell is the others together.
type equation []int

// sums finds every whole that is exactly its parts: a figure and its parts in one dimension, decided as started and not
// started, not started as its numbers of reasons. A reader would take such parts for the whole, whether or not they must be.
func (h hiding) sums() []equation {
	parts := map[string][]int{}
	add := func(whole string, i int) {
		if _, ok := h.at[whole]; ok {
			parts[whole+"\x01"+h.cells[i].Figure+dims(h.cells[i])] = append(parts[whole+"\x01"+h.cells[i].Figure+dims(h.cells[i])], i)
		}
	}
	for i, c := range h.cells {
		if !counts(c) {
			continue
		}
		switch c.Figure {
		case ReasonCount:
			add(name(NotStarted, c.Basis, nil), i)
			continue
		case Started, NotStarted:
			whole := name(Decided, c.Basis, c.By)
			parts[whole+"\x01decision"] = append(parts[whole+"\x01decision"], i)
		}
		if len(c.By) > 0 {
			add(name(c.Figure, c.Basis, nil), i)
		}
	}
	var out []equation
	for _, key := range slices.Sorted(maps.Keys(parts)) {
		whole := h.at[key[:slices.Index([]byte(key), 1)]]
		total := 0.0
		for _, i := range parts[key] {
			total += h.cells[i].Value
		}
		if total == h.cells[whole].Value {
			out = append(out, append(equation{whole}, parts[key]...))
		}
	}
	return out
}

func dims(c Cell) string {
	dim, _ := c.part()
	return dim
}

// step hides one more cell if one that is hidden could still be calculated, and says whether it did.
func (h hiding) step(all []equation) bool {
	for _, s := range all {
		if h.leaks(s) && h.hideSmallest(s) {
			return true
		}
	}
	for _, i := range append(h.determined(all), h.squeezed(all)...) {
		for _, s := range all {
			if slices.Contains(s, i) && h.hideSmallest(s) {
				return true
			}
		}
	}
	return false
}

// squeezed finds the hidden cells that all sums together leave one value, because nothing is less than nought: 14 in all, and
// 7 and 7 of one part of it, leave nothing for the other part.
func (h hiding) squeezed(all []equation) (fixed []int) {
	low, high := make([]float64, len(h.cells)), make([]float64, len(h.cells))
	for i, c := range h.cells {
		low[i], high[i] = c.Value, c.Value
		if c.Hidden {
			low[i], high[i] = 0, math.Inf(1)
		}
	}
	for range all { // what one sum tells goes from sum to sum, each time at least one further
		for _, s := range all {
			squeeze(s, low, high)
		}
	}
	for i, c := range h.cells {
		if c.Hidden && low[i] == high[i] {
			fixed = append(fixed, i)
		}
	}
	return fixed
}

// squeeze narrows what each cell of a sum can be by what the others can be.
func squeeze(s equation, low, high []float64) {
	least, most := 0.0, 0.0
	for _, i := range s[1:] {
		least, most = least+low[i], most+high[i]
	}
	low[s[0]], high[s[0]] = max(low[s[0]], least), min(high[s[0]], most)
	for _, i := range s[1:] {
		others, atMost := 0.0, 0.0
		for _, j := range s[1:] {
			if j != i {
				others, atMost = others+low[j], atMost+high[j]
			}
		}
		low[i], high[i] = max(low[i], low[s[0]]-atMost), min(high[i], high[s[0]]-others)
	}
}

// leaks says that the sum tells too much of a hidden part: it is the only thing hidden, or all that is hidden together is
// so little that every part of it must be small.
func (h hiding) leaks(s equation) bool {
	hidden, together := 0, 0.0
	for _, i := range s {
		if h.cells[i].Hidden {
			hidden++
		}
	}
	for _, i := range s[1:] {
		if h.cells[i].Hidden {
			together += h.cells[i].Value
		}
	}
	return hidden == 1 || hidden > 1 && !h.cells[s[0]].Hidden && together < smallest
}

// hideSmallest hides the smallest cell of the sum that is still seen: a part rather than the whole.
func (h hiding) hideSmallest(s equation) bool {
	seen := slices.DeleteFunc(slices.Clone(s), func(i int) bool { return h.cells[i].Hidden })
	if len(seen) == 0 {
		return false
	}
	best := slices.MinFunc(seen, func(a, b int) int {
		if a == s[0] || b == s[0] {
			return cmp.Compare(boolInt(a == s[0]), boolInt(b == s[0]))
		}
		return cmp.Or(cmp.Compare(h.cells[a].Value, h.cells[b].Value), cmp.Compare(a, b))
	})
	h.hide(best)
	return true
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// determined finds the hidden cells that all []equation together fix: those for which elimination leaves an equation of their own.
func (h hiding) determined(all []equation) []int {
	var unknowns []int
	column := map[int]int{}
	for _, s := range all {
		for _, i := range s {
			if _, ok := column[i]; !ok && h.cells[i].Hidden {
				column[i] = len(unknowns)
				unknowns = append(unknowns, i)
			}
		}
	}
	var rows [][]*big.Rat
	for _, s := range all {
		row := make([]*big.Rat, len(unknowns))
		for k := range row {
			row[k] = new(big.Rat)
		}
		used := false
		for n, i := range s {
			if k, ok := column[i]; ok {
				used = true
				row[k].SetInt64(int64(1 - 2*boolInt(n > 0)))
			}
		}
		if used {
			rows = append(rows, row)
		}
	}
	return alone(eliminate(rows), unknowns)
}

// eliminate brings the rows to reduced echelon form.
func eliminate(rows [][]*big.Rat) [][]*big.Rat {
	if len(rows) == 0 {
		return nil
	}
	r := 0
	for k := range rows[0] {
		p := r
		for p < len(rows) && rows[p][k].Sign() == 0 {
			p++
		}
		if p == len(rows) {
			continue
		}
		rows[r], rows[p] = rows[p], rows[r]
		inverse := new(big.Rat).Inv(rows[r][k])
		for _, x := range rows[r] {
			x.Mul(x, inverse)
		}
		for n := range rows {
			if f := new(big.Rat).Set(rows[n][k]); n != r && f.Sign() != 0 {
				for m := range rows[n] {
					rows[n][m].Sub(rows[n][m], new(big.Rat).Mul(f, rows[r][m]))
				}
			}
		}
		if r++; r == len(rows) {
			break
		}
	}
	return rows[:r]
}

func alone(rows [][]*big.Rat, unknowns []int) []int {
	var out []int
	for _, row := range rows {
		only, n := 0, 0
		for k, x := range row {
			if x.Sign() != 0 {
				only, n = k, n+1
			}
		}
		if n == 1 {
			out = append(out, unknowns[only])
		}
	}
	return out
}

// follow hides what was measured of what is hidden: hours and kilometres of visits, medians of few.
func (h hiding) follow() {
	for i, c := range h.cells {
		switch c.Unit {
		case unitHour, unitKm:
			if v, ok := h.at[name(Visits, c.Basis, c.By)]; ok && h.cells[v].Hidden {
				h.hide(i)
			}
		case unitDay:
			if n, ok := h.at[name(Trajectories, c.Basis, c.By)]; c.Of != nil && *c.Of < smallest || ok && h.cells[n].Hidden {
				h.hide(i)
			}
		}
	}
}

// strip takes from a cell what would tell a hidden number: its own, or through its share that of the whole.
func (h hiding) strip(c *Cell) {
	whole, ok := h.at[c.whole]
	if c.Hidden {
		c.Value, c.Percent = 0, nil
	}
	if c.Hidden && c.whole == "" || ok && h.cells[whole].Hidden {
		c.Of, c.Percent = nil, nil
	}
}
