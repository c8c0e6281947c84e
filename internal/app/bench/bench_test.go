package bench

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// BenchmarkPage asks for one page after the other: what one person waits for, and what the processor spends on it.
func BenchmarkPage(b *testing.B) {
	for _, p := range pages {
		b.Run(p.name, func(b *testing.B) {
			each(b, func(b *testing.B, w *world) { inTurn(b, w, p.ask) })
		})
	}
}

// warmUp ends early for a page that takes long.
const (
	warmUp     = 300
	warmUpTime = 3 * time.Second
)

func inTurn(b *testing.B, w *world, ask ask) {
	b.Helper()
	var took []time.Duration
	var size, i int
	for begin := time.Now(); i < warmUp && time.Since(begin) < warmUpTime; i++ {
		answer(b, w, ask(w, i))
	}
	spent := processor()
	for b.Loop() {
		r := ask(w, i)
		begin := time.Now()
		size += answer(b, w, r)
		took = append(took, time.Since(begin))
		i++
	}
	b.ReportMetric(float64(processor()-spent)/float64(len(took))/1000, "cpu-us/op")
	b.ReportMetric(float64(size)/float64(len(took))/1000, "kB/op")
	report(b, took, time.Microsecond, "us")
}

// BenchmarkPages asks for pages from eight people at once on each core, as fast as they come.
func BenchmarkPages(b *testing.B) {
	for _, p := range pages {
		b.Run(p.name, func(b *testing.B) {
			each(b, func(b *testing.B, w *world) { atOnce(b, w, p.ask) })
		})
	}
}

const clients = 8 // on each core

func atOnce(b *testing.B, w *world, ask ask) {
	b.Helper()
	var at atomic.Int64
	for range warmUp {
		answer(b, w, ask(w, int(at.Add(1))))
	}
	b.SetParallelism(clients)
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			answer(b, w, ask(w, int(at.Add(1))))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}

// answer is one request through everything but the network. A page that does not come is no measurement.
func answer(b *testing.B, w *world, r *http.Request) int {
	b.Helper()
	to := httptest.NewRecorder()
	w.handler.ServeHTTP(to, r)
	if to.Code != http.StatusOK {
		b.Fatalf("%s %s: %d %s", r.Method, r.URL, to.Code, to.Body)
	}
	return to.Body.Len()
}

// report gives the median and the 99th percentile.
func report(b *testing.B, took []time.Duration, unit time.Duration, name string) {
	b.Helper()
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/float64(unit), "p50-"+name)
	b.ReportMetric(float64(took[len(took)*99/100])/float64(unit), "p99-"+name)
}

// processor is the time that this process has spent on the processor.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
