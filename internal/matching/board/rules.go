package board

import (
	"cmp"
	"slices"

	"maatje/internal/core"
)

// blocked counts, for each set of reasons, how many volunteers it keeps from one family.
type blocked map[uint32]int

// bottleneck is the smallest set of conditions without which somebody would fit, and of equal ones the set that keeps most
// volunteers away (VOL-7). Nobody at all is no set.
func (b blocked) bottleneck(size func(uint32) int) (set uint32, could int) {
	for m, n := range b {
		less := cmp.Compare(size(m), size(set))
		if set == 0 || less < 0 || less == 0 && (n > could || n == could && m < set) {
			set, could = m, n
		}
	}
	return set, could
}

// CheckPin says what keeps a pin from being part of the proposal, as codes of reasons: it does not fit, the family has enough, or
// the volunteer has no room beside other pins.
func CheckPin(reasons []string, placesLeft, roomLeft int) []string {
	switch {
	case len(reasons) > 0:
		return reasons
	case placesLeft <= 0:
		return []string{"enough"}
	case roomLeft <= 0:
		return []string{"full"}
	}
	return nil
}

// recruit sums up whom to look for: places without anybody, by municipality and kind of support, and by what it takes. What
// waits for nobody (restrictions) is no work for a recruiter.
func recruit(all []Without) (out []Sought) {
	at := map[Sought]int{}
	for _, w := range all {
		s := Sought{Town: w.Town, Kind: w.Kind, KindName: w.KindName}
		if s.Bottleneck, s.What = w.takes(); s.Bottleneck != "restrictions" {
			at[s] += w.Open
		}
	}
	for s, n := range at {
		s.Places = n
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Sought) int {
		return cmp.Or(cmp.Compare(a.Town, b.Town), -cmp.Compare(a.Places, b.Places), cmp.Compare(a.Bottleneck, b.Bottleneck), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.What, b.What))
	})
	return out
}

// takes is what a new volunteer has to bring for this family: the language or the strength it cannot do without comes before what
// can be arranged for somebody who is there. "more" is somebody more, whoever it is.
func (w Without) takes() (code, what string) {
	switch {
	case slices.Equal(w.Bottleneck, []string{"restrictions"}) && !w.Shared:
		return "restrictions", ""
	case w.Needed && len(w.Languages) > 0 && (w.Shared || slices.Contains(w.Bottleneck, "language") || w.atWork()):
		return "language", w.Languages[0]
	case w.Complex && (w.Shared || w.atWork()):
		return "complex_not_wanted", ""
	case w.Shared || w.atWork() || len(w.Bottleneck) == 0:
		return "more", ""
	}
	return w.Bottleneck[0], w.What[0]
}

// atWork says that who would fit is with other families, rests, or is not for this one.
func (w Without) atWork() bool {
	return slices.ContainsFunc(w.Bottleneck, func(code string) bool {
		return slices.Contains([]string{"full", "excluded", "here", "status", "kind_not_wanted"}, code)
	})
}

// changed says whether two proposals give a family different people, whatever their order.
func changed(before, after []core.VolunteerID) bool {
	a, b := slices.Clone(before), slices.Clone(after)
	slices.Sort(a)
	slices.Sort(b)
	return !slices.Equal(a, b)
}
