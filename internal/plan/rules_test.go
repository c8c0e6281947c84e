package plan

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

func TestTOO5_SixMonthsOrAsLongAsItTakes(t *testing.T) {
	for name, c := range map[string]struct {
		start, end string
		want       int
	}{
		"does not run yet":             {"", "", 6},
		"no end":                       {"2026-09-01", "", 6},
		"six months to the day":        {"2026-09-01", "2027-03-01", 6},
		"a day more":                   {"2026-09-01", "2027-03-02", 7},
		"shorter has six all the same": {"2026-09-01", "2026-12-01", 6},
		"a year":                       {"2026-09-01", "2027-09-01", 12},
		"from the last of a month":     {"2026-08-31", "2027-02-28", 6},
		"an end that cannot be":        {"2026-09-01", "2126-09-01", mostMonths},
	} {
		if got := Months(date(c.start), date(c.end)); got != c.want {
			t.Errorf("%s: %d months, want %d", name, got, c.want)
		}
	}
}

func TestTOO5_TheMonthOfADay(t *testing.T) {
	for name, c := range map[string]struct {
		start, day string
		want       int
	}{
		"does not run yet":         {"", "2026-11-14", 0},
		"the day before the start": {"2026-09-10", "2026-09-09", 0},
		"the first day":            {"2026-09-10", "2026-09-10", 1},
		"the last of month one":    {"2026-09-10", "2026-10-09", 1},
		"the first of month two":   {"2026-09-10", "2026-10-10", 2},
		"long after":               {"2026-09-10", "2326-10-10", mostMonths},
	} {
		if got := MonthOn(date(c.start), date(c.day)); got != c.want {
			t.Errorf("%s: month %d, want %d", name, got, c.want)
		}
	}
}

func TestTOO5_AStepSaysWhoDoesWhatWhen(t *testing.T) {
	today := core.MustDate("2026-11-14")
	good := Step{Month: 1, Who: "family", What: "Samen naar de bibliotheek"}
	for name, c := range map[string]struct {
		with   func(*Step)
		fields []string
	}{
		"as it should be":    {func(*Step) {}, nil},
		"month zero":         {func(s *Step) { s.Month = 0 }, []string{"month"}},
		"before the first":   {func(s *Step) { s.Month = -1 }, []string{"month"}},
		"the last month":     {func(s *Step) { s.Month = 6 }, nil},
		"after the last":     {func(s *Step) { s.Month = 7 }, []string{"month"}},
		"nobody":             {func(s *Step) { s.Who = "" }, []string{"who"}},
		"somebody else":      {func(s *Step) { s.Who = "neighbour" }, []string{"who"}},
		"the network":        {func(s *Step) { s.Who = "network" }, nil},
		"no words":           {func(s *Step) { s.What = "" }, []string{"what"}},
		"done today":         {func(s *Step) { s.DoneOn = today }, nil},
		"done tomorrow":      {func(s *Step) { s.DoneOn = today.AddDays(1) }, []string{"done_on"}},
		"everything missing": {func(s *Step) { *s = Step{} }, []string{"month", "who", "what"}},
	} {
		s := good
		c.with(&s)
		if got := fields(t, Check(s, 6, today)); !slices.Equal(got, c.fields) {
			t.Errorf("%s: mistakes in %v, want %v", name, got, c.fields)
		}
	}
}

func TestTOO5_DoneOnADayThatHasBeen(t *testing.T) {
	today := core.MustDate("2026-11-14")
	for on, want := range map[core.Date][]string{{}: nil, today.AddDays(-1): nil, today: nil, today.AddDays(1): {"done_on"}} {
		if got := fields(t, MayTick(on, today)); !slices.Equal(got, want) {
			t.Errorf("done on %q: mistakes in %v", on, got)
		}
	}
}

func TestTOO5_AnEndedPlanStaysAsItWas(t *testing.T) {
	if err := MayWrite(Plan{}); err != nil {
		t.Errorf("a plan that runs: %v", err)
	}
	if f, ok := core.AsFail(MayWrite(Plan{EndedOn: core.MustDate("2026-11-14")})); !ok || f.Rule != "TOO-5" || f.Message != "plan_ended" {
		t.Errorf("a plan that ended: %v", f)
	}
}

// fields are those of the mistakes, each of which carries its rule.
func fields(t *testing.T, err error) (out []string) {
	t.Helper()
	f, ok := core.AsFail(err)
	if !ok {
		return nil
	}
	for _, one := range append([]*core.Fail{f}, f.Also...) {
		if one.Rule != "TOO-5" {
			t.Errorf("%s carries rule %q", one.Message, one.Rule)
		}
		out = append(out, one.Field)
	}
	return out
}

func date(s string) core.Date {
	if s == "" {
		return core.Date{}
	}
	return core.MustDate(s)
}

func TestTOO5_AReportAsksAboutTheStepsOfThisMonth(t *testing.T) {
	done := core.MustDate("2026-09-20")
	p := Plan{Start: date("2026-09-10"), Steps: []Step{
		{ID: 1, Month: 1}, {ID: 2, Month: 1, DoneOn: done}, {ID: 3, Month: 2}, {ID: 4, Month: 3}}}
	for name, c := range map[string]struct {
		start, today string
		want         []core.ID
	}{
		"month one":              {"2026-09-10", "2026-10-09", []core.ID{1}},
		"the first of month two": {"2026-09-10", "2026-10-10", []core.ID{1, 3}},
		"long after":             {"2026-09-10", "2027-10-10", []core.ID{1, 3, 4}},
		"before it begins":       {"2026-09-10", "2026-09-01", []core.ID{1}},
		"nobody knows when":      {"", "2026-09-01", []core.ID{1}},
	} {
		p.Start = date(c.start)
		var got []core.ID
		for _, s := range Due(p, date(c.today)) {
			got = append(got, s.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTOO5_AStepGoesToAMonthOfThePlan(t *testing.T) {
	for month, want := range map[int][]string{-1: {"month"}, 0: {"month"}, 1: nil, 6: nil, 7: {"month"}} {
		if got := fields(t, MayMove(month, 6)); !slices.Equal(got, want) {
			t.Errorf("to month %d: mistakes in %v", month, got)
		}
	}
}
