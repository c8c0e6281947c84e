// Package pace says how often somebody may ask: a bucket that holds a number of tries and fills again with time. It promises
// that a bucket never gives more than its pace, whatever the clock does, and that counting costs a bounded amount of memory.
package pace

import (
	"net/netip"
	"sync"
	"time"

	"maatje/internal/core"
)

// Pace is how many tries somebody has at once, and how long it takes until there is one more.
type Pace struct {
	Burst float64
	Each  time.Duration
}

// Bucket holds the tries that are left. The zero bucket was never touched.
type Bucket struct {
	Tokens float64
	At     core.Instant
}

// Take takes one try out of the bucket, or says how long until there is one. A clock that went back adds nothing.
func (p Pace) Take(b Bucket, now core.Instant) (left Bucket, wait time.Duration) {
	tokens := p.Burst
	if !b.At.IsZero() {
		passed := max(now.Sub(b.At), 0)
		tokens = min(p.Burst, b.Tokens+float64(passed)/float64(p.Each))
	}
	if tokens < 1 {
		return Bucket{tokens, now}, time.Duration((1-tokens)*float64(p.Each)) + 1 // never none: a rounding must not let somebody in
	}
	return Bucket{tokens - 1, now}, 0
}

// full says whether the bucket is as one that was never touched.
func (p Pace) full(b Bucket, now core.Instant) bool {
	return b.Tokens+float64(now.Sub(b.At))/float64(p.Each) >= p.Burst
}

// Network is what counts as one asker: an IPv4 address, and of IPv6 the /64, of which one household has them all.
func Network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if a = a.Unmap().WithZone(""); a.Is4() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// IsHere says whether the address is this machine's own.
func IsHere(address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && a.Unmap().IsLoopback()
}

// most is how many buckets of one pace are remembered at once. Whoever comes when all are taken shares one.
const most = 20_000

// Keeper holds the buckets of one pace in memory: for what is asked too often to write down.
type Keeper struct {
	Pace

	mu      sync.Mutex
	buckets map[string]Bucket
}

// Take takes one try out of the bucket of the key, or says how long until there is one.
func (k *Keeper) Take(key string, now core.Instant) (wait time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.buckets == nil {
		k.buckets = map[string]Bucket{}
	}
	if _, known := k.buckets[key]; !known && len(k.buckets) >= most {
		if k.sweep(now); len(k.buckets) >= most {
			key = ""
		}
	}
	k.buckets[key], wait = k.Pace.Take(k.buckets[key], now)
	return wait
}

// sweep forgets who may do all again.
func (k *Keeper) sweep(now core.Instant) {
	for key, b := range k.buckets {
		if k.full(b, now) {
			delete(k.buckets, key)
		}
	}
}
