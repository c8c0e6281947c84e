package matching

import (
	"testing"

	"maatje/internal/core"
)

var day = core.MustDate

func message(err error) string {
	if f, ok := core.AsFail(err); ok {
		return f.Message
	}
	return ""
}

func TestTRA3_MovesFollowTheTable(t *testing.T) {
	all := []State{Proposed, Agreed, Introduced, Accepted, Declined, Ended}
	allowed := map[[2]State]bool{
		{Proposed, Agreed}: true, {Agreed, Introduced}: true, {Introduced, Accepted}: true, {Accepted, Ended}: true,
		{Proposed, Declined}: true, {Agreed, Declined}: true, {Introduced, Declined}: true,
	}
	for _, from := range all {
		for _, to := range all {
			err := MayMove(Match{State: from}, to)
			if (err == nil) != allowed[[2]State{from, to}] || err != nil && !core.IsKind(err, core.KindConflict) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
}

func TestTRA3_OneIsAskedAtATime(t *testing.T) {
	ria := func(s State) Match { return Match{Volunteer: 7, VolunteerName: "Ria", State: s} }
	for _, c := range []struct {
		name string
		all  []Match
		who  core.ID
		want string
	}{
		{"the first", nil, 7, ""},
		{"another while one is asked", []Match{ria(Proposed)}, 8, "matching_somebody_asked"},
		{"another while one said yes", []Match{ria(Agreed)}, 8, "matching_somebody_asked"},
		{"another while one was introduced", []Match{ria(Introduced)}, 8, "matching_somebody_asked"},
		{"a second beside the first who runs", []Match{ria(Accepted)}, 8, ""},
		{"the same again", []Match{ria(Proposed)}, 7, "matching_proposed_already"},
		{"who is matched already", []Match{ria(Accepted)}, 7, "matching_proposed_already"},
		{"another after a no", []Match{ria(Declined)}, 8, ""},
		{"the same after a no", []Match{ria(Declined)}, 7, ""},
		{"the same after the end", []Match{ria(Ended)}, 7, ""},
	} {
		if got := message(CheckProposal(c.all, c.who)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVOL9_DoubleRoleIsDecidedWithReasons(t *testing.T) {
	for _, c := range []struct {
		name  string
		roles []string
		d     DoubleRole
		want  string
	}{
		{"no double role", nil, DoubleRole{}, ""},
		{"wanted, with reasons", []string{"family_buddy"}, DoubleRole{true, "de familie wil het graag"}, ""},
		{"wanted, without", []string{"family_buddy"}, DoubleRole{true, " "}, "matching_double_role_words"},
		{"not decided", []string{"family_buddy"}, DoubleRole{}, "matching_double_role_words"},
		{"not wanted", []string{"family_buddy"}, DoubleRole{false, "te veel voor haar"}, "matching_double_role_unwanted"},
	} {
		if got := message(CheckDoubleRole(c.roles, c.d)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTRA3_IntroductionHasADay(t *testing.T) {
	agreed := Match{State: Agreed, AgreedAt: core.MustInstant("2026-06-05T10:00:00.000Z")}
	today := day("2026-06-10")
	for _, c := range []struct {
		name string
		m    Match
		on   string
		want string
	}{
		{"tomorrow", agreed, "2026-06-11", ""}, {"today", agreed, "2026-06-10", ""}, {"yesterday", agreed, "2026-06-09", "matching_introduction_past"},
		{"no day", agreed, "", "matching_introduction_day"}, {"before the volunteer said yes", Match{State: Proposed}, "2026-06-11", "matching_moved_on"},
	} {
		on, _ := core.ParseDate(c.on)
		if got := message(CheckIntroduction(c.m, on, today)); got != c.want {
			t.Errorf("planned %s: %q, want %q", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name string
		m    Match
		on   string
		want string
	}{
		{"today", agreed, "2026-06-10", ""}, {"tomorrow", agreed, "2026-06-11", "matching_introduction_ahead"},
		{"the day of the yes", agreed, "2026-06-05", ""}, {"the day before", agreed, "2026-06-04", "matching_introduction_before_yes"},
		{"no day", agreed, "", "matching_introduction_day"}, {"twice", Match{State: Introduced}, "2026-06-10", "matching_moved_on"},
	} {
		on, _ := core.ParseDate(c.on)
		if got := message(CheckIntroduced(c.m, on, today)); got != c.want {
			t.Errorf("held %s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTRA3_AnyOfTheThreeCanSayNo(t *testing.T) {
	for _, by := range []Side{ByVolunteer, ByFamily, ByCoordinator} {
		for state, want := range map[State]bool{Proposed: true, Agreed: true, Introduced: true, Accepted: false, Declined: false, Ended: false} {
			if err := CheckDecline(Match{State: state}, by); (err == nil) != want {
				t.Errorf("%s declines %s: %v", by, state, err)
			}
		}
	}
	if err := CheckDecline(Match{State: Proposed}, "neighbour"); !core.IsKind(err, core.KindInvalid) {
		t.Errorf("a fourth: %v", err)
	}
}

func TestVOL7_AnotherThanTheAdvisedAsksWhy(t *testing.T) {
	known := []string{"family_wish", "other"}
	for _, c := range []struct {
		name     string
		deviates bool
		d        Deviation
		want     string
	}{
		{"the best", false, Deviation{}, ""}, {"another, no reason", true, Deviation{}, "matching_deviation"},
		{"another, a reason of the list", true, Deviation{Code: "family_wish"}, ""}, {"a reason that is not on it", true, Deviation{Code: "hunch"}, "matching_deviation"},
		{"other, without words", true, Deviation{Code: "other", Words: " "}, "matching_deviation_words"},
		{"other, with words", true, Deviation{Code: "other", Words: "Ze zingen in hetzelfde koor."}, ""},
	} {
		if got := message(CheckDeviation(c.deviates, known, c.d)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
