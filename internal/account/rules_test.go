package account

import (
	"testing"
	"time"

	"maatje/internal/core"
)

func TestPersonEdges(t *testing.T) {
	for _, c := range []struct {
		name, email string
		wrong       int
	}{
		{"Tineke", "tineke@voorbeeld.nl", 0},
		{"", "tineke@voorbeeld.nl", 1},
		{"  ", "tineke", 2},
		{"Tineke", "", 1},
		{"Tineke", "Tineke <tineke@voorbeeld.nl>", 1},
		{"Tineke", "tineke@localhost", 1},
		{"Tineke", "a@b.nl, c@d.nl", 1},
		{"Tineke", "@voorbeeld.nl", 1},
		{"Tineke", "a@b@voorbeeld.nl", 1},
		{"Tineke", "a@.nl", 1},
		{"Tineke", "tineke+maatje@mail.voorbeeld.nl", 0},
		{"Tineke", "tineke@ærø.dk", 0},
		{"Tineke", "a@b.nl\r\nBcc: c@d.nl", 1},
	} {
		f, _ := core.AsFail(checkPerson(c.name, c.email))
		got := 0
		if f != nil {
			got = len(f.All())
		}
		if got != c.wrong {
			t.Errorf("%q %q: %d mistakes, want %d", c.name, c.email, got, c.wrong)
		}
	}
}

func TestSessionEdges(t *testing.T) {
	now := core.MustInstant("2026-11-23T21:00:00Z")
	ago := func(d time.Duration) core.Instant { return now.Add(-d) }
	ms := time.Millisecond
	for _, c := range []struct {
		name          string
		created, seen core.Instant
		want          bool
	}{
		{"just now", now, now, true},
		{"idle, just not 30 minutes", ago(time.Hour), ago(30*time.Minute - ms), true},
		{"idle for 30 minutes", ago(time.Hour), ago(30 * time.Minute), false},
		{"busy, just not 12 hours", ago(12*time.Hour - ms), now, true},
		{"busy for 12 hours", ago(12 * time.Hour), now, false},
		{"the clock went back a little", now.Add(clockDrift), now.Add(clockDrift), true},
		{"the clock went back far", now.Add(clockDrift + ms), now, false},
		{"seen in the far future", ago(time.Hour), now.Add(time.Hour), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := alive(c.created, c.seen, now); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestCodeStepsAreUsedOnce(t *testing.T) {
	now := core.MustInstant("2026-11-23T21:00:29.999Z")
	all := steps(now)
	step := now.Time().Unix() / 30
	if len(all) != 3 || all[0] != step || all[1] != step-1 || all[2] != step+1 {
		t.Errorf("steps %v around %d", all, step)
	}
	if steps(now.Add(time.Millisecond))[0] != step+1 {
		t.Error("the next half minute has no code of its own")
	}
	for _, c := range []struct {
		step, last int64
		want       bool
	}{{step, 0, true}, {step, step - 1, true}, {step, step, false}, {step - 1, step, false}, {step + 1, step, true}} {
		if fresh(c.step, c.last) != c.want {
			t.Errorf("step %d after %d: want %v", c.step, c.last, c.want)
		}
	}
}

func TestDeviceKind(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148": "phone",
		"Mozilla/5.0 (Android 16; Mobile; rv:140.0) Firefox/140.0":             "phone",
		"Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) Mobile/15E148":          "tablet",
		"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0":                        "computer",
		"": "computer",
	} {
		if got := deviceKind(agent); got != want {
			t.Errorf("%q is a %s, want %s", agent, got, want)
		}
	}
}
