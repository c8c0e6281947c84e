package signal

import (
	"context"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
)

// TestSIG2_TheClockJumps moves the clock once while a signal waits, or puts a wrong clock right after it was given: it is never too
// late by more than the jump, and never forgotten.
func TestSIG2_TheClockJumps(t *testing.T) {
	const day = 24 * time.Hour
	jumps := []time.Duration{0, time.Hour, -time.Hour, day, -day, 366 * day, -366 * day}
	for name, raised := range map[string]string{
		"an ordinary day": "2026-11-10T08:00:00Z", "the night summer time ends": "2026-10-25T00:30:00Z",
		"the night it begins": "2027-03-28T00:30:00Z", "the evening before a leap day": "2028-02-28T22:30:00Z",
	} {
		for _, urgency := range Urgencies {
			for _, jump := range jumps {
				at := core.MustInstant(raised)
				given := func(by core.Instant) Signal {
					return Signal{Urgency: urgency, RaisedAt: by, AnswerBefore: AnswerBefore(urgency, by, 5)}
				}
				s := given(at)
				for _, back := range []time.Duration{0, -jump} { // the clock stays wrong, or is put right after an hour
					if now := s.AnswerBefore.Add(2 * day * 5).Add(jump + back); Escalate(s, now) != ToLeader && jump+back >= 0 {
						t.Errorf("%s, %s, a jump of %s: ten days late and nobody above knows", name, urgency, jump)
					}
				}
				if s = given(at.Add(jump)); jump > clockDrift && Escalate(s, at) != ToLeader {
					t.Errorf("%s, %s: given by a clock %s ahead, and it waits for %s", name, urgency, jump, s.AnswerBefore)
				}
				if s = given(at.Add(clockDrift)); Escalate(s, at) != Stay {
					t.Errorf("%s, %s: two clocks that differ a little call the project leader", name, urgency)
				}
				if s = given(at); jump < 0 && Escalate(given(at.Add(jump)), at) < Escalate(s, at) {
					t.Errorf("%s, %s: given by a clock %s behind, and it waits longer", name, urgency, jump)
				}
				if s.AnsweredAt = at; Escalate(s, at.Add(jump)) != Stay {
					t.Errorf("%s, %s, a jump of %s: answered, and it travels", name, urgency, jump)
				}
			}
		}
	}
}

// TestSIG2_AWorryOfAWrongClockIsSeen: it was given while the clock stood a year ahead; when the clock is right again the project
// leader hears of it at the next look, once.
func TestSIG2_AWorryOfAWrongClockIsSeen(t *testing.T) {
	worried(t, func(t *testing.T, f *familytest.Family, s *Service, clock *dbtest.Clock, in Raising) {
		right := clock.Now()
		clock.Set(right.Add(366 * 24 * time.Hour))
		if err := s.Raise(context.Background(), f.Ria, in); err != nil {
			t.Fatal(err)
		}
		clock.Set(right.Add(time.Hour))
		for range 2 {
			if err := s.Jobs()[0].Run(context.Background(), authz.System("signal.escalate")); err != nil {
				t.Fatal(err)
			}
			if rows := onWorklist(t, f, f.Leader); len(rows) != 1 {
				t.Errorf("on the leader's worklist: %+v", rows)
			}
		}
	})
}
