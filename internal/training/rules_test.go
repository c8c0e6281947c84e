package training

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/core"
)

func day1(s string) core.Date {
	if s == "" {
		return core.Date{}
	}
	return core.MustDate(s)
}

// message is the sentence with which something is refused; empty if it is not.
func message(err error) string {
	if f, ok := core.AsFail(err); ok {
		return f.Message
	}
	return ""
}

// TestVOL4_NeverMorePeopleThanPlaces: whatever is asked in whatever order, there are never more people than places, nobody waits
// while a place is free, and places go in the order of asking.
func TestVOL4_NeverMorePeopleThanPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Roll{Places: rapid.IntRange(1, 6).Draw(t, "places")}
		var asked []core.VolunteerID // in order; who withdrew is taken out
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			v := core.VolunteerID(rapid.IntRange(1, 12).Draw(t, "who"))
			had := slices.Contains(asked, v)
			before := r
			var moved []core.VolunteerID
			var err error
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0, 1:
				r, err = r.Enrol(v)
				if had != (err != nil) {
					t.Fatalf("enrol %v: %v", v, err)
				}
				if !had {
					asked = append(asked, v)
				}
			case 2:
				r, moved, err = r.Withdraw(v)
				if had != (err == nil) {
					t.Fatalf("withdraw %v: %v", v, err)
				}
				asked = slices.DeleteFunc(asked, func(x core.VolunteerID) bool { return x == v })
			case 3:
				n := rapid.IntRange(0, 8).Draw(t, "to")
				r, moved, err = r.Resize(n)
				if (n < len(before.Enrolled)) != (err != nil) {
					t.Fatalf("to %d with %d: %v", n, len(before.Enrolled), err)
				}
			}
			for _, m := range moved {
				if !slices.Contains(before.Waiting, m) || !slices.Contains(r.Enrolled, m) {
					t.Fatalf("%v moved up from %+v to %+v", m, before, r)
				}
			}
			if len(r.Enrolled) > r.Places || r.Free() > 0 && len(r.Waiting) > 0 {
				t.Fatalf("%+v", r)
			}
			if got := append(slices.Clone(r.Enrolled), r.Waiting...); !slices.Equal(got, asked) {
				t.Fatalf("order %v, asked %v", got, asked)
			}
		}
	})
}

func TestVOL4_TheLastPlaceAndTheRow(t *testing.T) {
	r := Roll{Places: 1}
	r, _ = r.Enrol(1)
	r, _ = r.Enrol(2)
	r, _ = r.Enrol(3)
	if !slices.Equal(r.Enrolled, []core.VolunteerID{1}) || r.Turn(2) != 1 || r.Turn(3) != 2 || r.Turn(1) != 0 {
		t.Fatalf("%+v", r)
	}
	if _, _, err := r.Resize(0); message(err) != "training_places_taken" {
		t.Errorf("fewer places than people: %v", err)
	}
	after, moved, err := r.Withdraw(2)
	if err != nil || len(moved) != 0 || after.Turn(3) != 1 {
		t.Errorf("who waits withdraws: %+v %v %v", after, moved, err)
	}
	after, moved, err = r.Withdraw(1)
	if err != nil || !slices.Equal(moved, []core.VolunteerID{2}) || !slices.Equal(after.Enrolled, []core.VolunteerID{2}) {
		t.Errorf("the first moves up: %+v %v %v", after, moved, err)
	}
	after, moved, err = r.Resize(3)
	if err != nil || !slices.Equal(moved, []core.VolunteerID{2, 3}) || len(after.Waiting) != 0 {
		t.Errorf("more places: %+v %v %v", after, moved, err)
	}
}

func TestVOL4_CompletedByTheLastPart(t *testing.T) {
	parts := []Part{{ID: 1}, {ID: 2, Module: 9}}
	for _, c := range []struct {
		name       string
		parts      []Part
		one, other string
		earlier    string
		want       string
	}{
		{"nothing done", parts, "", "", "", ""},
		{"one of two", parts, "2026-11-01", "", "", ""},
		{"both: the last day", parts, "2026-11-01", "2026-10-01", "", "2026-11-01"},
		{"both, the other way round", parts, "2026-10-01", "2026-11-01", "", "2026-11-01"},
		{"no parts", nil, "", "", "", ""},
		{"again: one of them old", parts, "2026-11-01", "2024-10-01", "2024-10-01", ""},
		{"again: on the day of the earlier one", parts, "2024-10-01", "2024-10-01", "2024-10-01", ""},
		{"again: both later", parts, "2026-11-01", "2024-10-02", "2024-10-01", "2026-11-01"},
	} {
		got, all := CompletedOn(c.parts, map[core.ID]core.Date{1: day1(c.one), 2: day1(c.other)}, day1(c.earlier))
		if all != (c.want != "") || got != day1(c.want) {
			t.Errorf("%s: %v %v", c.name, got, all)
		}
	}
}

