package dilemma

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// CheckWords says what a dilemma lacks (VOL-4).
func CheckWords(w Words) error {
	var fails []*core.Fail
	for _, one := range []struct{ field, words, message string }{
		{"title", w.Title, "dilemma_title"}, {"situation", w.Situation, "dilemma_situation"},
	} {
		if strings.TrimSpace(one.words) == "" {
			fails = append(fails, core.Invalid(one.field, one.message))
		}
	}
	return core.Join(fails...)
}

// CheckTalk says what is wrong with what was written down of a talk (VOL-4).
func CheckTalk(k Talk, occasions []string, today core.Date) error {
	var fails []*core.Fail
	add := func(is bool, field, message string) {
		if is {
			fails = append(fails, core.Invalid(field, message))
		}
	}
	add(k.On.IsZero(), "on", "dilemma_day")
	add(k.On.After(today), "on", "dilemma_ahead")
	add(!slices.Contains(occasions, k.Occasion), "occasion", "dilemma_occasion")
	add(strings.TrimSpace(k.Words) == "", "words", "dilemma_words")
	return core.Join(fails...)
}
