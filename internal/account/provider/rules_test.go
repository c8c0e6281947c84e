package provider

import (
	"testing"
	"time"

	"maatje/internal/core"
)

func TestAskedAgain(t *testing.T) {
	since := core.MustInstant("2026-11-23T09:00:00Z")
	now := since.Add(3 * time.Minute)
	for name, c := range map[string]struct {
		at   core.Instant
		want bool
	}{
		"it does not say":             {core.Instant{}, false},
		"an hour ago":                 {since.Add(-time.Hour), false},
		"just before, too far":        {since.Add(-skew - time.Second), false},
		"just before, its clock lags": {since.Add(-skew), true},
		"meanwhile":                   {since.Add(time.Minute), true},
		"a little ahead":              {now.Add(skew), true},
		"from the future":             {now.Add(skew + time.Second), false},
	} {
		if got := askedAgain(c.at, since, now); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
