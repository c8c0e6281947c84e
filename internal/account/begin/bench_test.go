package begin

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"maatje/internal/account/phrase"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// BenchmarkDoor asks the door for addresses that are known, unknown, of an account with passkeys alone and of an ended one,
// in turn and each round from a network of its own. It reports the median answer of each in milliseconds, and by how much it
// lies off the round it was in (the median of that as well): somebody who could tell them apart would know who works here.
// Beside the product's hashes it asks with cheap ones, under which nothing hides.
func BenchmarkDoor(b *testing.B) {
	for _, kind := range []db.Kind{db.SQLite, db.Postgres} {
		for name, memory := range map[string]uint32{"whole": phrase.Memory, "bare": 64} {
			b.Run(kind.String()+"/"+name, func(b *testing.B) {
				clock := &dbtest.Clock{}
				h := open(b, dbtest.Open(b, kind, clock), clock, memory)
				h.people()
				for name, path := range map[string]string{"passphrase": "/sign-in", "paper": "/sign-in/recovery"} {
					b.Run(name, func(b *testing.B) { h.rounds(b, path) })
				}
			})
		}
	}
}

// people are those whom the door is asked for: Ingrid with a passkey alone, Sam with a passphrase as well, and Pat whose
// access ended.
func (h *house) people() {
	leader := h.browser("10.0.0.1")
	leader.starts()
	sam := h.browser("10.0.0.2")
	sam.begins(leader.invites("Sam"))
	sam.addPassphrase()
	h.browser("10.0.0.3").begins(leader.invites("Pat"))
	leader.leads(leader.post("/accounts/"+h.idOf("Pat").String()+"/end"), "/accounts")
}

func (h *house) rounds(b *testing.B, path string) {
	addresses := [...]struct{ name, email string }{
		{"known", "sam@voorbeeld.nl"}, {"unknown", "niemand@voorbeeld.nl"}, {"passkey", theEmail}, {"ended", "pat@voorbeeld.nl"},
	}
	took, off := map[string][]time.Duration{}, map[string][]time.Duration{}
	for i := 0; b.Loop(); i++ {
		h.later(5 * time.Minute) // nobody tried too often
		guesser := h.browser(fmt.Sprintf("10.%d.%d.7", 1+i/250, i%250))
		guesser.get("/sign-in")
		var round [len(addresses)]time.Duration
		var all time.Duration
		for n := range addresses {
			at := (i + n) % len(addresses)
			begun := time.Now()
			w := guesser.post(path, "email", addresses[at].email, "passphrase", "raden maar weer eens", "code", "AAAA-BBBB-CCCC-DDDD")
			round[at] = time.Since(begun)
			all += round[at]
			if w.Code != http.StatusUnprocessableEntity {
				b.Fatalf("%s: %d\n%s", addresses[at].name, w.Code, mainOf(w))
			}
		}
		for at, a := range addresses {
			took[a.name] = append(took[a.name], round[at])
			off[a.name] = append(off[a.name], round[at]-all/time.Duration(len(addresses)))
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, a := range addresses {
		b.ReportMetric(median(took[a.name]), a.name+"-ms")
		b.ReportMetric(median(off[a.name]), a.name+"-off-ms")
	}
}

// median is the middle one, in milliseconds.
func median(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2].Microseconds()) / 1000
}
