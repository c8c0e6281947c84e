package peer

import (
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/training"
)

// TestVOL5_WhoMissedThreeInARowIsShown: p came, a did not, . was not counted; the latest first.
func TestVOL5_WhoMissedThreeInARowIsShown(t *testing.T) {
	for _, c := range []struct {
		days   string
		missed int
		shown  bool
	}{
		{"", 0, false}, {"p", 0, false}, {"a", 1, false}, {"aa", 2, false}, {"aap", 2, false}, {"aaa", 3, true}, {"aaap", 3, true}, {"aaaa", 4, true},
		{"paaa", 0, false}, {"apaaa", 1, false}, {"aapa", 2, false}, {".aaa", 3, true}, {"a.a.a", 3, true}, {"...", 0, false}, {"aa.", 2, false}, {"a.ap", 2, false},
	} {
		var days []string
		for _, r := range c.days {
			days = append(days, map[rune]string{'p': present, 'a': absent, '.': ""}[r])
		}
		if got := MissedInARow(days); got != c.missed || IsShown(got) != c.shown {
			t.Errorf("%q: %d", c.days, got)
		}
	}
}

func TestVOL5_ADayAsItWasTyped(t *testing.T) {
	today, far := core.MustDate("2026-11-23"), core.MustDate("2028-11-24")
	good := Day{On: today, Starts: "19:30", Place: "Buurthuis"}
	for _, c := range []struct {
		name  string
		twist func(*Day)
		want  string
	}{
		{"today", func(*Day) {}, ""},
		{"yesterday", func(d *Day) { d.On = today.AddDays(-1) }, "peer_past"},
		{"no day", func(d *Day) { d.On = core.Date{} }, "training_session_day"},
		{"far", func(d *Day) { d.On = far }, "training_session_far"},
		{"no time", func(d *Day) { d.Starts = "half acht" }, "training_session_time"},
		{"nowhere", func(d *Day) { d.Place = " " }, "training_session_place"},
		{"two areas", func(d *Day) { d.Area = training.Area{Municipality: 1, Facility: 2} }, "training_session_area"},
	} {
		d := good
		c.twist(&d)
		if err := CheckDay(d, today); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	good.On = today.AddDays(1)
	if MayCount(good, today) == nil || MayCount(good, today.AddDays(1)) != nil {
		t.Error("counted from the day itself on")
	}
	good.CalledOff = core.MustInstant("2026-11-20T09:00:00.000Z")
	if MayCount(good, today.AddDays(1)) == nil {
		t.Error("a day that was called off is not counted")
	}
}
