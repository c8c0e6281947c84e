package account

import (
	"testing"
	"time"

	"maatje/internal/core"
)

const day = 24 * time.Hour

// moments are where a clock goes wrong most easily.
var moments = map[string]core.Instant{
	"an ordinary day":                      core.MustInstant("2026-11-23T09:00:00Z"),
	"half an hour before summer time":      core.MustInstant("2027-03-28T00:30:00Z"),
	"half an hour before summer time ends": core.MustInstant("2026-10-25T00:30:00Z"),
	"the evening before a leap day":        core.MustInstant("2028-02-28T23:30:00Z"),
}

// TestTheClockJumpsWhileSomebodyIsSignedIn moves the clock once after a session was used and proved, and puts it right again.
func TestTheClockJumpsWhileSomebodyIsSignedIn(t *testing.T) {
	for name, at := range moments {
		for _, c := range []struct {
			jump                  time.Duration
			alive, proved, afresh bool // afresh: a session that was begun by the wrong clock counts by the right one
		}{
			{0, true, true, true},
			{clockDrift, true, false, true}, {-clockDrift, true, true, true},
			{29 * time.Minute, true, false, false}, {-29 * time.Minute, false, false, true},
			{time.Hour, false, false, false}, {-time.Hour, false, false, false},
			{day, false, false, false}, {-day, false, false, false},
			{366 * day, false, false, false}, {-366 * day, false, false, false},
		} {
			wrong := at.Add(c.jump)
			if got := alive(at, at, wrong); got != c.alive {
				t.Errorf("%s, a jump of %s: the session counts: %v", name, c.jump, got)
			}
			if got := provedOf(at, wrong); got != c.proved {
				t.Errorf("%s, a jump of %s: the proof counts: %v", name, c.jump, got)
			}
			if got := alive(wrong, wrong, at); got != c.afresh {
				t.Errorf("%s, after a jump of %s: the session of the wrong clock counts: %v", name, c.jump, got)
			}
			if !alive(at, at, at.Add(c.jump).Add(-c.jump)) {
				t.Errorf("%s: a clock that is put right ends a session", name)
			}
		}
	}
}

// TestTheClockJumpsOverOneTimeCodes: what was used stays used, however the clock goes back.
func TestTheClockJumpsOverOneTimeCodes(t *testing.T) {
	for name, at := range moments {
		used := steps(at)[0]
		for _, jump := range []time.Duration{-time.Second, -30 * time.Second, -time.Hour, -day, -366 * day} {
			for i, step := range steps(at.Add(jump)) {
				if later := step > used; fresh(step, used) != later || later && (i != 2 || jump < -30*time.Second) {
					t.Errorf("%s, a jump of %s: step %d counts after %d", name, jump, step, used)
				}
			}
		}
		for _, jump := range []time.Duration{time.Minute, time.Hour, day, 366 * day} {
			if !fresh(steps(at.Add(jump))[0], used) {
				t.Errorf("%s, a jump of %s: there is no code", name, jump)
			}
		}
	}
}

// TestTheClockJumpsOverAnInvitation: seven days are seven days, also with a night of 23 or 25 hours in them.
func TestTheClockJumpsOverAnInvitation(t *testing.T) {
	for name, at := range moments {
		eachHouse(t, atBase, func(h *house) {
			h.later(at)
			leader := h.browser("10.0.0.1")
			leader.firstLeader()
			path := link(t, leader.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator").Body.String())
			b := h.browser("10.0.0.2")
			for _, c := range []struct {
				jump  time.Duration
				code  int
				words string
			}{
				{time.Hour, 200, "Kies een wachtzin"}, {day, 200, "Kies een wachtzin"}, {7*day - time.Hour, 200, "Kies een wachtzin"},
				{7 * day, 404, "te oud"}, {366 * day, 404, "te oud"}, {-time.Minute, 200, "Kies een wachtzin"},
				{-time.Hour, 404, "te oud"}, {-day, 404, "te oud"}, {-366 * day, 404, "te oud"}, {0, 200, "Kies een wachtzin"},
			} {
				h.Logf("%s, a jump of %s", name, c.jump)
				h.later(at.Add(c.jump))
				b.says(b.get(path), c.code, c.words)
			}
			b.accept(path)
		})
	}
}
