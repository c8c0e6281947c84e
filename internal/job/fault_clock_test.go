package job

import (
	"testing"
	"time"

	"maatje/internal/core"
)

// TestTheClockJumps lives through three days around each moment, looks every quarter of an hour whether an hourly job is due,
// and moves the clock once. However it jumps, no job waits longer than its rhythm after the jump, and none runs twice for
// one turn.
func TestTheClockJumps(t *testing.T) {
	const look = 15 * time.Minute
	for name, begin := range map[string]string{
		"an ordinary day":           "2026-11-23T09:00:00.000Z",
		"a leap day":                "2028-02-28T12:00:00.000Z",
		"the end of summer time":    "2026-10-24T12:00:00.000Z",
		"the beginning of it":       "2027-03-27T12:00:00.000Z",
		"the last day of the year":  "2026-12-31T12:00:00.000Z",
		"the day after a leap year": "2029-02-28T12:00:00.000Z",
	} {
		for _, jump := range []time.Duration{0, time.Hour, -time.Hour, 24 * time.Hour, -24 * time.Hour, 366 * 24 * time.Hour, -366 * 24 * time.Hour} {
			clock, state := core.MustInstant(begin), turn{}
			waited, jumped := time.Duration(0), false
			for step := range 3 * 24 * 4 {
				if step == 100 {
					clock, jumped = clock.Add(jump), true
				}
				if due(state, Hourly, clock) {
					if waited < Hourly-look && step > 0 && !jumped {
						t.Errorf("%s, jump %s: a turn after %s", name, jump, waited)
					}
					state, waited, jumped = turn{next: nextTurn(Hourly, false, clock)}, 0, false
				}
				if waited += look; waited > Hourly+Hourly {
					t.Fatalf("%s, jump %s: no turn for %s", name, jump, waited)
				}
				clock = clock.Add(look)
			}
		}
	}
}
