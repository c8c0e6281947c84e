package visit

import (
	"testing"

	"maatje/internal/core"
)

var (
	now     = core.MustInstant("2026-11-14T15:00:00Z")
	running = Running{IntroducedOn: core.MustDate("2026-09-01"), Reports: true}
)

func good() Report {
	return Report{HeldAt: core.MustInstant("2026-11-14T13:00:00Z"), Minutes: 90, Km: 12, Present: []core.PersonID{1},
		Activities: []string{"talking"}, Mood: "ordinary"}
}

func TestTRA6_AReportIsAboutAVisitThatWasHeld(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Report)
		want   string // field that is refused
	}{
		{"as it should be", func(*Report) {}, ""},
		{"no date", func(r *Report) { r.HeldAt = core.Instant{} }, "held_on"},
		{"a minute ago", func(r *Report) { r.HeldAt = core.MustInstant("2026-11-14T14:59:00Z") }, ""},
		{"in a minute", func(r *Report) { r.HeldAt = core.MustInstant("2026-11-14T15:01:00Z") }, "held_on"},
		{"on the day of the introduction", func(r *Report) { r.HeldAt = core.MustInstant("2026-09-01T08:00:00Z") }, ""},
		{"the day before it", func(r *Report) { r.HeldAt = core.MustInstant("2026-08-31T20:00:00Z") }, "held_on"},
		{"no time at all", func(r *Report) { r.Minutes = 0 }, "minutes"},
		{"a whole day", func(r *Report) { r.Minutes = 1440 }, ""},
		{"longer than a day", func(r *Report) { r.Minutes = 1441 }, "minutes"},
		{"driving backwards", func(r *Report) { r.Km = -1 }, "km"},
		{"nobody there", func(r *Report) { r.Present = nil }, "present"},
		{"nothing done", func(r *Report) { r.Activities = nil }, "activities"},
		{"a code nobody knows", func(r *Report) { r.Activities = []string{"juggling"} }, "activities"},
		{"no mood", func(r *Report) { r.Mood = "" }, "mood"},
		{"a score in place of a mood", func(r *Report) { r.Mood = "7" }, "mood"},
		{"a tool nobody knows", func(r *Report) { r.Tools = []string{"hammer"} }, "tools"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := good()
			c.change(&r)
			err := MayReport(r, running, now)
			f, _ := core.AsFail(err)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (f == nil || f.Field != c.want):
				t.Errorf("got %v, want a refusal of %s", err, c.want)
			}
		})
	}
}

func TestTRA6_AfterTheEndAFortnightForWhatWasBefore(t *testing.T) {
	ended := Running{Trajectory: 1, IntroducedOn: core.MustDate("2026-09-01"), Reports: true, EndedOn: core.MustDate("2026-11-01")}
	for today, ok := range map[string]bool{"2026-11-01": true, "2026-11-15": true, "2026-11-16": false, "2026-12-01": false} {
		if err := MayStillReport(ended, core.MustDate(today)); (err == nil) != ok {
			t.Errorf("written on %s: %v", today, err)
		}
		if err := MayStillReport(running, core.MustDate(today)); err != nil {
			t.Errorf("a match that runs, on %s: %v", today, err)
		}
	}
	for held, ok := range map[string]bool{
		"2026-08-31T12:00:00Z": false, "2026-09-01T12:00:00Z": true, "2026-11-01T12:00:00Z": true, "2026-11-01T22:30:00Z": true, "2026-11-01T23:30:00Z": false,
		"2026-11-02T12:00:00Z": false,
	} {
		r := good()
		r.HeldAt = core.MustInstant(held)
		if f, _ := core.AsFail(MayReport(r, ended, now)); (f == nil) != ok || f != nil && f.Field != "held_on" {
			t.Errorf("held at %s: %v", held, f)
		}
	}
}

func TestTRA6_EverythingWrongIsSaidAtOnce(t *testing.T) {
	f, ok := core.AsFail(MayReport(Report{}, running, now))
	if !ok || len(f.All()) != 5 {
		t.Fatalf("got %v, want five sentences", f)
	}
}

func TestTRA6_DrivingWritesNothingAboutTheFamily(t *testing.T) {
	driven := good()
	driven.Activities, driven.Mood = nil, ""
	if err := MayReport(driven, Running{IntroducedOn: running.IntroducedOn}, now); err != nil {
		t.Errorf("a ride is asked how it was: %v", err)
	}
}

func TestTRA6_TheSameHourIsReportedOnce(t *testing.T) {
	r := good()
	for at, refused := range map[string]bool{
		"2026-11-14T13:00:00Z": true, "2026-11-14T13:04:59Z": true, "2026-11-14T13:05:00Z": false, "2026-11-13T13:00:00Z": false,
	} {
		if err := NotTwice(r, []core.Instant{core.MustInstant(at)}); (err != nil) != refused {
			t.Errorf("beside a visit at %s: %v", at, err)
		}
	}
}

func TestTRA5_AVisitIsPlannedAhead(t *testing.T) {
	for at, ok := range map[string]bool{
		"2026-11-14T15:00:00Z": true, "2026-11-14T14:00:00Z": true, "2026-11-14T13:59:00Z": false,
		"2027-11-15T12:00:00Z": true, "2027-11-16T12:00:00Z": false,
	} {
		if err := MayPlan(core.MustInstant(at), now); (err == nil) != ok {
			t.Errorf("planned for %s: %v", at, err)
		}
	}
}

func TestINT6_NoContactWithTheParentWhileRestrictionsRun(t *testing.T) {
	r := good()
	if err := NotDuringRestrictions(r, true); err != nil {
		t.Errorf("talking is refused: %v", err)
	}
	r.Activities = []string{"talking", "parent_contact"}
	if err := NotDuringRestrictions(r, false); err != nil {
		t.Errorf("refused without restrictions: %v", err)
	}
	if f, ok := core.AsFail(NotDuringRestrictions(r, true)); !ok || f.Rule != "INT-6" {
		t.Errorf("allowed under restrictions: %v", f)
	}
}
