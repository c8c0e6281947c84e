package goal

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

var family = []core.PersonID{11, 12}

func whole() Content {
	return Content{Person: 11, Text: "Weer samen eten", Lines: [levels]string{"a", "b", "c", "d", "e"}}
}

func TestTOO5_AGoalHasFiveSentences(t *testing.T) {
	for name, c := range map[string]struct {
		with   func(*Content)
		fields []string
	}{
		"as it should be":     {func(*Content) {}, nil},
		"of the whole family": {func(c *Content) { c.Person = 0 }, nil},
		"of somebody else":    {func(c *Content) { c.Person = 13 }, []string{"person"}},
		"no words":            {func(c *Content) { c.Text = "" }, []string{"text"}},
		"the first is empty":  {func(c *Content) { c.Lines[0] = "" }, []string{"least"}},
		"the last is empty":   {func(c *Content) { c.Lines[4] = "" }, []string{"most"}},
		"nothing at all":      {func(c *Content) { *c = Content{} }, []string{"text", "least", "less", "hoped", "more", "most"}},
	} {
		in := whole()
		c.with(&in)
		if got := fields(t, CheckContent(in, family)); !slices.Equal(got, c.fields) {
			t.Errorf("%s: mistakes in %v, want %v", name, got, c.fields)
		}
	}
}

func TestTOO5_AGoalChangesWithTheReason(t *testing.T) {
	for name, c := range map[string]struct {
		with   func(*Content)
		fields []string
	}{
		"other words":                {func(c *Content) { c.Text, c.Why = "Elke zondag samen eten", "dat is duidelijker" }, nil},
		"other words, no reason":     {func(c *Content) { c.Text = "Elke zondag samen eten" }, []string{"why"}},
		"a reason, nothing changed":  {func(c *Content) { c.Why = "zomaar" }, []string{"text"}},
		"stopped":                    {func(c *Content) { c.Stopped, c.Why = true, "gelukt" }, nil},
		"another sentence":           {func(c *Content) { c.Lines[2], c.Why = "C", "beter gezegd" }, nil},
		"an empty sentence":          {func(c *Content) { c.Lines[2], c.Why = "", "x" }, []string{"hoped"}},
		"of all of them from now on": {func(c *Content) { c.Person, c.Why = 0, "samen" }, nil},
	} {
		after := whole()
		c.with(&after)
		if got := fields(t, CheckChange(whole(), after, family)); !slices.Equal(got, c.fields) {
			t.Errorf("%s: mistakes in %v, want %v", name, got, c.fields)
		}
	}
	before := whole()
	before.Why = "een oude reden"
	after := whole()
	after.Why = "een nieuwe reden"
	if got := fields(t, CheckChange(before, after, family)); !slices.Equal(got, []string{"text"}) {
		t.Errorf("only the reason differs: mistakes in %v", got)
	}
}

func TestTOO5_TheFamilyRatesFromMinusTwoToTwo(t *testing.T) {
	today := core.MustDate("2026-11-14")
	for name, c := range map[string]struct {
		with   func(*Rating)
		fields []string
	}{
		"as hoped":         {func(*Rating) {}, nil},
		"the least":        {func(r *Rating) { r.Score = -2 }, nil},
		"less than that":   {func(r *Rating) { r.Score = -3 }, []string{"score"}},
		"the most":         {func(r *Rating) { r.Score = 2 }, nil},
		"more than that":   {func(r *Rating) { r.Score = 3 }, []string{"score"}},
		"yesterday":        {func(r *Rating) { r.On = today.AddDays(-1) }, nil},
		"tomorrow":         {func(r *Rating) { r.On = today.AddDays(1) }, []string{"rated_on"}},
		"on no day":        {func(r *Rating) { r.On = core.Date{} }, []string{"rated_on"}},
		"together":         {func(r *Rating) { r.By = 0 }, nil},
		"by somebody else": {func(r *Rating) { r.By = 13 }, []string{"person"}},
	} {
		r := Rating{On: today, By: 12}
		c.with(&r)
		if got := fields(t, CheckRating(r, Goal{Content: whole()}, family, today)); !slices.Equal(got, c.fields) {
			t.Errorf("%s: mistakes in %v, want %v", name, got, c.fields)
		}
	}
	stopped := whole()
	stopped.Stopped = true
	if f, ok := core.AsFail(CheckRating(Rating{On: today}, Goal{Content: stopped}, family, today)); !ok || f.Message != "goal_is_stopped" || f.Rule != "TOO-5" {
		t.Errorf("what is no goal any more is rated: %v", f)
	}
}

