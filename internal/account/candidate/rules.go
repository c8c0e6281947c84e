package candidate

import (
	"time"

	"maatje/internal/core"
)

const (
	// Alone is how long who asked waits, when nobody else can look along.
	Alone          = 48 * time.Hour
	decideWorkdays = 2
)

// check says whether somebody may confirm a new project leader: another project leader than who asked, and never
// the candidate. Where there is no other, who asked may do so after two days, in which every mail about it was read or not: a
// small programme must be able to get its second leader, and a stolen session must not get one unseen.
func check(isLeader bool, who, asker, candidate core.AccountID, others int, asked, now core.Instant) *core.Fail {
	switch {
	case !isLeader:
		return core.Refuse("", "account_leader_only")
	case who == candidate:
		return core.Refuse("", "account_leader_self")
	case who == asker && others > 0:
		return core.Refuse("", "account_leader_other")
	case who == asker && now.Sub(asked) < Alone:
		return core.Refuse("", "account_leader_waits")
	}
	return nil
}
