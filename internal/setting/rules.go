package setting

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"maatje/internal/core"
)

// bound is what a setting may be: a whole number from least to most, one of a few codes, or a text of least to most
// characters.
type bound struct {
	number      bool
	oneOf       []string
	least, most int
}

// check says what is wrong with a text as the value of the setting.
func (b bound) check(name, text string) *core.Fail {
	switch {
	case b.number:
		if n, err := strconv.Atoi(text); err != nil || n < b.least || n > b.most || strconv.Itoa(n) != text {
			return core.Invalid(name, "setting_number", b.least, b.most)
		}
	case b.oneOf != nil:
		if !slices.Contains(b.oneOf, text) {
			return core.Invalid(name, "setting_choice")
		}
	default:
		if n := utf8.RuneCountInString(text); n < b.least || n > b.most {
			return core.Invalid(name, "setting_text", b.least, b.most)
		}
	}
	return nil
}

// versionOf is the version of settings that were last changed at this moment: whole seconds since 2020, so that it fits
// where forms carry a version.
func versionOf(last core.Instant) int {
	if last.IsZero() {
		return 0
	}
	return int(last.Time().Unix() - 1577836800)
}

// weights are the soft conditions of a match, by the names of their settings.
var weights = []string{
	"weight_travel", "weight_language", "weight_days", "weight_complex", "weight_ages", "weight_continuity", "weight_spread",
}

// checkWeights asks that something counts (VOL-7): with every weight at nothing, everybody who may be matched would be as good
// as another and no proposal could say why.
func checkWeights(typed map[string]string) *core.Fail {
	for _, name := range weights {
		if typed[name] != "0" {
			return nil
		}
	}
	return core.Invalid(weights[0], "setting_weights")
}
