package pace

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"maatje/internal/core"
)

var start = core.At(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7":                "192.0.2.7",
		"::ffff:192.0.2.7":         "192.0.2.7",
		"2001:db8:1:2:3:4:5:6":     "2001:db8:1:2::/64",
		"2001:db8:1:2::1":          "2001:db8:1:2::/64",
		"2001:db8:1:3::1":          "2001:db8:1:3::/64",
		"fe80::1%eth0":             "fe80::/64",
		"":                         "",
		"what a proxy should not":  "what a proxy should not",
		"2001:db8:1:2:3:4:5:6:7:8": "2001:db8:1:2:3:4:5:6:7:8",
	} {
		if got := Network(address); got != want {
			t.Errorf("%q is of %q, want %q", address, got, want)
		}
	}
}

func TestIsHere(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1": true, "127.8.0.1": true, "::1": true, "::ffff:127.0.0.1": true, "10.0.0.1": false, "::": false, "": false} {
		if IsHere(address) != want {
			t.Errorf("%q, want %v", address, want)
		}
	}
}

// TestNoPaceIsOutrun: over any time, however the clock jumps back and forth, no more goes through than the pace gives.
func TestNoPaceIsOutrun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pace{float64(rapid.IntRange(1, 20).Draw(t, "burst")), time.Duration(rapid.IntRange(1, 100).Draw(t, "each")) * time.Second}
		var b Bucket
		now, went := start, 0
		var forward time.Duration
		for range rapid.IntRange(1, 200).Draw(t, "tries") {
			step := time.Duration(rapid.IntRange(-30, 60).Draw(t, "step")) * time.Second
			now = now.Add(step)
			forward += max(step, 0)
			left, wait := p.Take(b, now)
			if wait == 0 {
				went++
			} else if _, still := p.Take(left, now.Add(wait+time.Millisecond)); still > 0 {
				t.Fatalf("after the wait of %s it must wait %s", wait, still)
			}
			b = left
		}
		if most := p.Burst + float64(forward)/float64(p.Each) + 0.001; float64(went) > most {
			t.Fatalf("%d went through, want at most %.1f", went, most)
		}
	})
}

func TestAKeeperForgetsAndIsBounded(t *testing.T) {
	k := Keeper{Pace: Pace{2, time.Second}}
	for range 2 {
		if wait := k.Take("one", start); wait != 0 {
			t.Fatal("it waits at once", wait)
		}
	}
	if wait := k.Take("one", start); wait.Round(time.Millisecond) != time.Second {
		t.Errorf("it waits %s, want a second", wait)
	}
	if wait := k.Take("two", start); wait != 0 {
		t.Error("another waits as well")
	}
	for i := range most + 100 {
		k.Take(strconv.Itoa(i), start)
	}
	if len(k.buckets) > most+1 {
		t.Errorf("it remembers %d, want at most %d", len(k.buckets), most+1)
	}
	if wait := k.Take("who comes late", start); wait == 0 {
		t.Error("who comes when all are taken is not counted")
	}
	k.Take("after a while", start.Add(time.Minute))
	if len(k.buckets) > 1 {
		t.Errorf("it still remembers %d that are full again", len(k.buckets))
	}
}

func TestPaceEdges(t *testing.T) {
	now := core.MustInstant("2026-11-23T21:00:00Z")
	p := Pace{Burst: 3, Each: time.Minute}
	for _, c := range []struct {
		name   string
		before Bucket
		left   float64
		wait   time.Duration
	}{
		{"never touched", Bucket{}, 2, 0},
		{"the last one", Bucket{1, now}, 0, 0},
		{"empty", Bucket{0, now}, 0, time.Minute},
		{"empty half a minute ago", Bucket{0, now.Add(-30 * time.Second)}, 0.5, 30 * time.Second},
		{"empty a minute ago", Bucket{0, now.Add(-time.Minute)}, 0, 0},
		{"full is full, however long ago", Bucket{2, now.Add(-100 * time.Hour)}, 2, 0},
		{"a clock that went back adds nothing", Bucket{2, now.Add(time.Hour)}, 1, 0},
		{"and takes nothing", Bucket{0.5, now.Add(time.Hour)}, 0.5, 30 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			left, wait := p.Take(c.before, now)
			if left.Tokens != c.left || wait.Round(time.Microsecond) != c.wait || left.At != now {
				t.Errorf("left %v, wait %v; want %v and %v", left.Tokens, wait, c.left, c.wait)
			}
		})
	}
}
