package figures

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// percent is FIG-2's share to one decimal, halves up. Nothing has no share.
func percent(value, of float64) *float64 {
	if of == 0 {
		return nil
	}
	p := math.Floor(value*1000/of+0.5) / 10
	return &p
}

// median is the middle of the values, or the mean of the two in the middle.
func median(values []int) float64 {
	if len(values) == 0 {
		return 0
	}
	s := slices.Clone(values)
	slices.Sort(s)
	m := len(s) / 2
	if len(s)%2 == 1 {
		return float64(s[m])
	}
	return float64(s[m-1]+s[m]) / 2
}

// sheet collects cells.
type sheet struct{ cells []Cell }

// put adds a cell on its own.
func (s *sheet) put(figure, unit, basis string, value float64, by map[string]string) {
	s.cells = append(s.cells, Cell{Figure: figure, Unit: unit, Basis: basis, By: by, Value: value})
}

// share adds a cell with its part of another one, which stands in the sheet already.
func (s *sheet) share(c Cell, of Cell) {
	c.Of, c.Percent, c.whole = &of.Value, percent(c.Value, of.Value), of.name()
	s.cells = append(s.cells, c)
}

// total adds the whole of a figure.
func (s *sheet) total(figure, unit, basis string, value float64) Cell {
	c := Cell{Figure: figure, Unit: unit, Basis: basis, By: map[string]string{}, Value: value}
	s.cells = append(s.cells, c)
	return c
}

// parts adds a figure's parts in one dimension, largest first, each with its share of the whole.
func (s *sheet) parts(whole Cell, dim string, n map[string]float64) {
	for _, code := range byValue(n) {
		s.share(Cell{Figure: whole.Figure, Unit: whole.Unit, Basis: whole.Basis, By: map[string]string{dim: code}, Value: n[code]}, whole)
	}
}

// byValue orders codes by their number, largest first, then by name.
func byValue(n map[string]float64) []string {
	return slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
}

// sum adds up what are parts of one whole.
func sum(n map[string]float64) float64 {
	total := 0.0
	for _, v := range n {
		total += v
	}
	return total
}

// medians adds the median of all and of each kind, with how many it was taken of.
func (s *sheet) medians(figure, basis string, days map[string][]int) {
	var all []int
	for _, d := range days {
		all = append(all, d...)
	}
	add := func(by map[string]string, d []int) {
		n := float64(len(d))
		s.cells = append(s.cells, Cell{Figure: figure, Unit: unitDay, Basis: basis, By: by, Value: median(d), Of: &n})
	}
	if len(all) == 0 {
		return
	}
	add(map[string]string{}, all)
	for _, kind := range slices.Sorted(maps.Keys(days)) {
		add(map[string]string{dimKind: kind}, days[kind])
	}
}

func tenth(x float64) float64 { return math.Floor(x*10+0.5) / 10 }

// together puts the cells of one figure and basis next to each other, in the order in which figures first came.
func together(cells []Cell) []Cell {
	place := map[string]int{}
	for _, c := range cells {
		if k := c.Figure + c.Basis; place[k] == 0 {
			place[k] = len(place) + 1
		}
	}
	slices.SortStableFunc(cells, func(a, b Cell) int { return cmp.Compare(place[a.Figure+a.Basis], place[b.Figure+b.Basis]) })
	return cells
}
