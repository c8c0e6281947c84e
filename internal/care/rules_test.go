package care

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

var (
	today = core.MustDate("2026-11-14")
	day   = core.MustDate
	usual = Rhythms{Complex: Weekly, Running: TwoWeekly, Quiet: Monthly}
)

func TestVOL8_HowOftenByTheWeightOfTheCase(t *testing.T) {
	v := usual
	for name, c := range map[string]struct {
		s    Standing
		want Every
	}{
		"complex":                  {Standing{Status: "active", Weight: Weight{true, true}}, Weekly},
		"a family runs":            {Standing{Status: "active", Weight: Weight{Running: true}}, TwoWeekly},
		"active without a family":  {Standing{Status: "active"}, Monthly},
		"rests, and a family runs": {Standing{Status: "resting", Weight: Weight{Running: true}}, TwoWeekly},
		"rests":                    {Standing{Status: "resting"}, Never},
		"applied":                  {Standing{Status: "applied"}, Never},
		"chosen":                   {Standing{Status: "active", Chosen: Monthly, Weight: Weight{true, true}}, Monthly},
		"chosen, but rests":        {Standing{Status: "resting", Chosen: Weekly}, Never},
	} {
		if got := Rhythm(c.s, v); got != c.want {
			t.Errorf("%s: every %q, not %q", name, got, c.want)
		}
	}
	v.Complex = Monthly
	if got := Rhythm(Standing{Status: "active", Weight: Weight{true, true}}, v); got != Monthly {
		t.Errorf("the organisation chose monthly, and it is %q", got)
	}
}

func TestVOL8_DueOnTheLastDay(t *testing.T) {
	for name, c := range map[string]struct {
		every Every
		last  string
		late  bool
	}{
		"weekly, seven days":              {Weekly, "2026-11-07", false},
		"weekly, eight days":              {Weekly, "2026-11-06", true},
		"two weekly, fourteen days":       {TwoWeekly, "2026-10-31", false},
		"two weekly, fifteen days":        {TwoWeekly, "2026-10-30", true},
		"monthly, a month ago to the day": {Monthly, "2026-10-14", false},
		"monthly, a month and a day":      {Monthly, "2026-10-13", true},
		"no rhythm":                       {Never, "2020-01-01", false},
	} {
		if got := (Standing{Due: Due(c.every, day(c.last))}).IsLate(today); got != c.late {
			t.Errorf("%s: late is %v", name, got)
		}
	}
	if got := Due(Monthly, day("2026-01-31")); got != day("2026-02-28") {
		t.Errorf("a month after 31 January is %v", got)
	}
	never := Weighed(Standing{Status: "active", Since: today.AddDays(-40)}, usual)
	if !never.IsLate(today) {
		t.Errorf("nobody spoke to her for forty days, and she is due on %v", never.Due)
	}
}

func TestVOL8_TheLongestWaitFirst(t *testing.T) {
	late := Late([]Standing{{Name: "a", Due: today.AddDays(-1)}, {Name: "b", Due: today}, {Name: "c", Due: today.AddDays(-9)}, {Name: "d"}}, today)
	if len(late) != 2 || late[0].Name != "c" || late[1].Name != "a" {
		t.Errorf("late are %+v", late)
	}
}

func TestVOL8_WhatAContactNeeds(t *testing.T) {
	ok := Contact{On: today, How: "phone", Words: "gaat goed"}
	for name, c := range map[string]struct {
		change func(*Contact)
		wrong  []string
	}{
		"whole":            {func(*Contact) {}, nil},
		"no day":           {func(c *Contact) { c.On = core.Date{} }, []string{"held_on"}},
		"tomorrow":         {func(c *Contact) { c.On = today.AddDays(1) }, []string{"held_on"}},
		"a year ago":       {func(c *Contact) { c.On = day("2025-11-14") }, nil},
		"a year and a day": {func(c *Contact) { c.On = day("2025-11-13") }, []string{"held_on"}},
		"by pigeon":        {func(c *Contact) { c.How = "pigeon" }, []string{"how"}},
		"no word, no way":  {func(c *Contact) { c.How, c.Words = "", " " }, []string{"how", "words"}},
	} {
		x := ok
		c.change(&x)
		var wrong []string
		if fail, is := core.AsFail(Check(x, today)); is {
			for _, f := range fail.All() {
				wrong = append(wrong, f.Field)
			}
		}
		if !slices.Equal(wrong, c.wrong) {
			t.Errorf("%s: wrong is %v", name, wrong)
		}
	}
}

func TestVOL8_ARhythmThatThereIs(t *testing.T) {
	for every, want := range map[Every]bool{"": true, "weekly": true, "two_weekly": true, "monthly": true, "daily": false} {
		if got := CheckRhythm(every) == nil; got != want {
			t.Errorf("%q: allowed is %v", every, got)
		}
	}
}

func TestVOL8_ThankedAfterOneFiveAndTenYears(t *testing.T) {
	for name, c := range map[string]struct {
		active, today string
		years         int
		on            string
	}{
		"fifteen days ahead":               {"2025-12-01", "2026-11-16", 0, ""},
		"two weeks ahead":                  {"2025-12-01", "2026-11-17", 1, "2026-12-01"},
		"on the day":                       {"2021-11-14", "2026-11-14", 5, "2026-11-14"},
		"sixty days after":                 {"2016-01-01", "2026-03-02", 10, "2026-01-01"},
		"sixty-one days after":             {"2016-01-01", "2026-03-03", 0, ""},
		"two years":                        {"2024-11-14", "2026-11-14", 0, ""},
		"eleven years":                     {"2015-11-14", "2026-11-14", 0, ""},
		"29 February, one year":            {"2024-02-29", "2025-02-28", 1, "2025-02-28"},
		"29 February, two weeks ahead":     {"2024-02-29", "2025-02-14", 1, "2025-02-28"},
		"29 February, the day before that": {"2024-02-29", "2025-02-13", 0, ""},
		"29 February, five years":          {"2020-02-29", "2025-02-28", 5, "2025-02-28"},
		"29 February, ten years":           {"2016-02-29", "2026-02-28", 10, "2026-02-28"},
		"was never active":                 {"", "2026-11-14", 0, ""},
	} {
		var active core.Date
		if c.active != "" {
			active = day(c.active)
		}
		m, due := ToThank(active, day(c.today))
		if m.Years != c.years || due != (c.years > 0) || due && m.On != day(c.on) {
			t.Errorf("%s: %+v %v", name, m, due)
		}
	}
}
