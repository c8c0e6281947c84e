package core

import "testing"

func TestTRA6_NothingIsOverwrittenUnseen(t *testing.T) {
	for _, c := range []struct {
		name       string
		key        string
		from, kept int
		last       string
		may        bool
	}{
		{"the first sending", "a.1", 0, 0, "", true},
		{"the next sending", "a.4", 3, 3, "a.3", true},
		{"after another tab, which was seen", "a.1", 3, 3, "b.3", true},
		{"another tab was quicker", "a.3", 2, 3, "b.1", false},
		{"another tab began", "a.1", 0, 1, "b.1", false},
		{"the last answer got lost on the way", "a.4", 2, 3, "a.3", true},
		{"from a future that never was", "a.4", 4, 3, "a.3", false},
		{"no screens, and so not the same", "", 0, 1, "", false},
		{"screens without a name", ".2", 0, 1, ".1", false},
		{"keys that are none", "a", 0, 1, "a", false},
	} {
		if may := (Sending{c.key, c.from}).MayReplace(c.kept, c.last); may != c.may {
			t.Errorf("%s: %v", c.name, may)
		}
	}
}

func TestTRA6_ASendingThatArrivesLateIsOld(t *testing.T) {
	for _, c := range []struct {
		key, last string
		old       bool
	}{
		{"", "", false}, {"a.1", "", false}, {"a.2", "a.1", false}, {"a.2", "a.2", true}, {"a.2", "a.10", true}, {"a.10", "a.2", false}, {"a.1", "b.2", false},
		{"a.9", "a" + Done, true}, {"a" + Done, "a.9", false}, {"a" + Done, "a" + Done, true},
	} {
		if old := (Sending{Key: c.key}).IsOld(c.last); old != c.old {
			t.Errorf("%s after %s: %v", c.key, c.last, old)
		}
	}
}
