package figures

import (
	"testing"

	"pgregory.net/rapid"
)

// table makes the cells of a small funnel: decisions in all and per channel, numbers of reasons, children by kind.
func table(start, not, reasons, kinds []int) []Cell {
	var s sheet
	c := counting{out: &s}
	sumOf := func(n []int) (total float64) {
		for _, v := range n {
			total += float64(v)
		}
		return total
	}
	c.decisions(map[string]string{}, sumOf(start), sumOf(not))
	for i := range start {
		c.decisions(map[string]string{dimChannel: string(rune('a' + i))}, float64(start[i]), float64(not[i]))
	}
	whole, _ := Find(s.cells, NotStarted, decided)
	for i, n := range reasons {
		s.share(Cell{Figure: ReasonCount, Unit: unitIntake, Basis: decided, By: map[string]string{dimReasonCount: string(rune('1' + i))}, Value: float64(n)}, whole)
	}
	parts := map[string]float64{}
	for i, n := range kinds {
		parts[string(rune('k'+i))] = float64(n)
	}
	s.parts(s.total(Children, unitChild, started, sum(parts)), dimKind, parts)
	return s.cells
}

func hiddenIn(cells []Cell) (out []string) {
	for _, c := range Suppress(cells) {
		if c.Hidden {
			dim, code := c.part()
			out = append(out, c.Figure+" "+dim+code)
		}
	}
	return out
}

func TestFIG7_SmallCellsTakeAnotherWithThem(t *testing.T) {
	for name, tt := range map[string]struct {
		cells []Cell
		want  int
	}{
		"nothing is small":                     {table(nil, nil, nil, []int{5, 8, 9}), 0 + 3}, // the empty funnel counts three noughts
		"one is small, the next goes with it":  {table(nil, nil, nil, []int{4, 8, 9}), 2 + 3},
		"two are small and together few":       {table(nil, nil, nil, []int{1, 2, 9}), 3 + 3},
		"two are small and together five":      {table(nil, nil, nil, []int{2, 3, 9}), 2 + 3},
		"all are small, the whole is not":      {table(nil, nil, nil, []int{3, 3, 3}), 3 + 3},
		"the whole is small":                   {table(nil, nil, nil, []int{1, 2}), 3 + 3},
		"one part, and it is the whole, small": {table(nil, nil, nil, []int{3}), 2 + 3},
		"one part, and it is the whole":        {table(nil, nil, nil, []int{6}), 0 + 3},
	} {
		if got := hiddenIn(tt.cells); len(got) != tt.want {
			t.Errorf("%s: hidden %v, want %d", name, got, tt.want)
		}
	}
}

func TestFIG7_ShareDoesNotGiveAHiddenNumberAway(t *testing.T) {
	for _, c := range Suppress(table([]int{30, 40}, []int{2, 50}, []int{40, 10, 2}, []int{1, 2})) {
		if c.Hidden && (c.Value != 0 || c.Percent != nil) {
			t.Errorf("%+v", c)
		}
		if c.Figure == Children && c.Of != nil {
			t.Errorf("the hidden whole stands at its part: %+v", c)
		}
	}
}

func TestFIG7_WhatIsMeasuredOfFewIsHiddenWithThem(t *testing.T) {
	var s sheet
	for _, f := range []struct{ figure, unit string }{{Visits, unitVisit}, {Hours, unitHour}, {Km, unitKm}} {
		s.parts(s.total(f.figure, f.unit, held, 103), dimKind, map[string]float64{"tailored": 3, "transport": 40, "family_buddy": 60})
	}
	s.medians(Duration, ended, map[string][]int{"tailored": {1, 2, 3, 4}, "transport": {1, 2, 3, 4, 5}})
	cells := Suppress(s.cells)
	for _, name := range []string{Visits, Hours, Km} {
		for code, hidden := range map[string]bool{"tailored": true, "transport": true, "family_buddy": false} {
			if c, ok := Find(cells, name, held, dimKind, code); !ok || c.Hidden != hidden {
				t.Errorf("%s %s: %+v", name, code, c)
			}
		}
	}
	if c, _ := Find(cells, Duration, ended, dimKind, "tailored"); !c.Hidden {
		t.Error("a median of four is shown")
	}
	if c, _ := Find(cells, Duration, ended, dimKind, "transport"); c.Hidden {
		t.Error("a median of five is hidden")
	}
}

