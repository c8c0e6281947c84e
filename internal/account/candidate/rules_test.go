package candidate

import (
	"testing"
	"time"

	"maatje/internal/core"
)

func TestSecondPairEdges(t *testing.T) {
	asked := core.MustInstant("2026-11-23T21:00:00Z")
	later := asked.Add(Alone)
	for _, c := range []struct {
		name             string
		leader           bool
		who, asker, next core.AccountID
		others           int
		now              core.Instant
		want             string
	}{
		{"another leader, at once", true, 2, 1, 3, 1, asked, ""},
		{"who asked, with another leader", true, 1, 1, 3, 1, later, "account_leader_other"},
		{"who asked, alone, at once", true, 1, 1, 3, 0, asked, "account_leader_waits"},
		{"who asked, alone, just too early", true, 1, 1, 3, 0, later.Add(-time.Millisecond), "account_leader_waits"},
		{"who asked, alone, after two days", true, 1, 1, 3, 0, later, ""},
		{"the candidate", true, 3, 1, 3, 0, later, "account_leader_self"},
		{"who asked for themselves", true, 1, 1, 1, 0, later, "account_leader_self"},
		{"no leader", false, 2, 1, 3, 1, later, "account_leader_only"},
	} {
		got := ""
		if f := check(c.leader, c.who, c.asker, c.next, c.others, asked, c.now); f != nil {
			got = f.Message
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
