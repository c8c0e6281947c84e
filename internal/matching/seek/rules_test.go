package seek

import (
	"errors"
	"testing"

	"maatje/internal/core"
)

func fields(err error) (out string) {
	if fail, is := errors.AsType[*core.Fail](err); is {
		out = fail.Message
	}
	return out
}

func TestVOL7_NothingOfAWantIsNeeded(t *testing.T) {
	for _, c := range []struct {
		name string
		w    Want
		want string
	}{
		{"one volunteer", Want{Volunteers: 1}, ""},
		{"four", Want{Volunteers: 4}, ""},
		{"five", Want{Volunteers: 5}, "seek_volunteers"},
		{"nobody", Want{}, "seek_volunteers"},
		{"a language that is welcome", Want{Volunteers: 1, Languages: []string{"ti"}}, ""},
		{"a language that is needed", Want{Volunteers: 1, Languages: []string{"ti"}, Needed: true}, ""},
		{"needed, but which", Want{Volunteers: 1, Needed: true}, "seek_language"},
	} {
		if got := fields(CheckWant(c.w)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVOL9_AnExclusionHasASideAndAReason(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Exclusion
		want string
	}{
		{"the family", Exclusion{Side: ByFamily, Words: "buren"}, ""},
		{"the volunteer", Exclusion{Side: ByVolunteer, Words: "kent de vader"}, ""},
		{"a double role", Exclusion{Side: ByDoubleRole, Words: "te veel"}, ""},
		{"somebody else", Exclusion{Side: "neighbour", Words: "ruzie"}, "seek_side"},
		{"no reason", Exclusion{Side: ByFamily, Words: "  "}, "seek_words"},
	} {
		if got := fields(CheckExclusion(c.e)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
