package material

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

var today = core.MustDate("2026-11-14")

func book() Material {
	return Material{Name: "Boek", Kind: "picture_book", Topic: "missing", AgeFrom: 4, AgeTo: 8, Copies: 1, LendDays: 28}
}

func TestVOL6_WhatATitleNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Material)
		wrong  []string
	}{
		"whole":            {func(*Material) {}, nil},
		"no name":          {func(m *Material) { m.Name = "  " }, []string{"name"}},
		"unknown kind":     {func(m *Material) { m.Kind = "film" }, []string{"kind"}},
		"unknown topic":    {func(m *Material) { m.Topic = "" }, []string{"topic"}},
		"one age":          {func(m *Material) { m.AgeTo = 4 }, nil},
		"ages turned":      {func(m *Material) { m.AgeTo = 3 }, []string{"age_to"}},
		"before birth":     {func(m *Material) { m.AgeFrom = -1 }, []string{"age_from"}},
		"oldest":           {func(m *Material) { m.AgeTo = 99 }, nil},
		"older":            {func(m *Material) { m.AgeTo = 100 }, []string{"age_to"}},
		"no copy":          {func(m *Material) { m.Copies = 0 }, []string{"copies"}},
		"a library":        {func(m *Material) { m.Copies = 1001 }, []string{"copies"}},
		"lent for no time": {func(m *Material) { m.LendDays = 0 }, []string{"lend_days"}},
		"lent for a year":  {func(m *Material) { m.LendDays = 365 }, nil},
		"lent for longer":  {func(m *Material) { m.LendDays = 366 }, []string{"lend_days"}},
		"several at once":  {func(m *Material) { m.Name, m.Copies = "", 0 }, []string{"name", "copies"}},
	} {
		m := book()
		c.change(&m)
		var wrong []string
		if fail, ok := core.AsFail(Check(m)); ok {
			for _, f := range fail.All() {
				wrong = append(wrong, f.Field)
			}
		}
		if !slices.Equal(wrong, c.wrong) {
			t.Errorf("%s: wrong is %v, not %v", name, wrong, c.wrong)
		}
	}
}

// INT-8 and case C5: what goes along suits the child's age and what the child knows.
func TestVOL6_INT8_WhatSuitsAChild(t *testing.T) {
	born := func(s string) core.Date { return core.MustDate(s) }
	about := book()
	about.AboutDetention = true
	over := book()
	over.EndedOn = today
	for name, c := range map[string]struct {
		m    Material
		c    Child
		want bool
	}{
		"the day of turning four":             {book(), Child{Birth: born("2022-11-14"), Knows: "nothing"}, true},
		"the day before turning four":         {book(), Child{Birth: born("2022-11-15"), Knows: "nothing"}, false},
		"the last day of being eight":         {book(), Child{Birth: born("2017-11-15"), Knows: "nothing"}, true},
		"the day of turning nine":             {book(), Child{Birth: born("2017-11-14"), Knows: "nothing"}, false},
		"no age":                              {book(), Child{Knows: "all"}, false},
		"not born yet":                        {book(), Child{Birth: born("2026-11-15")}, false},
		"not lent any more":                   {over, Child{Birth: born("2020-01-01"), Knows: "all"}, false},
		"about detention, knows nothing":      {about, Child{Birth: born("2020-01-01"), Knows: "nothing"}, false},
		"about detention, was told a story":   {about, Child{Birth: born("2020-01-01"), Knows: "story"}, false},
		"about detention, nobody asked":       {about, Child{Birth: born("2020-01-01")}, false},
		"about detention, knows a part":       {about, Child{Birth: born("2020-01-01"), Knows: "part"}, true},
		"about detention, knows all":          {about, Child{Birth: born("2020-01-01"), Knows: "all"}, true},
		"about detention, knows all, too old": {about, Child{Birth: born("2010-01-01"), Knows: "all"}, false},
	} {
		if got := Suits(c.m, c.c, today); got != c.want {
			t.Errorf("%s: suits is %v", name, got)
		}
	}
}

func TestINT8_WhoMustNotSeeIt(t *testing.T) {
	got := Unaware([]Child{{Name: "Sara", Knows: "all"}, {Name: "Noor", Knows: "story"}, {Name: "Bo", Knows: "part"}, {Name: "Kai"}})
	if !slices.Equal(got, []string{"Noor", "Kai"}) {
		t.Errorf("unaware are %v", got)
	}
}

func TestVOL6_WhatMayBeLent(t *testing.T) {
	out, gone, gift := book(), book(), book()
	out.Gone = 1
	gone.EndedOn = today
	gift.Gift = true
	for name, c := range map[string]struct {
		m    Material
		due  core.Date
		says string
	}{
		"back today":               {book(), today, ""},
		"back yesterday":           {book(), today.AddDays(-1), "material_due_past"},
		"back in a year":           {book(), today.AddDays(365), ""},
		"back in a year and a day": {book(), today.AddDays(366), "material_days"},
		"back some day":            {book(), core.Date{}, "material_due_missing"},
		"a gift":                   {gift, core.Date{}, ""},
		"the last one is out":      {out, today, "material_all_out"},
		"not lent any more":        {gone, today, "material_ended"},
	} {
		fail, _ := core.AsFail(MayLend(c.m, c.due, today))
		if got := message(fail); got != c.says {
			t.Errorf("%s: says %q, not %q", name, got, c.says)
		}
	}
}

func message(f *core.Fail) string {
	if f == nil {
		return ""
	}
	return f.Message
}

func TestVOL6_LateIsAfterTheLastDay(t *testing.T) {
	for name, c := range map[string]struct {
		l    Loan
		want bool
	}{
		"the last day":      {Loan{State: Lent, DueOn: today}, false},
		"the day after":     {Loan{State: Lent, DueOn: today.AddDays(-1)}, true},
		"back, though late": {Loan{State: Returned, DueOn: today.AddDays(-9)}, false},
		"only asked for":    {Loan{State: Asked}, false},
	} {
		if got := c.l.IsLate(today); got != c.want {
			t.Errorf("%s: late is %v", name, got)
		}
	}
}

func TestVOL6_NotFewerThanAreOut(t *testing.T) {
	m := book()
	m.Copies = 2
	for gone, want := range map[int]bool{0: true, 2: true, 3: false} {
		if got := FewerThanGone(m, gone) == nil; got != want {
			t.Errorf("two copies of which %d are out: allowed is %v", gone, got)
		}
	}
}
