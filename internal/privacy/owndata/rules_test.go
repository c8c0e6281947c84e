package owndata

import (
	"testing"

	"maatje/internal/core"
)

func TestPRV4_AboutOnePersonAlone(t *testing.T) {
	const sara, noor, wil, kim core.PersonID = 1, 2, 3, 4
	file := []Somebody{{ID: sara, IsChild: true}, {ID: noor, IsChild: true}, {ID: wil, Caregiver: true}, {ID: kim, IsParent: true}}
	for name, c := range map[string]struct {
		who, person core.PersonID
		group       string
		want        bool
	}{
		"named":                           {sara, sara, "other", true},
		"somebody else is named":          {sara, noor, "child", false},
		"the only caregiver":              {wil, 0, "caregiver", true},
		"the only parent":                 {kim, 0, "parent", true},
		"one of two children":             {sara, 0, "child", false},
		"nobody of the family":            {kim, 0, "professional", false},
		"the caregiver is not the parent": {wil, 0, "parent", false},
	} {
		if got := isAbout(c.who, file, c.person, c.group); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for name, c := range map[string]struct {
		people []core.PersonID
		want   bool
	}{"alone": {[]core.PersonID{sara}, true}, "with another": {[]core.PersonID{sara, noor}, false}, "another": {[]core.PersonID{noor}, false}, "nobody was noted": {nil, false}} {
		if got := isAlone(sara, c.people); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestPRV4_AChildsOwnWords(t *testing.T) {
	const child, mother core.PersonID = 1, 2
	on := core.MustDate("2026-11-22")
	for name, c := range map[string]struct {
		birth  string
		child  bool
		asker  core.PersonID
		agrees bool
		want   bool
	}{
		"to themselves":                {"2009-01-01", true, child, false, true},
		"the day before 12":            {"2014-11-23", true, mother, false, true},
		"12 today":                     {"2014-11-22", true, mother, false, false},
		"12 today, and agrees":         {"2014-11-22", true, mother, true, true},
		"birth not known":              {"", true, mother, false, false},
		"birth not known, and agrees":  {"", true, mother, true, true},
		"an adult's, to somebody else": {"1990-01-01", false, mother, false, false},
	} {
		s := Somebody{ID: child, IsChild: c.child}
		if c.birth != "" {
			s.Birth = core.MustDate(c.birth)
		}
		if got := mayPassOn(s, c.asker, c.agrees, on); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestINT8_WhoWasNotToldEverythingReadsNoMore(t *testing.T) {
	const child, mother core.PersonID = 1, 2
	for name, c := range map[string]struct {
		child bool
		asker core.PersonID
		level string
		want  bool
	}{
		"nobody asked yet":   {true, child, "", true},
		"nothing":            {true, child, "nothing", true},
		"a story":            {true, child, "story", true},
		"a part":             {true, child, "part", true},
		"everything":         {true, child, "all", false},
		"the mother asks":    {true, mother, "story", false},
		"an adult, about me": {false, child, "", false},
	} {
		if got := isUnaware(Somebody{ID: child, IsChild: c.child}, c.asker, c.level); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
