package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	slowOnes   = 1000
	slowRounds = 7
	slowLasts  = 6 * time.Second
	slowSettle = 3 * time.Second // until what they asked for at first is answered
)

// slowKinds are the ways to be slow: what is sent at once, and what once a second after it. None reads an answer.
var slowKinds = []struct{ name, begin, drop string }{
	{"half a head", "GET / HTTP/1.1\r\nHost: localhost\r\n", "X: a\r\n"},
	{"half a body", "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n", "a"},
	{"no reading", strings.Repeat("GET /refer HTTP/1.1\r\nHost: localhost\r\n\r\n", 3), ""},
	{"nothing more", "GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n", ""},
}

// BenchmarkSlow asks for 40 pages a second, by turns with a thousand slow connections open and without any, and reports the
// ratio of the slowest one in a hundred. Connections that are cut are opened again at once.
func BenchmarkSlow(b *testing.B) {
	program := filepath.Join(b.TempDir(), "maatje")
	if out, err := exec.Command("go", "build", "-o", program, "maatje/cmd/maatje").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	each(b, func(b *testing.B, w *world) {
		w.close(b)
		s := start(b, w, program)
		defer s.stop(b)
		for n := 0; s.get(worklist(w, 0)) != nil; n++ {
			if time.Sleep(10 * time.Millisecond); n > 6000 {
				b.Fatal("it does not start")
			}
		}
		for b.Loop() {
			slow(b, w, s)
		}
	})
}

func slow(b *testing.B, w *world, s *server) {
	b.Helper()
	var ratios, quiet, crowded []float64
	var opened int64
	var memory float64
	for range slowRounds {
		before := s.ninetyNinth(b, w)
		stop, count := s.crowd(b)
		after := s.ninetyNinth(b, w)
		memory = max(memory, s.memory(b))
		stop()
		opened += count.Load()
		quiet, crowded, ratios = append(quiet, before), append(crowded, after), append(ratios, after/before)
	}
	for name, all := range map[string][]float64{"p99-alone-ms": quiet, "p99-crowded-ms": crowded, "ratio": ratios} {
		slices.Sort(all)
		b.ReportMetric(all[len(all)/2], name)
	}
	b.ReportMetric(ratios[0], "least-ratio")
	b.ReportMetric(ratios[len(ratios)-1], "most-ratio")
	b.ReportMetric(float64(opened), "connections")
	b.ReportMetric(memory, "MB")
}

// ninetyNinth asks for a while and gives the time in which 99 of 100 were answered, in milliseconds.
func (s *server) ninetyNinth(b *testing.B, w *world) float64 {
	b.Helper()
	took := make([]time.Duration, perSecond*int(slowLasts/time.Second))
	var group sync.WaitGroup
	begin := time.Now()
	for i := range took {
		due := begin.Add(time.Duration(i) * time.Second / perSecond)
		time.Sleep(time.Until(due))
		group.Go(func() {
			if err := s.get(mix[i%len(mix)](w, i)); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(due)
		})
	}
	group.Wait()
	slices.Sort(took)
	return float64(took[len(took)*99/100]) / float64(time.Millisecond)
}

// crowd opens the slow connections and keeps them open until stop.
func (s *server) crowd(b *testing.B) (stop func(), opened *atomic.Int64) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	var group sync.WaitGroup
	opened = &atomic.Int64{}
	for i := range slowOnes {
		group.Go(func() {
			for kind := slowKinds[i%len(slowKinds)]; ctx.Err() == nil; {
				if drip(ctx, s.addr, kind.begin, kind.drop, opened) != nil {
					time.Sleep(100 * time.Millisecond)
				}
			}
		})
	}
	for opened.Load() < slowOnes && ctx.Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(slowSettle)
	return func() {
		cancel()
		group.Wait()
	}, opened
}

// drip keeps one connection open, slowly, until it is cut.
func drip(ctx context.Context, addr, begin, drop string, opened *atomic.Int64) error {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	opened.Add(1)
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(4096)
	}
	if _, err := io.WriteString(c, begin); err != nil {
		return err
	}
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
		if _, err := io.WriteString(c, drop); err != nil || drop == "" && closed(c) {
			return fmt.Errorf("cut: %w", err)
		}
	}
	return nil
}

// closed looks whether the other side has gone, without reading more than a byte.
func closed(c net.Conn) bool {
	_ = c.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err := c.Read(make([]byte, 1))
	return err != nil && !errors.Is(err, os.ErrDeadlineExceeded)
}
