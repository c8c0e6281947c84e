package bench

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	perSecond = 40 // requests, whether or not the former ones were answered
	loadLasts = 20 * time.Second
)

// mix is what is asked for under load: one in ten writes.
var mix = []ask{worklist, dossierPage, worklist, volunteerHome, saveReport, worklist, dossierPage, search, worklist, dossierPage}

// BenchmarkServed starts the real program on the seeded database, waits for its first page, and then asks for 40 pages a
// second over the network of this machine. A request's time runs from when it was due, so that one slow answer does not
// hide those behind it.
func BenchmarkServed(b *testing.B) {
	program := filepath.Join(b.TempDir(), "maatje")
	build := exec.Command("go", "build", "-o", program, "maatje/cmd/maatje")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	each(b, func(b *testing.B, w *world) {
		w.close(b)
		for b.Loop() {
			served(b, w, program)
		}
	})
}

func served(b *testing.B, w *world, program string) {
	b.Helper()
	begin := time.Now()
	s := start(b, w, program)
	defer s.stop(b)
	for s.get(worklist(w, 0)) != nil {
		if time.Since(begin) > time.Minute {
			b.Fatal("it does not start")
		}
		time.Sleep(2 * time.Millisecond)
	}
	b.ReportMetric(float64(time.Since(begin).Milliseconds()), "first-page-ms")
	b.ReportMetric(s.memory(b), "start-MB")
	took := s.load(b, w)
	b.ReportMetric(s.memory(b), "MB")
	report(b, took, time.Millisecond, "ms")
}

// server is the running program.
type server struct {
	program *exec.Cmd
	addr    string
	client  *http.Client
}

func start(b *testing.B, w *world, program string) *server {
	b.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	check(b, err)
	s := &server{addr: free.Addr().String(), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 50}, Timeout: 30 * time.Second}}
	check(b, free.Close())
	s.program = exec.Command(program, "serve", "--db", w.place.DB, "--listen", s.addr)
	s.program.Stderr = os.Stderr
	check(b, s.program.Start())
	return s
}

func (s *server) stop(b *testing.B) {
	b.Helper()
	check(b, s.program.Process.Signal(os.Interrupt))
	if err := s.program.Wait(); err != nil {
		b.Error(err)
	}
}

// get sends the request to the program and reads the whole answer.
func (s *server) get(r *http.Request) error {
	r.URL.Host, r.RequestURI = s.addr, ""
	answer, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", r.Method, r.URL, answer.Status)
	}
	return nil
}

func (s *server) load(b *testing.B, w *world) []time.Duration {
	b.Helper()
	took := make([]time.Duration, perSecond*int(loadLasts/time.Second))
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
	return took
}

// memory is what the program holds of the machine's memory, in MB.
func (s *server) memory(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.program.Process.Pid))
	check(b, err)
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kB, err := strconv.Atoi(strings.Fields(rest)[0])
			check(b, err)
			return float64(kB) / 1024
		}
	}
	return 0
}
