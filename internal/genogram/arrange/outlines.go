package arrange

import (
	"cmp"
	"slices"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// How far an outline lies around its members, and by how much each further household lies inside the others, so that no two lie on
// one line.
const (
	outlineSide  = 0.46
	outlineAbove = 0.36
	outlineBelow = 0.42
	outlineInset = 0.03
	insets       = 4
)

// outlines are the boundaries of the households: one around all members if nobody else stands in it, else one around each run of
// members side by side.
func outlines(f kin.Family, places []Place) (out []Outline) {
	for i, h := range f.Households {
		members := map[core.ID]bool{}
		for _, s := range f.Stays {
			if s.Household == h.ID {
				members[s.Person] = true
			}
		}
		runs := runsOf(places, members)
		if len(runs) == 0 {
			continue
		}
		inset := outlineInset * float64(i%insets)
		if all := around(slices.Concat(runs...), inset); holdsOnly(all, places, members) {
			out = append(out, Outline{h.ID, [][]Point{all}})
			continue
		}
		one := Outline{Household: h.ID}
		for _, run := range runs {
			one.Shapes = append(one.Shapes, around(run, inset))
		}
		out = append(out, one)
	}
	return out
}

// runsOf are the members that stand side by side, row by row. Places come by row and from the left.
func runsOf(places []Place, members map[core.ID]bool) (runs [][]Place) {
	for i, p := range places {
		if !members[p.Person] {
			continue
		}
		if i > 0 && members[places[i-1].Person] && places[i-1].Y == p.Y {
			runs[len(runs)-1] = append(runs[len(runs)-1], p)
		} else {
			runs = append(runs, []Place{p})
		}
	}
	return runs
}

// around is a rectangle around people, clockwise from the left upper corner.
func around(run []Place, inset float64) []Point {
	byX := func(a, b Place) int { return cmp.Compare(a.X, b.X) }
	byY := func(a, b Place) int { return cmp.Compare(a.Y, b.Y) }
	x1, x2 := slices.MinFunc(run, byX).X-outlineSide+inset, slices.MaxFunc(run, byX).X+outlineSide-inset
	y1, y2 := slices.MinFunc(run, byY).Y-outlineAbove+inset, slices.MaxFunc(run, byY).Y+outlineBelow-inset
	return []Point{{x1, y1}, {x2, y1}, {x2, y2}, {x1, y2}}
}

func holdsOnly(shape []Point, places []Place, members map[core.ID]bool) bool {
	return !slices.ContainsFunc(places, func(p Place) bool {
		return !members[p.Person] && p.X > shape[0].X-outlineSide && p.X < shape[1].X+outlineSide && p.Y > shape[0].Y-outlineAbove && p.Y < shape[2].Y+outlineBelow
	})
}
