package told

import (
	"maatje/internal/core"
)

// Difference is one thing that is not the same in two pictures: there alone in the second, in the first, or in other words.
type Difference struct {
	Kind        Kind
	ID          core.ID
	Before, Now string
}

// Differences compares what two pictures tell, in the order of the second; what is gone comes last. Who comes to live in a household
// or leaves it is told by their stay.
func Differences(before, now []Fact) (out []Difference) {
	was, is := map[core.ID]Fact{}, map[core.ID]bool{}
	for _, f := range before {
		was[f.ID] = f
	}
	for _, f := range now {
		is[f.ID] = true
		if old, there := was[f.ID]; old.Words != f.Words && !(there && f.Kind == Household) {
			out = append(out, Difference{f.Kind, f.ID, old.Words, f.Words})
		}
	}
	for _, f := range before {
		if !is[f.ID] {
			out = append(out, Difference{f.Kind, f.ID, f.Words, ""})
		}
	}
	return out
}