// TestFIG7_NoHiddenCellCanBeCalculated looks, for every hidden cell, for other numbers that a reader could not tell from the
// true ones: everything that is seen stays, every sum holds, nothing is less than nought.
func TestFIG7_NoHiddenCellCanBeCalculated(t *testing.T) {
	few := rapid.SliceOfN(rapid.IntRange(0, 12), 3, 3)
	rapid.Check(t, func(t *rapid.T) {
		start, not := few.Draw(t, "start"), few.Draw(t, "not")
		all := not[0] + not[1] + not[2]
		one := rapid.IntRange(0, all).Draw(t, "one")
		two := rapid.IntRange(0, all-one).Draw(t, "two")
		cells := table(start, not, []int{one, two, all - one - two}, few.Draw(t, "kinds"))
		shown := Suppress(cells)
		truth := hiding{cells: cells, at: map[string]int{}}
		for i, c := range cells {
			truth.at[c.name()] = i
		}
		w := world{cells: shown, truth: cells, sums: truth.sums(), shift: make([]int, len(cells))}
		for i, c := range shown {
			if !c.Hidden && c.Value < smallest {
				t.Fatalf("shown: %+v", c)
			}
			if c.Hidden {
				w.order = append(w.order, i)
			}
		}
		for _, i := range w.order {
			if !w.another(i, 0) {
				t.Fatalf("%s %v can be calculated: start %v, not %v, reasons %d %d, of %+v", cells[i].Figure, cells[i].By, start, not, one, two, shown)
			}
		}
	})
}

// world looks for another world that looks the same from outside.
type world struct {
	cells, truth []Cell
	sums         []equation
	order        []int // the hidden cells
	shift        []int // how far each lies from the truth
}

// another finds a shift of the hidden cells by at most one each, that moves this cell.
func (w *world) another(cell, n int) bool {
	if n == len(w.order) {
		return w.shift[cell] != 0
	}
	i := w.order[n]
	defer func() { w.shift[i] = 0 }()
	for _, by := range []int{1, -1, 0} {
		if i == cell && by == 0 || w.truth[i].Value+float64(by) < 0 {
			continue
		}
		w.shift[i] = by
		if w.holds(n) && w.another(cell, n+1) {
			return true
		}
	}
	return false
}

// holds says whether every sum whose hidden cells are all decided comes out.
func (w *world) holds(n int) bool {
	open := map[int]bool{}
	for _, i := range w.order[n+1:] {
		open[i] = true
	}
	for _, s := range w.sums {
		total, waits := -w.shift[s[0]], open[s[0]]
		for _, i := range s[1:] {
			total += w.shift[i]
			waits = waits || open[i]
		}
		if !waits && total != 0 {
			return false
		}
	}
	return true
}

// Fourteen were decided; seven and seven had one and two reasons. If all three are seen, nobody started, and that is hidden.
func TestFIG7_WhatIsLeftForTheOtherIsNotSeen(t *testing.T) {
	shown := Suppress(table([]int{0, 0, 0}, []int{6, 7, 1}, []int{7, 7, 0}, []int{9, 7, 4}))
	seen := 0
	for _, c := range shown {
		if c.Figure == ReasonCount && !c.Hidden || c.Figure == Decided && len(c.By) == 0 && !c.Hidden {
			seen++
		}
	}
	if seen != 2 {
		t.Errorf("%d of three are seen, want two: %+v", seen, shown)
	}
}
