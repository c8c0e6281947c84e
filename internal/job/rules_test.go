package job

import (
	"testing"
	"time"

	"maatje/internal/core"
)

var now = core.MustInstant("2026-11-23T09:00:00Z")

func TestDueEdges(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		name   string
		next   core.Instant
		leased core.Instant
		want   bool
	}{
		{"never ran", core.Instant{}, core.Instant{}, true},
		{"now", now, core.Instant{}, true},
		{"in a moment", now.Add(ms), core.Instant{}, false},
		{"one rhythm ahead", now.Add(time.Hour), core.Instant{}, false},
		{"further ahead than its rhythm: the clock went back", now.Add(time.Hour + drift + ms), core.Instant{}, true},
		{"long ago: the clock went forward", now.Add(-10000 * time.Hour), core.Instant{}, true},
		{"somebody has it", now, now.Add(ms), false},
		{"somebody had it until now", now, now, true},
		{"a lease longer than any: the clock went back", now, now.Add(leaseFor + drift + ms), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if due(turn{c.next, c.leased}, time.Hour, now) != c.want {
				t.Error("no")
			}
		})
	}
}

func TestNextTurn(t *testing.T) {
	for _, c := range []struct {
		every  time.Duration
		failed bool
		want   time.Duration
	}{
		{Daily, false, Daily}, {Daily, true, 5 * time.Minute}, {Minutely, true, Minutely}, {Hourly, false, Hourly},
	} {
		if got := nextTurn(c.every, c.failed, now); got != now.Add(c.want) {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestMailWaitsLongerAndIsGivenUp(t *testing.T) {
	for _, c := range []struct {
		attempts int
		age      time.Duration
		wait     time.Duration
		giveUp   bool
	}{
		{1, 0, time.Minute, false}, {2, time.Hour, 5 * time.Minute, false}, {6, time.Hour, 6 * time.Hour, false}, {60, time.Hour, 6 * time.Hour, false},
		{0, 0, time.Minute, false}, {1, giveUpAfter - time.Millisecond, time.Minute, false}, {1, giveUpAfter, 0, true},
		{1, -time.Hour, time.Minute, false},
	} {
		next, giveUp := again(c.attempts, now.Add(-c.age), now)
		if giveUp != c.giveUp || !giveUp && next != now.Add(c.wait) {
			t.Errorf("%+v: %s, %v", c, next, giveUp)
		}
	}
}
