package tool

import (
	"testing"

	"maatje/internal/core"
)

func TestTOO1_TOO5_EveryToolCanBeSkippedWithAReason(t *testing.T) {
	for name, c := range map[string]struct {
		skip           Skip
		field, message string
	}{
		"with a reason":                  {Skip{Tool: Genogram, Why: "family_no"}, "", ""},
		"a reason and words":             {Skip{Tool: Sociogram, Why: "not_now", Words: "na de zomer"}, "", ""},
		"no reason":                      {Skip{Tool: NetworkMap}, "why", "tool_no_reason"},
		"no reason but words":            {Skip{Tool: StepPlan, Words: "geen zin"}, "why", "tool_no_reason"},
		"a reason that is not offered":   {Skip{Tool: Triptych, Why: "lazy"}, "why", "tool_no_reason"},
		"something else, without saying": {Skip{Tool: Triptych, Why: "other"}, "words", "tool_no_words"},
		"something else":                 {Skip{Tool: Triptych, Why: "other", Words: "Opa is net overleden"}, "", ""},
	} {
		err := MaySkip(c.skip)
		f, refused := core.AsFail(err)
		switch {
		case c.message == "" && err != nil:
			t.Errorf("%s: refused with %v", name, err)
		case c.message != "" && (!refused || f.Message != c.message || f.Field != c.field || f.Rule != rules[c.skip.Tool]):
			t.Errorf("%s: %+v, want %s at %s", name, f, c.message, c.field)
		}
	}
	if err := MaySkip(Skip{Tool: "crystal_ball", Why: "family_no"}); !core.IsKind(err, core.KindNotFound) {
		t.Errorf("a sixth tool: %v", err)
	}
	if len(Tools) != 5 || len(rules) != 5 {
		t.Errorf("there are %d tools with %d rules", len(Tools), len(rules))
	}
}

func TestTOO5_TheLastLineCounts(t *testing.T) {
	at := func(day string) core.Instant { return core.MustInstant(day + "T10:00:00.000Z") }
	use := func(day string) State { return State{Tool: Genogram, kind: used, at: at(day)} }
	skip := func(day, why string) State { return State{Tool: Genogram, kind: skipped, at: at(day), Why: why} }
	for name, c := range map[string]struct {
		lines         []State
		used, skipped bool
		why           string
	}{
		"nothing":                    {nil, false, false, ""},
		"used":                       {[]State{use("2026-05-01")}, true, false, ""},
		"skipped":                    {[]State{skip("2026-05-01", "family_no")}, false, true, "family_no"},
		"skipped, used later":        {[]State{skip("2026-05-01", "family_no"), use("2026-05-02")}, true, false, "family_no"},
		"used, skipped later":        {[]State{use("2026-05-01"), skip("2026-05-02", "too_heavy")}, true, true, "too_heavy"},
		"skipped twice, last counts": {[]State{skip("2026-05-01", "not_now"), skip("2026-05-03", "family_no")}, false, true, "family_no"},
		"an unknown tool":            {[]State{{Tool: "crystal_ball", kind: used, at: at("2026-05-01")}}, false, false, ""},
	} {
		all := Fold(c.lines)
		s := Find(all, Genogram)
		if len(all) != len(Tools) || s.IsUsed() != c.used || s.IsSkipped() != c.skipped || s.Why != c.why {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := Find(nil, Genogram); s.Tool != Genogram || s.IsUsed() || s.IsSkipped() {
		t.Errorf("what nobody said: %+v", s)
	}
}
