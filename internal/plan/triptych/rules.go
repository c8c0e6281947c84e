package triptych

import "maatje/internal/core"

// MayKeep applies TOO-1: a sheet has words on at least one of its three panels, and is written from the sheet that was on the
// screen. One that says the same as the newest is no new sheet.
func MayKeep(in Sheet, now Sheet, version int) (isNew bool, err error) {
	switch {
	case in.panels() == [3]string{}:
		f := core.Invalid("problem", "triptych_empty")
		f.Rule = "TOO-1"
		return false, f
	case now.Seq != version:
		return false, core.Conflict("triptych_changed")
	}
	return in.panels() != now.panels(), nil
}

// MayBecomeGoal applies TOO-1: a wish becomes a goal; a panel without words does not.
func MayBecomeGoal(s Sheet) error {
	if s.Wish == "" {
		return core.Refuse("TOO-1", "triptych_no_wish")
	}
	return nil
}
