package provider

import (
	"time"

	"maatje/internal/core"
)

const (
	askedFor = 10 * time.Minute // at the provider, before the answer counts no more
	skew     = time.Minute      // by which its clock may be behind ours
)

// askedAgain says whether the provider asked somebody who they are after we asked it to. What it does not say is no.
func askedAgain(at, since, now core.Instant) bool {
	return !at.IsZero() && !at.Before(since.Add(-skew)) && !at.After(now.Add(skew))
}