func TestTOO5_NothingOfAGoalIsLost(t *testing.T) {
	day := core.MustDate
	at := func(hour string) core.Instant { return core.MustInstant("2026-11-14T" + hour + ":00:00.000Z") }
	got := Assemble(
		[]Change{{goal: 1, Seq: 1, Content: Content{Text: "eerst"}}, {goal: 1, Seq: 2, Content: Content{Text: "nu", Why: "daarom"}}, {goal: 2, Seq: 1, Content: Content{Text: "ander"}}},
		[]Rating{
			{Goal: 1, On: day("2026-10-01"), Score: 1, at: at("12")}, {Goal: 1, On: day("2026-05-01"), Score: -1, at: at("13")},
			{Goal: 1, On: day("2026-10-01"), Score: 0, at: at("11")}, {Goal: 3, On: day("2026-10-01"), Score: 2},
		})
	if len(got) != 2 || got[0].Text != "nu" || got[0].Version != 2 || len(got[0].Changes) != 2 || got[0].Changes[0].Text != "eerst" || got[1].Text != "ander" {
		t.Fatalf("the goals: %+v", got)
	}
	var scores []int
	for _, r := range got[0].Ratings {
		scores = append(scores, r.Score)
	}
	if last, ok := got[0].Last(); !slices.Equal(scores, []int{-1, 0, 1}) || !ok || last.Score != 1 || len(got[1].Ratings) != 0 {
		t.Errorf("the ratings stand as %v, the last is %+v", scores, last)
	}
	if _, ok := got[1].Last(); ok {
		t.Error("a goal without ratings has a last one")
	}
}

func TestTOO5_ChangedSentencesDoNotChangeWhatWasSaid(t *testing.T) {
	at := func(hour string) core.Instant { return core.MustInstant("2026-10-01T" + hour + ":00:00.000Z") }
	later := whole()
	later.Lines[3] = "nu anders"
	g := Assemble([]Change{{Content: whole(), Seq: 1, At: at("10"), goal: 1}, {Content: later, Seq: 2, At: at("12"), goal: 1}}, nil)[0]
	for name, c := range map[string]struct {
		r    Rating
		want string
	}{
		"before the change":               {Rating{Score: 1, at: at("11")}, "d"},
		"at the moment of the change":     {Rating{Score: 1, at: at("12")}, "nu anders"},
		"after it":                        {Rating{Score: 1, at: at("13")}, "nu anders"},
		"before it, about a day after it": {Rating{Score: 1, at: at("11"), On: core.MustDate("2026-10-02")}, "d"},
		"no score there is":               {Rating{Score: 3, at: at("11")}, ""},
	} {
		if got := g.Said(c.r); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTOO5_TheLineOfAGoal(t *testing.T) {
	c := whole()
	for score, want := range map[int]string{-3: "", -2: "a", 0: "c", 2: "e", 3: ""} {
		if got := c.Line(score); got != want {
			t.Errorf("the sentence of %d is %q", score, got)
		}
	}
	day := core.MustDate
	for name, r := range map[string][]Rating{
		"none": nil, "one": {{On: day("2026-05-01"), Score: 2}}, "two of one day": {{On: day("2026-05-01"), Score: -2}, {On: day("2026-05-01"), Score: 2}},
		"half a year": {{On: day("2026-05-01"), Score: -2}, {On: day("2026-08-01"), Score: 0}, {On: day("2026-11-01"), Score: 2}},
	} {
		ps := points(r)
		if len(ps) != len(r) {
			t.Errorf("%s: %d points", name, len(ps))
		}
		for i, p := range ps {
			if p.x < 0 || p.x > lineWidth || p.y < 0 || p.y > lineHeight || i > 0 && p.x < ps[i-1].x {
				t.Errorf("%s: a point at %v", name, p)
			}
		}
	}
	if height(Most) >= height(Least) || height(0) != lineHeight/2 {
		t.Error("more does not stand above less, with what was hoped between them")
	}
}

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
