package seek

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// CheckWant says what is wrong with what a family would seek (VOL-7): nothing of it is needed, and a language that is must be
// named.
func CheckWant(w Want) error {
	var fails []*core.Fail
	if w.Volunteers < 1 || w.Volunteers > MostVolunteers {
		fails = append(fails, core.Invalid("volunteers", "seek_volunteers", MostVolunteers))
	}
	if w.Needed && len(w.Languages) == 0 {
		fails = append(fails, core.Invalid("languages", "seek_language"))
	}
	return core.Join(fails...)
}

// CheckExclusion says whether a volunteer and a family may be kept apart: from a side, with a reason (VOL-7, VOL-9).
func CheckExclusion(e Exclusion) error {
	var fails []*core.Fail
	if !slices.Contains([]string{ByFamily, ByVolunteer, ByDoubleRole}, e.Side) {
		fails = append(fails, core.Invalid("side", "seek_side"))
	}
	if strings.TrimSpace(e.Words) == "" {
		fails = append(fails, core.Invalid("excluded_words", "seek_words"))
	}
	return core.Join(fails...)
}