func TestVOL4_WhenACourseIsDueAgain(t *testing.T) {
	for _, c := range []struct {
		name   string
		done   string
		months int
		on     string
		due    string
		asks   bool
	}{
		{"never", "2020-01-01", 0, "2026-01-01", "", false},
		{"not done", "", 12, "2026-01-01", "", false},
		{"31 days ahead", "2025-03-01", 12, "2026-01-29", "2026-03-01", false},
		{"30 days ahead", "2025-03-01", 12, "2026-01-30", "2026-03-01", false},
		{"29 days ahead", "2025-03-01", 12, "2026-01-31", "2026-03-01", true},
		{"the day itself", "2025-03-01", 12, "2026-03-01", "2026-03-01", true},
		{"long ago", "2020-03-01", 12, "2026-03-01", "2021-03-01", true},
		{"the last day of a short month", "2024-08-31", 6, "2025-02-01", "2025-02-28", true},
	} {
		due := DueOn(day1(c.done), c.months)
		if due != day1(c.due) || AsksAgain(due, day1(c.on)) != c.asks {
			t.Errorf("%s: %v %v", c.name, due, AsksAgain(due, day1(c.on)))
		}
	}
}

func TestVOL4_ACourseOfNothingDoesNotOpen(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []Part
		want  string
	}{
		{"nothing", nil, "training_course_empty"},
		{"an evening", []Part{{ID: 1}}, ""},
		{"a module", []Part{{ID: 1, Module: 2, Readable: true}}, ""},
		{"a module nobody can read", []Part{{ID: 1}, {ID: 2, Module: 2}}, "training_module_unpublished"},
	} {
		if got := message(MayPublish(Course{Parts: c.parts})); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	for _, c := range []struct {
		course Course
		want   string
	}{
		{Course{Name: "Rouw"}, ""}, {Course{}, "training_course_name"}, {Course{Code: "general"}, ""}, {Course{Name: "a, b"}, "training_course_comma"},
		{Course{Name: "a", Months: -1}, "training_course_months"}, {Course{Name: "a", Months: 120}, ""}, {Course{Name: "a", Months: 121}, "training_course_months"},
	} {
		if got := message(CheckCourse(c.course)); got != c.want {
			t.Errorf("%+v: %q", c.course, got)
		}
	}
}

func TestVOL4_ASessionAsItWasTyped(t *testing.T) {
	good := Session{On: day1("2026-12-01"), Starts: "19:30", Ends: "21:00", Place: "Buurthuis", Places: 12}
	for _, c := range []struct {
		name  string
		twist func(*Session)
		want  string
	}{
		{"as it should be", func(*Session) {}, ""},
		{"today", func(s *Session) { s.On = day1("2026-11-23") }, ""},
		{"yesterday", func(s *Session) { s.On = day1("2026-11-22") }, "training_session_past"},
		{"yesterday, where it stood", func(s *Session) { s.On = day1("2026-11-20") }, ""},
		{"no day", func(s *Session) { s.On = core.Date{} }, "training_session_day"},
		{"two years ahead", func(s *Session) { s.On = day1("2028-11-23") }, ""},
		{"a day more", func(s *Session) { s.On = day1("2028-11-24") }, "training_session_far"},
		{"no time", func(s *Session) { s.Starts = "" }, "training_session_time"},
		{"no such time", func(s *Session) { s.Starts = "24:00" }, "training_session_time"},
		{"half a time", func(s *Session) { s.Ends = "21" }, "training_session_time"},
		{"ends as it starts", func(s *Session) { s.Ends = "19:30" }, "training_session_ends"},
		{"no end", func(s *Session) { s.Ends = "" }, ""},
		{"nowhere", func(s *Session) { s.Place = " " }, "training_session_place"},
		{"no places", func(s *Session) { s.Places = 0 }, "training_session_places"},
		{"most places", func(s *Session) { s.Places = 500 }, ""},
		{"too many", func(s *Session) { s.Places = 501 }, "training_session_places"},
		{"two areas", func(s *Session) { s.Area = Area{Municipality: 1, Facility: 2} }, "training_session_area"},
	} {
		x := good
		c.twist(&x)
		if got := message(CheckSession(x, day1("2026-11-20"), day1("2026-11-23"))); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestVOL4_WhenSomebodyMayComeAndBeCounted(t *testing.T) {
	on := day1("2026-11-23")
	for _, c := range []struct {
		name              string
		day               string
		off, hidden       bool
		own, other, count string
	}{
		{"tomorrow", "2026-11-24", false, false, "", "", "training_session_ahead"},
		{"today", "2026-11-23", false, false, "", "", ""},
		{"yesterday", "2026-11-22", false, false, "training_session_over", "", ""},
		{"called off", "2026-11-24", true, false, "training_session_off", "training_session_off", "training_session_off"},
		{"the course is closed", "2026-11-24", false, true, "training_course_hidden", "training_course_hidden", "training_session_ahead"},
	} {
		x := Session{On: day1(c.day), Course: Course{Published: !c.hidden}}
		if c.off {
			x.CalledOff = core.MustInstant("2026-11-20T09:00:00.000Z")
		}
		if own, other, count := message(MayEnrol(x, on, true)), message(MayEnrol(x, on, false)), message(MayCount(x, on)); own != c.own || other != c.other || count != c.count {
			t.Errorf("%s: %q %q %q", c.name, own, other, count)
		}
	}
}
