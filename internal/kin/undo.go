package kin

import (
	"slices"

	"maatje/internal/core"
)

// Back is the change that takes back the one with this number: what it touched becomes what it was before (TOO-2). When something
// after it touched the same, that comes first. A change that was taken back already stays so.
func Back(b Book, seq int) (Change, error) {
	n := slices.IndexFunc(b.Changes, func(c Change) bool { return c.Seq == seq })
	if n < 0 {
		return Change{}, core.NotFound()
	}
	undone := b.Changes[n]
	if slices.ContainsFunc(b.Changes[n:], func(c Change) bool { return c.Undoes == seq }) && !b.newest(undone) {
		return Change{}, nil
	}
	if !b.newest(undone) {
		return Change{}, core.Refuse("TOO-2", "kin_changed_after")
	}
	return restore(undone, Fold(b.Changes[:n])), nil
}

// newest says that nothing after the change touched the same.
func (b Book) newest(c Change) bool {
	return !slices.ContainsFunc(c.touched(), func(id core.ID) bool { return b.Version(id) != c.Seq })
}

// restore puts back what the change touched as it was in the family before it.
func restore(undone Change, before Family) Change {
	out := Change{Did: "undone", About: undone.About, Undoes: undone.Seq}
	touched := undone.touched()
	for o := range before.objects() {
		if i := slices.Index(touched, o.id()); i >= 0 {
			out.Put.add(o)
			touched = slices.Delete(touched, i, i+1)
		}
	}
	for _, id := range touched {
		if id == index {
			out.Put.Index = append([]core.ID{}, before.Index...)
		} else {
			out.Drop = append(out.Drop, id)
		}
	}
	return out
}
