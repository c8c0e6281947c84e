package visit

import (
	"testing"
	"time"

	"maatje/internal/core"
)

// TestTheClockJumpsOverAVisit: dates are days of the calendar in the Netherlands, also around summer time and a leap day. What a
// wrong clock refuses it takes when it is right again; a report stays a draft meanwhile.
func TestTheClockJumpsOverAVisit(t *testing.T) {
	const day = 24 * time.Hour
	for name, at := range map[string]string{
		"an ordinary day": "2026-11-14T13:00:00Z", "the night summer time ends": "2026-10-25T00:30:00Z",
		"the night it begins": "2027-03-28T00:30:00Z", "a leap day": "2028-02-29T12:00:00Z",
	} {
		r, m := good(), running
		r.HeldAt = core.MustInstant(at)
		right := r.HeldAt.Add(10 * time.Minute)
		m.EndedOn = r.HeldAt.Date()
		for _, c := range []struct {
			jump                time.Duration
			report, still, plan bool
		}{
			{0, true, true, true},
			{time.Hour, true, true, false}, {-time.Hour, false, true, true},
			{day, true, true, false}, {-day, false, true, true},
			{13 * day, true, true, false}, {16 * day, true, false, false},
			{366 * day, true, false, false}, {-368 * day, false, true, false},
		} {
			wrong := right.Add(c.jump)
			if err := MayReport(r, m, wrong); (err == nil) != c.report {
				t.Errorf("%s, a jump of %s: reporting: %v", name, c.jump, err)
			}
			if err := MayStillReport(m, wrong.Date()); (err == nil) != c.still {
				t.Errorf("%s, a jump of %s: reporting after the end: %v", name, c.jump, err)
			}
			if err := MayPlan(r.HeldAt, wrong); (err == nil) != c.plan {
				t.Errorf("%s, a jump of %s: planning: %v", name, c.jump, err)
			}
		}
	}
	for ended, until := range map[string]string{
		"2026-10-24": "2026-11-07", "2027-03-27": "2027-04-10", "2028-02-20": "2028-03-05", "2027-02-20": "2027-03-06",
	} {
		if got := (Running{EndedOn: core.MustDate(ended)}).ReportUntil(); got != core.MustDate(until) {
			t.Errorf("ended on %s: until %s, want %s", ended, got, until)
		}
	}
}
