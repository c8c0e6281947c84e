package tool

import (
	"slices"

	"maatje/internal/core"
)

// rules are the ids under which METHOD chapter 6 tells of each tool.
var rules = map[string]string{Triptych: "TOO-1", Genogram: "TOO-2", Sociogram: "TOO-3", NetworkMap: "TOO-4", StepPlan: "TOO-5"}

// MaySkip applies TOO-1 to TOO-5: each tool can be skipped, with a reason; another reason than those that are offered is told.
func MaySkip(s Skip) error {
	if !slices.Contains(Tools, s.Tool) {
		return core.NotFound()
	}
	switch {
	case !slices.Contains(Whys, s.Why):
		return invalid(s.Tool, "why", "tool_no_reason")
	case s.Why == "other" && s.Words == "":
		return invalid(s.Tool, "words", "tool_no_words")
	}
	return nil
}

func invalid(name, field, message string) error {
	f := core.Invalid(field, message)
	f.Rule = rules[name]
	return f
}

// Fold applies TOO-1 to TOO-5: of each tool the last use and the last skip count, in the order of Tools. What was skipped and
// used since is used.
func Fold(lines []State) []State {
	out := make([]State, len(Tools))
	for i, name := range Tools {
		out[i].Tool = name
	}
	for _, l := range lines {
		i := slices.Index(Tools, l.Tool)
		if i < 0 {
			continue
		}
		s := &out[i]
		switch {
		case l.kind == used && l.at.After(s.UsedAt):
			s.UsedAt = l.at
		case l.kind == skipped && !l.at.Before(s.SkippedAt):
			s.SkippedAt, s.Why, s.Words = l.at, l.Why, l.Words
		}
	}
	return out
}
