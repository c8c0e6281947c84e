package consent

import (
	"testing"

	"maatje/internal/core"
)

func TestPRV4_WhoMayHaveWhatIsKeptAboutSomebody(t *testing.T) {
	const sara, kim, wil core.PersonID = 1, 2, 3
	of := func(birth string) Subject {
		s := Subject{Person: sara, Name: "Sara", IsChild: true, Holders: []Holder{{kim, "Kim"}, {0, "Bureau Voogd"}}}
		if birth != "" {
			s.Birth = core.MustDate(birth)
		}
		return s
	}
	self, mother, grandmother := Holder{sara, "Sara"}, Holder{kim, "Kim"}, Holder{wil, "Wil"}
	adult := Subject{Person: kim, Name: "Kim"}
	nobody := of("2017-03-01")
	nobody.Holders = nil
	for name, c := range map[string]struct {
		about   Subject
		by      Holder
		checked bool
		refused string
	}{
		"an adult about themselves":             {adult, mother, true, ""},
		"not made sure":                         {adult, mother, false, "own_data_not_checked"},
		"about another adult":                   {adult, grandmother, true, "own_data_other_asks"},
		"a child of 9 by a parent":              {of("2017-03-01"), mother, true, ""},
		"by the guardian's organisation":        {of("2017-03-01"), Holder{0, " bureau VOOGD"}, true, ""},
		"by another organisation":               {of("2017-03-01"), Holder{0, "School"}, true, "own_data_other_asks"},
		"by nobody":                             {of("2017-03-01"), Holder{}, true, "own_data_other_asks"},
		"by who looks after the child":          {of("2017-03-01"), grandmother, true, "own_data_other_asks"},
		"a child of 9 self":                     {of("2017-03-01"), self, true, "own_data_other_asks"},
		"the day before 16: self":               {of("2010-11-23"), self, true, "own_data_other_asks"},
		"the day before 16: the parent":         {of("2010-11-23"), mother, true, ""},
		"16 today: self":                        {of("2010-11-22"), self, true, ""},
		"16 today: the parent not any more":     {of("2010-11-22"), mother, true, "own_data_other_asks"},
		"birth not known: the parent":           {of(""), mother, true, ""},
		"birth not known: self":                 {of(""), self, true, "own_data_other_asks"},
		"nobody has authority":                  {nobody, mother, true, "consent_nobody_decides"},
		"the parent whose authority came to an": {Subject{Person: sara, Name: "Sara", IsChild: true, Birth: core.MustDate("2017-03-01"), Holders: []Holder{{0, "Bureau Voogd"}}}, mother, true, "own_data_other_asks"},
	} {
		t.Run(name, func(t *testing.T) {
			on := core.MustDate("2026-11-22")
			g, err := RequireOwnData(Asked{c.by, c.checked}, c.about, on)
			f, refused := core.AsFail(err)
			switch {
			case c.refused == "" && (err != nil || g.IsZero() || g.Purpose() != OwnData || g.About() != c.about.Person || g.To().Name != c.by.Name || g.On() != on):
				t.Errorf("%+v, %v", g, err)
			case c.refused != "" && (!refused || f.Message != c.refused || f.Rule != "PRV-4" || !g.IsZero()):
				t.Errorf("%+v, %v", g, err)
			}
		})
	}
}
