package setting

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"maatje/internal/core"
)

// bound is what a setting may be: a whole number from least to most, one of a few codes, or a text of least to most
// characters.
type bound struct {
	number      bool
	tenths      bool // cents with at most one decimal; least and most are tenths
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
	case b.tenths:
		if n, ok := parseTenths(text); !ok || int(n) < b.least || int(n) > b.most || n.String() != text {
			return core.Invalid(name, "setting_cents", b.least/10, b.most/10)
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

// String writes cents, with their tenth where there is one: 23 or 23,5.
func (t Tenths) String() string {
	if t%10 == 0 {
		return strconv.Itoa(int(t / 10))
	}
	return strconv.Itoa(int(t/10)) + "," + strconv.Itoa(int(t%10))
}

// parseTenths reads cents with at most one decimal.
func parseTenths(text string) (Tenths, bool) {
	whole, tenth, _ := strings.Cut(text, ",")
	n, err := strconv.Atoi(whole)
	d, wrong := strconv.Atoi("0" + tenth)
	if err != nil || wrong != nil || n < 0 || n > 1_000_000 || len(tenth) > 1 {
		return 0, false
	}
	return Tenths(10*n + d), true
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
