package breach

import (
	"testing"
	"time"

	"maatje/internal/core"
)

// TestTheClockJumpsOverABreach: the 72 hours hang on what was written down and on nothing that a clock did meanwhile. A clock
// that jumps shows another stage, and the right one when it is right again; an entry from its future is not in time for longer.
func TestTheClockJumpsOverABreach(t *testing.T) {
	for name, found := range map[string]string{
		"an ordinary week": "2026-11-02 10:00", "over the end of summer time": "2026-10-24 10:00",
		"over its beginning": "2027-03-27 10:00", "over a leap day": "2028-02-28 10:00",
	} {
		b := Breach{Discovered: local(t, found)}
		now := b.Discovered.Add(24 * time.Hour)
		for _, c := range []struct {
			jump time.Duration
			want Stage
		}{
			{0, Calm}, {time.Hour, Calm}, {-time.Hour, Calm}, {24 * time.Hour, Soon}, {-24 * time.Hour, Calm},
			{48 * time.Hour, Soon}, {48*time.Hour + time.Minute, Late}, {366 * 24 * time.Hour, Late}, {-366 * 24 * time.Hour, Calm},
		} {
			if got := b.At(now.Add(c.jump)); got != c.want {
				t.Errorf("%s, a jump of %s: %q, want %q", name, c.jump, got, c.want)
			}
			if b.Deadline() != b.Discovered.Add(72*time.Hour) || b.At(now) != Calm {
				t.Errorf("%s: after a jump of %s and back it is another clock", name, c.jump)
			}
		}
	}
	now := core.MustInstant("2026-11-03T10:00:00Z")
	ahead := Breach{Kind: "other", Discovered: now.Add(time.Minute), Words: Words{Happened: "x"}}
	if refusals(checkReport(ahead, allKinds, now)) == nil {
		t.Error("after the clock went back, a report from the future is taken")
	}
}
