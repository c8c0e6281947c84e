package refused

import (
	"strings"
	"time"

	"maatje/internal/core"
)

const (
	period  = time.Hour
	mostOf  = 200 // different refusals of one hour that are told apart by page and address
	most    = 400 // and by address alone; the rest is counted as one of its kind
	keptFor = 90  // days for which the counts stay to be seen; the log keeps its entries
)

// since is the beginning of the hour in which a refusal is counted.
func since(now core.Instant) core.Instant { return core.At(now.Time().Truncate(period)) }

// telling says whether the nth refusal of one kind, by one asker, in one hour, gets an entry of its own in the log: the
// first, the tenth, the hundredth. Who refuses to stop makes the count grow and not the log.
func telling(n int64) bool {
	for n >= 10 && n%10 == 0 {
		n /= 10
	}
	return n == 1
}

// sameAs is the coarser key under which a refusal is counted when so many different ones were counted already.
func (k key) sameAs(counted int) key {
	if counted >= mostOf {
		k.route = ""
	}
	if counted >= most {
		k = key{since: k.since, kind: k.kind}
	}
	return k
}

// pageOf is a route as people read it: the page, with dots for what stands for somebody.
func pageOf(route string) string {
	_, path, _ := strings.Cut(route, " ")
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, "{") {
			parts[i] = "…"
		}
	}
	return strings.Join(parts, "/")
}
