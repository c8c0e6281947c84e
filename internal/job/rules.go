package job

import (
	"time"

	"maatje/internal/core"
)

const (
	leaseFor = 10 * time.Minute // nobody else runs a job for so long
	runFor   = 9 * time.Minute  // so a run ends before that
	drift    = time.Minute      // clocks of two machines may differ by so much

	giveUpAfter = 48 * time.Hour
)

// turn is what the table says of a job.
type turn struct {
	next, leased core.Instant
}

// due says whether a job should run now. A clock that was put back leaves a next turn further ahead than the job's rhythm,
// and a lease longer than any: neither keeps the job waiting.
func due(t turn, every time.Duration, now core.Instant) bool {
	waits := t.next.After(now) && !t.next.After(now.Add(every+drift))
	return !waits && !leased(t.leased, now)
}

// leased says whether somebody has it in hand at this moment.
func leased(until, now core.Instant) bool {
	return until.After(now) && !until.After(now.Add(leaseFor+drift))
}

// nextTurn is when a job that began at this moment runs again: soon, if it failed.
func nextTurn(every time.Duration, failed bool, began core.Instant) core.Instant {
	if failed {
		return began.Add(min(every, 5*time.Minute))
	}
	return began.Add(every)
}

// waits are how long a mail waits after each failure; after the last of them it waits as long each time.
var waits = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour}

// again says when a mail is tried again after so many attempts, or that it is given up: what nobody could deliver in two
// days is news no more.
func again(attempts int, created, now core.Instant) (next core.Instant, giveUp bool) {
	if now.Sub(created) >= giveUpAfter {
		return core.Instant{}, true
	}
	return now.Add(waits[min(max(attempts, 1), len(waits))-1]), false
}

// far is further ahead than any mail waits.
func far(now core.Instant) core.Instant { return now.Add(waits[len(waits)-1] + drift) }
